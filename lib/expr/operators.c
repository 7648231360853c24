/* What operators take and give, one row each; and the code for it. */
#include "expr/compiler.h"

/* Flags: the operands change places; the result is negated (!); the right operand is (-). */
enum { SWAP = 1, INVERT = 2, MINUS = 4 };

/* operator, left, right, result, kernel, flags */
#define OVERLOADS(X)                                          \
    X(ADD, NUMBER, NUMBER, NUMBER, add, 0)                    \
    X(ADD, TEXT, TEXT, TEXT, concat, 0)                       \
    X(ADD, DATE, DURATION, DATE, date_days, 0)                \
    X(ADD, DURATION, DATE, DATE, date_days, SWAP)             \
    X(ADD, DURATION, DURATION, DURATION, duration_add, 0)     \
    X(SUB, NUMBER, NUMBER, NUMBER, sub, 0)                    \
    X(SUB, DATE, DATE, NUMBER, sub, 0)                        \
    X(SUB, DATE, DURATION, DATE, date_days, MINUS)            \
    X(SUB, DURATION, DURATION, DURATION, duration_add, MINUS) \
    X(MUL, NUMBER, NUMBER, NUMBER, mul, 0)                    \
    X(DIV, NUMBER, NUMBER, NUMBER, div, 0)                    \
    X(MOD, NUMBER, NUMBER, NUMBER, mod, 0)                    \
    X(EQ, NUMBER, NUMBER, BOOL, eq_number, 0)                 \
    X(EQ, DATE, DATE, BOOL, eq_number, 0)                     \
    X(EQ, DURATION, DURATION, BOOL, eq_number, 0)             \
    X(EQ, TEXT, TEXT, BOOL, eq_text, 0)                       \
    X(EQ, BOOL, BOOL, BOOL, eq_bool, 0)                       \
    X(NE, NUMBER, NUMBER, BOOL, eq_number, INVERT)            \
    X(NE, DATE, DATE, BOOL, eq_number, INVERT)                \
    X(NE, DURATION, DURATION, BOOL, eq_number, INVERT)        \
    X(NE, TEXT, TEXT, BOOL, eq_text, INVERT)                  \
    X(NE, BOOL, BOOL, BOOL, eq_bool, INVERT)                  \
    X(LT, NUMBER, NUMBER, BOOL, lt, 0)                        \
    X(LT, DATE, DATE, BOOL, lt, 0)                            \
    X(LT, DURATION, DURATION, BOOL, lt, 0)                    \
    X(LE, NUMBER, NUMBER, BOOL, le, 0)                        \
    X(LE, DATE, DATE, BOOL, le, 0)                            \
    X(LE, DURATION, DURATION, BOOL, le, 0)                    \
    X(GT, NUMBER, NUMBER, BOOL, lt, SWAP)                     \
    X(GT, DATE, DATE, BOOL, lt, SWAP)                         \
    X(GT, DURATION, DURATION, BOOL, lt, SWAP)                 \
    X(GE, NUMBER, NUMBER, BOOL, le, SWAP)                     \
    X(GE, DATE, DATE, BOOL, le, SWAP)                         \
    X(GE, DURATION, DURATION, BOOL, le, SWAP)

