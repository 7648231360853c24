/* One tally into another. */
#include "tally/change.h"

static kx_status
same_scheme(const kxi_tally *t, const kxi_tally *other, kxi_diag *d)
{
    const kxi_rules *a = t->rules, *b = other->rules;
    char days[2][11];
    if (a != b && (!kxi_digest_eq(t->scheme, other->scheme) || a->fold_count != b->fold_count))
        return KXI_FAIL(d, TALLY_OTHER_SCHEME, KXI_NOWHERE, KXI_A_STR(b->id));
    if (a->period.from != b->period.from || a->period.to != b->period.to)
        return KXI_FAIL0(d, TALLY_OTHER_PERIOD, KXI_NOWHERE);
    if (t->as_of != other->as_of) {
        kxi_date_print(t->as_of, days[0]);
        kxi_date_print(other->as_of, days[1]);
        return KXI_FAIL(d, TALLY_OTHER_DATE, KXI_NOWHERE, KXI_A_CSTR(days[0]), KXI_A_CSTR(days[1]));
    }
    return KX_OK;
}

static kx_status
may_merge(const kxi_tally *t, const kxi_tally *other, kxi_diag *d)
{
    kx_status st = same_scheme(t, other, d);
    if (st != KX_OK)
        return st;
    for (size_t i = 0; i < other->parts.count; i++)
        if (kxi_strmap_find(&t->parts, other->parts.keys[i]) != KXI_NONE)
            return KXI_FAIL(d, TALLY_PART_TWICE, KXI_NOWHERE, KXI_A_STR(other->parts.keys[i]));
    if (t->universe && other->universe &&
        !kxi_digest_eq(t->universe->dataset->digest, other->universe->dataset->digest))
        return KXI_FAIL(d, TALLY_OTHER_TABLES, KXI_NOWHERE,
                        KXI_A_STR(other->parts.count ? other->parts.keys[0] : KXI_STR("")));
    return KX_OK;
}

/* The other's cells, with the numbers of this tally's pool. */
static kx_status
take_stores(kxi_change *c, const kxi_tally *other)
{
    kxi_tally *t = c->t;
    for (uint32_t f = 0; f < t->rules->fold_count; f++) {
        const kxi_measure *m = kxi_tally_measure(t, f);
        if (kxi_tally_is_reference(t, f) && !c->first)
            continue;
        c->counts[f] = other->counts[f];
        if (other->stores[f].count == 0)
            continue;
        kx_status st =
            kxi_store_translate(&other->stores[f], &other->pool, &t->pool, &c->keys[f], m, &t->ctx->mem, &c->stores[f]);
        if (st != KX_OK)
            return kxi_nomem(c->d);
    }
    return KX_OK;
}

/* All parts of both; the map is the caller's. */
static kx_status
join_parts(const kxi_tally *t, const kxi_tally *other, kxi_strmap *out)
{
    const kxi_strmap *from[] = { &t->parts, &other->parts };
    uint32_t number;
    kxi_strmap_init(out, &t->ctx->mem);
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < from[s]->count; i++)
            if (kxi_strmap_add(out, from[s]->keys[i], &number, NULL) != KX_OK) {
                kxi_strmap_free(out);
                return KX_E_NOMEM;
            }
    return KX_OK;
}

static kx_status
merge(kxi_change *c, const kxi_tally *other)
{
    kxi_tally *t = c->t;
    kxi_strmap parts;
    kx_status st = take_stores(c, other);
    if (st == KX_OK)
        st = kxi_change_join(c);
    if (st != KX_OK)
        return st;
    if (join_parts(t, other, &parts) != KX_OK)
        return kxi_nomem(c->d);
    kxi_change_commit(c);
    kxi_strmap_free(&t->parts);
    t->parts = parts;
    return KX_OK;
}

kx_status
kxi_tally_merge(kxi_tally *t, const kxi_tally *other, kxi_diag *d)
{
    kxi_change c;
    kxi_universe *universe;
    kx_status st = may_merge(t, other, d);
    if (st != KX_OK || !other->universe)
        return st;
    if (t->universe)
        universe = kxi_universe_ref(t->universe);
    else if (t->rules == other->rules)
        universe = kxi_universe_ref(other->universe);
    else
        st = kxi_universe_new(t->ctx, t->rules, other->universe->dataset, t->as_of, &universe, d);
    if (st != KX_OK)
        return st;
    st = kxi_change_start(&c, t, universe, d);
    if (st == KX_OK)
        st = merge(&c, other);
    kxi_change_end(&c);
    return st;
}
