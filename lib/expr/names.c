/* Names: asked of the scope; definitions are compiled where they are used, once, and circles among them are refused. */
#include "expr/compiler.h"

enum { NAMES_MAX = 4096 }; /* candidates for "did you mean" */

kx_status
kxi_path_text(kxi_compiler *k, const kxi_ast *ast, kxi_str last, kxi_str *out)
{
    size_t parts = ast ? ast->parts : 0, n = last.n;
    for (size_t i = 0; i < parts; i++)
        n += ast->path[i].n + 1;
    char *s = kxi_arena_alloc(k->arena, n + 1), *at = s;
    if (!s)
        return kxi_nomem(k->diag);
    for (size_t i = 0; i < parts; i++) {
        memcpy(at, ast->path[i].s, ast->path[i].n);
        at += ast->path[i].n;
        *at++ = '.';
    }
    if (last.n)
        memcpy(at, last.s, last.n);
    else
        n -= parts > 0;
    s[n] = '\0';
    *out = (kxi_str){ s, n };
    return KX_OK;
}

/* The nearest of what the scope and, for functions, the language know; after a value only what may follow one. */
static kx_status
nearest(kxi_compiler *k, const kxi_ast *ast, kxi_str name, bool function, kxi_str *near)
{
    const kxi_scope *scope = k->c->scope;
    kxi_str *known = kxi_arena_array(k->arena, NAMES_MAX, sizeof(*known));
    if (!known)
        return kxi_nomem(k->diag);
    size_t count = function && !ast->left ? kxi_function_names(known, NAMES_MAX, false) : 0;
    if (scope && scope->names)
        count += scope->names(scope->user, known + count, NAMES_MAX - count);
    *near = kxi_nearest(name, known, count);
    if (near->n == 0 && ast->left && function)
        *near = kxi_nearest(ast->text, known, kxi_function_names(known, NAMES_MAX, true));
    return KX_OK;
}

kx_status
kxi_fail_name(kxi_compiler *k, const kxi_ast *ast, kxi_str name, bool function)
{
    kxi_str near;
    KXI_TRY(nearest(k, ast, name, function, &near));
    kxi_place place = kxi_ast_at(k, ast);
    if (near.n)
        return function ? KXI_FAIL(k->diag, EXPR_UNKNOWN_FUNCTION_NEAR, place, KXI_A_STR(name), KXI_A_STR(near))
                        : KXI_FAIL(k->diag, EXPR_UNKNOWN_NAME_NEAR, place, KXI_A_STR(name), KXI_A_STR(near));
    return function ? KXI_FAIL(k->diag, EXPR_UNKNOWN_FUNCTION, place, KXI_A_STR(name))
                    : KXI_FAIL(k->diag, EXPR_UNKNOWN_NAME, place, KXI_A_STR(name));
}

/* "a -> b -> a" */
static kx_status
fail_circle(kxi_compiler *k, const kxi_ast *ast, kxi_str name, const kxi_node *node)
{
    kxi_buf way;
    kxi_buf_init(&way, k->mem);
    bool inside = false;
    for (size_t i = 0; i < k->definition_count; i++) {
        inside = inside || k->definitions[i].node == node;
        if (!inside || !k->definitions[i].open)
            continue;
        kxi_buf_str(&way, k->definitions[i].name);
        kxi_buf_cstr(&way, " -> ");
    }
    kxi_buf_str(&way, name);
    kx_status st =
        way.failed ? kxi_nomem(k->diag)
                   : KXI_FAIL(k->diag, EXPR_CIRCLE, kxi_ast_at(k, ast), KXI_A_STR(name), KXI_A_STR(kxi_buf_view(&way)));
    kxi_buf_free(&way);
    return st;
}

