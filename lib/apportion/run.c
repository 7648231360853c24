#include "apportion/run.h"

kx_status
kxi_run_num(kxi_run *r, kx_status st)
{
    if (st == KX_OK)
        return st;
    if (st == KX_E_LIMIT)
        return KXI_FAIL(r->d, TOO_MANY_DIGITS, KXI_NOWHERE, KXI_A_INT(r->num.max_digits));
    return st == KX_E_NOMEM ? kxi_nomem(r->d) : KXI_FAIL(r->d, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("apportion"));
}

kx_status
kxi_run_whole(kxi_run *r, size_t unit, const char *key, kxi_num x, int64_t *out)
{
    kxi_str name = r->source->names[unit];
    if (kxi_num_sign(x) < 0)
        return KXI_FAIL(r->d, SEATS_NEGATIVE, kxi_say_place(r, unit), KXI_A_STR(name), KXI_A_CSTR(key),
                        KXI_A_STR(kxi_say_num(r, x)));
    if (!kxi_num_is_int(x))
        return KXI_FAIL(r->d, SEATS_FRACTION, kxi_say_place(r, unit), KXI_A_STR(name), KXI_A_CSTR(key),
                        KXI_A_STR(kxi_say_num(r, x)));
    if (!kxi_num_to_int(x, out) || *out > KXI_SEATS_MOST)
        return KXI_FAIL(r->d, SEATS_TOO_MANY, kxi_say_place(r, unit), KXI_A_STR(name), KXI_A_CSTR(key),
                        KXI_A_STR(kxi_say_num(r, x)), KXI_A_INT(KXI_SEATS_MOST));
    return KX_OK;
}

kx_status
kxi_making_numbers(kxi_making *m, const kxi_node *node, const char *key, bool null_allowed)
{
    const kxi_seat_source *s = m->run->source;
    KXI_RUN_TRY(s->numbers(s->user, node, m->numbers, m->states, m->run->d));
    for (size_t i = 0; i < s->count; i++)
        if (m->out->seats[i].in && m->states[i] != KXI_SEAT_KNOWN && !(null_allowed && m->states[i] == KXI_SEAT_NULL))
            return kxi_say_unknown(m->run, i, key, m->states[i]);
    return KX_OK;
}

kx_status
kxi_making_flags(kxi_making *m, const kxi_node *node, const char *key)
{
    const kxi_seat_source *s = m->run->source;
    KXI_RUN_TRY(s->flags(s->user, node, m->flags, m->states, m->run->d));
    for (size_t i = 0; i < s->count; i++) {
        if (m->out->seats[i].in && m->states[i] != KXI_SEAT_KNOWN)
            return kxi_say_unknown(m->run, i, key, m->states[i]);
        m->flags[i] = m->flags[i] && m->out->seats[i].in;
    }
    return KX_OK;
}

/* ---- who takes part, and within which bounds ---- */

static kx_status
begin(kxi_making *m)
{
    size_t count = m->run->source->count, steps = 6 + 3 * m->rules->adjust_count;
    m->out->rules = m->rules;
    m->out->last_unit = m->out->next_unit = KXI_NONE;
    m->out->claims = m->out->last = m->out->next = kxi_num_int(0);
    m->out->seats = kxi_arena_array(m->run->a, count + 1, sizeof(*m->out->seats));
    if (!m->out->seats)
        return kxi_nomem(m->run->d);
    for (size_t i = 0; i < count; i++) {
        kxi_seat *s = &m->out->seats[i];
        *s = (kxi_seat){ .in = true, .hi = KXI_SEATS_MOST, .claim = kxi_num_int(0), .quota = kxi_num_int(0) };
        s->steps = kxi_arena_array(m->run->a, steps, sizeof(*s->steps));
        if (!s->steps)
            return kxi_nomem(m->run->d);
    }
    if (m->rules->where) {
        KXI_RUN_TRY(kxi_making_flags(m, m->rules->where, "where"));
        for (size_t i = 0; i < count; i++)
            m->out->seats[i].in = m->flags[i];
    }
    for (size_t i = 0; i < count; i++)
        m->out->members += m->out->seats[i].in;
    return KX_OK;
}

