#include "io/join.h"

enum { CHUNK = 1024 };

/* Values of a part, or of the column, a chunk at a time: between the two they have 64 bits. */
static void
load_chunk(const kxi_part *p, size_t first, size_t n, int64_t *out)
{
    switch (p->width) {
    case 1:
        for (size_t i = 0; i < n; i++)
            out[i] = ((const int8_t *)p->values)[first + i];
        break;
    case 2:
        for (size_t i = 0; i < n; i++)
            out[i] = ((const int16_t *)p->values)[first + i];
        break;
    case 4:
        for (size_t i = 0; i < n; i++)
            out[i] = ((const int32_t *)p->values)[first + i];
        break;
    default:
        memcpy(out, (const int64_t *)p->values + first, n * sizeof(*out));
        break;
    }
}

static void
store_bits(uint8_t *bits, size_t first, size_t n, const int64_t *v)
{
    for (size_t i = 0; i < n; i++)
        bits[(first + i) >> 3] = (uint8_t)(bits[(first + i) >> 3] | (v[i] & 1) << ((first + i) & 7));
}

static void
store_chunk(void *values, int32_t layout, size_t first, size_t n, const int64_t *v)
{
    switch (layout) {
    case KX_LAYOUT_BITS:
        store_bits(values, first, n, v);
        break;
    case KX_LAYOUT_I8:
    case KX_LAYOUT_CODE8:
        for (size_t i = 0; i < n; i++)
            ((int8_t *)values)[first + i] = (int8_t)v[i];
        break;
    case KX_LAYOUT_I16:
    case KX_LAYOUT_CODE16:
        for (size_t i = 0; i < n; i++)
            ((int16_t *)values)[first + i] = (int16_t)v[i];
        break;
    case KX_LAYOUT_I32:
    case KX_LAYOUT_CODE32:
        for (size_t i = 0; i < n; i++)
            ((int32_t *)values)[first + i] = (int32_t)v[i];
        break;
    default:
        memcpy((int64_t *)values + first, v, n * sizeof(*v));
        break;
    }
}

static int32_t
layout_of(int64_t min, int64_t max)
{
    if (min >= INT8_MIN && max <= INT8_MAX)
        return KX_LAYOUT_I8;
    if (min >= INT16_MIN && max <= INT16_MAX)
        return KX_LAYOUT_I16;
    return min >= INT32_MIN && max <= INT32_MAX ? KX_LAYOUT_I32 : KX_LAYOUT_I64;
}

static size_t
values_size(int32_t layout, size_t count)
{
    switch (layout) {
    case KX_LAYOUT_BITS:
        return (count + 7) / 8;
    case KX_LAYOUT_I8:
    case KX_LAYOUT_CODE8:
        return count;
    case KX_LAYOUT_I16:
    case KX_LAYOUT_CODE16:
        return count * 2;
    case KX_LAYOUT_I32:
    case KX_LAYOUT_CODE32:
        return count * 4;
    default:
        return count * 8;
    }
}

static kxi_part *
part_of(const kxi_join *j, size_t block)
{
    return &j->blocks[block].parts[j->column];
}

static bool
known(const kxi_part *p, size_t i)
{
    return !p->validity || (p->validity[i >> 3] >> (i & 7) & 1);
}

/* Numbers */

/* Number i of a part at the column's scale; false when it does not fit. */
static bool
number_at(const kxi_part *p, size_t i, uint32_t column_scale, int64_t *v, uint32_t *scale)
{
    load_chunk(p, i, 1, v);
    *scale = p->scales ? p->scales[i] : p->scale;
    return kxi_mul64(*v, kxi_pow10[column_scale - *scale], v);
}

/* Whether all of a part fits, which its range says. */
static bool
part_fits(const kxi_part *p, uint32_t scale, int64_t *min, int64_t *max)
{
    int64_t factor = kxi_pow10[scale - p->scale];
    return !p->scales && kxi_mul64(p->min, factor, min) && kxi_mul64(p->max, factor, max);
}

static uint32_t
widest_scale(const kxi_join *j)
{
    uint32_t scale = 0;
    for (size_t b = 0; b < j->block_count; b++)
        if (part_of(j, b)->scale > scale)
            scale = part_of(j, b)->scale;
    return scale;
}

