/* Checks: sums and shares of seats against bounds, conditions on every unit. */
#include "apportion/run.h"

#include <stdlib.h>

/* One check over the units of its allotment. */
struct checking {
    kxi_run *run;
    const kxi_seat_check *check;
    const kxi_allotted *of;
    bool *where, *base, *unknown; /* by unit; unknown: something about it is, so it does not count */
    uint8_t *states;
    kxi_str *groups;
};

static kx_status
add_row(kxi_run *r, const kxi_seat_finding *row)
{
    kxi_outcome *out = r->out;
    if (out->check_count == out->check_room) {
        size_t room = out->check_room ? 2 * out->check_room : 16;
        kxi_seat_finding *more = kxi_arena_array(r->a, room, sizeof(*more));
        if (!more)
            return kxi_nomem(r->d);
        if (out->check_count)
            memcpy(more, out->checks, out->check_count * sizeof(*more));
        out->checks = more;
        out->check_room = room;
    }
    out->checks[out->check_count++] = *row;
    return KX_OK;
}

/* Which units a condition selects; all that have seats without one. Only true selects. */
static kx_status
select_units(struct checking *c, const kxi_node *node, bool *out)
{
    const kxi_seat_source *s = c->run->source;
    for (size_t i = 0; i < s->count; i++)
        out[i] = true;
    if (node)
        KXI_RUN_TRY(s->flags(s->user, node, out, c->states, c->run->d));
    for (size_t i = 0; i < s->count; i++) {
        const kxi_seat *seat = &c->of->seats[i];
        bool there = seat->in && seat->known, known = !node || c->states[i] == KXI_SEAT_KNOWN;
        c->unknown[i] |= (seat->in && !seat->known) || (there && !known);
        out[i] = there && known && out[i];
    }
    return KX_OK;
}

static kx_status
say_unknown(struct checking *c)
{
    size_t count;
    kxi_run *r = c->run;
    kxi_str units = kxi_say_units(r, c->unknown, &count);
    if (!count)
        return KX_OK;
    return KXI_FAIL(r->d, SEATS_CHECK_UNKNOWN, kxi_node_place(r->a, c->check->node), KXI_A_STR(c->check->id),
                    KXI_A_INT(count), KXI_A_STR(units));
}

/* ---- bounds ---- */

/* The whole number of seats that a bound asks for: at least x means ceil(x), at most x means floor(x). */
static kx_status
bound_of(struct checking *c, kxi_num bound, int64_t of, bool upper, int64_t *out)
{
    kxi_run *r = c->run;
    kxi_num x = bound;
    if (c->check->share)
        KXI_RUN_TRY(kxi_run_num(r, kxi_num_mul(&r->num, bound, kxi_num_int(of), &x)));
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_round(&r->num, x, upper ? KXI_ROUND_FLOOR : KXI_ROUND_CEIL, 0, &x)));
    if (!kxi_num_to_int(x, out))
        return kxi_run_num(r, KX_E_LIMIT);
    return KX_OK;
}

/* How many have to come, or go, when the whole grows or shrinks with them: (has + n) / (of + n) against the bound, that is
 * n = |bound * of - has| / (1 - bound), rounded up. Not possible when the bound is 1. */
static kx_status
alone_of(struct checking *c, kxi_num bound, const kxi_seat_finding *row, int64_t *out)
{
    kxi_run *r = c->run;
    kxi_num miss, rest;
    *out = row->miss;
    if (!c->check->share)
        return KX_OK;
    *out = -1;
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_sub(&r->num, kxi_num_int(1), bound, &rest)));
    if (kxi_num_sign(rest) == 0)
        return KX_OK;
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_mul(&r->num, bound, kxi_num_int(row->of), &miss)));
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_sub(&r->num, miss, kxi_num_int(row->has), &miss)));
    if (kxi_num_sign(miss) < 0)
        KXI_RUN_TRY(kxi_run_num(r, kxi_num_neg(&r->num, miss, &miss)));
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_div(&r->num, miss, rest, &miss)));
    KXI_RUN_TRY(kxi_run_num(r, kxi_num_round(&r->num, miss, KXI_ROUND_CEIL, 0, &miss)));
    return kxi_num_to_int(miss, out) ? KX_OK : kxi_run_num(r, KX_E_LIMIT);
}

static kx_status
say_bound(struct checking *c, const kxi_seat_finding *row)
{
    kxi_run *r = c->run;
    kxi_buf name;
    kxi_buf_init(&name, r->a->mem);
    kxi_buf_str(&name, c->check->id);
    if (c->check->per) {
        kxi_buf_cstr(&name, " / ");
        kxi_buf_str(&name, row->group);
    }
    kxi_arg args[] = { KXI_A_STR(kxi_buf_view(&name)), KXI_A_INT(row->has), KXI_A_INT(row->of), KXI_A_INT(row->needs),
                       KXI_A_INT(row->miss) };
    kx_status st = name.failed ? kxi_nomem(r->d)
                               : kxi_diag_add(r->d, row->upper ? KXI_MSG_SEATS_CHECK_HIGH : KXI_MSG_SEATS_CHECK_LOW,
                                              kxi_node_place(r->a, c->check->node), args, 5);
    kxi_buf_free(&name);
    return st;
}

