/* kexie-result/1: one JSON document with its keys in a fixed order, and a line for each subject, indicator, gap and finding so
 * that two of them can be compared. doc/result.md describes it. */
#include "report/write.h"

/* Decimals are JSON numbers with all their digits, other fractions are texts "n/d". */
static void
add_num(kxi_out *o, kxi_view *v, kxi_num x)
{
    kxi_str s = kxi_view_num(v, x);
    if (!s.s)
        kxi_json_null(o); /* the view remembers why */
    else if (memchr(s.s, '/', s.n))
        kxi_json_str(o, s);
    else
        kxi_json_raw(o, s);
}

static void
add_num_if(kxi_out *o, kxi_view *v, const char *key, bool known, kxi_num x)
{
    kxi_json_key(o, key);
    if (known)
        add_num(o, v, x);
    else
        kxi_json_null(o);
}

static void
add_str(kxi_out *o, const char *key, kxi_str s)
{
    kxi_json_key(o, key);
    kxi_json_str(o, s);
}

/* null when empty */
static void
add_text(kxi_out *o, const char *key, kxi_str s)
{
    add_str(o, key, kxi_view_text(s));
}

static void
add_name(kxi_out *o, const char *key, const char *name)
{
    add_str(o, key, kxi_str_of(name));
}

static void
add_bool(kxi_out *o, const char *key, bool yes)
{
    kxi_json_key(o, key);
    kxi_json_bool(o, yes);
}

static void
add_span(kxi_out *o, kxi_view *v, bool known, kxi_span span)
{
    add_str(o, "from", known ? kxi_view_date(v, span.from) : (kxi_str){ NULL, 0 });
    add_str(o, "to", known ? kxi_view_date(v, span.to) : (kxi_str){ NULL, 0 });
}

/* {"format":...,"scheme":{...},"as_of":...,"period":{...}  with the object left open */
static void
add_head(kxi_out *o, kxi_view *v, const char *format)
{
    kxi_json_open(o, '{');
    add_name(o, "format", format);
    kxi_json_key(o, "scheme");
    kxi_json_open(o, '{');
    add_str(o, "id", v->rules->id);
    add_text(o, "title", v->rules->title);
    add_text(o, "source", v->rules->source);
    kxi_json_close(o, '}');
    add_str(o, "as_of", kxi_view_date(v, v->universe->as_of));
    kxi_json_key(o, "period");
    kxi_json_open(o, '{');
    add_span(o, v, true, v->rules->period);
    kxi_json_close(o, '}');
}

/* ---- gaps ---- */

static void
add_amount(kxi_out *o, kxi_view *v, const char *key, bool known, kxi_num x, kxi_str text)
{
    kxi_json_key(o, key);
    if (known)
        add_num(o, v, x);
    else
        kxi_json_str(o, kxi_view_text(text));
}

static void
add_gap_fields(kxi_out *o, kxi_view *v, const kxi_gap *g)
{
    add_name(o, "kind", kxi_gap_code(g->kind));
    add_text(o, "measure", g->measure == KXI_NONE ? (kxi_str){ NULL, 0 } : v->rules->measures[g->measure].name);
    add_text(o, "unit", g->unit_key);
    add_text(o, "unit_name", g->unit_name);
    add_text(o, "where", g->where);
    add_span(o, v, g->has_bucket, g->bucket);
    add_amount(o, v, "has", g->has_known, g->has, g->has_text);
    add_amount(o, v, "needs", g->needs_known, g->needs, g->needs_text);
    add_bool(o, "upper", g->upper);
    add_num_if(o, v, "loss", g->loss_known, g->loss);
    add_text(o, "responsible", kxi_view_responsible(v, g));
}

/* The gaps from *at on that belong to this node, or to this gate when node is KXI_NONE. */
static void
add_gaps(kxi_out *o, kxi_view *v, uint32_t node, uint32_t gate, size_t at, size_t end)
{
    kxi_json_key(o, "gaps");
    kxi_json_open(o, '[');
    for (; at < end; at++) {
        const kxi_gap *g = &v->score->gaps[at];
        if (g->node != node || (node == KXI_NONE && g->gate != gate))
            continue;
        kxi_json_line(o);
        kxi_json_open(o, '{');
        add_gap_fields(o, v, g);
        kxi_json_close(o, '}');
    }
    kxi_json_close(o, ']');
}

/* ---- one subject ---- */

