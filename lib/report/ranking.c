/* The ranking as a table for people: cohort by cohort, best first, with the points of the blocks. */
#include "report/write.h"

#include "text/align.h"
#include "text/text.h"

enum { FIXED_BEFORE = 4, FIXED_AFTER = 2 }; /* rank subject name total | blocks | grade note */
enum { TITLE_WIDTH = 12, NAME_WIDTH = 16, BLOCK_WIDTH = 7, OTHERS_WIDTH = 34 };

struct page {
    kxi_out *out;
    kxi_view *view;
    uint32_t *subjects; /* in the order they are shown */
    uint32_t count;
    uint32_t *blocks; /* nodes below the root that have a column */
    size_t block_count, blocks_left_out;
    kxi_str *cells;
    kxi_buf note;
};

/* Cohorts in order; in each the ranked ones by rank, then the others; ties by key, which is the number. */
static bool
goes_before(const kxi_view *v, uint32_t a, uint32_t b)
{
    const kxi_standing *x = &v->score->standings[a], *y = &v->score->standings[b];
    if (v->universe->cohorts[a] != v->universe->cohorts[b])
        return v->universe->cohorts[a] < v->universe->cohorts[b];
    if (x->has_rank != y->has_rank)
        return x->has_rank;
    if (x->has_rank && x->rank != y->rank)
        return x->rank < y->rank;
    return a < b;
}

static void
sift(const kxi_view *v, uint32_t *heap, size_t at, size_t n)
{
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && goes_before(v, heap[child], heap[child + 1]))
            child++;
        if (!goes_before(v, heap[at], heap[child]))
            return;
        uint32_t top = heap[at];
        heap[at] = heap[child];
        heap[child] = top;
    }
}

/* Heapsort: the order is total, and the C library's sort may allocate. */
static void
sort_subjects(const kxi_view *v, uint32_t *list, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        sift(v, list, i, n);
    for (size_t i = n; i-- > 1;) {
        uint32_t last = list[0];
        list[0] = list[i];
        list[i] = last;
        sift(v, list, 0, i);
    }
}

static kxi_str
block_header(const kxi_rule_node *n)
{
    return n->title.n && kxi_text_width(n->title) <= TITLE_WIDTH ? n->title : n->id;
}

/* The blocks that fit the width, in scheme order. */
static void
choose_blocks(struct page *p, size_t width)
{
    const kxi_view *v = p->view;
    size_t used = OTHERS_WIDTH, name = 0, key = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        size_t w = kxi_text_width(kxi_universe_name(v->universe, p->subjects[i]));
        size_t k = kxi_text_width(kxi_universe_key(v->universe, p->subjects[i]));
        name = w > name ? w : name;
        key = k > key ? k : key;
    }
    used += key + (name < NAME_WIDTH ? name : NAME_WIDTH);
    for (uint32_t i = 0; i < v->rules->node_count; i++) {
        const kxi_rule_node *n = &v->rules->nodes[i];
        if (n->parent != 0 || !kxi_view_shows(v, i))
            continue;
        size_t need = kxi_text_width(block_header(n));
        used += 2 + (need > BLOCK_WIDTH ? need : BLOCK_WIDTH);
        if (p->blocks_left_out || (width && used > width))
            p->blocks_left_out++;
        else
            p->blocks[p->block_count++] = i;
    }
}

static void
add_note(kxi_buf *b, kxi_str s)
{
    kxi_buf_cstr(b, b->n ? "; " : "");
    kxi_buf_str(b, s);
}

/* Everything about a standing that the other columns do not say. */
static kxi_str
note_of(struct page *p, const kxi_standing *s)
{
    kxi_view *v = p->view;
    kxi_buf *b = &p->note;
    b->n = 0;
    for (size_t i = 0; i < s->gate_count; i++) {
        const kxi_gate *g = &v->rules->gates[s->gates[i]];
        add_note(b, g->id);
        kxi_buf_cstr(b, g->title.n ? " " : "");
        kxi_buf_str(b, g->title);
    }
    if (!s->admitted)
        add_note(b, KXI_SAY0(v, NOT_ADMITTED));
    if (s->cancelled)
        add_note(b, KXI_SAY0(v, CANCELLED));
    if (!s->complete)
        add_note(b, KXI_SAY0(v, INCOMPLETE));
    if (s->tied)
        add_note(b, KXI_SAY0(v, TIED));
    if (s->missed_place)
        add_note(b, KXI_SAY0(v, MISSED_PLACE));
    if (s->place_open)
        add_note(b, KXI_SAY0(v, PLACE_OPEN));
    if (b->failed)
        v->status = KX_E_NOMEM;
    return b->failed ? (kxi_str){ NULL, 0 } : kxi_buf_view(b);
}

static void
header_cells(struct page *p)
{
    kxi_view *v = p->view;
    kxi_str *c = p->cells, *after = c + FIXED_BEFORE + p->block_count;
    c[0] = KXI_SAY0(v, RANK);
    c[1] = KXI_SAY0(v, SUBJECT);
    c[2] = KXI_SAY0(v, NAME);
    c[3] = KXI_SAY0(v, TOTAL);
    for (size_t i = 0; i < p->block_count; i++)
        c[FIXED_BEFORE + i] = block_header(&v->rules->nodes[p->blocks[i]]);
    after[0] = KXI_SAY0(v, GRADE);
    after[1] = KXI_SAY0(v, NOTE);
}