static kx_status
check_definition(kxi_compiler *k, const kxi_ast *ast, kxi_str name, const kxi_node *node, uint32_t *out)
{
    for (size_t i = 0; i < k->definition_count; i++) {
        if (k->definitions[i].node != node)
            continue;
        *out = k->definitions[i].code;
        return k->definitions[i].open ? fail_circle(k, ast, name, node) : KX_OK;
    }
    if (!kxi_grow(k->mem, &k->definitions, &k->definition_capacity, k->definition_count + 1))
        return kxi_nomem(k->diag);
    size_t at = k->definition_count++;
    k->definitions[at] = (kxi_definition){ .node = node, .name = name, .open = true };
    const kxi_ast *tree;
    KXI_TRY(kxi_read_source(k->c, node, &tree));
    KXI_TRY(kxi_check(k, tree, out));
    k->definitions[at].code = *out;
    k->definitions[at].open = false;
    return KX_OK;
}

kx_status
kxi_check_binding(kxi_compiler *k, const kxi_ast *ast, kxi_str name, const kxi_binding *b, uint32_t *out)
{
    kxi_vec value;
    kx_status st;
    switch (b->kind) {
    case KXI_BIND_SLOT:
        return kxi_emit_slot(k, ast, b, out);
    case KXI_BIND_NUMBER:
        return kxi_emit_number(k, ast, b->number, out);
    case KXI_BIND_TEXT:
        st = kxi_vec_of_text(k->arena, b->text, &value);
        break;
    case KXI_BIND_DATE:
        st = kxi_vec_of_int(k->arena, KXI_V_DATE, b->day, &value);
        break;
    case KXI_BIND_BOOL:
        st = kxi_vec_of_bool(k->arena, b->yes, &value);
        break;
    case KXI_BIND_NODE:
        return check_definition(k, ast, name, b->node, out);
    default:
        return kxi_emit_map(k, ast, b->map, out);
    }
    return st == KX_OK ? kxi_emit_value(k, ast, &value, out) : kxi_nomem(k->diag);
}

/* KX_E_NOTFOUND, unreported, when the scope does not know the name. */
static kx_status
ask_name(kxi_compiler *k, const kxi_ast *ast, kxi_binding *b)
{
    const kxi_scope *scope = k->c->scope;
    *b = (kxi_binding){ .kind = KXI_BIND_SLOT };
    if (!scope || !scope->name)
        return KX_E_NOTFOUND;
    return scope->name(scope->user, ast->path, ast->parts, kxi_ast_at(k, ast), b, k->diag);
}

kx_status
kxi_check_name(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    kxi_binding b;
    kxi_str name;
    kx_status st = ask_name(k, ast, &b);
    if (st != KX_OK && st != KX_E_NOTFOUND)
        return st;
    KXI_TRY(kxi_path_text(k, ast, (kxi_str){ NULL, 0 }, &name));
    return st == KX_OK ? kxi_check_binding(k, ast, name, &b, out) : kxi_fail_name(k, ast, name, false);
}

/* name[key]: a table of values, or what the scope makes of it. */
kx_status
kxi_check_index(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    const kxi_scope *scope = k->c->scope;
    const kxi_ast *what = ast->left;
    kxi_binding b, indexed = { .kind = KXI_BIND_SLOT };
    kxi_str name;
    if (what->kind != KXI_AST_NAME)
        return KXI_FAIL(k->diag, EXPR_INDEX, kxi_ast_at(k, what), KXI_A_STR(kxi_ast_text(what)));
    KXI_TRY(kxi_path_text(k, what, (kxi_str){ NULL, 0 }, &name));
    kx_status st = ask_name(k, what, &b);
    if (st != KX_OK && st != KX_E_NOTFOUND)
        return st;
    if (st == KX_OK && b.kind == KXI_BIND_MAP) {
        uint32_t table;
        KXI_TRY(kxi_emit_map(k, what, b.map, &table));
        return kxi_check_lookup(k, ast, table, out);
    }
    kx_status index = KX_E_NOTFOUND;
    if (scope && scope->index)
        index = scope->index(scope->user, what->path, what->parts, ast->right, kxi_ast_at(k, what), &indexed, k->diag);
    if (index == KX_OK)
        return kxi_check_binding(k, ast, name, &indexed, out);
    if (index != KX_E_NOTFOUND)
        return index;
    return st == KX_OK ? KXI_FAIL(k->diag, EXPR_INDEX, kxi_ast_at(k, what), KXI_A_STR(name))
                       : kxi_fail_name(k, what, name, false);
}
