/* Columns that grow by one value, and widen when it does not fit: model_priv.h, "growing". */
#include "model/model_priv.h"

/* The narrowest layout that is not narrower than the column's and holds v. */
static int32_t
layout_for(const kxi_column *c, int64_t v)
{
    if (c->type == KX_TEXT)
        return v <= INT8_MAX && c->layout == KX_LAYOUT_CODE8     ? KX_LAYOUT_CODE8
               : v <= INT16_MAX && c->layout <= KX_LAYOUT_CODE16 ? KX_LAYOUT_CODE16
                                                                 : KX_LAYOUT_CODE32;
    int32_t layout = v == (int8_t)v    ? KX_LAYOUT_I8
                     : v == (int16_t)v ? KX_LAYOUT_I16
                     : v == (int32_t)v ? KX_LAYOUT_I32
                                       : KX_LAYOUT_I64;
    return layout > c->layout ? layout : c->layout;
}

static void
store(const kxi_column *c, size_t i, int64_t v)
{
    void *values = kxi_writable(c->values);
    switch (c->layout) {
    case KX_LAYOUT_I8:
    case KX_LAYOUT_CODE8:
        ((int8_t *)values)[i] = (int8_t)v;
        break;
    case KX_LAYOUT_I16:
    case KX_LAYOUT_CODE16:
        ((int16_t *)values)[i] = (int16_t)v;
        break;
    case KX_LAYOUT_I32:
    case KX_LAYOUT_CODE32:
        ((int32_t *)values)[i] = (int32_t)v;
        break;
    case KX_LAYOUT_I64:
        ((int64_t *)values)[i] = v;
        break;
    default:
        kxi_bit_set(values, i, v != 0);
    }
}

/* A block at least `need` bytes long, grown in steps. */
static kx_status
grow_block(kxi_mem *mem, const void **block, size_t *size, size_t need)
{
    if (need <= *size)
        return KX_OK;
    size_t more = *size + *size / 2 > need ? *size + *size / 2 : need < 64 ? 64 : need;
    void *moved = kxi_realloc(mem, kxi_writable(*block), *size, more);
    if (!moved)
        return KX_E_NOMEM;
    *block = moved;
    *size = more;
    return KX_OK;
}

static int64_t
stored(const kxi_column *c, size_t i)
{
    return c->type != KX_TEXT ? kxi_column_int(c, i) : kxi_column_code(c, i);
}

/* The column's values times `times` in a layout at least as wide. Nulls become 0, what they held may not fit. */
static kx_status
recast(kxi_mem *mem, kxi_column *c, int32_t layout, int64_t times)
{
    kxi_column wide = *c;
    wide.layout = layout;
    wide.values = NULL;
    wide.values_size = 0;
    if (c->count && grow_block(mem, &wide.values, &wide.values_size, c->count * kxi_layout_width(layout)) != KX_OK)
        return KX_E_NOMEM;
    for (size_t i = 0; i < c->count; i++)
        store(&wide, i, kxi_column_known(c, i) ? stored(c, i) * times : 0);
    if (c->values_size)
        kxi_free(mem, kxi_writable(c->values), c->values_size);
    *c = wide;
    return KX_OK;
}

/* Bring cell and column to the larger of their scales. KX_E_DATA when one of the numbers then does not fit 64 bits. */
static kx_status
match_scale(kxi_mem *mem, kxi_column *c, kxi_cell *cell)
{
    if (cell->scale <= c->scale) {
        bool fits = kxi_mul64(cell->v, kxi_pow10[c->scale - cell->scale], &cell->v);
        cell->scale = c->scale;
        return fits ? KX_OK : KX_E_DATA;
    }
    int64_t times = kxi_pow10[cell->scale - c->scale], scaled;
    int32_t layout = c->layout;
    for (size_t i = 0; i < c->count; i++) {
        if (!kxi_column_known(c, i))
            continue;
        if (!kxi_mul64(kxi_column_int(c, i), times, &scaled))
            return KX_E_DATA;
        if (layout_for(c, scaled) > layout)
            layout = layout_for(c, scaled);
    }
    if (recast(mem, c, layout, times) != KX_OK)
        return KX_E_NOMEM;
    c->scale = cell->scale;
    return KX_OK;
}

/* Room for one more validity bit; they begin with the first null. */
static kx_status
room_for_validity(kxi_mem *mem, kxi_column *c, bool null)
{
    size_t old = c->validity_size;
    if (!c->validity && !null)
        return KX_OK;
    bool begins = !c->validity;
    if (grow_block(mem, (const void **)&c->validity, &c->validity_size, kxi_bit_bytes(c->count + 1)) != KX_OK)
        return KX_E_NOMEM;
    uint8_t *bits = kxi_writable(c->validity);
    memset(bits + (begins ? 0 : old), 0xFF, c->validity_size - (begins ? 0 : old));
    return KX_OK;
}

kx_status
kxi_column_make_room(kxi_mem *mem, kxi_column *c, kxi_cell *cell)
{
    kx_status status = KX_OK;
    if (cell->null)
        cell->v = 0;
    else if (c->type == KX_NUMBER)
        status = match_scale(mem, c, cell);
    int32_t layout = c->layout == KX_LAYOUT_BITS || status != KX_OK ? c->layout : layout_for(c, cell->v);
    if (status == KX_OK && layout != c->layout)
        status = recast(mem, c, layout, 1);
    size_t width = kxi_layout_width(c->layout);
    size_t need = width ? (c->count + 1) * width : kxi_bit_bytes(c->count + 1);
    if (status == KX_OK)
        status = grow_block(mem, &c->values, &c->values_size, need);
    if (status == KX_OK)
        status = room_for_validity(mem, c, cell->null);
    return status;
}

void
kxi_column_put(kxi_column *c, const kxi_cell *cell)
{
    store(c, c->count, cell->v);
    if (c->validity)
        kxi_bit_set(kxi_writable(c->validity), c->count, !cell->null);
    c->count++;
    c->rows++;
}