/* A bound that is null is none. */
static kx_status
read_bound(kxi_making *m, const kxi_node *node, const char *key, bool upper)
{
    if (!node)
        return KX_OK;
    KXI_RUN_TRY(kxi_making_numbers(m, node, key, true));
    for (size_t i = 0; i < m->run->source->count; i++) {
        kxi_seat *s = &m->out->seats[i];
        if (s->in && m->states[i] == KXI_SEAT_KNOWN)
            KXI_RUN_TRY(kxi_run_whole(m->run, i, key, m->numbers[i], upper ? &s->hi : &s->lo));
    }
    return KX_OK;
}

static kx_status
in_band(kxi_making *m, const kxi_band *b, kxi_num x, bool *in)
{
    int low = 1, high = -1;
    if (b->has_from)
        KXI_RUN_TRY(kxi_run_num(m->run, kxi_num_cmp(&m->run->num, x, b->from, &low)));
    if (b->has_to)
        KXI_RUN_TRY(kxi_run_num(m->run, kxi_num_cmp(&m->run->num, x, b->to, &high)));
    *in = (b->above ? low > 0 : low >= 0) && (b->below ? high < 0 : high <= 0);
    return KX_OK;
}

static kx_status
read_bands(kxi_making *m)
{
    if (!m->rules->band_of)
        return KX_OK;
    KXI_RUN_TRY(kxi_making_numbers(m, m->rules->band_of, "bands", false));
    for (size_t i = 0; i < m->run->source->count; i++) {
        kxi_seat *s = &m->out->seats[i];
        size_t band = 0;
        bool in = false;
        if (!s->in)
            continue;
        for (; band < m->rules->band_count && !in; band++)
            KXI_RUN_TRY(in_band(m, &m->rules->bands[band], m->numbers[i], &in));
        if (!in)
            return KXI_FAIL(m->run->d, SEATS_NO_BAND, kxi_say_place(m->run, i), KXI_A_STR(m->run->source->names[i]),
                            KXI_A_STR(kxi_say_num(m->run, m->numbers[i])));
        const kxi_band *b = &m->rules->bands[band - 1];
        kxi_seat_add_step(s, KXI_SEAT_STEP_BAND, kxi_num_int((int64_t)band));
        s->claim = b->number; /* when bands give numbers */
        s->lo = b->has_lo ? b->lo : s->lo;
        s->hi = b->has_hi ? b->hi : s->hi;
    }
    return KX_OK;
}

static kx_status
read_bounds(kxi_making *m)
{
    KXI_RUN_TRY(read_bound(m, m->rules->min, "min", false));
    KXI_RUN_TRY(read_bound(m, m->rules->max, "max", true));
    KXI_RUN_TRY(read_bands(m));
    for (size_t i = 0; i < m->run->source->count; i++) {
        const kxi_seat *s = &m->out->seats[i];
        if (s->in && s->lo > s->hi)
            return KXI_FAIL(m->run->d, SEATS_MIN_MAX, kxi_say_place(m->run, i), KXI_A_STR(m->run->source->names[i]),
                            KXI_A_INT(s->lo), KXI_A_INT(s->hi));
    }
    return KX_OK;
}

/* ---- the total ---- */

static kx_status
declared_total(kxi_making *m)
{
    const kxi_allotment *a = m->rules;
    kxi_num x;
    m->out->has_total = a->has_seats;
    m->out->total = a->seats;
    if (!a->has_seats || a->seats_of == KXI_NONE)
        return KX_OK;
    kxi_run *r = m->run;
    const kxi_allotted *of = &r->out->allotted[a->seats_of];
    kxi_place place = kxi_node_place(r->a, a->seats_node);
    if (of->open_choices)
        return KXI_FAIL(r->d, SEATS_OF_SUM, place, KXI_A_STR(a->id), KXI_A_STR(of->rules->id));
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_mul(&r->num, kxi_num_int(of->sum + of->open), a->seats_times, &x)));
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_round(&r->num, x, a->seats_round.mode, 0, &x)));
    if (!kxi_num_is_int(x))
        return KXI_FAIL(r->d, SEATS_FRACTION, place, KXI_A_STR(a->id), KXI_A_CSTR("seats"),
                        KXI_A_STR(kxi_say_num(r, x)));
    if (!kxi_num_to_int(x, &m->out->total) || m->out->total > KXI_SEATS_MOST)
        return KXI_FAIL(r->d, SEATS_TOO_MANY, place, KXI_A_STR(a->id), KXI_A_CSTR("seats"),
                        KXI_A_STR(kxi_say_num(r, x)), KXI_A_INT(KXI_SEATS_MOST));
    if (m->out->total < a->reserve)
        return KXI_FAIL(r->d, SEATS_RESERVE, place, KXI_A_STR(a->id), KXI_A_INT(a->reserve), KXI_A_INT(m->out->total));
    return KX_OK;
}

