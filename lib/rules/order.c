/* In which order nodes can be scored: parts before their block, what a value names before the value, rank when all it
 * ranks by is known. A depth-first walk, without recursion since schemes may chain as many nodes as they like; meeting what
 * is still open is a circle.
 *
 *   vertices: nodes, then rank, then admission (a cohort is the admitted), then slots (cohort.mean(x), which needs x) */
#include "rules/compile.h"

enum { UNSEEN, OPEN, DONE };

/* A vertex that is open. What it needs lies on the common stack, from first on while it is on top. */
struct frame {
    uint32_t vertex;
    size_t first, next;
};

struct walk {
    kxi_comp *c;
    uint32_t rank, admission, slots; /* vertices; slots: the first of them */
    uint8_t *state;                  /* by vertex */
    struct frame *frames;
    size_t depth;
    kxi_list needs; /* uint32_t */
    uint32_t *order;
    size_t count;
};

/* ---- what a vertex needs ---- */

static kx_status
need(struct walk *w, uint32_t vertex)
{
    return w->state[vertex] == DONE ? KX_OK : kxi_list_push(w->c, &w->needs, &vertex, NULL);
}

/* self: the node whose own value is known by now. */
static kx_status
need_slot(struct walk *w, uint32_t index, uint32_t self)
{
    const kxi_slot *slot = (const kxi_slot *)w->c->slots.items + index;
    switch (slot->kind) {
    case KXI_SLOT_POINTS:
        return need(w, slot->node);
    case KXI_SLOT_VALUE:
        return slot->node == self ? KX_OK : need(w, slot->node);
    case KXI_SLOT_TOTAL:
        return need(w, 0);
    case KXI_SLOT_RANK:
        return need(w, w->rank);
    default:
        return slot->arg || slot->kind == KXI_SLOT_COHORT_SIZE ? need(w, w->slots + index) : KX_OK;
    }
}

static kx_status
need_expr(struct walk *w, const kxi_expr *e, uint32_t self)
{
    const uint32_t *slots;
    size_t n = e ? kxi_expr_slots(e, &slots) : 0;
    for (size_t i = 0; i < n; i++)
        KXI_TRY(need_slot(w, slots[i], self));
    return KX_OK;
}

static kx_status
need_curve(struct walk *w, const kxi_curve *curve, uint32_t self)
{
    const kxi_expr *const all[] = { curve->other, curve->at,     curve->base, curve->up_q,
                                    curve->up,    curve->down_q, curve->down };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        KXI_TRY(need_expr(w, all[i], self));
    for (size_t i = 0; i < curve->step_count; i++) {
        KXI_TRY(need_expr(w, curve->steps[i].at, self));
        KXI_TRY(need_expr(w, curve->steps[i].points, self));
        KXI_TRY(need_expr(w, curve->steps[i].when, self));
    }
    return KX_OK;
}

static kx_status
needs_of_node(struct walk *w, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(w->c, at);
    for (uint32_t child = n->first; child != KXI_NONE; child = kxi_comp_node(w->c, child)->next) {
        KXI_TRY(need(w, child));
        KXI_TRY(need_expr(w, kxi_comp_node(w->c, child)->weight, child));
    }
    const kxi_expr *const all[] = { n->points, n->applies, n->value, n->missing_value,
                                    n->factor, n->floor,   n->cap,   n->zero_if };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        KXI_TRY(need_expr(w, all[i], at));
    for (size_t i = 0; i < n->check_count; i++)
        KXI_TRY(need_expr(w, n->checks[i], at));
    return need_curve(w, &n->curve, at);
}

static kx_status
needs_of(struct walk *w, uint32_t vertex)
{
    const kxi_rules *r = w->c->r;
    if (vertex < w->rank)
        return needs_of_node(w, vertex);
    if (vertex == w->rank) {
        for (size_t i = 0; i < r->rank_by_count; i++)
            KXI_TRY(need_expr(w, r->rank_by[i], KXI_NONE));
        return need(w, w->admission);
    }
    if (vertex == w->admission) {
        for (size_t i = 0; i < r->gate_count; i++)
            if (r->gates[i].effect == KXI_GATE_ADMIT)
                KXI_TRY(need_expr(w, r->gates[i].when, KXI_NONE));
        return KX_OK;
    }
    const kxi_slot *slot = (const kxi_slot *)w->c->slots.items + (vertex - w->slots);
    KXI_TRY(need_expr(w, slot->arg, slot->node));
    return need(w, w->admission);
}

