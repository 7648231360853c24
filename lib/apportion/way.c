/* The three ways to seats: divided by a method, a number of each unit's own, a choice within a range. */
#include "apportion/run.h"

#include <stdlib.h>

/* ---- order among tied units ---- */

struct ranked {
    uint32_t unit;
    const kxi_num *const *keys; /* by expression, then unit */
    size_t key_count;
    kxi_numctx *c;
    kx_status *st; /* what a comparison failed with */
};

static int
compare_ranked(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    int order = 0;
    for (size_t k = 0; k < a->key_count && order == 0 && *a->st == KX_OK; k++)
        *a->st = kxi_num_cmp(a->c, a->keys[k][a->unit], b->keys[k][b->unit], &order);
    return order;
}

static int
by_rank(const void *x, const void *y)
{
    int order = compare_ranked(x, y);
    const struct ranked *a = x, *b = y;
    return order ? order : a->unit < b->unit ? -1 : a->unit > b->unit;
}

/* The values of the expressions; a unit that lacks one has no rank. */
static kx_status
tie_keys(kxi_making *m, kxi_num **keys, bool *ranked)
{
    kxi_run *r = m->run;
    size_t n = r->source->count;
    for (size_t k = 0; k < m->rules->tie_count; k++) {
        keys[k] = kxi_arena_array(r->a, n + 1, sizeof(**keys));
        if (!keys[k])
            return kxi_nomem(r->d);
        KXI_RUN_TRY(r->source->numbers(r->source->user, m->rules->ties[k], keys[k], m->states, r->d));
        for (size_t i = 0; i < n; i++)
            ranked[i] = (k == 0 || ranked[i]) && m->states[i] == KXI_SEAT_KNOWN;
    }
    return KX_OK;
}

/* Ranks of the units that take part: equal values have equal ranks, without an order all have. */
static kx_status
tie_ranks(kxi_making *m, uint32_t *ranks)
{
    kxi_run *r = m->run;
    size_t n = r->source->count, count = 0;
    kx_status st = KX_OK;
    struct ranked *list = kxi_arena_array(r->a, n + 1, sizeof(*list));
    kxi_num **keys = kxi_arena_array(r->a, m->rules->tie_count + 1, sizeof(*keys));
    bool *ranked = kxi_arena_array(r->a, n + 1, sizeof(*ranked));
    if (!list || !keys || !ranked)
        return kxi_nomem(r->d);
    if (!m->rules->tie_count)
        return KX_OK;
    KXI_RUN_TRY(tie_keys(m, keys, ranked));
    for (uint32_t i = 0; i < n; i++) {
        ranks[i] = KXI_RANK_NONE;
        if (m->out->seats[i].in && ranked[i])
            list[count++] = (struct ranked){ i, (const kxi_num *const *)keys, m->rules->tie_count, &r->num, &st };
    }
    qsort(list, count, sizeof(*list), by_rank);
    for (size_t i = 0; i < count; i++) {
        bool same = i && compare_ranked(&list[i - 1], &list[i]) == 0;
        ranks[list[i].unit] = same ? ranks[list[i - 1].unit] : (uint32_t)i;
    }
    return kxi_run_num(r, st);
}

/* ---- a method ---- */

/* The claims of those who take part, and whose they are. */
struct field {
    kxi_claim *claims;
    kxi_award *awards;
    uint32_t *units;
    size_t count;
};

static kx_status
make_field(kxi_making *m, struct field *f)
{
    kxi_run *r = m->run;
    uint32_t *ranks = kxi_arena_array(r->a, r->source->count + 1, sizeof(*ranks));
    f->claims = kxi_arena_array(r->a, m->out->members + 1, sizeof(*f->claims));
    f->awards = kxi_arena_array(r->a, m->out->members + 1, sizeof(*f->awards));
    f->units = kxi_arena_array(r->a, m->out->members + 1, sizeof(*f->units));
    if (!ranks || !f->claims || !f->awards || !f->units)
        return kxi_nomem(r->d);
    KXI_RUN_TRY(tie_ranks(m, ranks));
    f->count = 0;
    for (uint32_t i = 0; i < r->source->count; i++) {
        const kxi_seat *s = &m->out->seats[i];
        if (!s->in)
            continue;
        f->units[f->count] = i;
        f->claims[f->count++] = (kxi_claim){ s->claim, s->lo, s->hi, ranks[i] };
    }
    return KX_OK;
}

static kx_status
say_fault(kxi_making *m, const kxi_verdict *v, int64_t seats)
{
    kxi_run *r = m->run;
    kxi_place place = kxi_node_place(r->a, m->rules->node);
    kxi_arg args[] = { KXI_A_STR(m->rules->id), KXI_A_INT(v->sum), KXI_A_INT(seats) };
    enum kxi_msg msg = v->fault == KXI_FAULT_MINIMA   ? KXI_MSG_SEATS_MINIMA
                       : v->fault == KXI_FAULT_MAXIMA ? KXI_MSG_SEATS_MAXIMA
                                                      : KXI_MSG_SEATS_LEFT;
    return kxi_diag_add(r->d, msg, place, args, 3);
}

