/* What is missing, as lists for people: what it is about, what there is, what it takes, by when, what it costs. */
#include "report/write.h"

#include "text/align.h"

enum { WHAT, WHO, HAS, NEEDS, WHEN, COSTS, COLUMNS };

/* Unit and what else names the cell: "胜利街道 640104001 / 院长". */
static kxi_str
what_of(kxi_view *v, const kxi_gap *g, kxi_buf *b)
{
    b->n = 0;
    kxi_buf_str(b, g->unit_name);
    kxi_buf_cstr(b, g->unit_name.n && g->unit_key.n ? " " : "");
    kxi_buf_str(b, g->unit_key);
    kxi_buf_cstr(b, b->n && g->where.n ? " / " : "");
    kxi_buf_str(b, g->where);
    kxi_str copy = b->failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(&v->arena, kxi_buf_view(b));
    if (!copy.s)
        v->status = KX_E_NOMEM;
    return copy;
}

static kxi_str
when_of(kxi_view *v, const kxi_gap *g)
{
    if (!g->has_bucket)
        return (kxi_str){ NULL, 0 };
    return KXI_SAY(v, BETWEEN, kxi_view_date(v, g->bucket.from), kxi_view_date(v, g->bucket.to));
}

/* Which columns a gap has something for. */
static void
mark_used(kxi_view *v, const kxi_gap *g, bool used[COLUMNS])
{
    used[WHAT] = used[WHAT] || g->unit_name.n || g->unit_key.n || g->where.n;
    used[WHO] = used[WHO] || kxi_view_responsible(v, g).n;
    used[HAS] = used[HAS] || g->has_known || g->has_text.n;
    used[NEEDS] = used[NEEDS] || g->needs_known || g->needs_text.n;
    used[WHEN] = used[WHEN] || g->has_bucket;
    used[COSTS] = used[COSTS] || (g->loss_known && kxi_num_sign(g->loss));
}

/* True and false of a value that is nothing else are said in the language of the text. */
static kxi_str
yes_or_no(kxi_view *v, const kxi_gap *g, kxi_str said)
{
    if (g->node == KXI_NONE || kxi_score_fact(v->score, g->node, g->subject)->value_type != KXI_V_BOOL)
        return said;
    return kxi_str_is(said, "true") ? KXI_SAY0(v, YES) : kxi_str_is(said, "false") ? KXI_SAY0(v, NO) : said;
}

static void
fill_cells(kxi_view *v, const kxi_gap *g, const bool used[COLUMNS], kxi_buf *b, kxi_str cells[COLUMNS])
{
    kxi_str has = yes_or_no(v, g, kxi_view_has(v, g)), needs = yes_or_no(v, g, kxi_view_needs(v, g));
    kxi_str who = kxi_view_responsible(v, g);
    memset(cells, 0, COLUMNS * sizeof(*cells));
    if (used[WHAT])
        cells[WHAT] = what_of(v, g, b);
    if (has.s)
        cells[HAS] = KXI_SAY(v, HAS, has);
    if (needs.s)
        cells[NEEDS] = g->upper ? KXI_SAY(v, AT_MOST, needs) : KXI_SAY(v, NEEDS, needs);
    cells[WHEN] = when_of(v, g);
    if (g->loss_known && kxi_num_sign(g->loss))
        cells[COSTS] = KXI_SAY(v, COSTS, kxi_view_short(v, g->loss));
    if (who.n)
        cells[WHO] = KXI_SAY(v, RESPONSIBLE, who);
}

/* Append lines to out with spaces before each. */
static void
indent_lines(kxi_out *o, const kxi_buf *lines, size_t indent)
{
    for (size_t at = 0; at < lines->n;) {
        const char *end = memchr(lines->s + at, '\n', lines->n - at);
        size_t to = end ? (size_t)(end - lines->s) + 1 : lines->n;
        kxi_buf_repeat(&o->buf, ' ', indent);
        kxi_buf_add(&o->buf, lines->s + at, to - at);
        at = to;
    }
}

/* Only the columns that are used, and of those their sides; returns how many. */
static size_t
choose_sides(const bool used[COLUMNS], enum kxi_align_side sides[COLUMNS])
{
    size_t n = 0;
    for (int i = 0; i < COLUMNS; i++)
        if (used[i])
            sides[n++] = i == HAS || i == NEEDS || i == COSTS ? KXI_ALIGN_RIGHT : KXI_ALIGN_LEFT;
    return n;
}

static void
list_row(kxi_align *t, kxi_view *v, const kxi_gap *g, const bool used[COLUMNS], kxi_buf *b)
{
    kxi_str cells[COLUMNS];
    size_t n = 0;
    fill_cells(v, g, used, b, cells);
    for (int i = 0; i < COLUMNS; i++)
        if (used[i])
            cells[n++] = cells[i];
    kxi_align_row(t, cells);
}

static void
print_rows(kxi_out *o, kxi_view *v, size_t at, size_t end, const bool used[COLUMNS], size_t indent, size_t width)
{
    enum kxi_align_side sides[COLUMNS];
    size_t columns = choose_sides(used, sides);
    kxi_mem *mem = &v->ctx->mem;
    kxi_align t;
    kxi_buf lines, what;
    if (columns == 0)
        return;
    if (kxi_align_init(&t, mem, sides, columns) != KX_OK) {
        v->status = KX_E_NOMEM;
        return;
    }
    kxi_buf_init(&lines, mem);
    kxi_buf_init(&what, mem);
    for (; at < end; at++)
        list_row(&t, v, &v->score->gaps[at], used, &what);
    if (kxi_align_print(&t, width > indent ? width - indent : width, &lines) != KX_OK)
        v->status = KX_E_NOMEM;
    indent_lines(o, &lines, indent);
    kxi_buf_free(&lines);
    kxi_buf_free(&what);
    kxi_align_free(&t);
}