/* Over all units that take part and have chosen. */
static kx_status
add_up(kxi_making *m, bool adjusted, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < m->run->source->count; i++) {
        const kxi_seat *s = &m->out->seats[i];
        if (s->in && s->known)
            *sum +=
                adjusted ? s->seats : s->given; /* each at most 10^12: far from 2^63 before the next line stops it */
        if (*sum > KXI_SEATS_MOST)
            return KXI_FAIL(m->run->d, SEATS_SUM, kxi_node_place(m->run->a, m->rules->node), KXI_A_STR(m->rules->id),
                            KXI_A_INT(KXI_SEATS_MOST));
    }
    return KX_OK;
}

static kx_status
close_total(kxi_making *m)
{
    const kxi_allotment *a = m->rules;
    kxi_allotted *out = m->out;
    kxi_place place = kxi_node_place(m->run->a, a->node);
    int64_t given;
    KXI_RUN_TRY(add_up(m, false, &given));
    KXI_RUN_TRY(add_up(m, true, &out->sum));
    int64_t all = out->sum + out->open + a->reserve;
    if (out->sum != given)
        KXI_RUN_TRY(
            KXI_FAIL(m->run->d, SEATS_ADJUST_TOTAL, place, KXI_A_STR(a->id), KXI_A_INT(given), KXI_A_INT(out->sum)));
    if (out->has_total && a->way != KXI_WAY_METHOD && !out->open_choices && all != out->total)
        KXI_RUN_TRY(
            KXI_FAIL(m->run->d, SEATS_TOTAL_DIFFERS, place, KXI_A_STR(a->id), KXI_A_INT(all), KXI_A_INT(out->total)));
    out->over = a->has_ceiling && all > a->ceiling ? all - a->ceiling : 0;
    if (out->over)
        KXI_RUN_TRY(KXI_FAIL(m->run->d, SEATS_CEILING_OVER, place, KXI_A_STR(a->id), KXI_A_INT(all),
                             KXI_A_INT(a->ceiling), KXI_A_INT(out->over)));
    return KX_OK;
}

static kx_status
make(kxi_run *r, size_t at)
{
    size_t count = r->source->count;
    kxi_making m = { .run = r, .rules = &r->plan->allotments[at], .out = &r->out->allotted[at] };
    m.numbers = kxi_arena_array(r->a, count + 1, sizeof(*m.numbers));
    m.states = kxi_arena_array(r->a, count + 1, sizeof(*m.states));
    m.flags = kxi_arena_array(r->a, count + 1, sizeof(*m.flags));
    if (!m.numbers || !m.states || !m.flags)
        return kxi_nomem(r->d);
    KXI_RUN_TRY(begin(&m));
    KXI_RUN_TRY(read_bounds(&m));
    KXI_RUN_TRY(declared_total(&m));
    KXI_RUN_TRY(kxi_make_seats(&m));
    r->out->made = at + 1;
    KXI_RUN_TRY(kxi_adjust_seats(&m));
    return close_total(&m);
}

/* ---- all of it ---- */

static kx_status
check_names(kxi_run *r)
{
    for (size_t i = 1; i < r->source->count; i++)
        if (kxi_str_eq(r->source->names[i - 1], r->source->names[i]))
            return KXI_FAIL(r->d, SEATS_UNIT_TWICE, kxi_say_place(r, i), KXI_A_STR(r->source->names[i]));
    return KX_OK;
}

kx_status
kxi_apportion_run(const kxi_plan *plan, const kxi_seat_source *source, kxi_arena *arena, uint32_t max_digits,
                  kxi_diag *d, kxi_outcome *out)
{
    kxi_run r = { plan, source, arena, { arena, max_digits }, d, out, false };
    *out = (kxi_outcome){ .plan = plan };
    out->allotted = kxi_arena_array(arena, plan->allotment_count + 1, sizeof(*out->allotted));
    if (!out->allotted)
        return kxi_nomem(d);
    KXI_RUN_TRY(check_names(&r));
    for (size_t i = 0; i < plan->allotment_count; i++)
        KXI_RUN_TRY(make(&r, i));
    KXI_RUN_TRY(kxi_run_checks(&r));
    return r.lost ? kxi_nomem(d) : KX_OK;
}