static kx_status
say_ties(kxi_making *m)
{
    kxi_run *r = m->run;
    kxi_place place = kxi_node_place(r->a, m->rules->node);
    size_t count;
    for (int open = 1; open >= 0; open--) {
        uint32_t flag = open ? KXI_SEAT_FLAG(TIED) : KXI_SEAT_FLAG(ORDERED);
        for (size_t i = 0; i < r->source->count; i++)
            m->flags[i] = (m->out->seats[i].flags & flag) != 0;
        kxi_str units = kxi_say_units(r, m->flags, &count);
        if (count && open)
            KXI_RUN_TRY(KXI_FAIL(r->d, SEATS_TIE_OPEN, place, KXI_A_STR(m->rules->id), KXI_A_INT(m->out->open),
                                 KXI_A_STR(units)));
        else if (count)
            KXI_RUN_TRY(KXI_FAIL(r->d, SEATS_TIE_BROKEN, place, KXI_A_STR(m->rules->id), KXI_A_STR(units)));
    }
    return KX_OK;
}

/* What an award says about a seat, as steps and flags. */
static void
take_award(const kxi_allotment *a, const kxi_award *w, kxi_seat *s)
{
    bool remainder = a->method == KXI_SEAT_LARGEST_REMAINDER;
    s->known = true;
    s->given = w->seats;
    s->quota = w->quota;
    s->has_quota = true;
    s->flags |= (w->tied ? KXI_SEAT_FLAG(TIED) : 0) | (w->ordered ? KXI_SEAT_FLAG(ORDERED) : 0) |
                (w->at_lo ? KXI_SEAT_FLAG(MIN) : 0) | (w->at_hi ? KXI_SEAT_FLAG(MAX) : 0);
    if (remainder)
        kxi_seat_add_step(s, KXI_SEAT_STEP_QUOTA, w->quota);
    if (w->has_worth && remainder)
        kxi_seat_add_step(s, KXI_SEAT_STEP_REMAINDER, w->worth);
    else if (w->has_worth)
        kxi_seat_add_step(s, KXI_SEAT_STEP_QUOTIENT, kxi_num_int(w->seats - 1));
    if (w->at_lo)
        kxi_seat_add_step(s, KXI_SEAT_STEP_MIN, kxi_num_int(s->lo));
    if (w->at_hi)
        kxi_seat_add_step(s, KXI_SEAT_STEP_MAX, kxi_num_int(s->hi));
}

static kx_status
divide(kxi_making *m, int64_t seats)
{
    kxi_run *r = m->run;
    const kxi_allotment *a = m->rules;
    struct field f = { .count = 0 };
    kxi_verdict v;
    KXI_RUN_TRY(make_field(m, &f));
    kxi_contest contest = { a->method, a->quota, a->bounds, seats, f.claims, f.count };
    KXI_RUN_TRY(kxi_run_num(r, kxi_seats_award(&r->num, &contest, f.awards, &v)));
    if (v.fault)
        return say_fault(m, &v, seats);
    for (size_t i = 0; i < f.count; i++)
        take_award(a, &f.awards[i], &m->out->seats[f.units[i]]);
    m->out->divided = true;
    m->out->open = v.open;
    m->out->claims = v.total;
    m->out->last = v.last;
    m->out->next = v.next;
    m->out->last_unit = v.last_claim == KXI_NONE ? KXI_NONE : f.units[v.last_claim];
    m->out->next_unit = v.next_claim == KXI_NONE ? KXI_NONE : f.units[v.next_claim];
    return say_ties(m);
}

static kx_status
by_method(kxi_making *m)
{
    kxi_run *r = m->run;
    KXI_RUN_TRY(kxi_making_numbers(m, m->rules->weight, "weight", false));
    for (size_t i = 0; i < r->source->count; i++) {
        kxi_seat *s = &m->out->seats[i];
        if (!s->in)
            continue;
        if (kxi_num_sign(m->numbers[i]) < 0)
            return KXI_FAIL(r->d, SEATS_NEGATIVE, kxi_say_place(r, i), KXI_A_STR(r->source->names[i]),
                            KXI_A_CSTR("weight"), KXI_A_STR(kxi_say_num(r, m->numbers[i])));
        s->claim = m->numbers[i];
        s->has_claim = true;
    }
    return divide(m, m->out->total - m->rules->reserve);
}

/* ---- a number ---- */

