/* expr/code.h: what a tree is compiled to, and the kernels that compute it. Private to expr.
 *
 *   closed <= raised + days(60)
 *
 *   0 slot closed      2 const 60 days     4 le(0, 3)      a list of codes, each computed from earlier ones: running it is a
 *   1 slot raised      3 date_days(1, 2)                   loop, never recursion; equal codes are one code
 *
 * A kernel computes one code for all lanes of a batch. Operands are lanes or one constant lane, their types are what the
 * checker let through. Values of lanes that are null or unknown are whatever they are, and no kernel looks at them but to
 * compute something that is thrown away; rationals at such lanes may not be touched at all.
 *
 * Layer: expr. May include: base, text, model.
 */
#ifndef KXI_EXPR_CODE_H
#define KXI_EXPR_CODE_H

#include "expr/syntax.h"

/* Constants vary on nothing. */
#define KXI_DOMAIN_NONE UINT32_MAX

/* When the result of a kernel lacks a value. */
enum kxi_lack {
    KXI_LACK_STRICT,  /* an operand lacks one */
    KXI_LACK_MAKES,   /* that, or of itself: x / 0 */
    KXI_LACK_UNKNOWN, /* an operand is unknown; null is a value */
    KXI_LACK_NEVER,
    KXI_LACK_PICK, /* operand 0 lacks one, or the one of operands 1 and 2 that it picks */
    KXI_LACK_LAST  /* all operands do: it lacks what the last one lacks */
};

/* clang-format off */
#define KXI_KERNELS(X)                                                                                              \
    X(not, STRICT) X(and, STRICT) X(or, STRICT) X(cond, PICK) X(has, NEVER) X(coalesce, LAST)                       \
    X(eq_bool, UNKNOWN) X(eq_number, UNKNOWN) X(eq_text, UNKNOWN) X(lt, STRICT) X(le, STRICT)                       \
    X(in_set, UNKNOWN) X(in_list, STRICT) X(in_map, UNKNOWN) X(lookup, MAKES)                                      \
    X(add, STRICT) X(sub, STRICT) X(mul, STRICT) X(div, MAKES) X(mod, MAKES) X(neg, STRICT) X(abs, STRICT)          \
    X(min, STRICT) X(max, STRICT) X(round, STRICT) X(round_to, STRICT) X(number, MAKES)                             \
    X(concat, STRICT) X(contains, STRICT) X(starts, STRICT) X(ends, STRICT) X(size_text, STRICT) X(size_list, STRICT) \
    X(duration, MAKES) X(duration_add, MAKES) X(duration_neg, MAKES) X(date_days, MAKES) X(date_months, MAKES)      \
    X(date_part, STRICT) X(date_parse, MAKES) X(date_make, MAKES)
/* clang-format on */

enum kxi_kernel {
#define X(name, lack) KXI_KERNEL_##name,
    KXI_KERNELS(X)
#undef X
        KXI_KERNEL_COUNT
};
enum kxi_lack kxi_kernel_lack(enum kxi_kernel kernel);

/* Parts of a date: param of date_part. */
enum { KXI_PART_YEAR, KXI_PART_HALF, KXI_PART_QUARTER, KXI_PART_MONTH, KXI_PART_DAY, KXI_PART_WEEKDAY };

/* The constant items after `in`, ascending. */
typedef struct kxi_set {
    kxi_vec items; /* known ones */
    uint8_t state; /* of the first unknown one among them, else 0 */
    bool null;     /* null is among them */
} kxi_set;

typedef struct kxi_table {
    const kxi_map *map;
    kxi_vec values; /* by index of the key; one lane at least */
} kxi_table;

typedef struct kxi_code {
    enum { KXI_CODE_CONST, KXI_CODE_SLOT, KXI_CODE_APPLY } kind;
    enum kxi_kernel kernel;
    enum kxi_vtype type, item; /* item: of a list */
    bool months;               /* a duration's kind */
    bool null, unknown;        /* what it may be */
    bool swapped;              /* of two operands: the second was written first */
    uint32_t domain, slot;
    uint32_t args[3], count; /* codes before this one */
    int32_t param;           /* what a function's row says: a part of a date, days in a unit */
    enum kxi_round_mode mode;
    int32_t places;
    kxi_num step;
    const kxi_map *map;     /* of type MAP */
    const kxi_table *table; /* lookup, in_map */
    const kxi_set *set;     /* in_set */
    kxi_vec value;          /* CONST: one lane */
    kxi_num number;         /* CONST: the same, of a known number */
    const kxi_ast *ast;     /* where it was written first */
} kxi_code;

