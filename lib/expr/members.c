/* Lists, `in`, and tables of values. */
#include "expr/compiler.h"

/* The items of a list; *constant says whether all are, *type what they are (nulls have the type of the others). */
static kx_status
check_items(kxi_compiler *k, const kxi_ast *ast, uint32_t **items, enum kxi_vtype *type, bool *months, bool *constant)
{
    uint32_t *codes = kxi_arena_array(k->arena, ast->count, sizeof(*codes));
    if (!codes)
        return kxi_nomem(k->diag);
    *items = codes;
    *type = KXI_V_NULL;
    *months = false;
    *constant = true;
    uint32_t first = 0;
    for (size_t i = 0; i < ast->count; i++) {
        KXI_TRY(kxi_check(k, ast->args[i], &codes[i]));
        const kxi_code *c = &k->codes[codes[i]];
        *constant = *constant && c->kind == KXI_CODE_CONST;
        if (c->type == KXI_V_NULL)
            continue;
        if (*type == KXI_V_NULL) {
            *type = c->type;
            *months = c->months;
            first = codes[i];
        }
        if (c->type != *type || c->months != *months || c->type == KXI_V_LIST || c->type == KXI_V_MAP)
            return KXI_FAIL(k->diag, EXPR_ITEMS, kxi_ast_at(k, ast->args[i]), KXI_A_STR(kxi_code_kind(k, first)),
                            KXI_A_STR(kxi_code_kind(k, codes[i])));
    }
    return KX_OK;
}

/* Constants one after the other: lanes of one vector, integers when all numbers are. */
static kx_status
gather_items(kxi_compiler *k, const uint32_t *items, size_t count, kxi_vec *out)
{
    uint8_t *state = kxi_arena_array(k->arena, count, 1), *yes = kxi_arena_array(k->arena, count, 1);
    kxi_num *nums = kxi_arena_array(k->arena, count, sizeof(*nums));
    kxi_str *texts = kxi_arena_array(k->arena, count, sizeof(*texts));
    int64_t *ints = kxi_arena_array(k->arena, count, sizeof(*ints));
    if (!state || !yes || !nums || !texts || !ints)
        return kxi_nomem(k->diag);
    for (size_t i = 0; i < count; i++) {
        const kxi_code *c = &k->codes[items[i]];
        state[i] = kxi_vec_state(&c->value, 0);
        nums[i] = c->number;
        if (state[i] != KXI_IS_KNOWN)
            continue;
        if (c->type == KXI_V_TEXT)
            texts[i] = c->value.v.texts[0];
        else if (c->type == KXI_V_BOOL)
            yes[i] = c->value.v.yes[0];
        else if (c->type != KXI_V_NUMBER)
            ints[i] = c->value.v.ints[0];
    }
    out->count = count;
    out->state = state;
    if (out->type == KXI_V_NUMBER) {
        out->rep = KXI_REP_NUM;
        out->v.nums = nums;
        return kxi_vec_compact(k->arena, out) == KX_OK ? KX_OK : kxi_nomem(k->diag);
    }
    if (out->type == KXI_V_TEXT)
        out->v.texts = texts;
    else if (out->type == KXI_V_BOOL)
        out->v.yes = yes;
    else
        out->v.ints = ints;
    return KX_OK;
}

/* A list of constants. */
static kx_status
emit_list(kxi_compiler *k, const kxi_ast *ast, const uint32_t *codes, enum kxi_vtype type, bool months, uint32_t *out)
{
    kxi_vec *items = kxi_arena_new(k->arena, kxi_vec);
    int64_t *lists = kxi_arena_array(k->arena, 2, sizeof(*lists));
    if (!items || !lists)
        return kxi_nomem(k->diag);
    items->type = type;
    items->months = months;
    KXI_TRY(gather_items(k, codes, ast->count, items));
    lists[1] = (int64_t)ast->count;
    kxi_vec value = { .type = KXI_V_LIST, .months = months, .constant = true, .count = 1, .items = items };
    value.v.lists = lists;
    return kxi_emit_value(k, ast, &value, out);
}

kx_status
kxi_check_list(kxi_compiler *k, const kxi_ast *ast, uint32_t *out)
{
    uint32_t *codes;
    enum kxi_vtype type;
    bool months, constant;
    KXI_TRY(check_items(k, ast, &codes, &type, &months, &constant));
    if (!constant)
        return KXI_FAIL0(k->diag, EXPR_LIST, kxi_ast_at(k, ast));
    return emit_list(k, ast, codes, type, months, out);
}

/* ---- in ---- */

