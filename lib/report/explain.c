/* A subject explained: how it stands, then the score as a tree, each node with its value, clause, what changed its points, and
 * below it the complete list of what is missing.
 *
 *   金凤区 640106
 *   总分 92.50，第 1 名（共 22），等次 优秀
 *
 *   A 组织建设                35.00 / 40.00  失 5.00
 *     A1 三长吸纳             15.00 / 20.00  失 5.00   [三(一)1]
 *        值 3/4 = 0.75；曲线得分 15
 *        未达标（三长）：1 处
 *          胜利街道 640104001 / 院长  现有 0  需 1  失 5 分
 */
#include "report/write.h"

#include "text/text.h"

enum { LEFT_MOST = 48, INDENT = 2 };

void
kxi_write_subject_name(kxi_out *o, const kxi_view *v, uint32_t subject)
{
    kxi_str key = kxi_universe_key(v->universe, subject), name = kxi_universe_name(v->universe, subject);
    kxi_write_text(o, name);
    kxi_buf_cstr(&o->buf, name.n ? " " : "");
    kxi_write_text(o, key);
}

/* Phrases of one line, separated. */
struct line {
    kxi_out *out;
    const char *between;
    bool begun;
};

static void
say(struct line *l, kxi_str s)
{
    kxi_buf_cstr(&l->out->buf, l->begun ? l->between : "");
    kxi_write_text(l->out, s);
    l->begun = true;
}

/* ---- the subject ---- */

/* How many have a rank, by cohort; NULL when memory is gone. */
static uint32_t *
count_ranked(kxi_view *v)
{
    uint32_t *ranked = kxi_alloc_array(&v->ctx->mem, (size_t)v->universe->cohort_count + 1, sizeof(*ranked));
    for (uint32_t i = 0; ranked && i < v->score->subject_count; i++)
        ranked[v->universe->cohorts[i]] += v->score->standings[i].has_rank;
    return ranked;
}

static void
write_standing(kxi_out *o, kxi_view *v, uint32_t subject, uint32_t ranked)
{
    const kxi_standing *s = &v->score->standings[subject];
    kxi_str grade = kxi_grade_name(v->rules, s->grade), by_score = kxi_grade_name(v->rules, s->grade_by_score);
    struct line l = { o, kxi_view_comma(v), false };
    say(&l, s->complete ? kxi_view_joined(v, KXI_SAY0(v, TOTAL), kxi_view_points(v, s->total)) : KXI_SAY0(v, NO_TOTAL));
    if (s->has_rank)
        say(&l, KXI_SAY(v, RANKED, kxi_view_int(v, s->rank), kxi_view_int(v, ranked)));
    else
        say(&l, KXI_SAY0(v, UNRANKED));
    if (s->tied)
        say(&l, KXI_SAY0(v, TIED));
    if (grade.s)
        say(&l, KXI_SAY(v, GRADED, grade));
    if (by_score.s && s->grade != s->grade_by_score)
        say(&l, KXI_SAY(v, BY_SCORE, by_score));
    if (!s->admitted)
        say(&l, KXI_SAY0(v, NOT_ADMITTED));
    if (s->cancelled)
        say(&l, KXI_SAY0(v, CANCELLED));
    if (s->missed_place)
        say(&l, KXI_SAY0(v, MISSED_PLACE));
    if (s->place_open)
        say(&l, KXI_SAY0(v, PLACE_OPEN));
    kxi_buf_char(&o->buf, '\n');
}

static kxi_str
gate_effect(kxi_view *v, const kxi_gate *g)
{
    switch (g->effect) {
    case KXI_GATE_ADMIT:
        return KXI_SAY0(v, GATE_ADMIT);
    case KXI_GATE_GRADE:
        return KXI_SAY(v, GATE_GRADE, kxi_gate_grade(v->rules, g));
    case KXI_GATE_CEILING:
        return KXI_SAY(v, GATE_CEILING, kxi_gate_grade(v->rules, g));
    default:
        return KXI_SAY0(v, GATE_CANCEL);
    }
}

