/* Membership and look-up: in a constant list (sorted), in the list of each row, in a table of values. */
#include "expr/code.h"

enum { SET_SCAN = 16 }; /* up to so many integers are compared with all lanes, one after the other */

/* Whether known lane i of x, a text or a rational, is among the sorted items. */
static kx_status
search(kxi_run *r, const kxi_vec *x, size_t i, const kxi_vec *items, uint8_t *yes)
{
    size_t low = 0, high = items->count, lane = kxi_vec_lane(x, i);
    kxi_num a = kxi_num_int(0), b;
    bool text = x->type == KXI_V_TEXT;
    if (!text)
        KXI_TRY(kxi_vec_num(&r->num, x, i, &a));
    *yes = 0;
    while (low < high && !*yes) {
        size_t middle = (low + high) / 2;
        int order;
        if (text) {
            order = kxi_str_cmp(items->v.texts[middle], x->v.texts[lane]);
        } else {
            KXI_TRY(kxi_vec_num(&r->num, items, middle, &b));
            KXI_TRY(kxi_num_cmp(&r->num, b, a, &order));
        }
        *yes = order == 0;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return KX_OK;
}

static uint8_t
among(const int64_t *items, size_t count, int64_t x)
{
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        bool right = items[low + half] < x;
        low = right ? low + half + 1 : low;
        count = right ? count - half - 1 : half;
    }
    return items[low] == x;
}

/* Integers: few items are each compared with all lanes, many are searched. *done false when x or the items are none. */
static kx_status
scan_ints(kxi_run *r, const kxi_vec *x, const kxi_vec *items, uint8_t *yes, bool *done)
{
    const int64_t *ix, *is;
    *done = false;
    if (x->type == KXI_V_TEXT || x->type == KXI_V_BOOL || x->rep == KXI_REP_NUM || items->rep == KXI_REP_NUM)
        return KX_OK;
    uint8_t scale = x->scale > items->scale ? x->scale : items->scale;
    kxi_run all = { r->arena, r->num, items->count };
    KXI_TRY(kxi_vec_at_scale(r, x, scale, &ix));
    KXI_TRY(kxi_vec_at_scale(&all, items, scale, &is));
    if (!ix || !is)
        return KX_OK;
    *done = true;
    memset(yes, 0, r->n);
    for (size_t k = 0; k < items->count && items->count <= SET_SCAN; k++) {
        int64_t item = is[k];
        for (size_t i = 0; i < r->n; i++)
            yes[i] |= ix[i] == item;
    }
    for (size_t i = 0; i < r->n && items->count > SET_SCAN; i++)
        yes[i] = is[items->count - 1] >= ix[i] && among(is, items->count, ix[i]);
    return KX_OK;
}

static void
scan_bools(kxi_run *r, const kxi_vec *x, const kxi_vec *items, uint8_t *yes)
{
    memset(yes, 0, r->n);
    for (size_t k = 0; k < items->count; k++)
        for (size_t i = 0; i < r->n; i++)
            yes[i] |= x->v.yes[i] == items->v.yes[k];
}

kx_status
kxi_kernel_in_set(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    const kxi_set *set = c->set;
    const kxi_vec *x = args[0];
    uint8_t *yes = kxi_lanes_new(r, 1), *state = NULL;
    bool done = false;
    if (!yes)
        return KX_E_NOMEM;
    KXI_TRY(scan_ints(r, x, &set->items, yes, &done));
    if (x->type == KXI_V_BOOL)
        scan_bools(r, x, &set->items, yes);
    else if (!done)
        for (size_t i = 0; i < r->n; i++)
            if (kxi_vec_state(x, i) == KXI_IS_KNOWN)
                KXI_TRY(search(r, x, i, &set->items, &yes[i]));
    out->v.yes = yes;
    if (!x->state && !set->state)
        return KX_OK;
    KXI_TRY(kxi_states_own(r, &state));
    for (size_t i = 0; i < r->n; i++) {
        uint8_t s = kxi_vec_state(x, i);
        if (s == KXI_IS_NULL)
            yes[i] = set->null;
        state[i] = KXI_IS_UNKNOWN(s) ? s : yes[i] ? KXI_IS_KNOWN : set->state;
    }
    out->state = state;
    return KX_OK;
}