/* ---- circles ---- */

/* A1, rank, admit, cohort.mean(A1) */
static void
put_name(const struct walk *w, uint32_t vertex, kxi_buf *b)
{
    if (vertex < w->rank) {
        kxi_buf_str(b, kxi_comp_node(w->c, vertex)->id);
        return;
    }
    if (vertex < w->slots) {
        kxi_buf_cstr(b, vertex == w->rank ? "rank" : "admit");
        return;
    }
    const kxi_cohort_call *calls = w->c->cohort_calls.items, *call = NULL;
    for (size_t i = 0; i < w->c->cohort_calls.count && !call; i++)
        call = calls[i].slot == vertex - w->slots ? &calls[i] : NULL;
    kxi_buf_str(b, call ? call->function : KXI_STR("cohort.size"));
    if (call) {
        kxi_buf_char(b, '(');
        kxi_buf_str(b, call->text);
        kxi_buf_char(b, ')');
    }
}

static const kxi_node *
node_of(const struct walk *w, uint32_t vertex)
{
    const kxi_node *root = w->c->r->doc->root;
    if (vertex < w->rank)
        return kxi_comp_node(w->c, vertex)->node;
    return vertex == w->rank ? kxi_node_get(root, "rank") : vertex == w->admission ? kxi_node_get(root, "gates") : NULL;
}

/* "A -> B -> A", from the vertex that is met again. */
static kx_status
circle(struct walk *w, uint32_t again)
{
    const kxi_node *where = NULL;
    size_t i = w->depth;
    kxi_buf way;
    while (w->frames[i - 1].vertex != again)
        i--;
    kxi_buf_init(&way, &w->c->ctx->mem);
    for (i--; i < w->depth; i++) {
        put_name(w, w->frames[i].vertex, &way);
        kxi_buf_cstr(&way, " -> ");
        where = where ? where : node_of(w, w->frames[i].vertex);
    }
    put_name(w, again, &way);
    kxi_place place = where ? kxi_at(w->c, where) : KXI_NOWHERE;
    kx_status st = way.failed ? kxi_nomem(w->c->d) : KXI_FAIL(w->c->d, CIRCLE, place, KXI_A_STR(kxi_buf_view(&way)));
    kxi_buf_free(&way);
    return st;
}

/* ---- the walk ---- */

static kx_status
open_vertex(struct walk *w, uint32_t vertex)
{
    w->state[vertex] = OPEN;
    w->frames[w->depth++] = (struct frame){ vertex, w->needs.count, w->needs.count };
    return needs_of(w, vertex);
}

static void
close_vertex(struct walk *w)
{
    const struct frame *f = &w->frames[--w->depth];
    w->needs.count = f->first;
    w->state[f->vertex] = DONE;
    if (f->vertex <= w->rank)
        w->order[w->count++] = f->vertex == w->rank ? KXI_ORDER_RANK : f->vertex;
}

static kx_status
visit(struct walk *w, uint32_t start)
{
    if (w->state[start] == DONE)
        return KX_OK;
    KXI_TRY(open_vertex(w, start));
    while (w->depth) {
        struct frame *f = &w->frames[w->depth - 1];
        if (f->next == w->needs.count) {
            close_vertex(w);
            continue;
        }
        uint32_t vertex = ((const uint32_t *)w->needs.items)[f->next++];
        if (w->state[vertex] == OPEN)
            return circle(w, vertex);
        if (w->state[vertex] == UNSEEN)
            KXI_TRY(open_vertex(w, vertex));
    }
    return KX_OK;
}

kx_status
kxi_compile_order(kxi_comp *c)
{
    uint32_t nodes = (uint32_t)c->nodes.count;
    size_t n = c->nodes.count + c->slots.count + 2;
    struct walk w = {
        .c = c, .rank = nodes, .admission = nodes + 1, .slots = nodes + 2, .needs.size = sizeof(uint32_t)
    };
    w.state = kxi_arena_array(c->a, n, sizeof(*w.state));
    w.order = kxi_arena_array(c->a, n, sizeof(*w.order));
    w.frames = kxi_arena_array(c->a, n, sizeof(*w.frames));
    if (!w.state || !w.order || !w.frames)
        return kxi_nomem(c->d);
    KXI_TRY(visit(&w, 0));
    KXI_TRY(visit(&w, w.rank));
    c->r->order = w.order;
    c->r->order_count = w.count;
    return KX_OK;
}
