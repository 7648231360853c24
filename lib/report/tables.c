/* The tables of a result and of a scheme, for whoever reads columns. */
#include "report/report.h"

#include "report/fields.h"
#include "report/view.h"

/* Their numbers: enum { SUBJECT_SUBJECT, SUBJECT_NAME, .. }, and the fields themselves. */
#define X(id, name, ...) SUBJECT_##id,
enum { SUBJECT_FIELDS(X) SUBJECT_COUNT };
#undef X
#define X(id, name, ...) INDICATOR_##id,
enum { INDICATOR_FIELDS(X) INDICATOR_COUNT };
#undef X
#define X(id, name, ...) CELL_##id,
enum { CELL_FIELDS(X) CELL_COUNT };
#undef X
#define X(id, name, ...) GAP_##id,
enum { GAP_FIELDS(X) GAP_COUNT };
#undef X
#define X(id, name, ...) NODE_##id,
enum { NODE_FIELDS(X) NODE_COUNT };
#undef X
#define X(id, name, ...) { name, __VA_ARGS__ },
static const kxi_field subject_fields[] = { SUBJECT_FIELDS(X) };
static const kxi_field indicator_fields[] = { INDICATOR_FIELDS(X) };
static const kxi_field cell_fields[] = { CELL_FIELDS(X) };
static const kxi_field gap_fields[] = { GAP_FIELDS(X) };
static const kxi_field node_fields[] = { NODE_FIELDS(X) };
#undef X

/* A number and, in the field after it, its exact text. */
static void
set_exact(kxi_builder *b, kxi_view *v, size_t field, kxi_num x)
{
    kxi_builder_num(b, field, x);
    kxi_builder_text(b, field + 1, kxi_view_num(v, x));
}

static void
set_name(kxi_builder *b, size_t field, const char *name)
{
    kxi_builder_text(b, field, kxi_str_of(name));
}

/* The ids of the gates that apply, joined by ";". */
static kxi_str
gate_ids(kxi_view *v, const kxi_standing *s, kxi_buf *line)
{
    line->n = 0;
    for (size_t i = 0; i < s->gate_count; i++) {
        if (i)
            kxi_buf_char(line, ';');
        kxi_buf_str(line, v->rules->gates[s->gates[i]].id);
    }
    if (line->failed)
        v->status = KX_E_NOMEM;
    return line->n && !line->failed ? kxi_buf_view(line) : KXI_STR("");
}

static void
subject_row(kxi_builder *b, kxi_view *v, uint32_t subject, kxi_buf *line)
{
    const kxi_standing *s = &v->score->standings[subject];
    kxi_builder_text(b, SUBJECT_SUBJECT, kxi_universe_key(v->universe, subject));
    kxi_builder_text(b, SUBJECT_NAME, kxi_view_text(kxi_universe_name(v->universe, subject)));
    kxi_builder_text(b, SUBJECT_COHORT, v->universe->cohort_names[v->universe->cohorts[subject]]);
    if (s->complete)
        set_exact(b, v, SUBJECT_TOTAL, s->total);
    if (s->has_rank)
        kxi_builder_int(b, SUBJECT_RANK, s->rank);
    kxi_builder_int(b, SUBJECT_TIED, s->tied);
    kxi_builder_text(b, SUBJECT_GRADE, kxi_grade_name(v->rules, s->grade));
    kxi_builder_text(b, SUBJECT_GRADE_BY_SCORE, kxi_grade_name(v->rules, s->grade_by_score));
    kxi_builder_int(b, SUBJECT_ADMITTED, s->admitted);
    kxi_builder_int(b, SUBJECT_COMPLETE, s->complete);
    kxi_builder_int(b, SUBJECT_CANCELLED, s->cancelled);
    kxi_builder_int(b, SUBJECT_MISSED_PLACE, s->missed_place);
    kxi_builder_int(b, SUBJECT_PLACE_OPEN, s->place_open);
    kxi_builder_text(b, SUBJECT_GATES, gate_ids(v, s, line));
}

