/* The cohort: who is admitted, who stands where, and values over all of it. */
#include "score/engine.h"

/* ---- admission ---- */

static kx_status
apply_admission(kxi_engine *e, const kxi_gate *gate)
{
    kxi_vec when;
    KXI_TRY(kxi_engine_eval(e, gate->when, &when));
    for (uint32_t i = 0; i < e->n; i++)
        if (kxi_vec_true(&when, i))
            e->standings[i].admitted = false;
    return KX_OK;
}

kx_status
kxi_engine_admission(kxi_engine *e)
{
    if (e->admission_made)
        return KX_OK;
    e->admission_made = true;
    for (size_t g = 0; g < e->r->gate_count; g++)
        if (e->r->gates[g].effect == KXI_GATE_ADMIT)
            KXI_TRY(apply_admission(e, &e->r->gates[g]));
    return KX_OK;
}

/* ---- order within cohorts ---- */

/* One subject with the values it is ordered by; better ones come first. */
struct place {
    uint32_t subject, cohort;
    const kxi_num *keys;
};

struct order {
    kxi_engine *e;
    struct place *places;
    size_t count, key_count;
    kx_status failed;
};

static int
compare(struct order *o, const struct place *x, const struct place *y, bool keys_only)
{
    if (x->cohort != y->cohort)
        return x->cohort < y->cohort ? -1 : 1;
    for (size_t k = 0; k < o->key_count; k++) {
        int c = 0;
        kx_status st = kxi_num_cmp(o->e->num, x->keys[k], y->keys[k], &c);
        if (st != KX_OK)
            o->failed = st;
        if (c)
            return -c;
    }
    return keys_only ? 0 : x->subject < y->subject ? -1 : x->subject > y->subject;
}

static void
sift(struct order *o, size_t root, size_t count)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare(o, &o->places[child], &o->places[child + 1], false) < 0)
            child++;
        if (compare(o, &o->places[root], &o->places[child], false) >= 0)
            return;
        struct place swap = o->places[root];
        o->places[root] = o->places[child];
        o->places[child] = swap;
    }
}

/* Heap sort: in place, no worst case, no memory of the C library's. */
static kx_status
sort_places(struct order *o)
{
    for (size_t i = o->count / 2; i-- > 0;)
        sift(o, i, o->count);
    for (size_t end = o->count; end > 1; end--) {
        struct place swap = o->places[0];
        o->places[0] = o->places[end - 1];
        o->places[end - 1] = swap;
        sift(o, 0, end - 1);
    }
    return kxi_engine_num(o->e, o->failed);
}

/* Subjects that have all their keys; counts[c]: how many of cohort c. */
static kx_status
gather(kxi_engine *e, const kxi_vec *keys, size_t key_count, bool admitted_only, struct order *o)
{
    *o = (struct order){ .e = e, .key_count = key_count, .failed = KX_OK };
    o->places = kxi_arena_array(e->a, e->n + 1u, sizeof(*o->places));
    if (!o->places)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++) {
        bool known = !admitted_only || e->standings[i].admitted;
        for (size_t k = 0; known && k < key_count; k++)
            known = kxi_vec_state(&keys[k], i) == KXI_IS_KNOWN;
        if (!known)
            continue;
        kxi_num *values = kxi_arena_array(e->a, key_count + 1, sizeof(*values));
        if (!values)
            return kxi_nomem(e->d);
        for (size_t k = 0; k < key_count; k++)
            KXI_NUM(e, kxi_vec_num(e->num, &keys[k], i, &values[k]));
        o->places[o->count++] = (struct place){ i, e->u->cohorts[i], values };
    }
    return sort_places(o);
}

/* Ranks of ordered places: competition 1 2 2 4, dense 1 2 2 3, modified 1 3 3 4. */
static void
give_ranks(struct order *o, enum kxi_ties ties, uint32_t *ranks, bool *tied)
{
    for (size_t first = 0, start = 0, dense = 0, end; first < o->count; first = end) {
        if (first == 0 || o->places[first].cohort != o->places[first - 1].cohort) {
            start = first;
            dense = 0;
        }
        for (end = first + 1; end < o->count && compare(o, &o->places[first], &o->places[end], true) == 0; end++)
            ;
        dense++;
        size_t rank = ties == KXI_TIES_DENSE ? dense : ties == KXI_TIES_MODIFIED ? end - start : first - start + 1;
        for (size_t i = first; i < end; i++) {
            ranks[o->places[i].subject] = (uint32_t)rank;
            tied[o->places[i].subject] = end - first > 1;
        }
    }
}

static kx_status
keep_order(kxi_engine *e, const struct order *o)
{
    e->order = kxi_arena_array(e->a, o->count + 1, sizeof(*e->order));
    e->order_first = kxi_arena_array(e->a, e->u->cohort_count + 2u, sizeof(*e->order_first));
    if (!e->order || !e->order_first)
        return kxi_nomem(e->d);
    for (size_t i = 0; i < o->count; i++) {
        e->order[i] = o->places[i].subject;
        e->order_first[o->places[i].cohort + 1]++;
    }
    for (uint32_t c = 0; c < e->u->cohort_count; c++)
        e->order_first[c + 1] += e->order_first[c];
    e->ordered = true;
    return KX_OK;
}

