/* Lanes moved about without computing anything: gathered by code, picked out of two, brought to a scale. */
#include "expr/code.h"

/* The lists of rows codes[0..n), their items copied one after the other. */
static kx_status
gather_lists(kxi_arena *a, const kxi_vec *table, const uint32_t *codes, size_t n, kxi_vec *out)
{
    const int64_t *from = table->v.lists;
    int64_t *lists = kxi_arena_array(a, n + 1, sizeof(*lists));
    if (!lists)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        lists[i + 1] = lists[i] + (from[codes[i] + 1] - from[codes[i]]);
    uint32_t *picks = kxi_arena_array(a, (size_t)lists[n], sizeof(*picks));
    kxi_vec *items = kxi_arena_new(a, kxi_vec);
    if (!picks || !items)
        return KX_E_NOMEM;
    for (size_t i = 0, at = 0; i < n; i++)
        for (int64_t j = from[codes[i]]; j < from[codes[i] + 1]; j++)
            picks[at++] = (uint32_t)j;
    out->v.lists = lists;
    out->items = items;
    return kxi_vec_gather(a, table->items, picks, (size_t)lists[n], items);
}

#define GATHER(field, type)                                                                      \
    do {                                                                                         \
        type *lanes = n < SIZE_MAX / sizeof(type) ? kxi_arena_alloc(a, n * sizeof(type)) : NULL; \
        const type *from = table->v.field;                                                       \
        if (!lanes)                                                                              \
            return KX_E_NOMEM;                                                                   \
        for (size_t i = 0; i < n; i++)                                                           \
            lanes[i] = from[codes[i]];                                                           \
        out->v.field = lanes;                                                                    \
    } while (0)

kx_status
kxi_vec_gather(kxi_arena *a, const kxi_vec *table, const uint32_t *codes, size_t n, kxi_vec *out)
{
    *out = *table;
    if (table->constant || table->type == KXI_V_NULL)
        return KX_OK;
    out->count = n;
    if (table->state) {
        uint8_t *state = kxi_arena_alloc(a, n);
        if (!state)
            return KX_E_NOMEM;
        const uint8_t *from = table->state;
        for (size_t i = 0; i < n; i++)
            state[i] = from[codes[i]];
        out->state = state;
    }
    if (table->type == KXI_V_BOOL)
        GATHER(yes, uint8_t);
    else if (table->type == KXI_V_TEXT)
        GATHER(texts, kxi_str);
    else if (table->type == KXI_V_LIST)
        return gather_lists(a, table, codes, n, out);
    else if (table->rep == KXI_REP_NUM)
        GATHER(nums, kxi_num);
    else
        GATHER(ints, int64_t);
    return KX_OK;
}

/* Whether a known lane of v leaves 64 bits when multiplied. */
static bool
leaves(const kxi_vec *v, int64_t factor)
{
    int64_t product;
    for (size_t i = 0; i < v->count; i++)
        if (kxi_vec_state(v, i) == KXI_IS_KNOWN && !kxi_mul64(v->v.ints[i], factor, &product))
            return true;
    return false;
}

kx_status
kxi_vec_at_scale(kxi_run *r, const kxi_vec *v, uint8_t scale, const int64_t **out)
{
    *out = v->v.ints;
    if (v->scale == scale)
        return KX_OK;
    size_t n = v->constant ? 1 : r->n;
    int64_t *lanes = kxi_arena_alloc(r->arena, n * sizeof(*lanes)), factor = kxi_pow10[scale - v->scale];
    const int64_t *from = v->v.ints, limit = INT64_MAX / factor;
    if (!lanes)
        return KX_E_NOMEM;
    int64_t past = 0;
    for (size_t i = 0; i < n; i++) {
        past |= (from[i] > limit) | (from[i] < -limit);
        lanes[i] = (int64_t)((uint64_t)from[i] * (uint64_t)factor);
    }
    *out = past && leaves(v, factor) ? NULL : lanes;
    return KX_OK;
}

#define PICK(field, type, A, B)                             \
    do {                                                    \
        type *lanes = kxi_lanes_new(r, sizeof(type));       \
        const type *pa = (A), *pb = (B);                    \
        if (!lanes)                                         \
            return KX_E_NOMEM;                              \
        for (size_t i = 0, n = r->n; i < n; i++)            \
            lanes[i] = choose[i] ? pb[i * sb] : pa[i * sa]; \
        out->v.field = lanes;                               \
    } while (0)

/* Rationals out of numbers of which at least one side is no integer, or does not fit the other's scale. */
static kx_status
pick_nums(kxi_run *r, const uint8_t *choose, const kxi_vec *a, const kxi_vec *b, kxi_vec *out)
{
    kxi_num *lanes = kxi_lanes_new(r, sizeof(*lanes));
    if (!lanes)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++) {
        const kxi_vec *from = choose[i] ? b : a;
        lanes[i] = kxi_num_int(0);
        if (kxi_vec_state(from, i) == KXI_IS_KNOWN)
            KXI_TRY(kxi_vec_num(&r->num, from, i, &lanes[i]));
    }
    out->rep = KXI_REP_NUM;
    out->v.nums = lanes;
    return KX_OK;
}

static kx_status
pick_numbers(kxi_run *r, const uint8_t *choose, const kxi_vec *a, const kxi_vec *b, kxi_vec *out)
{
    size_t sa = !a->constant, sb = !b->constant;
    if (a->rep == KXI_REP_NUM || b->rep == KXI_REP_NUM)
        return pick_nums(r, choose, a, b, out);
    const int64_t *ia, *ib;
    out->scale = a->scale > b->scale ? a->scale : b->scale;
    KXI_TRY(kxi_vec_at_scale(r, a, out->scale, &ia));
    KXI_TRY(kxi_vec_at_scale(r, b, out->scale, &ib));
    if (!ia || !ib)
        return pick_nums(r, choose, a, b, out);
    PICK(ints, int64_t, ia, ib);
    return KX_OK;
}

kx_status
kxi_vec_pick(kxi_run *r, const uint8_t *choose, const kxi_vec *a, const kxi_vec *b, kxi_vec *out)
{
    static const uint8_t known = KXI_IS_KNOWN;
    size_t sa = !a->constant, sb = !b->constant;
    if (a->state || b->state) {
        uint8_t *state = kxi_lanes_new(r, 1);
        const uint8_t *pa = a->state ? a->state : &known, *pb = b->state ? b->state : &known;
        size_t ta = a->state ? sa : 0, tb = b->state ? sb : 0;
        if (!state)
            return KX_E_NOMEM;
        for (size_t i = 0, n = r->n; i < n; i++)
            state[i] = choose[i] ? pb[i * tb] : pa[i * ta];
        out->state = state;
    }
    if (out->type == KXI_V_BOOL)
        PICK(yes, uint8_t, a->v.yes, b->v.yes);
    else if (out->type == KXI_V_TEXT)
        PICK(texts, kxi_str, a->v.texts, b->v.texts);
    else if (out->type == KXI_V_NUMBER)
        return pick_numbers(r, choose, a, b, out);
    else
        PICK(ints, int64_t, a->v.ints, b->v.ints);
    return KX_OK;
}