static void
write_clause(kxi_out *o, kxi_str clause)
{
    if (!clause.n)
        return;
    kxi_buf_cstr(&o->buf, "  [");
    kxi_write_text(o, clause);
    kxi_buf_char(&o->buf, ']');
}

static void
write_gates(kxi_out *o, kxi_view *v, const kxi_standing *s, size_t at, size_t end, size_t width)
{
    for (size_t i = 0; i < s->gate_count; i++) {
        uint32_t gate = s->gates[i];
        const kxi_gate *g = &v->rules->gates[gate];
        struct line l = { o, kxi_view_comma(v), false };
        say(&l, KXI_SAY(v, GATE, g->id));
        if (g->title.n)
            say(&l, g->title);
        say(&l, gate_effect(v, g));
        write_clause(o, g->clause);
        kxi_buf_char(&o->buf, '\n');
        size_t from = at, to;
        while (from < end && (v->score->gaps[from].node != KXI_NONE || v->score->gaps[from].gate != gate))
            from++;
        for (to = from; to < end && v->score->gaps[to].gate == gate;)
            to++;
        while (from < to && v->score->gaps[from].kind == KXI_GAP_GATE)
            from++; /* the line above says it */
        kxi_write_gap_list(o, v, from, to, INDENT, width);
    }
}

/* ---- the tree ---- */

static size_t
indent_of(const kxi_rule_node *n)
{
    return n->depth > 0 ? (n->depth - 1) * INDENT : 0;
}

/* The root says what it is, when its id does not. */
static kxi_str
title_of(kxi_view *v, const kxi_rule_node *n)
{
    if (n->title.n || n->parent != KXI_NONE)
        return n->title;
    kxi_str total = KXI_SAY0(v, TOTAL);
    return kxi_str_eq(total, n->id) ? n->title : total;
}

static size_t
left_width(kxi_view *v, const kxi_rule_node *n)
{
    kxi_str title = title_of(v, n);
    return indent_of(n) + kxi_text_width(n->id) + (title.n ? 1 + kxi_text_width(title) : 0);
}

/* How wide the left side of the tree has to be for points to stand below each other. */
static size_t
tree_width(kxi_view *v)
{
    size_t width = 0;
    for (uint32_t i = 0; i < v->rules->node_count; i++) {
        size_t w = kxi_view_shows(v, i) ? left_width(v, &v->rules->nodes[i]) : 0;
        if (w > width && w <= LEFT_MOST)
            width = w;
    }
    return width;
}

/* Of how many: what there is to earn, to gain or to lose. */
static void
say_full(struct line *l, kxi_view *v, const kxi_rule_node *n, const kxi_fact *f)
{
    if (!kxi_num_sign(f->full))
        return;
    kxi_str full = kxi_view_points(v, f->full);
    if (n->kind == KXI_BONUS)
        say(l, KXI_SAY(v, AT_MOST_BONUS, full));
    else if (n->kind == KXI_DEDUCTION)
        say(l, KXI_SAY(v, AT_MOST_DEDUCTION, full));
    else
        kxi_buf_str(&l->out->buf, kxi_view_joined(v, KXI_STR(" /"), full));
}

static void
write_points(kxi_out *o, kxi_view *v, const kxi_rule_node *n, const kxi_fact *f)
{
    struct line l = { o, "  ", true };
    if (f->state == KXI_FACT_UNKNOWN) {
        say(&l, KXI_SAY(v, UNKNOWN, kxi_str_of(kxi_state_text(f->reason, v->language))));
    } else if (!kxi_fact_has_points(f)) {
        say(&l, KXI_SAY0(v, NA_LEFT_OUT));
    } else {
        say(&l, kxi_view_points(v, f->points));
        say_full(&l, v, n, f);
        if (f->state == KXI_FACT_NA)
            say(&l, KXI_SAY0(v, NA));
        if (n->kind == KXI_ORDINARY && kxi_num_sign(f->lost))
            say(&l, KXI_SAY(v, LOST, kxi_view_points(v, f->lost)));
    }
}