/* The row of the block that value i of a part belongs to. */
static size_t
row_of(const kxi_part *p, size_t i)
{
    size_t row = 0;
    if (!p->lengths)
        return i;
    for (size_t before = p->lengths[0]; before <= i; before += p->lengths[row])
        row++;
    return row;
}

static kx_status
add_misfit(kxi_join *j, size_t row, int64_t number, uint32_t scale, uint32_t column_scale)
{
    kxi_misfits *m = &j->misfits;
    if (m->count >= m->limit) {
        m->left_out++;
        return KX_OK;
    }
    if (!kxi_grow(m->mem, &m->list, &m->capacity, m->count + 1))
        return KX_E_NOMEM;
    m->list[m->count++] = (kxi_misfit){ row, number, scale, column_scale };
    return KX_OK;
}

/* A part with numbers that do not fit: these become null, the others come to the column's scale. */
static kx_status
mend_part(kxi_join *j, kxi_part *p, size_t first_row, uint32_t scale)
{
    kxi_part mended = { .width = 8, .scale = scale, .count = p->count, .rows = p->rows };
    size_t bytes = (p->count + 7) / 8;
    kx_status status = KX_OK;
    mended.values = kxi_alloc_array(j->mem, p->count, mended.width);
    mended.validity = kxi_alloc_zero(j->mem, bytes);
    if (!mended.values || !mended.validity)
        status = KX_E_NOMEM;
    for (size_t i = 0; i < p->count && !status; i++) {
        int64_t v;
        uint32_t own;
        if (!known(p, i))
            continue;
        if (!number_at(p, i, scale, &v, &own)) {
            load_chunk(p, i, 1, &v);
            status = add_misfit(j, first_row + row_of(p, i), v, own, scale);
            continue;
        }
        ((int64_t *)mended.values)[i] = v;
        mended.validity[i >> 3] = (uint8_t)(mended.validity[i >> 3] | 1u << (i & 7));
        mended.min = v < mended.min ? v : mended.min;
        mended.max = v > mended.max ? v : mended.max;
    }
    if (status) {
        kxi_part_free(j->mem, &mended);
        return status;
    }
    mended.lengths = p->lengths;
    p->lengths = NULL;
    kxi_part_free(j->mem, p);
    *p = mended;
    return KX_OK;
}

static kx_status
plan_numbers(kxi_join *j, kxi_column *c)
{
    int64_t low = 0, high = 0, min = 0, max = 0;
    uint32_t scale = widest_scale(j);
    for (size_t b = 0, row = 0; b < j->block_count; row += j->blocks[b].rows, b++) {
        kxi_part *p = part_of(j, b);
        kx_status status = part_fits(p, scale, &min, &max) ? KX_OK : mend_part(j, p, row, scale);
        if (status)
            return status;
        part_fits(p, scale, &min, &max);
        low = min < low ? min : low;
        high = max > high ? max : high;
    }
    c->scale = (int32_t)scale;
    c->layout = layout_of(low, high);
    return KX_OK;
}

static void
plan_small(kxi_join *j, kxi_column *c)
{
    int64_t low = 0, high = 0;
    for (size_t b = 0; b < j->block_count; b++) {
        const kxi_part *p = part_of(j, b);
        low = p->min < low ? p->min : low;
        high = p->max > high ? p->max : high;
    }
    c->layout = c->type == KX_BOOL ? KX_LAYOUT_BITS : layout_of(low, high);
}

static int32_t
code_layout(size_t texts)
{
    if (texts <= (size_t)INT8_MAX + 1)
        return KX_LAYOUT_CODE8;
    return texts <= (size_t)INT16_MAX + 1 ? KX_LAYOUT_CODE16 : KX_LAYOUT_CODE32;
}

/* Filling the column */

/* What a value is multiplied by, or looked up in. */
static void
change_chunk(const kxi_part *p, size_t first, size_t n, int64_t factor, const int32_t *codes, int64_t *v)
{
    if (codes) {
        for (size_t i = 0; i < n; i++)
            v[i] = known(p, first + i) ? codes[v[i]] : 0;
    } else if (factor != 1) {
        for (size_t i = 0; i < n; i++)
            v[i] *= factor;
    }
}