static void
subject_cells(struct page *p, uint32_t subject)
{
    kxi_view *v = p->view;
    const kxi_standing *s = &v->score->standings[subject];
    kxi_str *c = p->cells, *after = c + FIXED_BEFORE + p->block_count;
    c[0] = s->has_rank ? kxi_view_int(v, s->rank) : KXI_STR("-");
    c[1] = kxi_universe_key(v->universe, subject);
    c[2] = kxi_universe_name(v->universe, subject);
    c[3] = s->complete ? kxi_view_points(v, s->total) : KXI_STR("-");
    for (size_t i = 0; i < p->block_count; i++) {
        const kxi_fact *f = kxi_score_fact(v->score, p->blocks[i], subject);
        c[FIXED_BEFORE + i] = kxi_fact_has_points(f) ? kxi_view_points(v, f->points) : KXI_STR("-");
    }
    kxi_str grade = kxi_grade_name(v->rules, s->grade);
    after[0] = grade.s ? grade : KXI_STR("-");
    after[1] = note_of(p, s);
}

static void
print_cohort(struct page *p, kxi_align *t, uint32_t from, uint32_t to, size_t width)
{
    kxi_view *v = p->view;
    header_cells(p);
    kxi_align_row(t, p->cells);
    kxi_align_rule(t);
    for (uint32_t i = from; i < to && v->status == KX_OK && !t->failed; i++) {
        subject_cells(p, p->subjects[i]);
        kxi_align_row(t, p->cells);
        kxi_view_next(v);
    }
    if (kxi_align_print(t, width, &p->out->buf) != KX_OK)
        v->status = KX_E_NOMEM;
}

/* The subjects [from, to) share a cohort. */
static void
write_cohort(struct page *p, uint32_t from, uint32_t to, size_t width)
{
    kxi_view *v = p->view;
    kxi_align t;
    size_t columns = FIXED_BEFORE + p->block_count + FIXED_AFTER;
    kxi_str cohort = v->universe->cohort_names[v->universe->cohorts[p->subjects[from]]];
    enum kxi_align_side *sides = kxi_alloc_array(&v->ctx->mem, columns, sizeof(*sides));
    for (size_t i = 0; sides && i < columns; i++) /* texts: subject, name, grade, note */
        sides[i] = i == 1 || i == 2 || i >= columns - FIXED_AFTER ? KXI_ALIGN_LEFT : KXI_ALIGN_RIGHT;
    if (sides && kxi_align_init(&t, &v->ctx->mem, sides, columns) == KX_OK) {
        if (v->universe->cohort_count > 1) {
            kxi_buf_cstr(&p->out->buf, from ? "\n" : "");
            kxi_write_text(p->out, KXI_SAY(v, COHORT, cohort));
            kxi_buf_cstr(&p->out->buf, "\n");
        }
        print_cohort(p, &t, from, to, width);
        kxi_align_free(&t);
    } else {
        v->status = KX_E_NOMEM;
    }
    kxi_free(&v->ctx->mem, sides, columns * sizeof(*sides));
}

static void
write_page(struct page *p, size_t width)
{
    kxi_view *v = p->view;
    for (uint32_t i = 0; i < p->count; i++)
        p->subjects[i] = v->first + i;
    sort_subjects(v, p->subjects, p->count);
    choose_blocks(p, width);
    for (uint32_t from = 0, to; from < p->count && v->status == KX_OK && kxi_out_step(p->out); from = to) {
        uint32_t cohort = v->universe->cohorts[p->subjects[from]];
        for (to = from; to < p->count && v->universe->cohorts[p->subjects[to]] == cohort;)
            to++;
        write_cohort(p, from, to, width);
    }
    if (p->count == 0)
        kxi_buf_str(&p->out->buf, KXI_SAY0(v, NO_SUBJECTS));
    else if (p->blocks_left_out)
        kxi_buf_str(&p->out->buf, KXI_SAY(v, COLUMNS_LEFT_OUT, kxi_view_int(v, (int64_t)p->blocks_left_out)));
    kxi_buf_cstr(&p->out->buf, p->count == 0 || p->blocks_left_out ? "\n" : "");
}

void
kxi_write_ranking(kxi_out *o, kxi_view *v, size_t width)
{
    struct page p = { .out = o, .view = v, .count = v->last - v->first };
    kxi_mem *mem = &v->ctx->mem;
    size_t nodes = v->rules->node_count, columns = FIXED_BEFORE + nodes + FIXED_AFTER;
    p.subjects = kxi_alloc_array(mem, (size_t)p.count + 1, sizeof(*p.subjects));
    p.blocks = kxi_alloc_array(mem, nodes, sizeof(*p.blocks));
    p.cells = kxi_alloc_array(mem, columns, sizeof(*p.cells));
    kxi_buf_init(&p.note, mem);
    if (p.subjects && p.blocks && p.cells)
        write_page(&p, width);
    else
        v->status = KX_E_NOMEM;
    kxi_buf_free(&p.note);
    kxi_free(mem, p.cells, columns * sizeof(*p.cells));
    kxi_free(mem, p.blocks, nodes * sizeof(*p.blocks));
    kxi_free(mem, p.subjects, ((size_t)p.count + 1) * sizeof(*p.subjects));
}
