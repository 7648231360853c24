/* A tree into codes: types are found bottom up, every name is asked of the scope. A chain of binary operators is walked
 * down its left side in a loop; all other nesting is recursion that is counted. */
#include "expr/compiler.h"

kx_status
kxi_check_null(kxi_compiler *k, uint32_t *code, enum kxi_vtype type, bool months)
{
    if (k->codes[*code].type != KXI_V_NULL)
        return KX_OK;
    return kxi_emit_null(k, k->codes[*code].ast, type, KXI_V_NULL, type == KXI_V_DURATION && months, code);
}

kx_status
kxi_check_condition(kxi_compiler *k, const kxi_ast *ast, uint32_t *code)
{
    KXI_TRY(kxi_check_null(k, code, KXI_V_BOOL, false));
    if (k->codes[*code].type != KXI_V_BOOL)
        return KXI_FAIL(k->diag, EXPR_CONDITION, kxi_ast_at(k, ast), KXI_A_STR(kxi_code_kind(k, *code)));
    return KX_OK;
}

static bool
is_known_bool(const kxi_code *c, bool yes)
{
    return c->kind == KXI_CODE_CONST && c->type == KXI_V_BOOL && !c->null && !c->unknown && c->value.v.yes[0] == yes;
}

/* a && b, a || b; a constant side that decides is the whole. */
static kx_status
check_logic(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t b, uint32_t *out)
{
    bool decides = ast->op == KXI_OPERATOR_OR;
    KXI_TRY(kxi_check_condition(k, ast->left, &a));
    KXI_TRY(kxi_check_condition(k, ast->right, &b));
    if (is_known_bool(&k->codes[a], decides) || is_known_bool(&k->codes[b], decides)) {
        *out = is_known_bool(&k->codes[a], decides) ? a : b;
        return KX_OK;
    }
    kxi_code code = { .kernel = decides ? KXI_KERNEL_or : KXI_KERNEL_and, .type = KXI_V_BOOL, .count = 2, .ast = ast };
    code.args[0] = a;
    code.args[1] = b;
    return kxi_emit_apply(k, &code, false, out);
}

static kx_status
check_chain(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    size_t count = 0;
    const kxi_ast *first = ast;
    for (; first->kind == KXI_AST_BINARY; first = first->left)
        count++;
    const kxi_ast **chain = kxi_arena_array(k->arena, count, sizeof(*chain));
    if (!chain)
        return kxi_nomem(k->diag);
    for (size_t i = count; i > 0; ast = ast->left)
        chain[--i] = ast;
    uint32_t a, b;
    KXI_TRY(kxi_check(k, first, &a));
    for (size_t i = 0; i < count; i++) {
        const kxi_ast *node = chain[i];
        if (node->op == KXI_OPERATOR_IN) {
            KXI_TRY(kxi_check_in(k, node, a, &a));
            continue;
        }
        KXI_TRY(kxi_check(k, node->right, &b));
        KXI_TRY(node->op == KXI_OPERATOR_AND || node->op == KXI_OPERATOR_OR ? check_logic(k, node, a, b, &a)
                                                                            : kxi_check_operator(k, node, a, b, &a));
    }
    *out = a;
    return KX_OK;
}

/* when ? a : b; a constant condition leaves one of them. */
static kx_status
check_cond(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    uint32_t when, a, b;
    KXI_TRY(kxi_check(k, ast->left, &when));
    KXI_TRY(kxi_check_condition(k, ast->left, &when));
    KXI_TRY(kxi_check(k, ast->right, &a));
    KXI_TRY(kxi_check(k, ast->other, &b));
    KXI_TRY(kxi_check_null(k, &a, k->codes[b].type, k->codes[b].months));
    KXI_TRY(kxi_check_null(k, &b, k->codes[a].type, k->codes[a].months));
    enum kxi_vtype type = k->codes[a].type;
    if (type != k->codes[b].type || type == KXI_V_LIST || type == KXI_V_MAP)
        return KXI_FAIL(k->diag, EXPR_BRANCHES, kxi_ast_at(k, ast->other), KXI_A_STR(kxi_code_kind(k, a)),
                        KXI_A_STR(kxi_code_kind(k, b)));
    if (type == KXI_V_DURATION && k->codes[a].months != k->codes[b].months)
        return KXI_FAIL0(k->diag, EXPR_DURATIONS, kxi_ast_at(k, ast->other));
    bool yes = is_known_bool(&k->codes[when], true);
    if (yes || is_known_bool(&k->codes[when], false) || type == KXI_V_NULL) {
        *out = yes ? a : b;
        return KX_OK;
    }
    kxi_code code = { .kernel = KXI_KERNEL_cond, .type = type, .months = k->codes[a].months, .count = 3, .ast = ast };
    code.args[0] = when;
    code.args[1] = a;
    code.args[2] = b;
    return kxi_emit_apply(k, &code, false, out);
}

static kx_status
check_literal(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    kxi_vec value;
    if (ast->kind == KXI_AST_NULL)
        return kxi_emit_null(k, ast, KXI_V_NULL, KXI_V_NULL, false, out);
    kx_status st = ast->kind == KXI_AST_NUMBER ? kxi_vec_of_number(k->arena, ast->number, &value)
                   : ast->kind == KXI_AST_TEXT ? kxi_vec_of_text(k->arena, ast->text, &value)
                                               : kxi_vec_of_bool(k->arena, ast->yes, &value);
    return st == KX_OK ? kxi_emit_value(k, ast, &value, out) : kxi_nomem(k->diag);
}

static kx_status
check_node(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    uint32_t a;
    switch (ast->kind) {
    case KXI_AST_NAME:
        return kxi_check_name(k, ast, out);
    case KXI_AST_UNARY:
        KXI_TRY(kxi_check(k, ast->left, &a));
        return kxi_check_unary(k, ast, a, out);
    case KXI_AST_BINARY:
        return check_chain(k, ast, out);
    case KXI_AST_COND:
        return check_cond(k, ast, out);
    case KXI_AST_LIST:
        return kxi_check_list(k, ast, out);
    case KXI_AST_CALL:
        return kxi_check_call(k, ast, out);
    case KXI_AST_INDEX:
        return kxi_check_index(k, ast, out);
    default:
        return check_literal(k, ast, out);
    }
}

kx_status
kxi_check(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    if (k->depth >= k->max_depth)
        return KXI_FAIL(k->diag, EXPR_DEPTH, kxi_ast_at(k, ast), KXI_A_INT(k->c->max_depth));
    k->depth++;
    kx_status st = check_node(k, ast, out);
    k->depth--;
    return st;
}