static void
copy_values(kxi_part *p, size_t at, int64_t factor, const int32_t *codes, kxi_column *c, void *values)
{
    int64_t chunk[CHUNK];
    for (size_t first = 0; first < p->count; first += CHUNK) {
        size_t n = p->count - first < CHUNK ? p->count - first : CHUNK;
        load_chunk(p, first, n, chunk);
        change_chunk(p, first, n, factor, codes, chunk);
        store_chunk(values, c->layout, at + first, n, chunk);
    }
}

static void
copy_validity(const kxi_part *p, size_t at, uint8_t *validity)
{
    for (size_t i = 0; p->validity && i < p->count; i++)
        if (!known(p, i))
            validity[(at + i) >> 3] = (uint8_t)(validity[(at + i) >> 3] & ~(1u << ((at + i) & 7)));
}

static void
copy_lengths(const kxi_part *p, size_t row, int64_t *lists)
{
    for (size_t i = 0; i < p->rows; i++)
        lists[row + i + 1] = lists[row + i] + p->lengths[i];
}

static bool
alloc_blocks(kxi_join *j, kxi_column *c)
{
    bool nulls = false;
    c->rows = j->rows;
    for (size_t b = 0; b < j->block_count; b++) {
        c->count += part_of(j, b)->count;
        nulls |= part_of(j, b)->validity != NULL;
    }
    c->values_size = values_size(c->layout, c->count);
    c->validity_size = nulls ? (c->count + 7) / 8 : 0;
    c->lists_size = j->spec->list ? (j->rows + 1) * sizeof(*c->lists) : 0;
    c->values = c->values_size ? kxi_alloc_zero(j->mem, c->values_size) : NULL;
    c->validity = c->validity_size ? kxi_alloc(j->mem, c->validity_size) : NULL;
    c->lists = c->lists_size ? kxi_alloc_zero(j->mem, c->lists_size) : NULL;
    if (c->validity)
        memset((uint8_t *)(uintptr_t)c->validity, 0xFF, c->validity_size);
    return (c->values || !c->values_size) && (c->validity || !c->validity_size) && (c->lists || !c->lists_size);
}

/* Part by part, each freed as soon as it is copied. */
static kx_status
fill(kxi_join *j, kxi_column *c, const struct kxi_renumbering *r)
{
    if (!alloc_blocks(j, c))
        return KX_E_NOMEM;
    for (size_t b = 0, at = 0, row = 0; b < j->block_count; b++) {
        kxi_part *p = part_of(j, b);
        int64_t factor = c->type == KX_NUMBER ? kxi_pow10[(uint32_t)c->scale - p->scale] : 1;
        copy_values(p, at, factor, r->codes ? r->codes[j->blocks[b].reader] : NULL, c, (void *)(uintptr_t)c->values);
        copy_validity(p, at, (uint8_t *)(uintptr_t)c->validity);
        if (c->lists)
            copy_lengths(p, row, (int64_t *)(uintptr_t)c->lists);
        at += p->count;
        row += j->blocks[b].rows;
        kxi_part_free(j->mem, p);
    }
    return KX_OK;
}

static kx_status
join_texts(kxi_join *j, kxi_column *c)
{
    struct kxi_renumbering r = { NULL, NULL };
    kxi_strmap map;
    kxi_strmap_init(&map, j->mem);
    kx_status status = kxi_renumber(j, &r, &map);
    if (!status)
        status = kxi_dict_take(&map, &c->dict);
    if (!status) {
        c->layout = code_layout(c->dict->count);
        status = fill(j, c, &r);
    }
    kxi_strmap_free(&map);
    kxi_renumbering_free(j, &r);
    return status;
}

kx_status
kxi_join_column(kxi_join *j, kxi_column *out)
{
    kxi_column c = { .name = j->spec->name, .type = j->spec->type };
    struct kxi_renumbering none = { NULL, NULL };
    kx_status status = KX_OK;
    if (c.type == KX_TEXT) {
        status = join_texts(j, &c);
    } else {
        if (c.type == KX_NUMBER)
            status = plan_numbers(j, &c);
        else
            plan_small(j, &c);
        if (!status)
            status = fill(j, &c, &none);
    }
    if (status) {
        kxi_column_free(j->mem, &c);
        return status;
    }
    *out = c;
    return KX_OK;
}
