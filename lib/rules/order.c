/* In which order nodes can be scored: parts before their block, what a value names before the value, rank when all it
 * ranks by is known. A depth-first walk; meeting a node that is still open is a circle. */
#include "rules/compile.h"

enum { UNSEEN, OPEN, DONE };

struct walk {
    kxi_comp *c;
    uint8_t *state; /* by node; the last one is rank */
    uint32_t *order;
    size_t count;
    uint32_t *path; /* open nodes, for showing a circle */
    size_t depth;
};

static kx_status visit(struct walk *w, uint32_t at);

static kx_status
visit_expr(struct walk *w, const kxi_expr *e, uint32_t self)
{
    const uint32_t *slots;
    size_t n = e ? kxi_expr_slots(e, &slots) : 0;
    for (size_t i = 0; i < n; i++) {
        const kxi_slot *slot = (const kxi_slot *)w->c->slots.items + slots[i];
        uint32_t needs = KXI_NONE;
        switch (slot->kind) {
        case KXI_SLOT_POINTS:
            needs = slot->node;
            break;
        case KXI_SLOT_VALUE:
            needs = slot->node == self ? KXI_NONE : slot->node;
            break;
        case KXI_SLOT_TOTAL:
            needs = 0;
            break;
        case KXI_SLOT_RANK:
            needs = (uint32_t)w->c->nodes.count;
            break;
        default:
            break;
        }
        if (needs != KXI_NONE)
            KXI_TRY(visit(w, needs));
        KXI_TRY(visit_expr(w, slot->arg, self));
    }
    return KX_OK;
}

static kx_status
visit_curve(struct walk *w, const kxi_curve *curve, uint32_t self)
{
    const kxi_expr *const all[] = { curve->other, curve->at, curve->base, curve->up_q, curve->up, curve->down_q, curve->down };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        KXI_TRY(visit_expr(w, all[i], self));
    for (size_t i = 0; i < curve->step_count; i++) {
        KXI_TRY(visit_expr(w, curve->steps[i].at, self));
        KXI_TRY(visit_expr(w, curve->steps[i].points, self));
        KXI_TRY(visit_expr(w, curve->steps[i].when, self));
    }
    return KX_OK;
}

static kx_status
visit_node(struct walk *w, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(w->c, at);
    for (uint32_t child = n->first; child != KXI_NONE; child = kxi_comp_node(w->c, child)->next)
        KXI_TRY(visit(w, child));
    const kxi_expr *const all[] = { n->points, n->applies, n->value, n->missing_value, n->weight,
                                    n->factor, n->floor,   n->cap,   n->zero_if };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        KXI_TRY(visit_expr(w, all[i], at));
    for (size_t i = 0; i < n->check_count; i++)
        KXI_TRY(visit_expr(w, n->checks[i], at));
    return visit_curve(w, &n->curve, at);
}

static kx_status
circle(struct walk *w, uint32_t at)
{
    kxi_comp *c = w->c;
    const char **names = kxi_arena_array(c->a, w->depth + 2, sizeof(*names));
    size_t n = 0, first = 0;
    kxi_str all;
    if (!names)
        return kxi_nomem(c->d);
    while (first < w->depth && w->path[first] != at)
        first++;
    for (size_t i = first; i < w->depth; i++)
        names[n++] = w->path[i] == c->nodes.count ? "rank" : kxi_comp_node(c, w->path[i])->id.s;
    names[n++] = at == c->nodes.count ? "rank" : kxi_comp_node(c, at)->id.s;
    KXI_TRY(kxi_join(c, names, &all));
    const kxi_node *node = at == c->nodes.count ? kxi_node_get(c->r->doc->root, "rank") : kxi_comp_node(c, at)->node;
    return KXI_FAIL(c->d, CIRCLE, node ? kxi_at(c, node) : KXI_NOWHERE, KXI_A_STR(all));
}

static kx_status
visit(struct walk *w, uint32_t at)
{
    if (w->state[at] == DONE)
        return KX_OK;
    if (w->state[at] == OPEN)
        return circle(w, at);
    w->state[at] = OPEN;
    w->path[w->depth++] = at;
    if (at < w->c->nodes.count)
        KXI_TRY(visit_node(w, at));
    for (size_t i = 0; at == w->c->nodes.count && i < w->c->r->rank_by_count; i++)
        KXI_TRY(visit_expr(w, w->c->r->rank_by[i], KXI_NONE));
    w->depth--;
    w->state[at] = DONE;
    w->order[w->count++] = at == w->c->nodes.count ? KXI_ORDER_RANK : at;
    return KX_OK;
}

kx_status
kxi_compile_order(kxi_comp *c)
{
    size_t n = c->nodes.count + 1;
    struct walk w = { .c = c };
    w.state = kxi_arena_array(c->a, n, sizeof(*w.state));
    w.order = kxi_arena_array(c->a, n, sizeof(*w.order));
    w.path = kxi_arena_array(c->a, n, sizeof(*w.path));
    if (!w.state || !w.order || !w.path)
        return kxi_nomem(c->d);
    KXI_TRY(visit(&w, 0));
    KXI_TRY(visit(&w, (uint32_t)c->nodes.count));
    c->r->order = w.order;
    c->r->order_count = w.count;
    return KX_OK;
}