/* Whether known lanes i of x and j of the items are equal. */
static kx_status
equal(kxi_run *r, const kxi_vec *x, size_t i, const kxi_vec *items, size_t j, bool *yes)
{
    size_t p = kxi_vec_lane(x, i), q = kxi_vec_lane(items, j);
    if (x->type == KXI_V_TEXT) {
        *yes = kxi_str_eq(x->v.texts[p], items->v.texts[q]);
    } else if (x->type == KXI_V_BOOL) {
        *yes = x->v.yes[p] == items->v.yes[q];
    } else if (x->rep == KXI_REP_NUM || items->rep == KXI_REP_NUM) {
        kxi_num a, b;
        KXI_TRY(kxi_vec_num(&r->num, x, i, &a));
        KXI_TRY(kxi_vec_num(&r->num, items, j, &b));
        *yes = kxi_num_eq(a, b);
    } else {
        int up = items->scale - x->scale;
        kxi_wide a = x->v.ints[p], b = items->v.ints[q];
        *yes = up >= 0 ? a * kxi_pow10[up] == b : a == b * kxi_pow10[-up];
    }
    return KX_OK;
}

/* One lane: x, whose state is s, in items[first .. end): true as soon as one is equal, else unknown if one is unknown. */
static kx_status
in_items(kxi_run *r, const kxi_vec *x, size_t i, uint8_t s, const kxi_vec *list, size_t row, uint8_t *yes,
         uint8_t *state)
{
    const kxi_vec *items = list->items;
    bool found = false;
    for (int64_t j = list->v.lists[row]; j < list->v.lists[row + 1] && !found; j++) {
        uint8_t t = kxi_vec_state(items, (size_t)j);
        if (KXI_IS_UNKNOWN(t))
            *state = *state ? *state : t;
        else if (s == KXI_IS_NULL || t == KXI_IS_NULL)
            found = s == t;
        else
            KXI_TRY(equal(r, x, i, items, (size_t)j, &found));
    }
    *yes = found;
    if (found)
        *state = KXI_IS_KNOWN;
    return KX_OK;
}

kx_status
kxi_kernel_in_list(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    (void)c;
    const kxi_vec *x = args[0], *list = args[1];
    uint8_t *yes = kxi_lanes_new(r, 1), *state = NULL;
    if (!yes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_own(r, &state));
    for (size_t i = 0; i < r->n; i++) {
        uint8_t s = kxi_vec_state(x, i), l = kxi_vec_state(list, i);
        yes[i] = 0;
        if (KXI_IS_UNKNOWN(s) || l != KXI_IS_KNOWN)
            state[i] = KXI_IS_UNKNOWN(s) ? s : l == KXI_IS_NULL ? KXI_IS_NULL_OPERAND : l;
        else
            KXI_TRY(in_items(r, x, i, s, list, kxi_vec_lane(list, i), &yes[i], &state[i]));
    }
    out->v.yes = yes;
    out->state = state;
    return KX_OK;
}

/* The index of each key in the map, its count where there is none. */
static kx_status
find_keys(kxi_run *r, const kxi_map *map, const kxi_vec *keys, uint32_t **out)
{
    uint32_t *found = kxi_lanes_new(r, sizeof(*found));
    if (!found)
        return KX_E_NOMEM;
    for (size_t i = 0; i < r->n; i++)
        found[i] =
            (uint32_t)(kxi_vec_state(keys, i) == KXI_IS_KNOWN ? kxi_map_find(map, keys->v.texts[kxi_vec_lane(keys, i)])
                                                              : map->count);
    *out = found;
    return KX_OK;
}

/* Unknown keys stay unknown. */
static kx_status
unknown_keys(kxi_run *r, const kxi_vec *keys, uint8_t **state)
{
    if (!keys->state)
        return KX_OK;
    KXI_TRY(kxi_states_own(r, state));
    for (size_t i = 0; i < r->n; i++) {
        uint8_t s = kxi_vec_state(keys, i);
        (*state)[i] = KXI_IS_UNKNOWN(s) ? s : (*state)[i];
    }
    return KX_OK;
}

kx_status
kxi_kernel_in_map(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    const kxi_map *map = c->table->map;
    uint32_t *found;
    uint8_t *yes = kxi_lanes_new(r, 1), *state = NULL;
    if (!yes)
        return KX_E_NOMEM;
    KXI_TRY(find_keys(r, map, args[0], &found));
    KXI_TRY(unknown_keys(r, args[0], &state));
    for (size_t i = 0; i < r->n; i++)
        yes[i] = found[i] < map->count;
    out->v.yes = yes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_lookup(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    const kxi_table *table = c->table;
    bool constant = out->constant;
    uint32_t *found;
    uint8_t *state = NULL;
    KXI_TRY(find_keys(r, table->map, args[0], &found));
    KXI_TRY(kxi_states_own(r, &state));
    bool missing = false;
    for (size_t i = 0; i < r->n; i++)
        if (found[i] == table->map->count) {
            state[i] = KXI_IS_LOOKUP;
            found[i] = 0;
            missing = true;
        }
    KXI_TRY(unknown_keys(r, args[0], &state));
    KXI_TRY(kxi_vec_gather(r->arena, &table->values, found, r->n, out));
    out->constant = constant;
    out->count = r->n;
    out->state = missing ? state : NULL;
    return KX_OK;
}
