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
kxi_engine_track_differs(kxi_engine *e, uint32_t node, uint32_t subject, uint32_t track, const kxi_fact *number,
                         const kxi_fact *label)
{
    kxi_diag all = notes(e);
    const kxi_fact *f = kxi_engine_fact(e, node, subject);
    kxi_str official = f->label, other = label->label;
    bool labels = official.n && label->has_value && !kxi_str_eq(official, other);
    if (!labels && (!f->mark_known || !number->has_value || kxi_num_eq(f->mark, number->value)))
        return KX_OK;
    if (!labels) {
        KXI_NUM(e, kxi_num_print(e->num, f->mark, &official));
        KXI_NUM(e, kxi_num_print(e->num, number->value, &other));
    }
    return KXI_FAIL(&all, TRACKS_DIFFER, KXI_NOWHERE, KXI_A_STR(kxi_universe_key(e->u, subject)),
                    KXI_A_STR(kxi_universe_name(e->u, subject)), KXI_A_STR(e->r->nodes[node].id),
                    KXI_A_STR(e->r->tracks[track]), KXI_A_STR(other), KXI_A_STR(e->r->tracks[f->track]),
                    KXI_A_STR(official));
}

kx_status
kxi_engine_points_unknown(kxi_engine *e, uint32_t node, uint32_t subject, uint8_t state)
{
    kxi_diag all = notes(e);
    return KXI_FAIL(&all, POINTS_UNKNOWN, KXI_NOWHERE, KXI_A_STR(kxi_universe_key(e->u, subject)),
                    KXI_A_STR(e->r->nodes[node].id), KXI_A_CSTR(kxi_state_text(state, e->ctx->language)));
}

/* Measures of marks stand behind those of the scheme; a mark is a number or a label, and the other one is null. */
static bool
fold_of_marks(kxi_engine *e, const kxi_measure *m)
{
    return m->op == KXI_OP_ONE && kxi_str_is(e->r->schema.tables[m->table].name, "marks");
}

/* Rows whose value was null. A row that entered several cells is told once a cell. */
static kx_status
note_nulls(kxi_engine *e, kxi_diag *all, uint32_t fold)
{
    const kxi_measure *m = &e->r->measures[e->r->folds[fold].measure];
    const kxi_cells *cells = &e->quotas[fold].reached;
    uint64_t nulls = 0;
    if (!m->value || m->op == KXI_OP_DISTINCT || fold_of_marks(e, m))
        return KX_OK;
    if (!e->quotas[fold].made)
        KXI_TRY(kxi_engine_fold(e, fold, &cells));
    for (size_t i = 0; i < cells->count; i++)
        nulls += cells->nulls[i];
    return nulls ? KXI_FAIL(all, VALUES_NULL, KXI_NOWHERE, KXI_A_STR(m->name), KXI_A_INT(nulls)) : KX_OK;
}

/* Dimensions that go by what is recorded in a row. */
static void
put_keys(const kxi_measure *m, kxi_buf *b)
{
    for (size_t d = 0; d < m->dim_count; d++) {
        if (m->dims[d].kind != KXI_DIM_COLUMN && m->dims[d].kind != KXI_DIM_REF)
            continue;
        kxi_buf_cstr(b, b->n ? ", " : "");
        kxi_buf_str(b, m->dims[d].name);
    }
}

/* Only cells by dimensions miss a row that lacks one. */
static kx_status
note_keyless(kxi_engine *e, kxi_diag *all, uint32_t fold)
{
    const kxi_fold *f = &e->r->folds[fold];
    const kxi_measure *m = &e->r->measures[f->measure];
    kxi_row_counts counts = { 0 };
    kxi_buf names;
    for (uint32_t k = 0; k < e->r->fold_count; k++)
        if (e->r->folds[k].measure == f->measure && e->r->folds[k].shift == f->shift && e->r->folds[k].by_dims)
            kxi_tally_counts(e->tally, k, &counts);
    if (!counts.keyless)
        return KX_OK;
    kxi_buf_init(&names, &e->ctx->mem);
    put_keys(m, &names);
    kx_status st = names.failed ? kxi_nomem(e->d)
                                : KXI_FAIL(all, ROWS_KEYLESS, KXI_NOWHERE, KXI_A_STR(m->name),
                                           KXI_A_INT(counts.keyless), KXI_A_STR(kxi_buf_view(&names)));
    kxi_buf_free(&names);
    return st;
}

/* Whether a fold tells of its measure's rows: once, and of its own period, not of the one before, when it is folded over
 * both. */
static bool
tells(const kxi_rules *r, uint32_t fold)
{
    const kxi_fold *f = &r->folds[fold];
    if (r->measures[f->measure].table == KXI_NONE)
        return false;
    for (uint32_t k = 0; k < r->fold_count; k++) {
        const kxi_fold *other = &r->folds[k];
        if (other->measure == f->measure && (other->shift < f->shift || (other->shift == f->shift && k < fold)))
            return false;
    }
    return true;
}