static kx_status
subjects_table(kxi_view *v, kx_table **out, kxi_diag *d)
{
    kxi_builder b;
    kxi_buf line;
    kxi_builder_begin(&b, v->ctx, subject_fields, SUBJECT_COUNT);
    kxi_buf_init(&line, &v->ctx->mem);
    for (uint32_t i = 0; i < v->score->subject_count && kxi_builder_row(&b); i++) {
        subject_row(&b, v, i, &line);
        kxi_view_next(v);
    }
    kxi_buf_free(&line);
    return kxi_builder_end(&b, "subjects", out, d);
}

/* "curve 15; cap 10": what the points were after each step. */
static kxi_str
step_list(kxi_view *v, const kxi_fact *f, kxi_buf *line)
{
    line->n = 0;
    for (size_t i = 0; i < f->step_count; i++) {
        kxi_buf_cstr(line, i ? "; " : "");
        const kxi_step_fact *s = &f->steps[i];
        kxi_buf_cstr(line, kxi_step_code(s->kind));
        kxi_buf_char(line, ' ');
        if (s->kind == KXI_STEP_PARTS && s->which != KXI_NONE) {
            kxi_buf_str(line, v->rules->nodes[s->which].id);
            kxi_buf_char(line, ' ');
        }
        kxi_buf_str(line, kxi_view_num(v, s->points));
    }
    if (line->failed)
        v->status = KX_E_NOMEM;
    return line->n && !line->failed ? kxi_buf_view(line) : KXI_STR("");
}

static void
node_cells(kxi_builder *b, const kxi_view *v, uint32_t node)
{
    const kxi_rule_node *n = &v->rules->nodes[node];
    kxi_builder_text(b, INDICATOR_ID, n->id);
    if (n->parent != KXI_NONE)
        kxi_builder_text(b, INDICATOR_PARENT, v->rules->nodes[n->parent].id);
    kxi_builder_text(b, INDICATOR_TITLE, kxi_view_text(n->title));
    kxi_builder_text(b, INDICATOR_CLAUSE, kxi_view_text(n->clause));
    set_name(b, INDICATOR_KIND, kxi_kind_name(n->kind));
    set_name(b, INDICATOR_CURVE, kxi_curve_name(n->curve.kind));
    kxi_builder_int(b, INDICATOR_SCORED, n->scored);
}

static void
fact_cells(kxi_builder *b, kxi_view *v, const kxi_fact *f)
{
    set_name(b, INDICATOR_STATE, kxi_fact_state_name(f));
    if (f->state == KXI_FACT_UNKNOWN)
        kxi_builder_text(b, INDICATOR_REASON, kxi_state_code(v, f->reason));
    if (f->has_value) {
        set_name(b, INDICATOR_TYPE, kxi_value_type_name(f->value_type));
        if (f->value_type == KXI_V_NUMBER)
            kxi_builder_num(b, INDICATOR_VALUE_, f->value);
        kxi_builder_text(b, INDICATOR_VALUE_EXACT, kxi_view_value(v, f));
    }
    if (f->fraction) {
        kxi_builder_num(b, INDICATOR_NUMERATOR, f->numerator);
        kxi_builder_num(b, INDICATOR_DENOMINATOR, f->denominator);
    }
    set_exact(b, v, INDICATOR_FULL, f->full);
    if (kxi_fact_has_points(f)) {
        set_exact(b, v, INDICATOR_POINTS, f->points);
        set_exact(b, v, INDICATOR_LOST, f->lost);
    }
    if (f->weighted)
        set_exact(b, v, INDICATOR_WEIGHT, f->weight);
    if (f->track != KXI_NONE)
        kxi_builder_text(b, INDICATOR_TRACK, v->rules->tracks[f->track]);
    kxi_builder_text(b, INDICATOR_NOTE, kxi_view_text(f->reason_text));
}

