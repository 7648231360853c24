/* expr/expr.h: the expression language: CEL's syntax and precedence where they fit, one exact number type, dates, nulls.
 *
 *   or     = and { "||" and } ;          cond = or [ "?" cond ":" cond ]
 *   and    = rel { "&&" rel } ;          rel  = add [ ("==" | "!=" | "<" | "<=" | ">" | ">=" | "in") add ]
 *   add    = mul { ("+" | "-") mul } ;   mul  = unary { ("*" | "/" | "%") unary }
 *   unary  = ("!" | "-") unary | postfix
 *   postfix = primary { "." name [ "(" args ")" ] | "[" cond "]" }
 *   primary = number | 'text' | "text" | true | false | null | name [ "(" args ")" ] | "(" cond ")" | "[" args "]"
 *
 * text -> compile (names through a scope, types checked) -> kxi_expr, immutable -> prepare (once a run: what depends on one
 * dictionary is computed per dictionary entry) -> run (per batch of rows).
 *
 * Null and unknown: == != in take null for a value; order and arithmetic with null, x/0 and a failed look-up are unknown;
 * && || ! are Kleene's (null counts as unknown); ?: with an unknown condition is unknown; only true selects.
 *
 * Layer: expr. May include: base, text, model.
 */
#ifndef KXI_EXPR_EXPR_H
#define KXI_EXPR_EXPR_H

#include "expr/vec.h"
#include "text/node.h"

typedef struct kxi_expr kxi_expr;
typedef struct kxi_ast kxi_ast; /* one node of the parsed text */

/* On what a value varies. Anything that varies on one domain only is computed once per entry of it. */
#define KXI_DOMAIN_ROWS 0  /* every row */
#define KXI_DOMAIN_RUN 1   /* the same in all of a run: as_of, the period */
#define KXI_DOMAIN_FIRST 2 /* and up: whatever the scope means by it, usually a dictionary-coded column */

typedef struct kxi_map { /* a constant table of the scheme */
    const kxi_str *keys; /* normalised; ascending by bytes */
    const kxi_num *values;
    size_t count;
} kxi_map;

typedef struct kxi_binding {
    enum {
        KXI_BIND_SLOT,
        KXI_BIND_NUMBER,
        KXI_BIND_TEXT,
        KXI_BIND_DATE,
        KXI_BIND_BOOL,
        KXI_BIND_NODE,
        KXI_BIND_MAP
    } kind;
    /* SLOT: a value the scope's owner provides at run time. */
    uint32_t slot, domain;
    enum kxi_vtype type, item; /* item: of a list; a DURATION is one in days */
    bool nullable;             /* may be null or unknown: for the checker's warnings */
    /* Constants. */
    kxi_num number;
    kxi_str text;
    kxi_day day;
    bool yes;
    const kxi_node *node; /* NODE: a definition: compiled in place, in the same scope (circles are found and refused) */
    const kxi_map *map;
} kxi_binding;

/* How names get their meaning at one grain. A resolver returns KX_E_NOTFOUND, without a message, for what it does not know;
 * the compiler then says so with the nearest known name. Any other failure has been reported. */
typedef struct kxi_scope {
    void *user;
    /* unit.level is path {"unit", "level"}. */
    kx_status (*name)(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d);
    /* coverage(heads, township), cohort.rank(total): arguments unevaluated. May be NULL. Asked before the built-in functions. */
    kx_status (*call)(void *user, kxi_str function, const kxi_ast *const *args, size_t count, kxi_place place,
                      kxi_binding *out, kxi_diag *d);
    /* given[rater]: indexing a name that `name` does not give a map for. May be NULL. */
    kx_status (*index)(void *user, const kxi_str *path, size_t parts, const kxi_ast *key, kxi_place place,
                       kxi_binding *out, kxi_diag *d);
    /* Up to max known names for "did you mean"; returns how many. May be NULL. */
    size_t (*names)(void *user, kxi_str *list, size_t max);
} kxi_scope;

