/* Packing the cells of a block: as narrow as its values allow. */
#include "io/cells.h"

void
kxi_part_free(kxi_mem *mem, kxi_part *p)
{
    kxi_free(mem, p->values, p->count * p->width);
    kxi_free(mem, p->scales, p->count);
    kxi_free(mem, p->validity, (p->count + 7) / 8);
    kxi_free(mem, p->lengths, p->rows * sizeof(*p->lengths));
    *p = (kxi_part){ .width = 1 };
}

static uint32_t
width_of(int64_t min, int64_t max)
{
    if (min >= INT8_MIN && max <= INT8_MAX)
        return 1;
    if (min >= INT16_MIN && max <= INT16_MAX)
        return 2;
    return min >= INT32_MIN && max <= INT32_MAX ? 4 : 8;
}

/* v, which fits, as value i. */
static inline void
store(kxi_part *p, size_t i, int64_t v)
{
    switch (p->width) {
    case 1:
        ((int8_t *)p->values)[i] = (int8_t)v;
        break;
    case 2:
        ((int16_t *)p->values)[i] = (int16_t)v;
        break;
    case 4:
        ((int32_t *)p->values)[i] = (int32_t)v;
        break;
    default:
        ((int64_t *)p->values)[i] = v;
        break;
    }
}

static inline void
clear_bit(uint8_t *bits, size_t i)
{
    bits[i >> 3] = (uint8_t)(bits[i >> 3] & ~(1u << (i & 7)));
}

/* Blocks for count values of the width, and bits when there are nulls. */
static bool
part_alloc(kxi_mem *mem, kxi_part *p, bool nulls)
{
    size_t bytes = (p->count + 7) / 8;
    p->values = kxi_alloc_array(mem, p->count, p->width);
    if (!p->values)
        return false;
    if (!nulls)
        return true;
    p->validity = kxi_alloc(mem, bytes);
    if (p->validity)
        memset(p->validity, 0xFF, bytes);
    return p->validity != NULL;
}

static bool
pack_small(const kxi_cells *c, kxi_part *p)
{
    int32_t min = INT32_MAX, max = INT32_MIN;
    bool nulls = false;
    for (size_t i = 0; i < c->count; i++) {
        int32_t v = c->small[i];
        bool null = v == KXI_CELL_NULL;
        nulls |= null;
        min = !null && v < min ? v : min;
        max = v > max ? v : max; /* null is below all */
    }
    if (max != INT32_MIN) {
        p->min = min;
        p->max = max;
    }
    p->width = width_of(p->min, p->max);
    if (!part_alloc(c->mem, p, nulls))
        return false;
    for (size_t i = 0; i < c->count; i++) {
        if (c->small[i] != KXI_CELL_NULL)
            store(p, i, c->small[i]);
        else
            clear_bit(p->validity, i);
    }
    return true;
}

/* The scale all numbers of the cells are to have, the one of the most digits; 0 when all are null. */
static uint32_t
common_scale(const kxi_cells *c, bool *nulls)
{
    uint32_t scale = 0;
    *nulls = false;
    for (size_t i = 0; i < c->count; i++) {
        if (c->scales[i] == KXI_SCALE_NULL)
            *nulls = true;
        else if (c->scales[i] > scale)
            scale = c->scales[i];
    }
    return scale;
}

/* The least and the greatest number at p->scale; false when some number does not fit 64 bits there. */
static bool
number_range(const kxi_cells *c, kxi_part *p)
{
    int64_t min = INT64_MAX, max = INT64_MIN, v;
    for (size_t i = 0; i < c->count; i++) {
        if (c->scales[i] == KXI_SCALE_NULL)
            continue;
        if (!kxi_mul64(c->numbers[i], kxi_pow10[p->scale - c->scales[i]], &v))
            return false;
        min = v < min ? v : min;
        max = v > max ? v : max;
    }
    if (min <= max) {
        p->min = min;
        p->max = max;
    }
    return true;
}

/* Numbers that no one scale holds are kept as they were written, for the joiner to judge. */
static bool
pack_mixed(const kxi_cells *c, kxi_part *p)
{
    p->scales = kxi_alloc(c->mem, c->count);
    if (!p->scales)
        return false;
    memcpy(p->scales, c->scales, c->count);
    memcpy(p->values, c->numbers, c->count * sizeof(*c->numbers));
    for (size_t i = 0; i < c->count; i++)
        if (c->scales[i] == KXI_SCALE_NULL)
            clear_bit(p->validity, i);
    return true;
}

static bool
pack_numbers(const kxi_cells *c, kxi_part *p)
{
    bool nulls;
    p->scale = common_scale(c, &nulls);
    bool fits = number_range(c, p);
    p->width = fits ? width_of(p->min, p->max) : 8;
    if (!part_alloc(c->mem, p, nulls))
        return false;
    if (!fits)
        return pack_mixed(c, p);
    for (size_t i = 0; i < c->count; i++) {
        if (c->scales[i] != KXI_SCALE_NULL)
            store(p, i, c->numbers[i] * kxi_pow10[p->scale - c->scales[i]]);
        else
            clear_bit(p->validity, i);
    }
    return true;
}

static bool
pack_lengths(const kxi_cells *c, kxi_part *p)
{
    p->rows = c->rows;
    if (!c->list || c->rows == 0)
        return true;
    p->lengths = kxi_alloc(c->mem, c->rows * sizeof(*p->lengths));
    if (!p->lengths)
        return false;
    memcpy(p->lengths, c->lengths, c->rows * sizeof(*p->lengths));
    return true;
}

kx_status
kxi_cells_pack(kxi_cells *c, kxi_part *out)
{
    kxi_part p = { .width = 1, .count = c->count };
    bool ok = c->count == 0 || (c->type == KX_NUMBER ? pack_numbers(c, &p) : pack_small(c, &p));
    if (!ok || !pack_lengths(c, &p)) {
        kxi_part_free(c->mem, &p);
        return KX_E_NOMEM;
    }
    c->count = c->rows = 0;
    *out = p;
    return KX_OK;
}
