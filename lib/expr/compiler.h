/* expr/compiler.h: what the files that turn a tree into codes share. Private to expr.
 *
 *   tree --check (types, names)--> emit (one code for equal ones, constants computed) --finish--> the live codes, in the arena
 *
 * Layer: expr. May include: base, text, model.
 */
#ifndef KXI_EXPR_COMPILER_H
#define KXI_EXPR_COMPILER_H

#include "expr/code.h"

/* A definition that was met: compiled once, and open while it is being compiled. */
typedef struct kxi_definition {
    const kxi_node *node;
    kxi_str name;
    uint32_t code;
    bool open;
} kxi_definition;

typedef struct kxi_compiler {
    const kxi_compile *c;
    kxi_arena *arena;
    kxi_diag *diag;
    kxi_mem *mem; /* of the two lists */
    kxi_code *codes;
    size_t count, capacity;
    kxi_definition *definitions;
    size_t definition_count, definition_capacity;
    uint32_t depth, max_depth; /* of check's recursion */
} kxi_compiler;

struct kxi_expr {
    kxi_str text;
    const kxi_code *codes;
    uint32_t count, root;
    const uint32_t *slots;
    size_t slot_count;
    const kxi_expr *numerator, *denominator; /* NULL: the root is no quotient */
};

/* ---- emit.c ---- */

/* A new code out of *code, whose kernel, type, args and parameters are set; an equal one that is there already; or the
 * constant it comes to. must: a constant that comes to nothing is an error, not a warning. */
kx_status kxi_emit_apply(kxi_compiler *k, const kxi_code *code, bool must, uint32_t *out);
kx_status kxi_emit_value(kxi_compiler *k, const kxi_ast *ast, const kxi_vec *value, uint32_t *out);
kx_status kxi_emit_null(kxi_compiler *k, const kxi_ast *ast, enum kxi_vtype type, enum kxi_vtype item, bool months,
                        uint32_t *out);
kx_status kxi_emit_number(kxi_compiler *k, const kxi_ast *ast, kxi_num x, uint32_t *out);
kx_status kxi_emit_slot(kxi_compiler *k, const kxi_ast *ast, const kxi_binding *b, uint32_t *out);
kx_status kxi_emit_map(kxi_compiler *k, const kxi_ast *ast, const kxi_map *map, uint32_t *out);
/* A warning at ast. One inside a definition is said once, however often that is used. */
kx_status kxi_emit_warning(kxi_compiler *k, const kxi_ast *ast, enum kxi_msg msg, const kxi_arg *args, size_t count);
/* The text of a constant known text; false when it is none. */
bool kxi_code_text(const kxi_code *c, kxi_str *out);
bool kxi_code_number(const kxi_code *c, kxi_num *out);

/* ---- compile.c ---- */

/* The tree of a value of a scheme; its text is copied. */
kx_status kxi_read_source(const kxi_compile *c, const kxi_node *node, const kxi_ast **out);
/* Which of codes[0 .. root] the root needs. */
void kxi_code_live(const kxi_code *codes, uint32_t root, bool *live);

/* ---- check.c ---- */

kx_status kxi_check(kxi_compiler *k, const kxi_ast *ast, uint32_t *out);
/* A code of type NULL becomes a null of the type wanted; other codes stay. */
kx_status kxi_check_null(kxi_compiler *k, uint32_t *code, enum kxi_vtype type, bool months);
kx_status kxi_check_condition(kxi_compiler *k, const kxi_ast *ast, uint32_t *code);

/* ---- operators.c ---- */

/* `a op b`, not logical and not `in`: by the types of both. */
kx_status kxi_check_operator(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t b, uint32_t *out);
kx_status kxi_check_unary(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t *out);
/* a == b for an item b of a list. */
kx_status kxi_check_equal(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t b, uint32_t *out);

/* ---- members.c ---- */

kx_status kxi_check_list(kxi_compiler *k, const kxi_ast *ast, uint32_t *out);
kx_status kxi_check_in(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t *out);
/* table[key] */
kx_status kxi_check_lookup(kxi_compiler *k, const kxi_ast *ast, uint32_t table, uint32_t *out);

/* ---- names.c ---- */

kx_status kxi_check_name(kxi_compiler *k, const kxi_ast *ast, uint32_t *out);
kx_status kxi_check_index(kxi_compiler *k, const kxi_ast *ast, uint32_t *out);
kx_status kxi_check_binding(kxi_compiler *k, const kxi_ast *ast, kxi_str name, const kxi_binding *b, uint32_t *out);
kx_status kxi_fail_name(kxi_compiler *k, const kxi_ast *ast, kxi_str name, bool function);
/* a.b.c as one text. */
kx_status kxi_path_text(kxi_compiler *k, const kxi_ast *ast, kxi_str last, kxi_str *out);

/* ---- calls.c, func.c ---- */

kx_status kxi_check_call(kxi_compiler *k, const kxi_ast *ast, uint32_t *out);

/* A built-in function, one row for each way to call it. takes: a letter an argument, `+` repeats the last:
 *   n number  t text  d date  b bool  u duration  l list  x anything, all the same
 *   W a constant whole number  M a constant rounding mode  S a constant number above 0 */
typedef struct kxi_function {
    const char *name, *takes;
    enum kxi_vtype gives; /* NULL: what its first argument is */
    enum kxi_kernel kernel;
    bool method; /* may follow its first argument: x.size() */
    int32_t param;
} kxi_function;

/* Rows of one name stand together; NULL when there is none. *count: how many. */
const kxi_function *kxi_function_find(kxi_str name, size_t *count);
/* All names, each once; at most max of them; method: only those that may follow a value. */
size_t kxi_function_names(kxi_str *list, size_t max, bool method);
/* "round(number, whole number, mode)", to be read by people. */
void kxi_function_show(const kxi_function *f, int32_t language, kxi_buf *out);

/* ---- types.c ---- */

const char *kxi_vtype_name(enum kxi_vtype type, int32_t language);
const char *kxi_list_name(enum kxi_vtype item, int32_t language); /* "a list of texts" */
/* What a code is, as a message says it: "a number", "a list of texts". */
kxi_str kxi_code_kind(const kxi_compiler *k, uint32_t code);

static inline kxi_place
kxi_ast_at(const kxi_compiler *k, const kxi_ast *ast)
{
    return kxi_ast_place(k->arena, ast);
}

#endif
