/* Once a run: every code that varies on one domain only is computed over all its entries, so that rows just look it up. */
#include "expr/prepared.h"

kx_status
kxi_vec_adopt(const kxi_code *c, size_t n, kxi_vec *v)
{
    if (v->type == KXI_V_NULL) {
        *v = kxi_vec_null(c->type, c->item, c->months);
        return KX_OK;
    }
    if (v->type != c->type || (v->type == KXI_V_DURATION && v->months != c->months) || v->count < (v->constant ? 1 : n))
        return KX_E_ARGUMENT;
    if (v->type == KXI_V_LIST && v->items->type != c->item && v->items->type != KXI_V_NULL)
        return KX_E_ARGUMENT;
    if (v->type != KXI_V_NUMBER) {
        v->rep = KXI_REP_INT;
        v->scale = 0;
    }
    v->count = v->constant ? 1 : n;
    return KX_OK;
}

/* A code over one domain, RUN being one of a single entry. */
static kx_status
compute(const kxi_prepared *p, uint32_t i, const kxi_source *source, kxi_arena *arena)
{
    const kxi_code *c = &p->e->codes[i];
    kxi_run run = { .arena = arena, .num = { arena, p->max_digits }, .n = 1 };
    if ((c->domain >= KXI_DOMAIN_FIRST || c->kind == KXI_CODE_SLOT) && !source->entries)
        return KX_E_UNSUPPORTED; /* every slot of such a source varies by row */
    if (c->domain >= KXI_DOMAIN_FIRST)
        run.n = source->size(source->user, c->domain) + 1;
    if (c->kind == KXI_CODE_SLOT) {
        KXI_TRY(source->entries(source->user, c->slot, c->domain, arena, &p->values[i]));
        if (c->domain == KXI_DOMAIN_RUN)
            p->values[i].constant = true;
        return kxi_vec_adopt(c, run.n, &p->values[i]);
    }
    const kxi_vec *args[3];
    for (uint32_t j = 0; j < c->count; j++)
        args[j] = &p->values[c->args[j]];
    KXI_TRY(kxi_code_apply(&run, c, args, &p->values[i]));
    return kxi_vec_compact(arena, &p->values[i]);
}

/* Rows look into table i: note it, next to others of its domain. */
static void
note_gathered(kxi_prepared *p, uint32_t i, kxi_gathered *gathered, bool *by_rows)
{
    uint32_t domain = p->e->codes[i].domain;
    if (domain == KXI_DOMAIN_NONE || domain < KXI_DOMAIN_FIRST || by_rows[i] || p->values[i].constant)
        return;
    size_t at = p->gathered_count++;
    for (; at > 0 && gathered[at - 1].domain > domain; at--)
        gathered[at] = gathered[at - 1];
    gathered[at] = (kxi_gathered){ i, domain };
    by_rows[i] = true;
}

static kx_status
plan(kxi_prepared *p, const bool *live, const kxi_source *source, kxi_arena *arena)
{
    const kxi_expr *e = p->e;
    uint32_t *steps = kxi_arena_array(arena, e->count, sizeof(*steps));
    kxi_gathered *gathered = kxi_arena_array(arena, e->count, sizeof(*gathered));
    bool *by_rows = kxi_arena_array(arena, e->count, sizeof(*by_rows));
    if (!steps || !gathered || !by_rows)
        return KX_E_NOMEM;
    p->steps = steps;
    p->gathered = gathered;
    p->by_rows = by_rows;
    for (uint32_t i = 0; i <= e->root; i++) {
        const kxi_code *c = &e->codes[i];
        if (!live[i])
            continue;
        if (c->kind == KXI_CODE_CONST) {
            p->values[i] = c->value;
        } else if (c->domain != KXI_DOMAIN_ROWS) {
            KXI_TRY(compute(p, i, source, arena));
        } else {
            steps[p->step_count++] = i;
            by_rows[i] = true;
            for (uint32_t j = 0; j < c->count; j++)
                note_gathered(p, c->args[j], gathered, by_rows);
        }
    }
    note_gathered(p, e->root, gathered, by_rows);
    return KX_OK;
}

kx_status
kxi_expr_prepare(const kxi_expr *e, const kxi_source *source, kxi_arena *arena, uint32_t max_digits,
                 const kxi_prepared **out)
{
    *out = NULL;
    kxi_prepared *p = kxi_arena_new(arena, kxi_prepared);
    bool *live = kxi_arena_array(arena, e->count, sizeof(*live));
    if (!p || !live)
        return KX_E_NOMEM;
    p->e = e;
    p->max_digits = max_digits;
    p->values = kxi_arena_array(arena, e->count, sizeof(*p->values));
    if (!p->values)
        return KX_E_NOMEM;
    kxi_code_live(e->codes, e->root, live);
    KXI_TRY(plan(p, live, source, arena));
    *out = p;
    return KX_OK;
}

bool
kxi_prepared_table(const kxi_prepared *p, uint32_t *domain, const kxi_vec **lanes)
{
    const kxi_code *root = &p->e->codes[p->e->root];
    if (root->kind != KXI_CODE_CONST && root->domain == KXI_DOMAIN_ROWS)
        return false;
    *lanes = &p->values[p->e->root];
    *domain = (*lanes)->constant ? KXI_DOMAIN_RUN : root->domain;
    return true;
}