/* "3/4 = 0.75", "2/3 ≈0.6667": as it was counted, then as a number. */
static kxi_str
value_words(kxi_view *v, const kxi_fact *f)
{
    kxi_str text = kxi_view_value(v, f);
    if (f->value_type == KXI_V_BOOL)
        return kxi_num_sign(f->value) ? KXI_SAY0(v, YES) : KXI_SAY0(v, NO);
    if (f->value_type != KXI_V_NUMBER)
        return text;
    if (f->fraction)
        text = kxi_view_fraction(v, f->numerator, f->denominator);
    if (!text.n || !memchr(text.s, '/', text.n))
        return text;
    kxi_str number = kxi_view_short(v, f->value);
    bool exact = number.n && (unsigned char)number.s[0] < 0x80;
    return kxi_view_joined(v, text, exact ? kxi_view_joined(v, KXI_STR("="), number) : number);
}

static void
say_value(struct line *l, kxi_view *v, const kxi_rule_node *n, const kxi_fact *f)
{
    if (f->has_value)
        say(l, KXI_SAY(v, VALUE, value_words(v, f)));
    else if (n->scored && f->value_state != KXI_IS_KNOWN && f->state != KXI_FACT_NA)
        say(l, KXI_SAY(v, NO_VALUE, kxi_str_of(kxi_state_text(f->value_state, v->language))));
    if (f->track != KXI_NONE)
        say(l, KXI_SAY(v, TRACK, v->rules->tracks[f->track]));
    if (f->reason_text.n)
        say(l, KXI_SAY(v, REASON, f->reason_text));
}

/* "曲线得分 15 (第 2 档)", "封顶 5: 5" */
static void
say_step(struct line *l, kxi_view *v, const kxi_rule_node *n, const kxi_step_fact *s)
{
    kxi_str word = kxi_str_of(kxi_step_word(s->kind, v->language));
    bool rows = n->curve.kind == KXI_CURVE_STEPS || n->curve.kind == KXI_CURVE_CASES;
    bool by = s->kind == KXI_STEP_FACTOR || s->kind == KXI_STEP_FLOOR || s->kind == KXI_STEP_CAP ||
              s->kind == KXI_STEP_RESCALE;
    if (s->kind == KXI_STEP_PARTS && s->which != KXI_NONE)
        word = KXI_SAY(v, PART_TAKEN, v->rules->nodes[s->which].id);
    if (by)
        word = kxi_view_joined(v, word, kxi_view_short(v, s->by));
    say(l, kxi_view_joined(v, word, kxi_view_joined(v, KXI_STR("→"), kxi_view_short(v, s->points))));
    if (s->kind == KXI_STEP_CURVE && rows) {
        kxi_buf_cstr(&l->out->buf, " (");
        if (s->which == KXI_NONE)
            kxi_buf_str(&l->out->buf, KXI_SAY0(v, STEP_NONE));
        else
            kxi_buf_str(&l->out->buf, KXI_SAY(v, STEP_WHICH, kxi_view_int(v, (int64_t)s->which + 1)));
        kxi_buf_char(&l->out->buf, ')');
    }
}

/* Value and steps on a line of their own; none when there is nothing to say. A block whose parts are simply added up says
 * nothing. */
static void
write_details(kxi_out *o, kxi_view *v, const kxi_rule_node *n, const kxi_fact *f, size_t indent)
{
    struct line l = { o, kxi_view_semicolon(v), false };
    size_t before = o->buf.n;
    kxi_buf_repeat(&o->buf, ' ', indent);
    say_value(&l, v, n, f);
    bool plain = f->step_count == 1 && f->steps[0].kind == KXI_STEP_PARTS && f->steps[0].which == KXI_NONE;
    for (size_t i = 0; i < f->step_count && !plain; i++)
        say_step(&l, v, n, &f->steps[i]);
    if (f->weighted && f->state != KXI_FACT_NA)
        say(&l, KXI_SAY(v, WEIGHT, kxi_view_short(v, f->weight)));
    if (l.begun)
        kxi_buf_char(&o->buf, '\n');
    else if (!o->buf.failed)
        o->buf.n = before;
}

