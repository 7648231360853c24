#include "report/write.h"

static void
field(kxi_out *o, kxi_str s)
{
    kxi_csv_field(o, s, false);
}

/* ---- subject,name,<indicators that carry points>,total,rank,grade ---- */

static bool
is_column(const kxi_view *v, uint32_t node)
{
    return v->rules->nodes[node].scored && kxi_view_shows(v, node);
}

static void
scores_header(kxi_out *o, const kxi_view *v)
{
    kxi_csv_field(o, KXI_STR("subject"), true);
    field(o, KXI_STR("name"));
    for (uint32_t n = 0; n < v->rules->node_count; n++)
        if (is_column(v, n))
            field(o, v->rules->nodes[n].id);
    field(o, KXI_STR("total"));
    field(o, KXI_STR("rank"));
    field(o, KXI_STR("grade"));
    kxi_csv_line(o);
}

static void
scores_line(kxi_out *o, kxi_view *v, uint32_t subject)
{
    static const kxi_str none = { NULL, 0 };
    const kxi_standing *s = &v->score->standings[subject];
    kxi_csv_field(o, kxi_universe_key(v->universe, subject), true);
    field(o, kxi_universe_name(v->universe, subject));
    for (uint32_t n = 0; n < v->rules->node_count; n++) {
        const kxi_fact *f = kxi_score_fact(v->score, n, subject);
        if (is_column(v, n))
            field(o, kxi_fact_has_points(f) ? kxi_view_points(v, f->points) : none);
    }
    field(o, s->complete ? kxi_view_points(v, s->total) : none);
    field(o, s->has_rank ? kxi_view_int(v, s->rank) : none);
    field(o, kxi_grade_name(v->rules, s->grade));
    kxi_csv_line(o);
}

void
kxi_write_scores_csv(kxi_out *o, kxi_view *v)
{
    scores_header(o, v);
    for (uint32_t i = v->first; i < v->last && kxi_out_step(o); i++) {
        scores_line(o, v, i);
        kxi_view_next(v);
    }
}

/* ---- gaps ---- */

static void
gaps_header(kxi_out *o)
{
    static const char *const names[] = { "subject", "name",    "indicator", "gate",      "title", "clause",
                                         "kind",    "measure", "unit",      "unit_name", "where", "from",
                                         "to",      "has",     "needs",     "bound",     "loss",  "responsible" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        kxi_csv_field(o, kxi_str_of(names[i]), i == 0);
    kxi_csv_line(o);
}

/* Who, and by which rule. */
static void
gap_rule(kxi_out *o, const kxi_view *v, const kxi_gap *g)
{
    static const kxi_rule_node no_node;
    static const kxi_gate no_gate;
    const kxi_rule_node *node = g->node == KXI_NONE ? &no_node : &v->rules->nodes[g->node];
    const kxi_gate *gate = g->gate == KXI_NONE ? &no_gate : &v->rules->gates[g->gate];
    kxi_csv_field(o, kxi_universe_key(v->universe, g->subject), true);
    field(o, kxi_universe_name(v->universe, g->subject));
    field(o, node->id);
    field(o, gate->id);
    field(o, node == &no_node ? gate->title : node->title);
    field(o, node == &no_node ? gate->clause : node->clause);
}

static void
gap_line(kxi_out *o, kxi_view *v, const kxi_gap *g)
{
    static const kxi_str none = { NULL, 0 };
    kxi_str needs = kxi_view_needs(v, g);
    gap_rule(o, v, g);
    field(o, kxi_str_of(kxi_gap_code(g->kind)));
    field(o, g->measure == KXI_NONE ? none : v->rules->measures[g->measure].name);
    field(o, g->unit_key);
    field(o, g->unit_name);
    field(o, g->where);
    field(o, g->has_bucket ? kxi_view_date(v, g->bucket.from) : none);
    field(o, g->has_bucket ? kxi_view_date(v, g->bucket.to) : none);
    field(o, kxi_view_has(v, g));
    field(o, needs);
    field(o, !needs.n ? none : g->upper ? KXI_STR("at_most") : KXI_STR("at_least"));
    field(o, g->loss_known ? kxi_view_num(v, g->loss) : none);
    field(o, kxi_view_responsible(v, g));
    kxi_csv_line(o);
}

void
kxi_write_gaps_csv(kxi_out *o, kxi_view *v)
{
    size_t at, ignored;
    gaps_header(o);
    kxi_view_gaps(v, v->first, &at, &ignored);
    for (; at < v->score->gap_count && v->score->gaps[at].subject < v->last && kxi_out_step(o); at++) {
        if (!kxi_view_shows_gap(v, &v->score->gaps[at]))
            continue;
        gap_line(o, v, &v->score->gaps[at]);
        kxi_view_next(v);
    }
}