static kx_status
one_number(kxi_making *m, size_t unit, kxi_seat *s)
{
    kxi_run *r = m->run;
    kxi_num x = s->claim;
    s->has_claim = s->known = true;
    kxi_seat_add_step(s, KXI_SEAT_STEP_NUMBER, x);
    if (m->rules->round.given) {
        KXI_RUN_TRY(kxi_run_num(r, kxi_num_round(&r->num, x, m->rules->round.mode, 0, &x)));
        if (!kxi_num_eq(x, s->claim))
            kxi_seat_add_step(s, KXI_SEAT_STEP_ROUND, x);
    }
    KXI_RUN_TRY(kxi_run_whole(r, unit, "number", x, &s->given));
    if (s->given < s->lo) {
        s->given = s->lo;
        s->flags |= KXI_SEAT_FLAG(MIN);
        kxi_seat_add_step(s, KXI_SEAT_STEP_MIN, kxi_num_int(s->lo));
    } else if (s->given > s->hi) {
        s->given = s->hi;
        s->flags |= KXI_SEAT_FLAG(MAX);
        kxi_seat_add_step(s, KXI_SEAT_STEP_MAX, kxi_num_int(s->hi));
    }
    return KX_OK;
}

/* More than the ceiling allows: the numbers, unrounded, become claims on what it does allow. */
static kx_status
share_ceiling(kxi_making *m, int64_t sum)
{
    kxi_run *r = m->run;
    const kxi_allotment *a = m->rules;
    int64_t seats = a->ceiling > a->reserve ? a->ceiling - a->reserve : 0;
    KXI_RUN_TRY(KXI_FAIL(r->d, SEATS_CEILING_SHARED, kxi_node_place(r->a, a->node), KXI_A_STR(a->id),
                         KXI_A_INT(sum + a->reserve), KXI_A_INT(a->ceiling),
                         KXI_A_CSTR(kxi_seat_method_name(a->method))));
    for (size_t i = 0; i < r->source->count; i++) {
        kxi_seat *s = &m->out->seats[i];
        s->flags = 0;
        s->step_count =
            s->step_count ? 1 + (s->steps[0].kind == KXI_SEAT_STEP_BAND) : 0; /* its number, and band, stay */
    }
    return divide(m, seats);
}

static kx_status
by_number(kxi_making *m)
{
    kxi_run *r = m->run;
    int64_t sum = 0;
    if (m->rules->number)
        KXI_RUN_TRY(kxi_making_numbers(m, m->rules->number, "number", false));
    for (size_t i = 0; i < r->source->count; i++) {
        kxi_seat *s = &m->out->seats[i];
        if (!s->in)
            continue;
        if (m->rules->number)
            s->claim = m->numbers[i];
        KXI_RUN_TRY(one_number(m, i, s));
        sum += sum <= KXI_SEATS_MOST ? s->given : 0;
    }
    if (m->rules->over_share && sum + m->rules->reserve > m->rules->ceiling)
        return share_ceiling(m, sum);
    return KX_OK;
}

/* ---- a choice ---- */

static kx_status
one_choice(kxi_making *m, size_t unit, kxi_seat *s)
{
    kxi_run *r = m->run;
    KXI_RUN_TRY(kxi_run_whole(r, unit, "choice", m->numbers[unit], &s->given));
    s->known = true;
    kxi_seat_add_step(s, KXI_SEAT_STEP_CHOICE, m->numbers[unit]);
    if (s->given >= s->lo && s->given <= s->hi)
        return KX_OK;
    s->flags |= KXI_SEAT_FLAG(OUTSIDE);
    return KXI_FAIL(r->d, SEATS_CHOICE_OUTSIDE, kxi_say_place(r, unit), KXI_A_STR(m->rules->id),
                    KXI_A_STR(r->source->names[unit]), KXI_A_INT(s->given), KXI_A_STR(kxi_say_range(r, s->lo, s->hi)));
}

static kx_status
by_choice(kxi_making *m)
{
    kxi_run *r = m->run;
    size_t count;
    if (m->rules->choice)
        KXI_RUN_TRY(kxi_making_numbers(m, m->rules->choice, "choice", true));
    for (size_t i = 0; i < r->source->count; i++) {
        kxi_seat *s = &m->out->seats[i];
        m->flags[i] = s->in && (!m->rules->choice || m->states[i] == KXI_SEAT_NULL);
        if (m->flags[i])
            s->flags |= KXI_SEAT_FLAG(OPEN);
        else if (s->in)
            KXI_RUN_TRY(one_choice(m, i, s));
    }
    kxi_str units = kxi_say_units(r, m->flags, &count);
    m->out->open_choices = count;
    if (!count)
        return KX_OK;
    return KXI_FAIL(r->d, SEATS_CHOICE_OPEN, kxi_node_place(r->a, m->rules->node), KXI_A_STR(m->rules->id),
                    KXI_A_INT(count), KXI_A_STR(units));
}

kx_status
kxi_make_seats(kxi_making *m)
{
    kx_status st = m->rules->way == KXI_WAY_METHOD   ? by_method(m)
                   : m->rules->way == KXI_WAY_NUMBER ? by_number(m)
                                                     : by_choice(m);
    for (size_t i = 0; i < m->run->source->count; i++)
        m->out->seats[i].seats = m->out->seats[i].given;
    return st;
}