static void
write_node(kxi_out *o, kxi_view *v, uint32_t node, const kxi_fact *f, size_t left)
{
    const kxi_rule_node *n = &v->rules->nodes[node];
    kxi_str title = title_of(v, n);
    size_t width = left_width(v, n), indent = indent_of(n);
    kxi_buf_repeat(&o->buf, ' ', indent);
    kxi_write_text(o, n->id);
    kxi_buf_cstr(&o->buf, title.n ? " " : "");
    kxi_write_text(o, title);
    kxi_buf_repeat(&o->buf, ' ', width < left ? left - width : 0);
    write_points(o, v, n, f);
    write_clause(o, n->clause);
    kxi_buf_char(&o->buf, '\n');
    write_details(o, v, n, f, indent + kxi_text_width(n->id) + 1);
}

/* The nodes in scheme order, the root's line first; gaps lie in the order of the nodes. */
static void
write_tree(kxi_out *o, kxi_view *v, uint32_t subject, size_t at, size_t end, size_t width)
{
    size_t left = tree_width(v);
    for (uint32_t n = 0; n < v->rules->node_count && v->status == KX_OK && kxi_out_step(o); n++) {
        size_t from = at;
        while (at < end && v->score->gaps[at].node <= n)
            at++;
        if (!kxi_view_shows(v, n))
            continue;
        while (from < at && v->score->gaps[from].node < n)
            from++;
        const kxi_rule_node *node = &v->rules->nodes[n];
        write_node(o, v, n, kxi_score_fact(v->score, n, subject), left);
        kxi_write_gap_list(o, v, from, at, indent_of(node) + kxi_text_width(node->id) + 1, width);
        kxi_view_next(v);
    }
}

static void
write_head(kxi_out *o, kxi_view *v)
{
    kxi_str title = v->rules->title.n ? v->rules->title : v->rules->id;
    kxi_write_text(o, KXI_SAY(v, SCHEME_LINE, title, kxi_view_date(v, v->universe->as_of),
                              kxi_view_date(v, v->rules->period.from), kxi_view_date(v, v->rules->period.to)));
    kxi_buf_cstr(&o->buf, "\n");
}

static void
write_subject(kxi_out *o, kxi_view *v, uint32_t subject, const uint32_t *ranked, size_t width)
{
    uint32_t cohort = v->universe->cohorts[subject];
    size_t from, to;
    kxi_view_gaps(v, subject, &from, &to);
    kxi_buf_char(&o->buf, '\n');
    kxi_write_subject_name(o, v, subject);
    kxi_buf_char(&o->buf, '\n');
    if (v->universe->cohort_count > 1) {
        kxi_write_text(o, KXI_SAY(v, COHORT, v->universe->cohort_names[cohort]));
        kxi_buf_char(&o->buf, '\n');
    }
    write_standing(o, v, subject, ranked[cohort]);
    if (v->node == KXI_NONE)
        write_gates(o, v, &v->score->standings[subject], from, to, width);
    kxi_buf_char(&o->buf, '\n');
    write_tree(o, v, subject, from, to, width);
    kxi_view_next(v);
}

void
kxi_write_explain(kxi_out *o, kxi_view *v, size_t width)
{
    uint32_t *ranked = count_ranked(v);
    if (!ranked) {
        v->status = KX_E_NOMEM;
        return;
    }
    write_head(o, v);
    for (uint32_t i = v->first; i < v->last && v->status == KX_OK && kxi_out_step(o); i++)
        write_subject(o, v, i, ranked, width);
    kxi_free(&v->ctx->mem, ranked, ((size_t)v->universe->cohort_count + 1) * sizeof(*ranked));
}
