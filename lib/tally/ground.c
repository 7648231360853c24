#include "tally/ground.h"

kxi_ground
kxi_ground_now(const kxi_universe *u)
{
    return (kxi_ground){ u, &u->tree, u->nearest };
}

/* The subject that a unit is on as_of, itself or its heir. */
static uint32_t
subject_at(const kxi_universe *u, uint32_t unit)
{
    uint32_t heir = u->tree.at[unit];
    return heir == KXI_NONE ? KXI_NONE : u->subject_of[heir];
}

/* Units not looked at yet; KXI_NONE - 1 cannot be a unit. */
#define UNSEEN (KXI_NONE - 1)

/* Walk up until something is known, then write it along the way. */
static void
settle(const kxi_universe *u, const kxi_tree *tree, uint32_t unit, uint32_t *nearest)
{
    uint32_t found = KXI_NONE;
    for (uint32_t at = unit; at != KXI_NONE; at = tree->parent[at]) {
        if (nearest[at] != UNSEEN) {
            found = nearest[at];
            break;
        }
        nearest[at] = KXI_NONE;
        if (subject_at(u, at) != KXI_NONE) {
            nearest[at] = found = at;
            break;
        }
    }
    for (uint32_t at = unit; at != KXI_NONE && nearest[at] == KXI_NONE && found != KXI_NONE; at = tree->parent[at])
        nearest[at] = found;
}

kx_status
kxi_ground_nearest(const kxi_universe *u, const kxi_tree *tree, kxi_arena *a, const uint32_t **out)
{
    uint32_t *nearest = kxi_arena_alloc(a, (size_t)tree->count * sizeof(*nearest));
    if (!nearest)
        return KX_E_NOMEM;
    for (uint32_t i = 0; i < tree->count; i++)
        nearest[i] = UNSEEN;
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->at[i] == i && nearest[i] == UNSEEN)
            settle(u, tree, i, nearest);
    for (uint32_t i = 0; i < tree->count; i++)
        if (nearest[i] == UNSEEN)
            nearest[i] = KXI_NONE;
    *out = nearest;
    return KX_OK;
}

kx_status
kxi_ground_make(const kxi_universe *u, kxi_day day, kxi_arena *a, kxi_ground *out, kxi_diag *d)
{
    kxi_tree *tree = kxi_arena_new(a, kxi_tree);
    if (!tree)
        return kxi_nomem(d);
    kx_status st = kxi_tree_make(u->dataset, day, a, tree);
    if (st == KX_E_DATA) {
        const kxi_bound_table *units = &u->dataset->tables[u->dataset->schema->units.table];
        char text[11];
        kxi_date_print(day, text);
        return KXI_FAIL(d, TALLY_TREE, KXI_NOWHERE, KXI_A_CSTR(text), KXI_A_STR(units->table->name));
    }
    *out = (kxi_ground){ u, tree, NULL };
    if (st == KX_OK && u->nearest)
        st = kxi_ground_nearest(u, tree, a, &out->nearest);
    return st == KX_E_NOMEM ? kxi_nomem(d) : st;
}

static bool
push_once(kxi_ids *l, size_t begin, uint32_t id)
{
    for (size_t i = begin; i < l->count; i++)
        if (l->items[i] == id)
            return true;
    return kxi_ids_push(l, id);
}

static kx_status
subjects_above(const kxi_ground *g, uint32_t unit, kxi_ids *out)
{
    size_t begin = out->count;
    uint32_t at = g->tree->at[unit];
    at = at == KXI_NONE ? KXI_NONE : g->nearest[at];
    while (at != KXI_NONE) {
        if (!push_once(out, begin, subject_at(g->u, at)))
            return KX_E_NOMEM;
        at = g->tree->parent[at];
        at = at == KXI_NONE ? KXI_NONE : g->nearest[at];
    }
    return KX_OK;
}

kx_status
kxi_ground_subjects(const kxi_ground *g, uint32_t entity, kxi_ids *out)
{
    if (g->nearest)
        return subjects_above(g, entity, out);
    uint32_t subject = g->u->subject_of[entity];
    return subject == KXI_NONE || kxi_ids_push(out, subject) ? KX_OK : KX_E_NOMEM;
}

uint32_t
kxi_ground_level(const kxi_ground *g, uint32_t unit, uint32_t level)
{
    uint32_t at = g->tree->up[level][unit];
    return at == KXI_NONE ? KXI_NONE : g->u->tree.at[at];
}
