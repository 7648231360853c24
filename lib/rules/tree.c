/* The score tree. Indicator, block and score are one thing: first all are named, then what they say is compiled, so that a
 * value may name the points of a node that stands further down. */
#include "rules/compile.h"

kxi_rule_node *
kxi_comp_node(kxi_comp *c, uint32_t node)
{
    return (kxi_rule_node *)c->nodes.items + node;
}

/* The root has no name of its own: its points are `total`. */
uint32_t
kxi_find_node(kxi_comp *c, kxi_str id)
{
    for (uint32_t i = 1; i < c->nodes.count; i++)
        if (kxi_str_eq(kxi_comp_node(c, i)->id, id))
            return i;
    return KXI_NONE;
}

static const char *const node_keys[] = { "id",     "title", "clause", "kind",    "points",  "for", "value",
                                         "checks", "curve", "parts",  "combine", "weight",  "na",  "missing",
                                         "factor", "floor", "cap",    "round",   "zero_if", NULL };

static kx_status
check_name(kxi_comp *c, const kxi_node *node, kxi_str id)
{
    const kxi_node *at = kxi_node_get(node, "id");
    if (kxi_reserved(id))
        return KXI_FAIL(c->d, RESERVED_NAME, kxi_at(c, at), KXI_A_STR(id));
    const char *taken = kxi_find_node(c, id) != KXI_NONE      ? "score"
                        : kxi_find_measure(c, id) != KXI_NONE ? "measures"
                        : kxi_member(c->define, id)           ? "define"
                                                              : NULL;
    return taken ? KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, at), KXI_A_STR(id), KXI_A_CSTR(taken)) : KX_OK;
}

static kx_status
name_node(kxi_comp *c, const kxi_node *node, uint32_t parent, uint32_t depth, uint32_t *out)
{
    kxi_rule_node n = { .node = node, .parent = parent, .first = KXI_NONE, .next = KXI_NONE, .depth = depth };
    static const char *const kinds[] = { "ordinary", "bonus", "deduction", NULL };
    int kind = 0;
    KXI_TRY(kxi_read_keys(c, node, parent == KXI_NONE ? "score" : "indicator", node_keys));
    KXI_TRY(kxi_read_text(c, node, "title", false, "", &n.title));
    KXI_TRY(kxi_read_text(c, node, "clause", false, "", &n.clause));
    KXI_TRY(kxi_read_text(c, node, "note", false, "", &n.note));
    KXI_TRY(kxi_read_choice(c, kxi_node_get(node, "kind"), kinds, &kind));
    n.kind = (enum kxi_kind)kind;
    n.id = KXI_STR("total");
    if (parent != KXI_NONE) {
        KXI_TRY(kxi_read_text(c, node, "id", true, "indicator", &n.id));
        KXI_NEXT(c, check_name(c, node, n.id));
    }
    return kxi_list_push(c, &c->nodes, &n, out);
}

kx_status
kxi_name_tree(kxi_comp *c, const kxi_node *node, uint32_t parent, uint32_t depth, uint32_t *out)
{
    KXI_TRY(name_node(c, node, parent, depth, out));
    const kxi_node *parts = kxi_node_get(node, "parts");
    if (!parts)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, parts, KXI_NODE_ARRAY));
    uint32_t last = KXI_NONE;
    kxi_node_each (part, parts) {
        uint32_t child = KXI_NONE;
        KXI_NEXT(c, kxi_name_tree(c, part, *out, depth + 1, &child));
        if (child == KXI_NONE)
            continue;
        if (last == KXI_NONE)
            kxi_comp_node(c, *out)->first = child;
        else
            kxi_comp_node(c, last)->next = child;
        last = child;
    }
    return KX_OK;
}