static kx_status
compare_items(kxi_compiler *k, const kxi_vec *items, uint32_t i, uint32_t j, int *order)
{
    kxi_numctx num = { k->arena, k->c->max_digits };
    if (items->type == KXI_V_TEXT)
        *order = kxi_str_cmp(items->v.texts[i], items->v.texts[j]);
    else if (items->type == KXI_V_BOOL)
        *order = items->v.yes[i] - items->v.yes[j];
    else if (items->rep == KXI_REP_NUM)
        return kxi_num_cmp(&num, items->v.nums[i], items->v.nums[j], order);
    else
        *order = (items->v.ints[i] > items->v.ints[j]) - (items->v.ints[i] < items->v.ints[j]);
    return KX_OK;
}

/* Let heap[at] sink to its place among heap[0 .. count), the greatest being on top. */
static kx_status
sink(kxi_compiler *k, const kxi_vec *items, uint32_t *heap, size_t at, size_t count)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        int order;
        if (child + 1 < count) {
            KXI_TRY(compare_items(k, items, heap[child], heap[child + 1], &order));
            child += order < 0;
        }
        KXI_TRY(compare_items(k, items, heap[at], heap[child], &order));
        if (order >= 0)
            return KX_OK;
        uint32_t swap = heap[at];
        heap[at] = heap[child];
        heap[child] = swap;
    }
    return KX_OK;
}

/* Ascending; in place (the C library's sort may allocate past the context). */
static kx_status
sort_items(kxi_compiler *k, const kxi_vec *items, uint32_t *picks, size_t count)
{
    for (size_t i = count / 2; i > 0; i--)
        KXI_TRY(sink(k, items, picks, i - 1, count));
    for (size_t end = count; end > 1; end--) {
        uint32_t greatest = picks[0];
        picks[0] = picks[end - 1];
        picks[end - 1] = greatest;
        KXI_TRY(sink(k, items, picks, 0, end - 1));
    }
    return KX_OK;
}

/* The known items of a constant list, ascending. */
static kx_status
make_set(kxi_compiler *k, const kxi_vec *items, const kxi_set **out)
{
    kxi_set *set = kxi_arena_new(k->arena, kxi_set);
    uint32_t *known = kxi_arena_array(k->arena, items->count, sizeof(*known));
    if (!set || !known)
        return kxi_nomem(k->diag);
    size_t count = 0;
    for (size_t i = 0; i < items->count; i++) {
        uint8_t state = kxi_vec_state(items, i);
        if (state == KXI_IS_KNOWN)
            known[count++] = (uint32_t)i;
        else if (state == KXI_IS_NULL)
            set->null = true;
        else
            set->state = set->state ? set->state : state;
    }
    kxi_vec plain = *items;
    plain.state = NULL;
    if (sort_items(k, items, known, count) != KX_OK ||
        kxi_vec_gather(k->arena, &plain, known, count, &set->items) != KX_OK)
        return kxi_nomem(k->diag);
    *out = set;
    return KX_OK;
}

/* a in a list of which all items are known now */
static kx_status
in_constant(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t list, uint32_t *out)
{
    kxi_vec items = *k->codes[list].value.items;
    KXI_TRY(kxi_check_null(k, &a, items.type == KXI_V_NULL ? KXI_V_BOOL : items.type, items.months));
    if (items.type == KXI_V_NULL) { /* nothing but nulls */
        items.type = k->codes[a].type;
        items.rep = KXI_REP_INT;
        items.v.ints = NULL;
    }
    if (k->codes[a].type != items.type || k->codes[a].months != items.months)
        return KXI_FAIL(k->diag, EXPR_MEMBER_TYPE, kxi_ast_at(k, ast->left), KXI_A_STR(kxi_code_kind(k, a)),
                        KXI_A_STR(kxi_code_kind(k, list)));
    kxi_code code = { .kernel = KXI_KERNEL_in_set, .type = KXI_V_BOOL, .args = { a }, .count = 1, .ast = ast };
    KXI_TRY(make_set(k, &items, &code.set));
    return kxi_emit_apply(k, &code, false, out);
}

/* a in [b, c]: a == b || a == c */
static kx_status
in_computed(kxi_compiler *k, const kxi_ast *ast, uint32_t a, const uint32_t *items, uint32_t *out)
{
    for (size_t i = 0; i < ast->right->count; i++) {
        uint32_t same;
        KXI_TRY(kxi_check_equal(k, ast, a, items[i], &same));
        if (i == 0) {
            *out = same;
            continue;
        }
        kxi_code code = { .kernel = KXI_KERNEL_or, .type = KXI_V_BOOL, .args = { *out, same }, .count = 2, .ast = ast };
        KXI_TRY(kxi_emit_apply(k, &code, false, out));
    }
    return KX_OK;
}

static kx_status make_table(kxi_compiler *k, const kxi_map *map, const kxi_table **out);