static kx_status
indicators_table(kxi_view *v, kx_table **out, kxi_diag *d)
{
    kxi_builder b;
    kxi_buf line;
    kxi_builder_begin(&b, v->ctx, indicator_fields, INDICATOR_COUNT);
    kxi_buf_init(&line, &v->ctx->mem);
    for (uint32_t i = 0; i < v->score->subject_count; i++) {
        for (uint32_t n = 0; n < v->rules->node_count && kxi_builder_row(&b); n++) {
            const kxi_fact *f = kxi_score_fact(v->score, n, i);
            kxi_builder_text(&b, INDICATOR_SUBJECT, kxi_universe_key(v->universe, i));
            node_cells(&b, v, n);
            fact_cells(&b, v, f);
            kxi_builder_text(&b, INDICATOR_STEPS, step_list(v, f, &line));
            kxi_view_next(v);
        }
    }
    kxi_buf_free(&line);
    return kxi_builder_end(&b, "indicators", out, d);
}

static void
cell_row(kxi_builder *b, kxi_view *v, const kxi_cell_fact *c)
{
    kxi_builder_text(b, CELL_SUBJECT, kxi_universe_key(v->universe, c->subject));
    kxi_builder_text(b, CELL_SUBJECT_NAME, kxi_view_text(kxi_universe_name(v->universe, c->subject)));
    kxi_builder_text(b, CELL_MEASURE, v->rules->measures[c->measure].name);
    kxi_builder_text(b, CELL_UNIT, kxi_view_text(c->unit_key));
    kxi_builder_text(b, CELL_UNIT_NAME, kxi_view_text(c->unit_name));
    kxi_builder_text(b, CELL_WHERE, kxi_view_text(c->where));
    if (c->has_bucket) {
        kxi_builder_int(b, CELL_FROM, c->bucket.from);
        kxi_builder_int(b, CELL_TO, c->bucket.to);
    }
    if (c->state == KXI_IS_KNOWN)
        set_exact(b, v, CELL_HAS, c->has);
    kxi_builder_text(b, CELL_STATE, c->state == KXI_IS_KNOWN ? KXI_STR("known") : kxi_state_code(v, c->state));
    if (c->min_known)
        set_exact(b, v, CELL_MIN, c->min);
    if (c->max_known)
        set_exact(b, v, CELL_MAX, c->max);
    kxi_builder_int(b, CELL_MET, c->met);
}

static kx_status
cells_table(kxi_view *v, kx_table **out, kxi_diag *d)
{
    kxi_builder b;
    kxi_builder_begin(&b, v->ctx, cell_fields, CELL_COUNT);
    for (size_t i = 0; i < v->score->cell_count && kxi_builder_row(&b); i++) {
        cell_row(&b, v, &v->score->cells[i]);
        kxi_view_next(v);
    }
    return kxi_builder_end(&b, "cells", out, d);
}

static void
gap_place(kxi_builder *b, const kxi_view *v, const kxi_gap *g)
{
    kxi_builder_text(b, GAP_SUBJECT, kxi_universe_key(v->universe, g->subject));
    kxi_builder_text(b, GAP_SUBJECT_NAME, kxi_view_text(kxi_universe_name(v->universe, g->subject)));
    if (g->node != KXI_NONE)
        kxi_builder_text(b, GAP_INDICATOR, v->rules->nodes[g->node].id);
    if (g->gate != KXI_NONE)
        kxi_builder_text(b, GAP_GATE, v->rules->gates[g->gate].id);
    set_name(b, GAP_KIND, kxi_gap_code(g->kind));
    if (g->measure != KXI_NONE)
        kxi_builder_text(b, GAP_MEASURE, v->rules->measures[g->measure].name);
    kxi_builder_text(b, GAP_UNIT, kxi_view_text(g->unit_key));
    kxi_builder_text(b, GAP_UNIT_NAME, kxi_view_text(g->unit_name));
    kxi_builder_text(b, GAP_WHERE, kxi_view_text(g->where));
    if (g->has_bucket) {
        kxi_builder_int(b, GAP_FROM, g->bucket.from);
        kxi_builder_int(b, GAP_TO, g->bucket.to);
    }
}