/* Whether two folds leave out the same rows, as far as numbers tell. */
static bool
same_left_out(kxi_engine *e, uint32_t x, uint32_t y)
{
    kxi_row_counts a, b;
    kxi_tally_counts(e->tally, x, &a);
    kxi_tally_counts(e->tally, y, &b);
    return e->r->measures[e->r->folds[x].measure].table == e->r->measures[e->r->folds[y].measure].table &&
           a.seen == b.seen && a.undated == b.undated && a.unplaced == b.unplaced && a.outside == b.outside;
}

/* Once for all measures of a table that leave out the same. */
static kx_status
note_left_out(kxi_engine *e, kxi_diag *all, uint32_t fold)
{
    const kxi_measure *m = &e->r->measures[e->r->folds[fold].measure];
    kxi_row_counts counts;
    kxi_buf names;
    kxi_tally_counts(e->tally, fold, &counts);
    if (counts.undated + counts.unplaced + counts.outside == 0)
        return KX_OK;
    for (uint32_t k = 0; k < fold; k++)
        if (tells(e->r, k) && same_left_out(e, k, fold))
            return KX_OK;
    kxi_buf_init(&names, &e->ctx->mem);
    for (uint32_t k = fold; k < e->r->fold_count; k++)
        if (tells(e->r, k) && same_left_out(e, k, fold)) {
            if (names.n)
                kxi_buf_cstr(&names, ", ");
            kxi_buf_str(&names, e->r->measures[e->r->folds[k].measure].name);
        }
    kx_status st = names.failed
                       ? kxi_nomem(e->d)
                       : KXI_FAIL(all, ROWS_LEFT_OUT, KXI_NOWHERE, KXI_A_STR(kxi_buf_view(&names)),
                                  KXI_A_STR(e->r->schema.tables[m->table].name), KXI_A_INT(counts.seen),
                                  KXI_A_INT(counts.undated), KXI_A_INT(counts.unplaced), KXI_A_INT(counts.outside));
    kxi_buf_free(&names);
    return st;
}

static kx_status
note_rows(kxi_engine *e, kxi_diag *all)
{
    for (uint32_t f = 0; f < e->r->fold_count; f++) {
        const kxi_measure *m = &e->r->measures[e->r->folds[f].measure];
        kxi_row_counts counts;
        if (!tells(e->r, f))
            continue;
        KXI_TRY(note_left_out(e, all, f));
        kxi_tally_counts(e->tally, f, &counts);
        if (counts.unknown)
            KXI_TRY(KXI_FAIL(all, ROWS_UNKNOWN, KXI_NOWHERE, KXI_A_STR(m->name), KXI_A_INT(counts.unknown)));
        KXI_TRY(note_nulls(e, all, f));
        KXI_TRY(note_keyless(e, all, f));
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

/* Whether a subject has what one key of the cohorts asks for: a unit at a level, something in a column. */
static bool
has_cohort_key(const kxi_engine *e, const kxi_cohort_key *key, uint32_t subject)
{
    const kxi_universe *u = e->u;
    uint32_t entity = u->entities[subject], row = kxi_universe_row(u, e->r->subjects, entity);
    if (key->level != KXI_NONE)
        return u->nearest && u->tree.up[key->level][entity] != KXI_NONE;
    const kxi_column *column = u->dataset->tables[e->r->subjects].columns[key->column].column;
    return column && row != KXI_NONE && kxi_column_known(column, row);
}

static kx_status
note_cohortless(kxi_engine *e, kxi_diag *all, const kxi_cohort_key *key)
{
    const kxi_schema *schema = &e->r->schema;
    uint32_t *list = kxi_arena_array(e->a, e->n + 1u, sizeof(*list));
    size_t count = 0;
    kxi_str names;
    if (!list)
        return kxi_nomem(e->d);
    for (uint32_t i = 0; i < e->n; i++)
        if (!has_cohort_key(e, key, i))
            list[count++] = i;
    if (!count)
        return KX_OK;
    KXI_TRY(kxi_engine_names(e, list, count, &names));
    return KXI_FAIL(all, NO_COHORT, KXI_NOWHERE, KXI_A_INT(count),
                    KXI_A_STR(key->level != KXI_NONE ? schema->levels[key->level].name
                                                     : schema->tables[e->r->subjects].columns[key->column].name),
                    KXI_A_STR(names));
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
    for (size_t i = 0; i < e->r->cohort_count; i++)
        KXI_TRY(note_cohortless(e, &all, &e->r->cohort[i]));
    for (uint32_t i = 0; i < e->n; i++)
        if (!e->standings[i].complete)
            KXI_TRY(note_incomplete(e, &all, i));
        else if (e->r->rank_by_count && e->standings[i].admitted && !e->standings[i].has_rank)
            KXI_TRY(KXI_FAIL(&all, UNRANKED, KXI_NOWHERE, KXI_A_STR(kxi_universe_key(e->u, i)),
                             KXI_A_STR(kxi_universe_name(e->u, i))));
    return e->r->rank_by_count ? note_ties(e, &all) : KX_OK;
}
