/* Adjustments: seats times a factor, plus a number, rounded, where a condition holds; one after the other. */
#include "apportion/run.h"

static kx_status
read_numbers(kxi_making *m, const kxi_node *node, const char *key, int64_t otherwise, kxi_num **out)
{
    size_t n = m->run->source->count;
    *out = kxi_arena_array(m->run->a, n + 1, sizeof(**out));
    if (!*out)
        return kxi_nomem(m->run->d);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = kxi_num_int(otherwise);
    if (!node)
        return KX_OK;
    const kxi_seat_source *s = m->run->source;
    KXI_RUN_TRY(s->numbers(s->user, node, *out, m->states, m->run->d));
    for (size_t i = 0; i < n; i++)
        if (m->flags[i] && m->states[i] != KXI_SEAT_KNOWN)
            return kxi_say_unknown(m->run, i, key, m->states[i]);
    return KX_OK;
}

/* m->flags: whom it concerns. A unit that has not chosen has nothing to adjust. */
static kx_status
read_when(kxi_making *m, const kxi_adjust *adjust)
{
    if (adjust->when)
        KXI_RUN_TRY(kxi_making_flags(m, adjust->when, "when"));
    for (size_t i = 0; i < m->run->source->count; i++) {
        const kxi_seat *s = &m->out->seats[i];
        m->flags[i] = s->in && s->known && (!adjust->when || m->flags[i]);
    }
    return KX_OK;
}

static kx_status
change_one(kxi_making *m, const kxi_adjust *adjust, size_t unit, kxi_num times, kxi_num plus)
{
    kxi_run *r = m->run;
    kxi_seat *s = &m->out->seats[unit];
    kxi_num x = kxi_num_int(s->seats), rounded;
    if (adjust->times) {
        KXI_RUN_TRY(kxi_run_num(r, kxi_num_mul(&r->num, x, times, &x)));
        kxi_seat_add_step(s, KXI_SEAT_STEP_TIMES, x);
    }
    if (adjust->plus) {
        KXI_RUN_TRY(kxi_run_num(r, kxi_num_add(&r->num, x, plus, &x)));
        kxi_seat_add_step(s, KXI_SEAT_STEP_PLUS, x);
    }
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_round(&r->num, x, adjust->round.mode, 0, &rounded)));
    if (!kxi_num_eq(x, rounded))
        kxi_seat_add_step(s, KXI_SEAT_STEP_ROUND, rounded);
    s->flags |= KXI_SEAT_FLAG(ADJUSTED);
    return kxi_run_whole(r, unit, "adjust", rounded, &s->seats);
}

static kx_status
adjust_once(kxi_making *m, const kxi_adjust *adjust)
{
    kxi_num *times, *plus;
    KXI_RUN_TRY(read_when(m, adjust));
    KXI_RUN_TRY(read_numbers(m, adjust->times, "times", 1, &times));
    KXI_RUN_TRY(read_numbers(m, adjust->plus, "plus", 0, &plus));
    for (size_t i = 0; i < m->run->source->count; i++)
        if (m->flags[i])
            KXI_RUN_TRY(change_one(m, adjust, i, times[i], plus[i]));
    return KX_OK;
}

/* Bounds are for what is allotted; what an adjustment makes of it may leave them, and is said. */
static kx_status
say_outside(kxi_making *m)
{
    kxi_run *r = m->run;
    for (size_t i = 0; i < r->source->count; i++) {
        kxi_seat *s = &m->out->seats[i];
        if (!(s->flags & KXI_SEAT_FLAG(ADJUSTED)) || (s->seats >= s->lo && s->seats <= s->hi))
            continue;
        s->flags |= KXI_SEAT_FLAG(OUTSIDE);
        KXI_RUN_TRY(KXI_FAIL(r->d, SEATS_ADJUST_OUTSIDE, kxi_say_place(r, i), KXI_A_STR(m->rules->id),
                             KXI_A_STR(r->source->names[i]), KXI_A_INT(s->seats),
                             KXI_A_STR(kxi_say_range(r, s->lo, s->hi))));
    }
    return KX_OK;
}

kx_status
kxi_adjust_seats(kxi_making *m)
{
    for (size_t i = 0; i < m->rules->adjust_count; i++)
        KXI_RUN_TRY(adjust_once(m, &m->rules->adjust[i]));
    return m->rules->adjust_count ? say_outside(m) : KX_OK;
}
