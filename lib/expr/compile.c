/* From a value of a scheme to an expression: read, checked, and only what it needs kept. */
#include "expr/expr.h"

#include "expr/compiler.h"

/* ---- reading ---- */

static kx_status
read_text(const kxi_compile *c, const kxi_node *node, kxi_str text, const kxi_ast **out)
{
    kxi_written *source = kxi_arena_new(c->arena, kxi_written);
    if (!source)
        return kxi_nomem(c->diag);
    source->node = node;
    source->text = kxi_str_copy(c->arena, text);
    if (!source->text.s)
        return kxi_nomem(c->diag);
    return kxi_parse(c, source, out);
}

/* A number or a bool of a scheme, as if it had been written in an expression. */
static kx_status
read_plain(const kxi_compile *c, const kxi_node *node, const kxi_ast **out)
{
    kxi_numctx num = { c->arena, c->max_digits };
    kxi_arena *a = c->arena;
    kxi_written *source = kxi_arena_new(a, kxi_written);
    kxi_ast *ast = kxi_arena_new(a, kxi_ast);
    if (!source || !ast)
        return kxi_nomem(c->diag);
    bool number = node->type == KXI_NODE_NUMBER;
    source->node = node;
    source->text = number ? kxi_str_copy(a, node->text) : kxi_str_of(node->yes ? "true" : "false");
    if (!source->text.s)
        return kxi_nomem(c->diag);
    ast->kind = number ? KXI_AST_NUMBER : KXI_AST_BOOL;
    ast->source = source;
    ast->end = (uint32_t)source->text.n;
    ast->yes = node->yes;
    *out = ast;
    kx_status st = number ? kxi_num_parse(&num, node->text, &ast->number) : KX_OK;
    if (st == KX_E_LIMIT)
        return KXI_FAIL(c->diag, EXPR_DIGITS, kxi_node_place(a, node), KXI_A_INT(c->max_digits));
    if (st == KX_E_SYNTAX)
        return KXI_FAIL(c->diag, EXPR_NUMBER, kxi_node_place(a, node), KXI_A_STR(node->text));
    return st == KX_OK ? KX_OK : kxi_nomem(c->diag);
}

kx_status
kxi_read_source(const kxi_compile *c, const kxi_node *node, const kxi_ast **out)
{
    if (node->type == KXI_NODE_STRING)
        return read_text(c, node, node->text, out);
    if (node->type == KXI_NODE_NUMBER || node->type == KXI_NODE_BOOL)
        return read_plain(c, node, out);
    return KXI_FAIL(c->diag, EXPR_SOURCE, kxi_node_place(c->arena, node),
                    KXI_A_CSTR(kxi_node_type_name(node->type, c->diag->language)));
}

/* ---- finishing ---- */

void
kxi_code_live(const kxi_code *codes, uint32_t root, bool *live)
{
    live[root] = true;
    for (uint32_t i = root + 1; i-- > 0;)
        for (uint32_t j = 0; live[i] && codes[i].kind == KXI_CODE_APPLY && j < codes[i].count; j++)
            live[codes[i].args[j]] = true;
}

/* The slots of the live codes, ascending. */
static kx_status
collect_slots(kxi_arena *a, kxi_expr *e)
{
    bool *live = kxi_arena_array(a, e->count, sizeof(*live));
    uint32_t *slots = kxi_arena_array(a, e->count, sizeof(*slots));
    if (!live || !slots)
        return KX_E_NOMEM;
    size_t count = 0;
    kxi_code_live(e->codes, e->root, live);
    for (uint32_t i = 0; i <= e->root; i++) {
        if (!live[i] || e->codes[i].kind != KXI_CODE_SLOT)
            continue;
        uint32_t slot = e->codes[i].slot;
        size_t at = count;
        while (at > 0 && slots[at - 1] > slot)
            at--;
        if (at > 0 && slots[at - 1] == slot)
            continue;
        memmove(slots + at + 1, slots + at, (count - at) * sizeof(*slots));
        slots[at] = slot;
        count++;
    }
    e->slots = slots;
    e->slot_count = count;
    return KX_OK;
}

static kx_status
make_expr(kxi_arena *a, const kxi_code *codes, uint32_t root, kxi_str text, kxi_expr **out)
{
    kxi_expr *e = kxi_arena_new(a, kxi_expr);
    if (!e)
        return KX_E_NOMEM;
    e->text = text;
    e->codes = codes;
    e->count = root + 1;
    e->root = root;
    *out = e;
    return collect_slots(a, e);
}