static kx_status
in_map(kxi_compiler *k, const kxi_ast *ast, uint32_t a, const kxi_map *map, uint32_t *out)
{
    KXI_TRY(kxi_check_null(k, &a, KXI_V_TEXT, false));
    if (k->codes[a].type != KXI_V_TEXT)
        return KXI_FAIL(k->diag, EXPR_MEMBER_TYPE, kxi_ast_at(k, ast->left), KXI_A_STR(kxi_code_kind(k, a)),
                        KXI_A_CSTR(kxi_vtype_name(KXI_V_MAP, k->diag->language)));
    kxi_code code = { .kernel = KXI_KERNEL_in_map, .type = KXI_V_BOOL, .args = { a }, .count = 1, .ast = ast };
    KXI_TRY(make_table(k, map, &code.table));
    return kxi_emit_apply(k, &code, false, out);
}

kx_status
kxi_check_in(kxi_compiler *k, const kxi_ast *ast, uint32_t a, uint32_t *out)
{
    uint32_t list;
    if (ast->right->kind == KXI_AST_LIST) {
        uint32_t *items;
        enum kxi_vtype type;
        bool months, constant;
        KXI_TRY(check_items(k, ast->right, &items, &type, &months, &constant));
        if (!constant)
            return in_computed(k, ast, a, items, out);
        KXI_TRY(emit_list(k, ast->right, items, type, months, &list));
    } else {
        KXI_TRY(kxi_check(k, ast->right, &list));
    }
    if (k->codes[list].type == KXI_V_MAP)
        return in_map(k, ast, a, k->codes[list].map, out);
    if (k->codes[list].type != KXI_V_LIST)
        return KXI_FAIL(k->diag, EXPR_MEMBER, kxi_ast_at(k, ast->right), KXI_A_STR(kxi_code_kind(k, list)));
    if (k->codes[list].kind == KXI_CODE_CONST && !k->codes[list].null && !k->codes[list].unknown)
        return in_constant(k, ast, a, list, out);
    KXI_TRY(kxi_check_null(k, &a, k->codes[list].item, false));
    if (k->codes[a].type != k->codes[list].item)
        return KXI_FAIL(k->diag, EXPR_MEMBER_TYPE, kxi_ast_at(k, ast->left), KXI_A_STR(kxi_code_kind(k, a)),
                        KXI_A_STR(kxi_code_kind(k, list)));
    kxi_code code = { .kernel = KXI_KERNEL_in_list, .type = KXI_V_BOOL, .args = { a, list }, .count = 2, .ast = ast };
    return kxi_emit_apply(k, &code, false, out);
}

/* ---- tables of values ---- */

static kx_status
make_table(kxi_compiler *k, const kxi_map *map, const kxi_table **out)
{
    kxi_table *table = kxi_arena_new(k->arena, kxi_table);
    kxi_num *nums = kxi_arena_array(k->arena, map->count + 1, sizeof(*nums));
    if (!table || !nums)
        return kxi_nomem(k->diag);
    nums[0] = kxi_num_int(0);
    for (size_t i = 0; i < map->count; i++)
        nums[i] = map->values[i];
    table->map = map;
    table->values = (kxi_vec){ .type = KXI_V_NUMBER, .rep = KXI_REP_NUM, .count = map->count ? map->count : 1 };
    table->values.v.nums = nums;
    *out = table;
    return kxi_vec_compact(k->arena, &table->values) == KX_OK ? KX_OK : kxi_nomem(k->diag);
}

static kx_status
fail_key(kxi_compiler *k, const kxi_ast *ast, const kxi_map *map, kxi_str key)
{
    kxi_str table = kxi_ast_text(ast->left), near = kxi_nearest(key, map->keys, map->count);
    kxi_place place = kxi_ast_at(k, ast->right);
    if (near.n)
        return KXI_FAIL(k->diag, EXPR_KEY_NEAR, place, KXI_A_STR(key), KXI_A_STR(table), KXI_A_STR(near));
    return KXI_FAIL(k->diag, EXPR_KEY, place, KXI_A_STR(key), KXI_A_STR(table));
}

kx_status
kxi_check_lookup(kxi_compiler *k, const kxi_ast *ast, uint32_t table, uint32_t *out)
{
    const kxi_map *map = k->codes[table].map;
    uint32_t key;
    kxi_str text;
    KXI_TRY(kxi_check(k, ast->right, &key));
    KXI_TRY(kxi_check_null(k, &key, KXI_V_TEXT, false));
    if (k->codes[key].type != KXI_V_TEXT)
        return KXI_FAIL(k->diag, EXPR_OPERAND, kxi_ast_at(k, ast->right), KXI_A_CSTR("[ ]"),
                        KXI_A_STR(kxi_code_kind(k, key)));
    if (kxi_code_text(&k->codes[key], &text) && kxi_map_find(map, text) == map->count)
        return fail_key(k, ast, map, text);
    kxi_code code = { .kernel = KXI_KERNEL_lookup, .type = KXI_V_NUMBER, .args = { key }, .count = 1, .ast = ast };
    KXI_TRY(make_table(k, map, &code.table));
    return kxi_emit_apply(k, &code, false, out);
}
