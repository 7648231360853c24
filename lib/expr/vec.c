#include "expr/vec.h"

#include "expr/code.h"

const char *
kxi_state_text(uint8_t state, int32_t language)
{
    static const char *const texts[KXI_STATE_COUNT][2] = {
#define X(name, en, zh) { zh, en },
        KXI_STATES(X)
#undef X
    };
    return state < KXI_STATE_COUNT ? texts[state][language == KX_LANG_EN] : "?";
}

kx_status
kxi_vec_num(kxi_numctx *c, const kxi_vec *v, size_t i, kxi_num *out)
{
    if (v->type != KXI_V_NUMBER || kxi_vec_state(v, i) != KXI_IS_KNOWN)
        return KX_E_ARGUMENT;
    size_t lane = kxi_vec_lane(v, i);
    if (v->rep == KXI_REP_INT)
        return kxi_num_dec(c, v->v.ints[lane], v->scale, out);
    *out = v->v.nums[lane];
    return KX_OK;
}

void *
kxi_lanes_new(const kxi_run *r, size_t size)
{
    size_t bytes;
    return kxi_mul_size(r->n, size, &bytes) ? kxi_arena_alloc(r->arena, bytes) : NULL;
}

/* null -> NULL_OPERAND, the rest as it is */
static uint8_t
operand_state(uint8_t s)
{
    return (uint8_t)(s + (s == KXI_IS_NULL));
}

kx_status
kxi_states_own(kxi_run *r, uint8_t **state)
{
    if (*state)
        return KX_OK;
    *state = kxi_lanes_new(r, 1);
    if (!*state)
        return KX_E_NOMEM;
    memset(*state, KXI_IS_KNOWN, r->n);
    return KX_OK;
}

kx_status
kxi_states_strict(kxi_run *r, const kxi_vec *const *args, size_t count, uint8_t **out)
{
    *out = NULL;
    for (size_t k = 0; k < count; k++) {
        const uint8_t *s = args[k]->state;
        if (!s || (args[k]->constant && s[0] == KXI_IS_KNOWN))
            continue;
        KXI_TRY(kxi_states_own(r, out));
        uint8_t *o = *out;
        if (args[k]->constant) {
            uint8_t all = operand_state(s[0]);
            for (size_t i = 0, n = r->n; i < n; i++)
                o[i] = o[i] ? o[i] : all;
        } else {
            for (size_t i = 0, n = r->n; i < n; i++)
                o[i] = o[i] ? o[i] : operand_state(s[i]);
        }
    }
    return KX_OK;
}

kx_status
kxi_states_strict2(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, uint8_t **out)
{
    const kxi_vec *written[2] = { args[c->swapped], args[!c->swapped] };
    return kxi_states_strict(r, written, 2, out);
}

kxi_vec
kxi_vec_null(enum kxi_vtype type, enum kxi_vtype item, bool months)
{
    static const uint8_t null = KXI_IS_NULL, no = 0;
    static const int64_t zero = 0, empty[2] = { 0, 0 };
    static const kxi_str none = { NULL, 0 };
    static const kxi_vec no_items[] = {
        [KXI_V_NULL] = { .type = KXI_V_NULL },
        [KXI_V_BOOL] = { .type = KXI_V_BOOL, .v.yes = &no },
        [KXI_V_NUMBER] = { .type = KXI_V_NUMBER, .v.ints = &zero },
        [KXI_V_DATE] = { .type = KXI_V_DATE, .v.ints = &zero },
        [KXI_V_TEXT] = { .type = KXI_V_TEXT, .v.texts = &none },
        [KXI_V_DURATION] = { .type = KXI_V_DURATION, .v.ints = &zero },
    };
    kxi_vec v = { .type = type, .months = months, .constant = true, .count = 1, .state = &null };
    if (type == KXI_V_LIST) {
        v.v.lists = empty;
        v.items = &no_items[item <= KXI_V_DURATION ? item : KXI_V_NULL];
    } else if (type <= KXI_V_DURATION) {
        v.v = no_items[type].v;
    }
    return v;
}

kx_status
kxi_vec_of_number(kxi_arena *a, kxi_num x, kxi_vec *out)
{
    kxi_num *num = kxi_arena_alloc(a, sizeof(*num));
    if (!num)
        return KX_E_NOMEM;
    *num = x;
    *out = (kxi_vec){ .type = KXI_V_NUMBER, .rep = KXI_REP_NUM, .constant = true, .count = 1, .v.nums = num };
    return kxi_vec_compact(a, out);
}

kx_status
kxi_vec_of_int(kxi_arena *a, enum kxi_vtype type, int64_t x, kxi_vec *out)
{
    int64_t *value = kxi_arena_alloc(a, sizeof(*value));
    if (!value)
        return KX_E_NOMEM;
    *value = x;
    *out = (kxi_vec){ .type = type, .constant = true, .count = 1, .v.ints = value };
    return KX_OK;
}

kx_status
kxi_vec_of_bool(kxi_arena *a, bool yes, kxi_vec *out)
{
    uint8_t *value = kxi_arena_alloc(a, 1);
    if (!value)
        return KX_E_NOMEM;
    *value = yes;
    *out = (kxi_vec){ .type = KXI_V_BOOL, .constant = true, .count = 1, .v.yes = value };
    return KX_OK;
}

kx_status
kxi_vec_of_text(kxi_arena *a, kxi_str s, kxi_vec *out)
{
    kxi_str *value = kxi_arena_alloc(a, sizeof(*value));
    if (!value)
        return KX_E_NOMEM;
    *value = s;
    *out = (kxi_vec){ .type = KXI_V_TEXT, .constant = true, .count = 1, .v.texts = value };
    return KX_OK;
}

/* The least scale at which x is an integer of 64 bits, or -1. */
static int
scale_of(kxi_num x, int least)
{
    int64_t value;
    for (int scale = least; scale <= KXI_SCALE; scale++)
        if (kxi_num_to_dec(x, scale, &value))
            return scale;
    return -1;
}

kx_status
kxi_vec_compact(kxi_arena *a, kxi_vec *v)
{
    if (v->type != KXI_V_NUMBER || v->rep == KXI_REP_INT)
        return KX_OK;
    int scale = 0;
    for (size_t i = 0; i < v->count && scale >= 0; i++)
        if (kxi_vec_state(v, i) == KXI_IS_KNOWN)
            scale = scale_of(v->v.nums[i], scale);
    if (scale < 0)
        return KX_OK;
    int64_t *ints = kxi_arena_array(a, v->count, sizeof(*ints));
    if (!ints)
        return KX_E_NOMEM;
    for (size_t i = 0; i < v->count; i++)
        if (kxi_vec_state(v, i) == KXI_IS_KNOWN && !kxi_num_to_dec(v->v.nums[i], scale, &ints[i]))
            return KX_OK; /* an early lane too large for the scale a later one needs */
    v->rep = KXI_REP_INT;
    v->scale = (uint8_t)scale;
    v->v.ints = ints;
    return KX_OK;
}

size_t
kxi_map_find(const kxi_map *map, kxi_str key)
{
    size_t low = 0, high = map->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = kxi_str_cmp(map->keys[middle], key);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return map->count;
}