/* The codes the root needs, numbered anew; *root becomes its new number. */
static kx_status
keep_live(kxi_compiler *k, uint32_t *root, const kxi_code **out)
{
    bool *live = kxi_arena_array(k->arena, k->count, sizeof(*live));
    uint32_t *number = kxi_arena_array(k->arena, k->count, sizeof(*number)), count = 0;
    if (!live || !number)
        return KX_E_NOMEM;
    kxi_code_live(k->codes, *root, live);
    for (uint32_t i = 0; i <= *root; i++)
        count += live[i];
    kxi_code *codes = kxi_arena_array(k->arena, count, sizeof(*codes));
    if (!codes)
        return KX_E_NOMEM;
    count = 0;
    for (uint32_t i = 0; i <= *root; i++) {
        if (!live[i])
            continue;
        number[i] = count;
        codes[count] = k->codes[i];
        for (uint32_t j = 0; j < codes[count].count; j++)
            codes[count].args[j] = number[codes[count].args[j]];
        count++;
    }
    *root = count - 1;
    *out = codes;
    return KX_OK;
}

static kx_status
finish(kxi_compiler *k, const kxi_ast *ast, uint32_t root, const kxi_expr **out)
{
    const kxi_code *codes;
    kxi_expr *e, *side;
    KXI_TRY(keep_live(k, &root, &codes));
    KXI_TRY(make_expr(k->arena, codes, root, kxi_ast_text(ast), &e));
    const kxi_code *top = &codes[root];
    if (top->kind == KXI_CODE_APPLY && top->kernel == KXI_KERNEL_div) {
        KXI_TRY(make_expr(k->arena, codes, top->args[0], kxi_ast_text(codes[top->args[0]].ast), &side));
        e->numerator = side;
        KXI_TRY(make_expr(k->arena, codes, top->args[1], kxi_ast_text(codes[top->args[1]].ast), &side));
        e->denominator = side;
    }
    *out = e;
    return KX_OK;
}

static kx_status
fit_want(kxi_compiler *k, const kxi_ast *ast, enum kxi_vtype want, uint32_t *root)
{
    KXI_TRY(kxi_check_null(k, root, want, false));
    enum kxi_vtype type = k->codes[*root].type;
    if (type == KXI_V_MAP)
        return KXI_FAIL(k->diag, EXPR_TABLE, kxi_ast_at(k, ast), KXI_A_STR(kxi_ast_text(ast)));
    if (want == KXI_V_NULL || want == type)
        return KX_OK;
    return KXI_FAIL(k->diag, EXPR_WANT, kxi_ast_at(k, ast), KXI_A_CSTR(kxi_vtype_name(want, k->diag->language)),
                    KXI_A_STR(kxi_code_kind(k, *root)));
}

kx_status
kxi_expr_compile_ast(const kxi_compile *c, const kxi_ast *ast, enum kxi_vtype want, const kxi_expr **out)
{
    kxi_compiler k = {
        .c = c, .arena = c->arena, .diag = c->diag, .mem = c->arena->mem, .max_depth = 4 * c->max_depth
    };
    uint32_t root = 0;
    *out = NULL;
    kx_status st = kxi_check(&k, ast, &root);
    if (st == KX_OK)
        st = fit_want(&k, ast, want, &root);
    if (st == KX_OK && finish(&k, ast, root, out) != KX_OK)
        st = kxi_nomem(c->diag);
    kxi_free(k.mem, k.codes, k.capacity * sizeof(*k.codes));
    kxi_free(k.mem, k.definitions, k.definition_capacity * sizeof(*k.definitions));
    return st;
}

kx_status
kxi_expr_compile(const kxi_compile *c, const kxi_node *source, enum kxi_vtype want, const kxi_expr **out)
{
    const kxi_ast *ast;
    *out = NULL;
    KXI_TRY(kxi_read_source(c, source, &ast));
    return kxi_expr_compile_ast(c, ast, want, out);
}

kx_status
kxi_expr_compile_text(const kxi_compile *c, kxi_str text, enum kxi_vtype want, const kxi_expr **out)
{
    const kxi_ast *ast;
    *out = NULL;
    KXI_TRY(read_text(c, NULL, text, &ast));
    return kxi_expr_compile_ast(c, ast, want, out);
}