static void
add_steps(kxi_out *o, kxi_view *v, const kxi_fact *f)
{
    kxi_json_key(o, "steps");
    kxi_json_open(o, '[');
    for (size_t i = 0; i < f->step_count; i++) {
        const kxi_step_fact *s = &f->steps[i];
        kxi_json_open(o, '{');
        add_name(o, "step", kxi_step_code(s->kind));
        if (s->kind == KXI_STEP_CURVE && s->which != KXI_NONE) {
            kxi_json_key(o, "row");
            kxi_json_int(o, (int64_t)s->which + 1);
        }
        if (s->kind == KXI_STEP_PARTS && s->which != KXI_NONE)
            add_str(o, "part", v->rules->nodes[s->which].id);
        if (s->kind == KXI_STEP_FACTOR || s->kind == KXI_STEP_FLOOR || s->kind == KXI_STEP_CAP ||
            s->kind == KXI_STEP_RESCALE)
            add_num_if(o, v, "by", true, s->by);
        add_num_if(o, v, "points", true, s->points);
        kxi_json_close(o, '}');
    }
    kxi_json_close(o, ']');
}

static void
add_value(kxi_out *o, kxi_view *v, const kxi_fact *f)
{
    add_str(o, "type", f->has_value ? kxi_str_of(kxi_value_type_name(f->value_type)) : (kxi_str){ NULL, 0 });
    kxi_json_key(o, "value");
    if (f->has_value && f->value_type == KXI_V_NUMBER)
        add_num(o, v, f->value);
    else if (f->has_value && f->value_type == KXI_V_BOOL)
        kxi_json_bool(o, kxi_num_sign(f->value) != 0);
    else
        kxi_json_str(o, kxi_view_value(v, f));
    add_num_if(o, v, "numerator", f->fraction, f->numerator);
    add_num_if(o, v, "denominator", f->fraction, f->denominator);
}

/* Why there are no points, or why there is no value. */
static kxi_str
reason_of(kxi_view *v, const kxi_fact *f)
{
    if (f->state == KXI_FACT_UNKNOWN)
        return kxi_state_code(v, f->reason);
    return kxi_state_code(v, f->value_state); /* also of a value that has no place on the curve */
}

static void
add_fact(kxi_out *o, kxi_view *v, uint32_t node, const kxi_fact *f)
{
    const kxi_rule_node *n = &v->rules->nodes[node];
    bool points = kxi_fact_has_points(f);
    add_str(o, "id", n->id);
    add_name(o, "state", kxi_fact_state_name(f));
    add_str(o, "reason", reason_of(v, f));
    add_value(o, v, f);
    add_num_if(o, v, "full", true, f->full);
    add_num_if(o, v, "points", points, f->points);
    add_num_if(o, v, "lost", points, f->lost);
    if (f->weighted)
        add_num_if(o, v, "weight", true, f->weight);
    add_text(o, "clause", n->clause);
    add_text(o, "track", f->track == KXI_NONE ? (kxi_str){ NULL, 0 } : v->rules->tracks[f->track]);
    add_text(o, "note", f->reason_text);
    add_steps(o, v, f);
}

static void
add_indicators(kxi_out *o, kxi_view *v, uint32_t subject, size_t at, size_t end)
{
    kxi_json_key(o, "indicators");
    kxi_json_open(o, '[');
    for (uint32_t n = 0; n < v->rules->node_count; n++) {
        size_t from = at; /* the gaps of earlier nodes are behind us, in whatever order nodes were numbered */
        while (at < end && v->score->gaps[at].node <= n)
            at++;
        if (!kxi_view_shows(v, n))
            continue;
        kxi_json_line(o);
        kxi_json_open(o, '{');
        add_fact(o, v, n, kxi_score_fact(v->score, n, subject));
        add_gaps(o, v, n, KXI_NONE, from, at);
        kxi_json_close(o, '}');
        kxi_out_step(o);
    }
    kxi_json_close(o, ']');
}

static void
add_gates(kxi_out *o, kxi_view *v, const kxi_standing *s, size_t from, size_t to)
{
    kxi_json_key(o, "gates");
    kxi_json_open(o, '[');
    for (size_t i = 0; i < s->gate_count; i++) {
        const kxi_gate *g = &v->rules->gates[s->gates[i]];
        kxi_json_line(o);
        kxi_json_open(o, '{');
        add_str(o, "id", g->id);
        add_text(o, "title", g->title);
        add_text(o, "clause", g->clause);
        add_name(o, "effect", kxi_gate_effect_name(g));
        add_str(o, "grade", kxi_gate_grade(v->rules, g));
        add_gaps(o, v, KXI_NONE, s->gates[i], from, to);
        kxi_json_close(o, '}');
    }
    kxi_json_close(o, ']');
}

static void
add_standing(kxi_out *o, kxi_view *v, uint32_t subject, const kxi_standing *s)
{
    add_str(o, "subject", kxi_universe_key(v->universe, subject));
    add_text(o, "name", kxi_universe_name(v->universe, subject));
    add_text(o, "cohort", v->universe->cohort_names[v->universe->cohorts[subject]]);
    add_num_if(o, v, "total", s->complete, s->total);
    add_num_if(o, v, "rank", s->has_rank, kxi_num_int(s->rank));
    add_bool(o, "tied", s->tied);
    add_str(o, "grade", kxi_grade_name(v->rules, s->grade));
    add_str(o, "grade_by_score", kxi_grade_name(v->rules, s->grade_by_score));
    add_bool(o, "admitted", s->admitted);
    add_bool(o, "complete", s->complete);
    add_bool(o, "cancelled", s->cancelled);
    add_bool(o, "missed_place", s->missed_place);
    add_bool(o, "place_open", s->place_open);
}