/* Without "rank" everybody of a cohort stands equal and has no rank. */
kx_status
kxi_engine_rank(kxi_engine *e)
{
    if (e->ordered)
        return KX_OK;
    KXI_TRY(kxi_engine_admission(e));
    struct order o;
    kxi_vec *keys = kxi_arena_array(e->a, e->r->rank_by_count + 1, sizeof(*keys));
    uint32_t *ranks = kxi_arena_array(e->a, e->n + 1u, sizeof(*ranks));
    bool *tied = kxi_arena_array(e->a, e->n + 1u, sizeof(*tied));
    if (!keys || !ranks || !tied)
        return kxi_nomem(e->d);
    for (size_t k = 0; k < e->r->rank_by_count; k++)
        KXI_TRY(kxi_engine_eval(e, e->r->rank_by[k], &keys[k]));
    KXI_TRY(gather(e, keys, e->r->rank_by_count, true, &o));
    give_ranks(&o, e->r->ties, ranks, tied);
    KXI_TRY(kxi_engine_num(e, o.failed));
    for (size_t i = 0; e->r->rank_by_count && i < o.count; i++) {
        kxi_standing *s = &e->standings[o.places[i].subject];
        s->has_rank = true;
        s->rank = ranks[o.places[i].subject];
        s->tied = tied[o.places[i].subject];
    }
    return keep_order(e, &o);
}

/* ---- values over the cohort; what is unknown is left out ---- */

struct totals {
    kxi_num sum, most, least;
    uint32_t count;
};

static kx_status
add_to(kxi_engine *e, struct totals *t, kxi_num x)
{
    int c = 0;
    KXI_NUM(e, kxi_num_add(e->num, t->sum, x, &t->sum));
    KXI_NUM(e, kxi_num_cmp(e->num, x, t->most, &c));
    if (!t->count || c > 0)
        t->most = x;
    KXI_NUM(e, kxi_num_cmp(e->num, x, t->least, &c));
    if (!t->count || c < 0)
        t->least = x;
    t->count++;
    return KX_OK;
}

static kx_status
total_up(kxi_engine *e, const kxi_vec *arg, struct totals *t)
{
    for (uint32_t c = 0; c < e->u->cohort_count; c++)
        t[c] = (struct totals){ kxi_num_int(0), kxi_num_int(0), kxi_num_int(0), 0 };
    for (uint32_t i = 0; i < e->n; i++) {
        kxi_num x = kxi_num_int(0);
        if (!e->standings[i].admitted || (arg && kxi_vec_state(arg, i) != KXI_IS_KNOWN))
            continue;
        if (arg)
            KXI_NUM(e, kxi_vec_num(e->num, arg, i, &x));
        KXI_TRY(add_to(e, &t[e->u->cohorts[i]], x));
    }
    return KX_OK;
}

static kx_status
cohort_value(kxi_engine *e, enum kxi_slot_kind kind, const struct totals *t, kxi_num *out)
{
    switch (kind) {
    case KXI_SLOT_COHORT_SIZE:
        *out = kxi_num_int(t->count);
        return KX_OK;
    case KXI_SLOT_COHORT_SUM:
        *out = t->sum;
        return KX_OK;
    case KXI_SLOT_COHORT_MAX:
        *out = t->most;
        return KX_OK;
    case KXI_SLOT_COHORT_MIN:
        *out = t->least;
        return KX_OK;
    default:
        KXI_NUM(e, kxi_num_div(e->num, t->sum, kxi_num_int(t->count), out));
        return KX_OK;
    }
}

static kx_status
cohort_ranks(kxi_engine *e, const kxi_vec *arg, enum kxi_ties ties, kxi_num *nums, uint8_t *states)
{
    struct order o;
    uint32_t *ranks = kxi_arena_array(e->a, e->n + 1u, sizeof(*ranks));
    bool *tied = kxi_arena_array(e->a, e->n + 1u, sizeof(*tied));
    if (!ranks || !tied)
        return kxi_nomem(e->d);
    KXI_TRY(gather(e, arg, 1, true, &o));
    give_ranks(&o, ties, ranks, tied);
    KXI_TRY(kxi_engine_num(e, o.failed));
    for (uint32_t i = 0; i < e->n; i++) {
        nums[i] = kxi_num_int(ranks[i]);
        states[i] = ranks[i] ? KXI_IS_KNOWN : KXI_IS_DEPENDS;
    }
    return KX_OK;
}

kx_status
kxi_engine_cohort(kxi_engine *e, const kxi_slot *slot, kxi_vec *out)
{
    kxi_num *nums;
    uint8_t *states;
    kxi_vec arg;
    struct totals *totals = kxi_arena_array(e->a, e->u->cohort_count + 1u, sizeof(*totals));
    if (!totals)
        return kxi_nomem(e->d);
    KXI_TRY(kxi_engine_admission(e));
    KXI_TRY(kxi_engine_numbers(e, &nums, &states, out));
    KXI_TRY(kxi_engine_eval(e, slot->arg, &arg));
    if (slot->kind == KXI_SLOT_COHORT_RANK)
        return cohort_ranks(e, &arg, slot->ties == KXI_NONE ? e->r->ties : (enum kxi_ties)slot->ties, nums, states);
    KXI_TRY(total_up(e, slot->arg ? &arg : NULL, totals));
    for (uint32_t i = 0; i < e->n; i++) {
        const struct totals *t = &totals[e->u->cohorts[i]];
        nums[i] = kxi_num_int(0);
        if (t->count == 0 && slot->kind != KXI_SLOT_COHORT_SIZE && slot->kind != KXI_SLOT_COHORT_SUM)
            states[i] = KXI_IS_DIVISION;
        else
            KXI_TRY(cohort_value(e, slot->kind, t, &nums[i]));
    }
    return KX_OK;
}