typedef struct kxi_compile {
    kxi_arena *arena; /* the expr and everything it needs live here */
    const kxi_scope *scope;
    uint32_t max_depth, max_digits;
    kxi_diag *diag;
} kxi_compile;

/* Compile a scheme value: a string is an expression, a number or bool is itself. want: the type asked for, or KXI_V_NULL
 * for any. KX_E_SYNTAX and KX_E_SCHEME with the place inside the string. */
kx_status kxi_expr_compile(const kxi_compile *c, const kxi_node *source, enum kxi_vtype want, const kxi_expr **out);
/* The same for a plain text (tests, tools). */
kx_status kxi_expr_compile_text(const kxi_compile *c, kxi_str text, enum kxi_vtype want, const kxi_expr **out);
/* An argument handed to scope->call as an expression of its own, in another scope. */
kx_status kxi_expr_compile_ast(const kxi_compile *c, const kxi_ast *ast, enum kxi_vtype want, const kxi_expr **out);

enum kxi_vtype kxi_expr_type(const kxi_expr *e);
bool kxi_expr_may_lack(const kxi_expr *e); /* may be null or unknown */
/* A constant number, text, ... known without running; false when it is not. */
bool kxi_expr_constant_number(const kxi_expr *e, kxi_num *out);
bool kxi_expr_constant_text(const kxi_expr *e, kxi_str *out);
/* The top is `a / b`: its two sides, so that a value can be explained as a fraction. */
bool kxi_expr_quotient(const kxi_expr *e, const kxi_expr **numerator, const kxi_expr **denominator);
/* The whole expression is just this slot. */
bool kxi_expr_is_slot(const kxi_expr *e, uint32_t *slot);
/* Every slot it names, ascending, each once; borrowed. */
size_t kxi_expr_slots(const kxi_expr *e, const uint32_t **slots);
/* As written. */
kxi_str kxi_expr_source_text(const kxi_expr *e);

/* Of arguments. */
bool kxi_ast_name(const kxi_ast *ast, kxi_str *name);          /* a plain name */
size_t kxi_ast_path(const kxi_ast *ast, const kxi_str **path); /* a.b.c: how many parts; 0 when it is no name */
bool kxi_ast_string(const kxi_ast *ast, kxi_str *text);        /* a text literal */
bool kxi_ast_number(const kxi_ast *ast, kxi_num *number);      /* a number literal */
kxi_str kxi_ast_text(const kxi_ast *ast);                      /* as written */
kxi_place kxi_ast_place(kxi_arena *a, const kxi_ast *ast);

/* Where a run gets its values. */
/* A source all of whose slots vary by row needs only `rows`. */
typedef struct kxi_source {
    void *user;
    /* Rows [first, first + n) of a slot, in the batch's arena or borrowed. */
    kx_status (*rows)(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out);
    /* All entries of a domain for a slot: its size + 1 lanes, the last for a null code; RUN: one constant lane. */
    kx_status (*entries)(void *user, uint32_t slot, uint32_t domain, kxi_arena *arena, kxi_vec *out);
    /* Entry numbers of rows [first, first + n) of a domain >= FIRST; the domain's size for null. */
    kx_status (*codes)(void *user, uint32_t domain, size_t first, size_t n, kxi_arena *arena, const uint32_t **out);
    size_t (*size)(void *user, uint32_t domain); /* entries, without the null one */
} kxi_source;

typedef struct kxi_prepared kxi_prepared; /* lives in the arena given; read only afterwards, threads may share it */

kx_status kxi_expr_prepare(const kxi_expr *e, const kxi_source *source, kxi_arena *arena, uint32_t max_digits,
                           const kxi_prepared **out);
/* The value of rows [first, first + n). KX_E_NOMEM, KX_E_LIMIT (digits), or what the source returned. */
kx_status kxi_expr_run(const kxi_prepared *p, const kxi_source *source, size_t first, size_t n, kxi_arena *arena,
                       kxi_vec *out);
/* Whether the whole expression is decided per entry of one domain: then *domain (>= FIRST, or RUN) and its lanes. */
bool kxi_prepared_table(const kxi_prepared *p, uint32_t *domain, const kxi_vec **lanes);

#endif