static void
add_subject(kxi_out *o, kxi_view *v, uint32_t subject)
{
    const kxi_standing *s = &v->score->standings[subject];
    size_t from, to;
    kxi_view_gaps(v, subject, &from, &to);
    kxi_json_line(o);
    kxi_json_open(o, '{');
    add_standing(o, v, subject, s);
    add_gates(o, v, s, from, to);
    add_indicators(o, v, subject, from, to);
    kxi_json_close(o, '}');
}

/* ---- the document ---- */

static void
add_nodes(kxi_out *o, kxi_view *v)
{
    kxi_json_key(o, "nodes");
    kxi_json_open(o, '[');
    for (uint32_t i = 0; i < v->rules->node_count; i++) {
        const kxi_rule_node *n = &v->rules->nodes[i];
        if (!kxi_view_shows(v, i))
            continue;
        kxi_json_line(o);
        kxi_json_open(o, '{');
        add_str(o, "id", n->id);
        add_text(o, "title", n->title);
        add_text(o, "parent", n->parent == KXI_NONE ? (kxi_str){ NULL, 0 } : v->rules->nodes[n->parent].id);
        add_name(o, "kind", kxi_kind_name(n->kind));
        add_text(o, "clause", n->clause);
        add_name(o, "curve", kxi_curve_name(n->curve.kind));
        add_bool(o, "scored", n->scored);
        kxi_json_close(o, '}');
    }
    kxi_json_close(o, ']');
}

static void
add_finding(kxi_out *o, kxi_view *v, const kxi_finding *f)
{
    kxi_json_line(o);
    kxi_json_open(o, '{');
    add_name(o, "severity", kxi_severity_name(f->severity));
    kxi_json_key(o, "code");
    kxi_json_int(o, kxi_msg_code(f->msg));
    add_text(o, "input", f->place.input);
    add_num_if(o, v, "line", f->place.line != 0, kxi_num_int(f->place.line));
    add_num_if(o, v, "column", f->place.line && f->place.column, kxi_num_int(f->place.column));
    add_text(o, "pointer", f->place.pointer);
    add_str(o, "message", f->text);
    kxi_json_close(o, '}');
}

static void
add_findings(kxi_out *o, kxi_view *v)
{
    const kxi_findings *f = &v->score->findings;
    kxi_json_key(o, "findings");
    kxi_json_open(o, '[');
    for (size_t i = 0; i < f->count && kxi_out_step(o); i++) {
        add_finding(o, v, &f->items[i]);
        kxi_view_next(v);
    }
    kxi_json_close(o, ']');
    kxi_json_key(o, "findings_left_out");
    kxi_json_int(o, (int64_t)f->left_out);
}

void
kxi_write_result_json(kxi_out *o, kxi_view *v)
{
    add_head(o, v, "kexie-result/1");
    add_nodes(o, v);
    kxi_json_key(o, "subjects");
    kxi_json_open(o, '[');
    for (uint32_t i = v->first; i < v->last && kxi_out_step(o); i++) {
        add_subject(o, v, i);
        kxi_view_next(v);
    }
    kxi_json_close(o, ']');
    add_findings(o, v);
    kxi_json_close(o, '}');
    kxi_buf_char(&o->buf, '\n');
}

void
kxi_write_gaps_json(kxi_out *o, kxi_view *v)
{
    add_head(o, v, "kexie-gaps/1");
    kxi_json_key(o, "gaps");
    kxi_json_open(o, '[');
    size_t at, end, ignored;
    kxi_view_gaps(v, v->first, &at, &ignored);
    for (end = v->score->gap_count; at < end && v->score->gaps[at].subject < v->last && kxi_out_step(o); at++) {
        const kxi_gap *g = &v->score->gaps[at];
        if (!kxi_view_shows_gap(v, g))
            continue;
        kxi_json_line(o);
        kxi_json_open(o, '{');
        add_str(o, "subject", kxi_universe_key(v->universe, g->subject));
        add_text(o, "name", kxi_universe_name(v->universe, g->subject));
        add_text(o, "indicator", g->node == KXI_NONE ? (kxi_str){ NULL, 0 } : v->rules->nodes[g->node].id);
        add_text(o, "gate", g->gate == KXI_NONE ? (kxi_str){ NULL, 0 } : v->rules->gates[g->gate].id);
        add_gap_fields(o, v, g);
        kxi_json_close(o, '}');
        kxi_view_next(v);
    }
    kxi_json_close(o, ']');
    kxi_json_close(o, '}');
    kxi_buf_char(&o->buf, '\n');
}