static void
gap_row(kxi_builder *b, kxi_view *v, const kxi_gap *g)
{
    gap_place(b, v, g);
    if (g->has_known)
        kxi_builder_num(b, GAP_HAS, g->has);
    kxi_builder_text(b, GAP_HAS_EXACT, kxi_view_has(v, g));
    if (g->needs_known)
        kxi_builder_num(b, GAP_NEEDS, g->needs);
    kxi_builder_text(b, GAP_NEEDS_EXACT, kxi_view_needs(v, g));
    kxi_builder_int(b, GAP_UPPER, g->upper);
    if (g->loss_known)
        set_exact(b, v, GAP_LOSS, g->loss);
    kxi_builder_text(b, GAP_RESPONSIBLE, kxi_view_responsible(v, g));
}

static kx_status
gaps_table(kxi_view *v, kx_table **out, kxi_diag *d)
{
    kxi_builder b;
    kxi_builder_begin(&b, v->ctx, gap_fields, GAP_COUNT);
    for (size_t i = 0; i < v->score->gap_count && kxi_builder_row(&b); i++) {
        gap_row(&b, v, &v->score->gaps[i]);
        kxi_view_next(v);
    }
    return kxi_builder_end(&b, "gaps", out, d);
}

static kx_status
findings_table(kxi_view *v, kx_table **out, kxi_diag *d)
{
    return kxi_report_findings(v->ctx, &v->score->findings, false, out, d);
}

kx_status
kxi_report_table(const kxi_score *score, int32_t which, kx_table **out, kxi_diag *d)
{
    static kx_status (*const makers[])(kxi_view *, kx_table **, kxi_diag *) = {
        [KX_RESULT_SUBJECTS] = subjects_table, [KX_RESULT_INDICATORS] = indicators_table,
        [KX_RESULT_CELLS] = cells_table,       [KX_RESULT_GAPS] = gaps_table,
        [KX_RESULT_FINDINGS] = findings_table,
    };
    *out = NULL;
    if (which < KX_RESULT_SUBJECTS || which > KX_RESULT_FINDINGS)
        return KXI_FAIL(d, TABLE_WHICH, KXI_NOWHERE, KXI_A_INT(which));
    kxi_view v;
    kxi_view_begin(&v, score);
    kx_status st = makers[which](&v, out, d);
    kx_status shown = kxi_view_end(&v, st == KX_OK ? d : NULL);
    if (st == KX_OK && shown != KX_OK) {
        kxi_table_unref(*out);
        *out = NULL;
        st = shown;
    }
    return st;
}

/* A member of a node's source as it was written, or no text. */
static kxi_str
source_text(const kxi_rule_node *n, const char *key)
{
    const kxi_node *member = n->node ? kxi_node_get(n->node, key) : NULL;
    return member && (member->type == KXI_NODE_STRING || member->type == KXI_NODE_NUMBER) ? member->text
                                                                                          : (kxi_str){ NULL, 0 };
}

kx_status
kxi_report_nodes(const kxi_rules *rules, kx_table **out, kxi_diag *d)
{
    kxi_builder b;
    kxi_builder_begin(&b, rules->ctx, node_fields, NODE_COUNT);
    for (size_t i = 0; i < rules->node_count && kxi_builder_row(&b); i++) {
        const kxi_rule_node *n = &rules->nodes[i];
        kxi_builder_text(&b, NODE_ID, n->id);
        kxi_builder_text(&b, NODE_TITLE, kxi_view_text(n->title));
        if (n->parent != KXI_NONE)
            kxi_builder_text(&b, NODE_PARENT, rules->nodes[n->parent].id);
        set_name(&b, NODE_KIND, kxi_kind_name(n->kind));
        kxi_builder_text(&b, NODE_POINTS, source_text(n, "points"));
        kxi_builder_text(&b, NODE_CLAUSE, kxi_view_text(n->clause));
        kxi_builder_text(&b, NODE_VALUE_, source_text(n, "value"));
        set_name(&b, NODE_CURVE, kxi_curve_name(n->curve.kind));
        kxi_builder_int(&b, NODE_SCORED, n->scored);
    }
    return kxi_builder_end(&b, "nodes", out, d);
}