/* One gap that is about no unit and no cell: all of it on the line that says its kind. */
static void
print_alone(kxi_out *o, kxi_view *v, const kxi_gap *g, kxi_str kind, const bool used[COLUMNS])
{
    kxi_str cells[COLUMNS];
    bool first = true;
    fill_cells(v, g, used, &o->buf, cells);
    kxi_write_text(o, kind);
    for (int i = 0; i < COLUMNS; i++) {
        if (!cells[i].n)
            continue;
        kxi_buf_cstr(&o->buf, first ? kxi_view_colon(v) : kxi_view_comma(v));
        kxi_write_text(o, cells[i]);
        first = false;
    }
    kxi_buf_char(&o->buf, '\n');
}

/* Gaps of one kind and measure. */
static void
print_group(kxi_out *o, kxi_view *v, size_t at, size_t end, size_t indent, size_t width)
{
    const kxi_gap *g = &v->score->gaps[at];
    kxi_str kind = kxi_str_of(kxi_gap_word(g->kind, v->language)), count = kxi_view_int(v, (int64_t)(end - at));
    bool used[COLUMNS] = { false };
    for (size_t i = at; i < end; i++)
        mark_used(v, &v->score->gaps[i], used);
    used[WHAT] = used[WHAT] && g->kind != KXI_GAP_GATE; /* that is its title, which stands above */
    kxi_buf_repeat(&o->buf, ' ', indent);
    if (end - at == 1 && !used[WHAT] && g->measure == KXI_NONE) {
        print_alone(o, v, g, kind, used);
        return;
    }
    if (g->measure != KXI_NONE) {
        const kxi_measure *m = &v->rules->measures[g->measure];
        kxi_write_text(o, KXI_SAY(v, GAPS_OF_MEASURE, kind, count, m->title.n ? m->title : m->name));
    } else {
        kxi_write_text(o, KXI_SAY(v, GAPS_OF_KIND, kind, count));
    }
    kxi_buf_char(&o->buf, '\n');
    print_rows(o, v, at, end, used, indent + 2, width);
}

void
kxi_write_gap_list(kxi_out *o, kxi_view *v, size_t at, size_t end, size_t indent, size_t width)
{
    for (size_t to; at < end && v->status == KX_OK; at = to) {
        const kxi_gap *g = &v->score->gaps[at];
        for (to = at + 1; to < end && v->score->gaps[to].kind == g->kind && v->score->gaps[to].measure == g->measure;)
            to++;
        print_group(o, v, at, to, indent, width);
    }
}

/* ---- the gaps of all subjects ---- */

static void
gap_heading(kxi_out *o, const kxi_view *v, const kxi_gap *g)
{
    kxi_str id, title, clause;
    if (g->node != KXI_NONE) {
        const kxi_rule_node *n = &v->rules->nodes[g->node];
        id = n->id, title = n->title, clause = n->clause;
    } else {
        const kxi_gate *gate = &v->rules->gates[g->gate];
        id = gate->id, title = gate->title, clause = gate->clause;
    }
    kxi_buf_cstr(&o->buf, "  ");
    kxi_write_text(o, id);
    kxi_buf_cstr(&o->buf, title.n ? " " : "");
    kxi_write_text(o, title);
    if (clause.n) {
        kxi_buf_cstr(&o->buf, " [");
        kxi_write_text(o, clause);
        kxi_buf_char(&o->buf, ']');
    }
    kxi_buf_char(&o->buf, '\n');
}

/* Returns how many were shown. */
static size_t
write_subject_gaps(kxi_out *o, kxi_view *v, uint32_t subject, bool first, size_t width)
{
    size_t at, end, shown = 0;
    kxi_view_gaps(v, subject, &at, &end);
    for (size_t to; at < end && v->status == KX_OK && kxi_out_step(o); at = to) {
        const kxi_gap *g = &v->score->gaps[at];
        for (to = at + 1; to < end && v->score->gaps[to].node == g->node && v->score->gaps[to].gate == g->gate;)
            to++;
        if (!kxi_view_shows_gap(v, g))
            continue;
        if (shown == 0) {
            kxi_buf_cstr(&o->buf, first ? "" : "\n");
            kxi_write_subject_name(o, v, subject);
            kxi_buf_char(&o->buf, '\n');
        }
        gap_heading(o, v, g);
        kxi_write_gap_list(o, v, at, to, 4, width);
        shown += to - at;
        kxi_view_next(v);
    }
    return shown;
}

void
kxi_write_gaps(kxi_out *o, kxi_view *v, size_t width)
{
    size_t shown = 0;
    for (uint32_t i = v->first; i < v->last && v->status == KX_OK; i++)
        shown += write_subject_gaps(o, v, i, shown == 0, width);
    if (shown)
        kxi_buf_str(&o->buf, KXI_SAY(v, GAP_TOTAL, kxi_view_int(v, (int64_t)shown)));
    else
        kxi_buf_str(&o->buf, KXI_SAY0(v, NO_GAPS));
    kxi_buf_char(&o->buf, '\n');
}