/* A row with its sums against the bounds of the check. */
static kx_status
judge(struct checking *c, kxi_seat_finding *row)
{
    const kxi_seat_check *k = c->check;
    int64_t needs;
    row->met = true;
    if (k->has_most) {
        KXI_RUN_TRY(bound_of(c, k->most, row->of, true, &needs));
        row->upper = row->has > needs;
        row->has_needs = !k->has_least || row->upper;
        row->needs = needs;
        row->miss = row->upper ? row->has - needs : 0;
        row->met = !row->upper;
    }
    if (k->has_least && row->met) {
        KXI_RUN_TRY(bound_of(c, k->least, row->of, false, &needs));
        row->has_needs = true;
        row->needs = needs;
        row->miss = row->has < needs ? needs - row->has : 0;
        row->met = row->miss == 0;
    }
    if (!row->met)
        KXI_RUN_TRY(alone_of(c, row->upper ? k->most : k->least, row, &row->alone));
    KXI_RUN_TRY(add_row(c->run, row));
    return row->met ? KX_OK : say_bound(c, row);
}

static void
add_seats(const struct checking *c, size_t unit, kxi_seat_finding *row)
{
    int64_t seats = c->of->seats[unit].seats;
    if (c->unknown[unit])
        return;
    row->has += c->where[unit] ? seats : 0;
    row->of += c->base[unit] ? seats : 0;
}

struct member {
    kxi_str group;
    uint32_t unit;
};

static int
by_group(const void *x, const void *y)
{
    const struct member *a = x, *b = y;
    int order = kxi_str_cmp(a->group, b->group);
    return order ? order : a->unit < b->unit ? -1 : a->unit > b->unit;
}

/* Every text of "per" alone, in the order of the texts. */
static kx_status
judge_groups(struct checking *c)
{
    kxi_run *r = c->run;
    const kxi_seat_source *s = r->source;
    size_t count = 0;
    struct member *members = kxi_arena_array(r->a, s->count + 1, sizeof(*members));
    if (!members)
        return kxi_nomem(r->d);
    KXI_RUN_TRY(s->texts(s->user, c->check->per, c->groups, c->states, r->d));
    for (uint32_t i = 0; i < s->count; i++) {
        if (!c->of->seats[i].in)
            continue;
        if (c->states[i] == KXI_SEAT_KNOWN)
            members[count++] = (struct member){ c->groups[i], i };
        else
            c->unknown[i] = true;
    }
    qsort(members, count, sizeof(*members), by_group);
    for (size_t i = 0; i < count;) {
        kxi_seat_finding row = { .check = c->check, .group = members[i].group, .unit = KXI_NONE };
        for (; i < count && kxi_str_eq(members[i].group, row.group); i++)
            add_seats(c, members[i].unit, &row);
        KXI_RUN_TRY(judge(c, &row));
    }
    return KX_OK;
}

static kx_status
check_sums(struct checking *c)
{
    KXI_RUN_TRY(select_units(c, c->check->base, c->base));
    KXI_RUN_TRY(select_units(c, c->check->where, c->where));
    if (c->check->per)
        KXI_RUN_TRY(judge_groups(c));
    else {
        kxi_seat_finding row = { .check = c->check, .unit = KXI_NONE };
        for (size_t i = 0; i < c->run->source->count; i++)
            add_seats(c, i, &row);
        KXI_RUN_TRY(judge(c, &row));
    }
    return say_unknown(c);
}

/* ---- conditions ---- */

/* EACH: the units for which it does not hold; FLAG: those for which it does. */
static kx_status
check_units(struct checking *c)
{
    kxi_run *r = c->run;
    bool each = c->check->kind == KXI_CHECK_EACH;
    size_t n = r->source->count, count = 0;
    KXI_RUN_TRY(select_units(c, c->check->where, c->where));
    KXI_RUN_TRY(r->source->flags(r->source->user, c->check->condition, c->base, c->states, r->d));
    for (size_t i = 0; i < n; i++) {
        bool known = c->states[i] == KXI_SEAT_KNOWN;
        c->unknown[i] |= c->where[i] && !known;
        c->base[i] = c->where[i] && known && c->base[i] != each;
    }
    for (uint32_t i = 0; i < n; i++)
        if (c->base[i]) {
            const kxi_seat_finding row = {
                .check = c->check, .unit = i, .has = c->of->seats[i].seats, .of = c->of->seats[i].seats
            };
            KXI_RUN_TRY(add_row(r, &row));
        }
    kxi_str units = kxi_say_units(r, c->base, &count);
    kxi_arg args[] = { KXI_A_STR(c->check->id), KXI_A_INT(count), KXI_A_STR(units) };
    if (count)
        KXI_RUN_TRY(kxi_diag_add(r->d, each ? KXI_MSG_SEATS_CHECK_EACH : KXI_MSG_SEATS_CHECK_FLAG,
                                 kxi_node_place(r->a, c->check->node), args, 3));
    else
        KXI_RUN_TRY(add_row(r, &(kxi_seat_finding){ .check = c->check, .unit = KXI_NONE, .met = true }));
    return say_unknown(c);
}

kx_status
kxi_run_checks(kxi_run *r)
{
    size_t n = r->source->count + 1;
    struct checking c = { .run = r };
    c.where = kxi_arena_array(r->a, n, sizeof(*c.where));
    c.base = kxi_arena_array(r->a, n, sizeof(*c.base));
    c.unknown = kxi_arena_array(r->a, n, sizeof(*c.unknown));
    c.states = kxi_arena_array(r->a, n, sizeof(*c.states));
    c.groups = kxi_arena_array(r->a, n, sizeof(*c.groups));
    if (!c.where || !c.base || !c.unknown || !c.states || !c.groups)
        return kxi_nomem(r->d);
    for (size_t i = 0; i < r->plan->check_count; i++) {
        c.check = &r->plan->checks[i];
        c.of = &r->out->allotted[c.check->of];
        memset(c.unknown, 0, n * sizeof(*c.unknown));
        KXI_RUN_TRY(c.check->kind == KXI_CHECK_SUM ? check_sums(&c) : check_units(&c));
    }
    return KX_OK;
}