/* What a kernel works with: where its result goes, how large numbers may be, how many lanes. */
typedef struct kxi_run {
    kxi_arena *arena;
    kxi_numctx num;
    size_t n;
} kxi_run;

/* One code over r->n lanes; *out is constant when all operands are. */
kx_status kxi_code_apply(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out);

#define X(name, lack) \
    kx_status kxi_kernel_##name(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out);
KXI_KERNELS(X)
#undef X

/* A loop over lanes of two operands, each an array or (constant) one value; the statement sees a, b and i. Two constants make
 * one lane. The three loops, over pointers that no store can change, are what the compiler can vectorise. */
#define KXI_LANES(n, A, a_constant, B, b_constant, ...) \
    do {                                                \
        const __typeof__(*(A)) *const lanes_a = (A);    \
        const __typeof__(*(B)) *const lanes_b = (B);    \
        const size_t lanes_n = (n);                     \
        if (a_constant) {                               \
            const __typeof__(*(A)) a = *lanes_a;        \
            for (size_t i = 0; i < lanes_n; i++) {      \
                const __typeof__(*(B)) b = lanes_b[i];  \
                __VA_ARGS__;                            \
            }                                           \
        } else if (b_constant) {                        \
            const __typeof__(*(B)) b = *lanes_b;        \
            for (size_t i = 0; i < lanes_n; i++) {      \
                const __typeof__(*(A)) a = lanes_a[i];  \
                __VA_ARGS__;                            \
            }                                           \
        } else {                                        \
            for (size_t i = 0; i < lanes_n; i++) {      \
                const __typeof__(*(A)) a = lanes_a[i];  \
                const __typeof__(*(B)) b = lanes_b[i];  \
                __VA_ARGS__;                            \
            }                                           \
        }                                               \
    } while (0)

/* vec.c: making vectors. */

/* An array for r->n lanes of size bytes each; NULL when memory is gone. */
void *kxi_lanes_new(const kxi_run *r, size_t size);
/* The states of what needs all its operands, null being NULL_OPERAND; *out NULL when all are known. */
kx_status kxi_states_strict(kxi_run *r, const kxi_vec *const *args, size_t count, uint8_t **out);
/* The same for two operands in the order they were written in, whose first reason counts. */
kx_status kxi_states_strict2(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, uint8_t **out);
/* Make *state exist (all known when it did not). */
kx_status kxi_states_own(kxi_run *r, uint8_t **state);
/* A constant lane that is null. */
kxi_vec kxi_vec_null(enum kxi_vtype type, enum kxi_vtype item, bool months);
kx_status kxi_vec_of_number(kxi_arena *a, kxi_num x, kxi_vec *out);
kx_status kxi_vec_of_int(kxi_arena *a, enum kxi_vtype type, int64_t x, kxi_vec *out);
kx_status kxi_vec_of_bool(kxi_arena *a, bool yes, kxi_vec *out);
kx_status kxi_vec_of_text(kxi_arena *a, kxi_str s, kxi_vec *out);
/* Rationals that all are decimals become integers at the least scale that holds them. */
kx_status kxi_vec_compact(kxi_arena *a, kxi_vec *v);
/* Lane codes[i] of a table of lanes, for each of n. */
kx_status kxi_vec_gather(kxi_arena *a, const kxi_vec *table, const uint32_t *codes, size_t n, kxi_vec *out);
/* Lane i of b where choose[i], else of a; both of one type; choose has r->n lanes. State and values. */
kx_status kxi_vec_pick(kxi_run *r, const uint8_t *choose, const kxi_vec *a, const kxi_vec *b, kxi_vec *out);
/* Numbers at another, greater scale: integers that lie in v or in the arena; NULL in *out when a known lane does not fit. */
kx_status kxi_vec_at_scale(kxi_run *r, const kxi_vec *v, uint8_t scale, const int64_t **out);
/* The index of a key in a map, or map->count. */
size_t kxi_map_find(const kxi_map *map, kxi_str key);

#endif
