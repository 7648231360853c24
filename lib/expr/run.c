/* A batch of rows: slots are read, tables gathered by the codes of the rows, and what is left is computed code by code. */
#include "expr/prepared.h"

static kx_status
gather(const kxi_prepared *p, const kxi_source *source, size_t first, size_t n, kxi_arena *arena, kxi_vec *now)
{
    const uint32_t *codes = NULL;
    for (size_t k = 0; k < p->gathered_count; k++) {
        const kxi_gathered *g = &p->gathered[k];
        if (k == 0 || g->domain != p->gathered[k - 1].domain)
            KXI_TRY(source->codes(source->user, g->domain, first, n, arena, &codes));
        KXI_TRY(kxi_vec_gather(arena, &p->values[g->code], codes, n, &now[g->code]));
    }
    return KX_OK;
}

kx_status
kxi_expr_run(const kxi_prepared *p, const kxi_source *source, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    const kxi_expr *e = p->e;
    kxi_run run = { .arena = arena, .num = { arena, p->max_digits }, .n = n };
    *out = (kxi_vec){ .type = KXI_V_NULL };
    kxi_vec *now = kxi_arena_array(arena, e->count, sizeof(*now));
    if (!now)
        return KX_E_NOMEM;
    KXI_TRY(gather(p, source, first, n, arena, now));
    for (size_t k = 0; k < p->step_count; k++) {
        uint32_t i = p->steps[k];
        const kxi_code *c = &e->codes[i];
        if (c->kind == KXI_CODE_SLOT) {
            KXI_TRY(source->rows(source->user, c->slot, first, n, arena, &now[i]));
            KXI_TRY(kxi_vec_adopt(c, n, &now[i]));
            continue;
        }
        const kxi_vec *args[3];
        for (uint32_t j = 0; j < c->count; j++)
            args[j] = p->by_rows[c->args[j]] ? &now[c->args[j]] : &p->values[c->args[j]];
        KXI_TRY(kxi_code_apply(&run, c, args, &now[i]));
    }
    *out = p->by_rows[e->root] ? now[e->root] : p->values[e->root];
    return KX_OK;
}
