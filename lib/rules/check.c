/* Findings over the whole scheme that are no errors: points that do not add up, values that may be unknown, unused names. */
#include "rules/compile.h"

/* What its parts add up to says nothing of a block that scales them, or that is all bonus or deduction: its points are how
 * far it goes. */
static bool
adds_up(const kxi_rule_node *n)
{
    return n->first != KXI_NONE && n->combine == KXI_SUM && n->kind == KXI_ORDINARY && !n->factor && n->points;
}

static kx_status
check_sum(kxi_comp *c, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    kxi_numctx num = { c->a, c->ctx->max_digits };
    kxi_num declared, sum = kxi_num_int(0), part;
    kxi_str has, wants;
    if (!adds_up(n) || !kxi_expr_constant_number(n->points, &declared))
        return KX_OK;
    for (uint32_t child = n->first; child != KXI_NONE; child = kxi_comp_node(c, child)->next) {
        const kxi_rule_node *p = kxi_comp_node(c, child);
        if (p->kind != KXI_ORDINARY)
            continue;
        if (p->applies || !p->points || !kxi_expr_constant_number(p->points, &part))
            return KX_OK; /* depends on the subject */
        KXI_TRY(kxi_num_status(c, p->node, kxi_num_add(&num, sum, part, &sum)));
    }
    if (kxi_num_eq(sum, declared))
        return KX_OK;
    KXI_TRY(kxi_num_status(c, n->node, kxi_num_print(&num, sum, &has)));
    KXI_TRY(kxi_num_status(c, n->node, kxi_num_print(&num, declared, &wants)));
    return KXI_FAIL(c->d, POINTS_SUM, kxi_at(c, kxi_node_get(n->node, "points")), KXI_A_STR(n->id), KXI_A_STR(has),
                    KXI_A_STR(wants));
}

static kx_status
check_missing(kxi_comp *c, uint32_t at)
{
    const kxi_rule_node *n = kxi_comp_node(c, at);
    if (!n->scored || n->missing != KXI_MISSING_UNKNOWN || kxi_node_get(n->node, "missing"))
        return KX_OK;
    if (n->value && !kxi_expr_may_lack(n->value))
        return KX_OK;
    if (n->check_count)
        return KX_OK; /* a condition that cannot be decided does not hold */
    return KXI_FAIL(c->d, MISSING_NOT_SAID, kxi_at(c, n->value ? kxi_node_get(n->node, "value") : n->node),
                    KXI_A_STR(n->id));
}

/* Measures of the scheme that no fold is made of. */
static kx_status
check_unused(kxi_comp *c)
{
    bool *used = kxi_arena_array(c->a, c->measures.count + 1, sizeof(*used));
    if (!used)
        return kxi_nomem(c->d);
    for (size_t i = 0; i < c->folds.count; i++)
        used[((const kxi_fold *)c->folds.items)[i].measure] = true;
    for (uint32_t i = 0; i < c->measures.count; i++)
        if (!used[i])
            KXI_TRY(KXI_FAIL(c->d, UNUSED_MEASURE, kxi_node_key_place(c->a, kxi_comp_measure(c, i)->node),
                             KXI_A_STR(kxi_comp_measure(c, i)->name)));
    return KX_OK;
}

kx_status
kxi_check_whole(kxi_comp *c)
{
    for (uint32_t i = 0; i < c->nodes.count; i++) {
        KXI_TRY(check_sum(c, i));
        KXI_TRY(check_missing(c, i));
    }
    return check_unused(c);
}
