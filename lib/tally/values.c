/* Values of expressions as accumulators take them. */
#include "tally/worker.h"

/* One lane stands for all. */
static kx_status
spread(kxi_worker *w, kxi_lanes *lanes)
{
    int64_t *values = kxi_arena_array(&w->arena, w->batch.n, sizeof(*values));
    uint8_t *state = lanes->state ? kxi_arena_array(&w->arena, w->batch.n, 1) : NULL;
    if (!values || (lanes->state && !state))
        return KX_E_NOMEM;
    for (size_t i = 0; i < w->batch.n; i++) {
        values[i] = lanes->values[0];
        if (state)
            state[i] = lanes->state[0];
    }
    *lanes = (kxi_lanes){ state, values, lanes->scale };
    return KX_OK;
}

static uint8_t *
own_state(kxi_worker *w, const kxi_vec *v)
{
    uint8_t *state = kxi_arena_array(&w->arena, v->count, 1);
    if (state && v->state)
        memcpy(state, v->state, v->count);
    return state;
}

/* Too large at scale 6: outside the range. Looked for only when some value is. */
static kx_status
mark_range(kxi_worker *w, const kxi_vec *v, int64_t most, kxi_lanes *out)
{
    uint8_t *state = own_state(w, v);
    if (!state)
        return KX_E_NOMEM;
    for (size_t i = 0; i < v->count; i++)
        if (!state[i] && (v->v.ints[i] > most || v->v.ints[i] < -most))
            state[i] = KXI_IS_RANGE;
    out->state = state;
    return KX_OK;
}

/* Whether some value lies outside -most .. most; what null values hold does not matter, but is looked at. The or of all sizes
 * is at least the greatest, and seldom beyond. */
static bool
beyond(const int64_t *values, size_t n, int64_t most)
{
    int64_t sizes = 0;
    for (size_t i = 0; i < n; i++)
        sizes |= values[i] ^ (values[i] >> 63);
    if (sizes < most)
        return false;
    for (size_t i = 0; i < n; i++)
        if (values[i] < -most || values[i] > most)
            return true;
    return false;
}

static kx_status
from_ints(kxi_worker *w, const kxi_vec *v, bool any_scale, kxi_lanes *out)
{
    const int64_t factor = kxi_pow10[KXI_SCALE - v->scale], most = INT64_MAX / factor, *in = v->v.ints;
    *out = (kxi_lanes){ v->state, in, v->scale };
    kx_status st = factor > 1 && beyond(in, v->count, most) ? mark_range(w, v, most, out) : KX_OK;
    if (factor == 1 || any_scale || st != KX_OK)
        return st;
    int64_t *values = kxi_arena_alloc(&w->arena, v->count * sizeof(*values));
    if (!values)
        return KX_E_NOMEM;
    for (size_t i = 0; i < v->count; i++)
        values[i] = (int64_t)((uint64_t)in[i] * (uint64_t)factor);
    out->values = values;
    out->scale = KXI_SCALE;
    return KX_OK;
}

static kx_status
from_nums(kxi_worker *w, const kxi_vec *v, kxi_lanes *out)
{
    int64_t *values = kxi_arena_array(&w->arena, v->count, sizeof(*values));
    uint8_t *state = own_state(w, v);
    if (!values || !state)
        return KX_E_NOMEM;
    for (size_t i = 0; i < v->count; i++)
        if (!state[i] && !kxi_num_to_dec(v->v.nums[i], KXI_SCALE, &values[i]))
            state[i] = kxi_num_is_int(v->v.nums[i]) ? KXI_IS_RANGE : KXI_IS_DIGITS;
    *out = (kxi_lanes){ state, values, KXI_SCALE };
    return KX_OK;
}

static kx_status
from_bools(kxi_worker *w, const kxi_vec *v, kxi_lanes *out)
{
    int64_t *values = kxi_arena_alloc(&w->arena, v->count * sizeof(*values));
    if (!values)
        return KX_E_NOMEM;
    for (size_t i = 0; i < v->count; i++)
        values[i] = v->v.yes[i];
    *out = (kxi_lanes){ v->state, values, 0 };
    return KX_OK;
}

static kx_status
from_texts(kxi_worker *w, const kxi_vec *v, kxi_strmap *texts, kxi_lanes *out)
{
    int64_t *values = kxi_arena_array(&w->arena, v->count, sizeof(*values));
    if (!values)
        return KX_E_NOMEM;
    for (size_t i = 0; i < v->count; i++) {
        uint32_t number;
        if (v->state && v->state[i])
            continue;
        kx_status st = kxi_strmap_add(texts, v->v.texts[i], &number, NULL);
        if (st != KX_OK)
            return st;
        values[i] = number;
    }
    *out = (kxi_lanes){ v->state, values, 0 };
    return KX_OK;
}

static kx_status
all_null(kxi_worker *w, kxi_lanes *out)
{
    int64_t *values = kxi_arena_array(&w->arena, w->batch.n, sizeof(*values));
    uint8_t *state = kxi_arena_array(&w->arena, w->batch.n, 1);
    if (!values || !state)
        return KX_E_NOMEM;
    memset(state, KXI_IS_NULL, w->batch.n);
    *out = (kxi_lanes){ state, values, KXI_SCALE };
    return KX_OK;
}

kx_status
kxi_lanes_make(kxi_worker *w, const kxi_vec *v, bool any_scale, kxi_strmap *texts, kxi_lanes *out)
{
    kx_status st;
    switch (v->type) {
    case KXI_V_NUMBER:
        st = v->rep == KXI_REP_NUM ? from_nums(w, v, out) : from_ints(w, v, any_scale, out);
        break;
    case KXI_V_BOOL:
        st = from_bools(w, v, out);
        break;
    case KXI_V_TEXT:
        st = from_texts(w, v, texts, out);
        break;
    case KXI_V_DATE:
        *out = (kxi_lanes){ v->state, v->v.ints, 0 };
        st = KX_OK;
        break;
    default:
        return all_null(w, out);
    }
    return st == KX_OK && v->constant ? spread(w, out) : st;
}
