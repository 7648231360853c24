/* From a tally to a score: nodes in their order, then the decisions over the cohort, then why. */
#include "score/engine.h"

static kx_status
allocate(kxi_engine *e)
{
    const kxi_rules *r = e->r;
    e->slots = kxi_arena_array(e->a, r->slot_count + 1, sizeof(*e->slots));
    e->slot_made = kxi_arena_array(e->a, r->slot_count + 1, sizeof(*e->slot_made));
    e->groupings = kxi_arena_array(e->a, r->slot_count + 1, sizeof(*e->groupings));
    e->fold_cells = kxi_arena_array(e->a, r->fold_count + 1, sizeof(*e->fold_cells));
    e->fold_made = kxi_arena_array(e->a, r->fold_count + 1, sizeof(*e->fold_made));
    e->quotas = kxi_arena_array(e->a, r->fold_count + 1, sizeof(*e->quotas));
    e->facts = kxi_arena_array(e->a, r->node_count * (size_t)e->n + 1, sizeof(*e->facts));
    e->vecs = kxi_arena_array(e->a, r->node_count + 1, sizeof(*e->vecs));
    e->standings = kxi_arena_array(e->a, e->n + 1u, sizeof(*e->standings));
    if (!e->slots || !e->slot_made || !e->groupings || !e->fold_cells || !e->fold_made || !e->quotas || !e->facts ||
        !e->vecs || !e->standings)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++)
        e->standings[i] =
            (kxi_standing){ .admitted = true, .grade = KXI_NONE, .grade_by_score = KXI_NONE, .total = kxi_num_int(0) };
    return KX_OK;
}

static void
take_totals(kxi_engine *e)
{
    for (uint32_t i = 0; i < e->n; i++) {
        const kxi_fact *f = kxi_engine_fact(e, 0, i);
        e->standings[i].complete = f->state == KXI_FACT_KNOWN;
        e->standings[i].total = f->points;
    }
}

static kx_status
run(kxi_engine *e)
{
    KXI_TRY(allocate(e));
    for (size_t i = 0; i < e->r->order_count; i++) {
        uint32_t at = e->r->order[i];
        KXI_TRY(at == KXI_ORDER_RANK ? kxi_engine_rank(e) : kxi_engine_node(e, at));
    }
    take_totals(e);
    KXI_TRY(kxi_engine_admission(e));
    KXI_TRY(kxi_engine_grades(e));
    e->s->facts = e->facts;
    e->s->standings = e->standings;
    KXI_TRY(kxi_engine_gaps(e));
    KXI_TRY(kxi_engine_cell_facts(e));
    return kxi_engine_notes(e);
}

kx_status
kxi_score_make(kx_context *ctx, const kxi_rules *rules, const kxi_tally *tally, kxi_score **out, kxi_diag *d)
{
    kxi_score *s = kxi_alloc_zero(&ctx->mem, sizeof(*s));
    *out = NULL;
    if (!s)
        return kxi_nomem(d);
    kxi_arena_init(&s->arena, &ctx->mem);
    kxi_findings_init(&s->findings, &ctx->mem, ctx->max_findings);
    s->num = (kxi_numctx){ &s->arena, ctx->max_digits };
    s->rules = rules;
    s->universe = kxi_universe_ref(kxi_tally_universe(tally));
    s->subject_count = s->universe->count;
    kxi_engine e = { .s = s,
                     .r = rules,
                     .u = s->universe,
                     .tally = tally,
                     .ctx = ctx,
                     .d = d,
                     .a = &s->arena,
                     .num = &s->num,
                     .n = s->subject_count };
    kx_status st = run(&e);
    if (st != KX_OK) {
        if (st == KX_E_NOMEM)
            kxi_nomem(d); /* also when it was a finding that found no room */
        else if (!d->failed)
            KXI_FAIL(d, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("score"));
        kxi_score_free(s);
        return st;
    }
    *out = s;
    return KX_OK;
}

void
kxi_score_free(kxi_score *score)
{
    if (!score)
        return;
    kxi_mem *mem = score->arena.mem;
    kxi_universe_unref(score->universe);
    kxi_findings_free(&score->findings);
    kxi_arena_free(&score->arena);
    kxi_free(mem, score, sizeof(*score));
}