static const struct overload {
    enum kxi_operator op;
    enum kxi_vtype left, right, result;
    enum kxi_kernel kernel;
    int flags;
} overloads[] = {
#define X(op, left, right, result, kernel, flags) \
    { KXI_OPERATOR_##op, KXI_V_##left, KXI_V_##right, KXI_V_##result, KXI_KERNEL_##kernel, flags },
    OVERLOADS(X)
#undef X
};

/* The first row for these types; null fits any. */
static const struct overload *
find(enum kxi_operator op, enum kxi_vtype left, enum kxi_vtype right)
{
    for (size_t i = 0; i < sizeof(overloads) / sizeof(overloads[0]); i++) {
        const struct overload *o = &overloads[i];
        if (o->op == op && (left == KXI_V_NULL || o->left == left) && (right == KXI_V_NULL || o->right == right))
            return o;
    }
    return NULL;
}

/* No row fits: say why, at the operand that is to blame. */
static kx_status
fail_operands(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t b)
{
    enum kxi_vtype ta = k->codes[a].type, tb = k->codes[b].type;
    bool order = ast->op == KXI_OPERATOR_LT || ast->op == KXI_OPERATOR_LE || ast->op == KXI_OPERATOR_GT ||
                 ast->op == KXI_OPERATOR_GE;
    bool compares = order || ast->op == KXI_OPERATOR_EQ || ast->op == KXI_OPERATOR_NE;
    bool date_text = (ta == KXI_V_DATE && tb == KXI_V_TEXT) || (ta == KXI_V_TEXT && tb == KXI_V_DATE);
    bool number_text = (ta == KXI_V_NUMBER && tb == KXI_V_TEXT) || (ta == KXI_V_TEXT && tb == KXI_V_NUMBER);
    const char *op = kxi_operator_text(ast->op);
    if (ta == KXI_V_MAP || tb == KXI_V_MAP) {
        const kxi_ast *table = ta == KXI_V_MAP ? ast->left : ast->right;
        return KXI_FAIL(k->diag, EXPR_TABLE, kxi_ast_at(k, table), KXI_A_STR(kxi_ast_text(table)));
    }
    if (compares && date_text)
        return KXI_FAIL0(k->diag, EXPR_DATE_TEXT, kxi_ast_at(k, ta == KXI_V_TEXT ? ast->left : ast->right));
    if (compares && number_text)
        return KXI_FAIL0(k->diag, EXPR_NUMBER_TEXT, kxi_ast_at(k, ta == KXI_V_TEXT ? ast->left : ast->right));
    if (order && (ta == KXI_V_TEXT || tb == KXI_V_TEXT))
        return KXI_FAIL0(k->diag, EXPR_TEXT_ORDER, kxi_ast_at(k, ta == KXI_V_TEXT ? ast->left : ast->right));
    if (!find(ast->op, ta, KXI_V_NULL))
        return KXI_FAIL(k->diag, EXPR_OPERAND, kxi_ast_at(k, ast->left), KXI_A_CSTR(op),
                        KXI_A_STR(kxi_code_kind(k, a)));
    return KXI_FAIL(k->diag, EXPR_OPERANDS, kxi_ast_at(k, ast->right), KXI_A_CSTR(op), KXI_A_STR(kxi_code_kind(k, a)),
                    KXI_A_STR(kxi_code_kind(k, b)));
}

static kx_status
apply1(kxi_compiler *k, const kxi_ast *ast, enum kxi_kernel kernel, enum kxi_vtype type, uint32_t a, uint32_t *out)
{
    kxi_code code = {
        .kernel = kernel, .type = type, .months = k->codes[a].months, .args = { a }, .count = 1, .ast = ast
    };
    return kxi_emit_apply(k, &code, false, out);
}

/* Nulls get their types, durations must be of one kind. */
static kx_status
fit(kxi_compiler *k, const kxi_ast *ast, const struct overload *o, uint32_t *a, uint32_t *b)
{
    KXI_TRY(kxi_check_null(k, a, o->left, k->codes[*b].months));
    KXI_TRY(kxi_check_null(k, b, o->right, k->codes[*a].months));
    if (o->left == KXI_V_DURATION && o->right == KXI_V_DURATION && k->codes[*a].months != k->codes[*b].months)
        return KXI_FAIL0(k->diag, EXPR_DURATIONS, kxi_ast_at(k, ast));
    return KX_OK;
}

static kx_status
apply2(kxi_compiler *k, const kxi_ast *ast, const struct overload *o, uint32_t a, uint32_t b, uint32_t *out)
{
    if (o->flags & MINUS)
        KXI_TRY(apply1(k, ast, KXI_KERNEL_duration_neg, KXI_V_DURATION, b, &b));
    kxi_code code = { .kernel = o->kernel, .type = o->result, .count = 2, .ast = ast };
    code.swapped = (o->flags & SWAP) != 0;
    code.args[code.swapped] = a;
    code.args[!code.swapped] = b;
    code.months = o->result == KXI_V_DURATION && k->codes[a].months;
    if (o->kernel == KXI_KERNEL_date_days && k->codes[code.args[1]].months)
        code.kernel = KXI_KERNEL_date_months;
    KXI_TRY(kxi_emit_apply(k, &code, false, out));
    return o->flags & INVERT ? apply1(k, ast, KXI_KERNEL_not, KXI_V_BOOL, *out, out) : KX_OK;
}

/* Whether the expression asked has(x) before: equal ones have one code. */
static bool
asked(const kxi_compiler *k, uint32_t code)
{
    for (size_t i = 0; i < k->count; i++)
        if (k->codes[i].kernel == KXI_KERNEL_has && k->codes[i].count == 1 && k->codes[i].args[0] == code)
            return true;
    return false;
}

/* What may be empty is unequal to everything: often not what was meant. */
static kx_status
warn_not_equal(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t b)
{
    if (ast->left->kind == KXI_AST_NULL || ast->right->kind == KXI_AST_NULL)
        return KX_OK;
    const kxi_ast *side = k->codes[a].null ? ast->left : k->codes[b].null ? ast->right : NULL;
    if (!side || asked(k, side == ast->left ? a : b))
        return KX_OK;
    kxi_arg what = KXI_A_STR(kxi_ast_text(side));
    return kxi_emit_warning(k, side, KXI_MSG_EXPR_NOT_EQUAL, &what, 1);
}

kx_status
kxi_check_operator(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t b, uint32_t *out)
{
    const struct overload *o = find(ast->op, k->codes[a].type, k->codes[b].type);
    if (!o)
        return fail_operands(k, ast, a, b);
    if (ast->op == KXI_OPERATOR_NE)
        KXI_TRY(warn_not_equal(k, ast, a, b));
    KXI_TRY(fit(k, ast, o, &a, &b));
    return apply2(k, ast, o, a, b, out);
}

kx_status
kxi_check_equal(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t b, uint32_t *out)
{
    const struct overload *o = find(KXI_OPERATOR_EQ, k->codes[a].type, k->codes[b].type);
    if (!o)
        return KXI_FAIL(k->diag, EXPR_MEMBER_TYPE, kxi_ast_at(k, k->codes[b].ast), KXI_A_STR(kxi_code_kind(k, a)),
                        KXI_A_CSTR(kxi_list_name(k->codes[b].type, k->diag->language)));
    KXI_TRY(fit(k, ast, o, &a, &b));
    return apply2(k, ast, o, a, b, out);
}

kx_status
kxi_check_unary(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t *out)
{
    if (ast->op == KXI_OPERATOR_NOT) {
        KXI_TRY(kxi_check_condition(k, ast->left, &a));
        return apply1(k, ast, KXI_KERNEL_not, KXI_V_BOOL, a, out);
    }
    KXI_TRY(kxi_check_null(k, &a, KXI_V_NUMBER, false));
    enum kxi_vtype type = k->codes[a].type;
    if (type == KXI_V_NUMBER)
        return apply1(k, ast, KXI_KERNEL_neg, type, a, out);
    if (type == KXI_V_DURATION)
        return apply1(k, ast, KXI_KERNEL_duration_neg, type, a, out);
    return KXI_FAIL(k->diag, EXPR_OPERAND, kxi_ast_at(k, ast->left), KXI_A_CSTR("-"), KXI_A_STR(kxi_code_kind(k, a)));
}
