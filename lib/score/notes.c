/* What the run noticed: nothing is left out without being said. */
#include "score/engine.h"

static kxi_diag
notes(kxi_engine *e)
{
    return (kxi_diag){ .language = e->ctx->language, .all = &e->s->findings };
}

kx_status
kxi_engine_names(kxi_engine *e, const uint32_t *subjects, size_t count, kxi_str *out)
{
    enum { SHOWN = 20 };
    kxi_buf b;
    kxi_buf_init(&b, &e->ctx->mem);
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        kxi_str name = kxi_universe_name(e->u, subjects[i]);
        if (i)
            kxi_buf_cstr(&b, "、");
        kxi_buf_str(&b, name.n ? name : kxi_universe_key(e->u, subjects[i]));
    }
    if (count > SHOWN) {
        kxi_buf_cstr(&b, "… (");
        kxi_buf_int(&b, (int64_t)count);
        kxi_buf_char(&b, ')');
    }
    *out = b.failed ? KXI_STR("") : kxi_str_copy(e->a, kxi_buf_view(&b));
    bool gone = b.failed || !out->s;
    kxi_buf_free(&b);
    return gone ? kxi_nomem(e->d) : KX_OK;
}

kx_status
kxi_engine_track_differs(kxi_engine *e, uint32_t node, uint32_t subject, uint32_t track, kxi_num mark)
{
    kxi_diag all = notes(e);
    const kxi_fact *f = kxi_engine_fact(e, node, subject);
    kxi_str official, other;
    KXI_NUM(e, kxi_num_print(e->num, f->mark, &official));
    KXI_NUM(e, kxi_num_print(e->num, mark, &other));
    return KXI_FAIL(&all, TRACKS_DIFFER, KXI_NOWHERE, KXI_A_STR(kxi_universe_key(e->u, subject)),
                    KXI_A_STR(kxi_universe_name(e->u, subject)), KXI_A_STR(e->r->nodes[node].id),
                    KXI_A_STR(e->r->tracks[track]), KXI_A_STR(other), KXI_A_STR(e->r->tracks[f->track]),
                    KXI_A_STR(official));
}

static kx_status
note_rows(kxi_engine *e, kxi_diag *all)
{
    for (uint32_t f = 0; f < e->r->fold_count; f++) {
        const kxi_measure *m = &e->r->measures[e->r->folds[f].measure];
        kxi_row_counts counts;
        bool again = m->table == KXI_NONE;
        for (uint32_t k = 0; k < f; k++)
            again |= e->r->folds[k].measure == e->r->folds[f].measure;
        if (again)
            continue;
        kxi_tally_counts(e->tally, f, &counts);
        if (counts.undated + counts.unplaced + counts.outside)
            KXI_TRY(KXI_FAIL(all, ROWS_LEFT_OUT, KXI_NOWHERE, KXI_A_STR(m->name),
                             KXI_A_STR(e->r->schema.tables[m->table].name), KXI_A_INT(counts.seen),
                             KXI_A_INT(counts.undated), KXI_A_INT(counts.unplaced), KXI_A_INT(counts.outside)));
        if (counts.unknown)
            KXI_TRY(KXI_FAIL(all, ROWS_UNKNOWN, KXI_NOWHERE, KXI_A_STR(m->name), KXI_A_INT(counts.unknown)));
    }
    return KX_OK;
}

/* Whether the node itself is the cause: none of its parts is unknown. */
static bool
unknown_here(kxi_engine *e, uint32_t node, uint32_t subject)
{
    for (uint32_t p = e->r->nodes[node].first; p != KXI_NONE; p = e->r->nodes[p].next)
        if (kxi_engine_fact(e, p, subject)->state == KXI_FACT_UNKNOWN)
            return false;
    return kxi_engine_fact(e, node, subject)->state == KXI_FACT_UNKNOWN;
}

static kx_status
note_incomplete(kxi_engine *e, kxi_diag *all, uint32_t subject)
{
    for (uint32_t n = 0; n < e->r->node_count; n++) {
        const kxi_fact *f = kxi_engine_fact(e, n, subject);
        if (unknown_here(e, n, subject))
            return KXI_FAIL(all, INCOMPLETE, KXI_NOWHERE, KXI_A_STR(kxi_universe_key(e->u, subject)),
                            KXI_A_STR(kxi_universe_name(e->u, subject)), KXI_A_STR(e->r->nodes[n].id),
                            KXI_A_CSTR(kxi_state_text(f->reason, e->ctx->language)));
    }
    return KX_OK;
}

/* Subjects of one cohort that share a rank stand side by side in the order. */
static kx_status
note_ties(kxi_engine *e, kxi_diag *all)
{
    for (uint32_t c = 0; c < e->u->cohort_count; c++)
        for (uint32_t first = e->order_first[c], end; first < e->order_first[c + 1]; first = end) {
            const kxi_standing *s = &e->standings[e->order[first]];
            kxi_str cohort = e->u->cohort_names[c];
            for (end = first + 1; end < e->order_first[c + 1] && e->standings[e->order[end]].rank == s->rank; end++)
                ;
            kxi_str names;
            if (!s->tied)
                continue;
            KXI_TRY(kxi_engine_names(e, e->order + first, end - first, &names));
            KXI_TRY(KXI_FAIL(all, TIE, KXI_NOWHERE, KXI_A_INT(end - first), KXI_A_INT(s->rank),
                             KXI_A_STR(cohort.n ? cohort : e->r->title), KXI_A_STR(names)));
        }
    return KX_OK;
}

kx_status
kxi_engine_notes(kxi_engine *e)
{
    kxi_diag all = notes(e);
    char day[11];
    kxi_date_print(e->u->as_of, day);
    if (!e->n)
        KXI_TRY(KXI_FAIL(&all, NO_SUBJECTS, KXI_NOWHERE, KXI_A_STR(e->r->schema.tables[e->r->subjects].name),
                         KXI_A_CSTR(day)));
    KXI_TRY(note_rows(e, &all));
    for (uint32_t i = 0; i < e->n; i++)
        if (!e->standings[i].complete)
            KXI_TRY(note_incomplete(e, &all, i));
    return e->r->rank_by_count ? note_ties(e, &all) : KX_OK;
}
