/* Columns of model/table.h: reading them, and what building them has in common. */
#include "model/model_priv.h"

size_t
kxi_layout_width(int32_t layout)
{
    switch (layout) {
    case KX_LAYOUT_I8:
    case KX_LAYOUT_CODE8:
        return 1;
    case KX_LAYOUT_I16:
    case KX_LAYOUT_CODE16:
        return 2;
    case KX_LAYOUT_I32:
    case KX_LAYOUT_CODE32:
        return 4;
    case KX_LAYOUT_I64:
        return 8;
    default:
        return 0;
    }
}

kxi_str
kxi_type_name(int32_t type, int32_t language)
{
    static const char *const names[][2] = {
        { "文字", "text" }, { "数字", "numbers" }, { "日期", "dates" }, { "是否", "yes or no" }
    };
    return kxi_str_of(names[type - KX_TEXT][language == KX_LANG_EN]);
}

int64_t
kxi_column_int(const kxi_column *c, size_t value)
{
    switch (c->layout) {
    case KX_LAYOUT_I8:
        return ((const int8_t *)c->values)[value];
    case KX_LAYOUT_I16:
        return ((const int16_t *)c->values)[value];
    case KX_LAYOUT_I32:
        return ((const int32_t *)c->values)[value];
    case KX_LAYOUT_I64:
        return ((const int64_t *)c->values)[value];
    default:
        return ((const uint8_t *)c->values)[value >> 3] >> (value & 7) & 1;
    }
}

uint32_t
kxi_column_code(const kxi_column *c, size_t value)
{
    if (!kxi_column_known(c, value))
        return KXI_NONE;
    switch (c->layout) {
    case KX_LAYOUT_CODE8:
        return ((const uint8_t *)c->values)[value];
    case KX_LAYOUT_CODE16:
        return ((const uint16_t *)c->values)[value];
    default:
        return ((const uint32_t *)c->values)[value];
    }
}

kxi_str
kxi_column_text(const kxi_column *c, size_t value)
{
    uint32_t code = kxi_column_code(c, value);
    return code == KXI_NONE ? (kxi_str){ NULL, 0 } : c->dict->texts[code];
}

#define WIDEN(type)                                         \
    do {                                                    \
        const type *from = (const type *)c->values + first; \
        for (size_t i = 0; i < n; i++)                      \
            out[i] = from[i];                               \
    } while (0)

void
kxi_column_ints(const kxi_column *c, size_t first, size_t n, int64_t *out)
{
    if (n == 0)
        return;
    switch (c->layout) {
    case KX_LAYOUT_I8:
        WIDEN(int8_t);
        break;
    case KX_LAYOUT_I16:
        WIDEN(int16_t);
        break;
    case KX_LAYOUT_I32:
        WIDEN(int32_t);
        break;
    case KX_LAYOUT_I64:
        memcpy(out, (const int64_t *)c->values + first, n * sizeof(*out));
        break;
    default:
        for (size_t i = 0; i < n; i++)
            out[i] = ((const uint8_t *)c->values)[(first + i) >> 3] >> ((first + i) & 7) & 1;
    }
}

void
kxi_column_codes(const kxi_column *c, size_t first, size_t n, uint32_t *out)
{
    if (n == 0)
        return;
    switch (c->layout) {
    case KX_LAYOUT_CODE8:
        WIDEN(uint8_t);
        break;
    case KX_LAYOUT_CODE16:
        WIDEN(uint16_t);
        break;
    default:
        memcpy(out, (const uint32_t *)c->values + first, n * sizeof(*out));
    }
    if (!c->validity)
        return;
    for (size_t i = 0; i < n; i++) {
        uint32_t known = c->validity[(first + i) >> 3] >> ((first + i) & 7) & 1;
        out[i] |= known - 1; /* KXI_NONE when not known */
    }
}

bool
kxi_bits_all(const uint8_t *bits, size_t first, size_t n)
{
    size_t i = 0;
    for (; i < n && ((first + i) & 7); i++)
        if (!(bits[(first + i) >> 3] >> ((first + i) & 7) & 1))
            return false;
    for (; i + 8 <= n; i += 8)
        if (bits[(first + i) >> 3] != 0xFF)
            return false;
    for (; i < n; i++)
        if (!(bits[(first + i) >> 3] >> ((first + i) & 7) & 1))
            return false;
    return true;
}

bool
kxi_column_nulls(const kxi_column *c, size_t first, size_t n, uint8_t *out)
{
    if (!c->validity || kxi_bits_all(c->validity, first, n))
        return false;
    for (size_t i = 0; i < n; i++)
        out[i] = !(c->validity[(first + i) >> 3] >> ((first + i) & 7) & 1);
    return true;
}

/* The last row that begins at the value or before; rows with empty lists begin where the next one does. */
size_t
kxi_column_row(const kxi_column *c, size_t value)
{
    if (!c->lists)
        return value;
    size_t low = 0, high = c->rows;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if ((uint64_t)c->lists[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t
kxi_column_first(const kxi_column *c, size_t row)
{
    if (!c->lists)
        return row;
    return c->lists[row] < c->lists[row + 1] ? (size_t)c->lists[row] : KXI_NO_VALUE;
}

void
kxi_column_free(kxi_mem *mem, kxi_column *c)
{
    if (c->values_size)
        kxi_free(mem, kxi_writable(c->values), c->values_size);
    if (c->validity_size)
        kxi_free(mem, kxi_writable(c->validity), c->validity_size);
    if (c->lists_size)
        kxi_free(mem, kxi_writable(c->lists), c->lists_size);
    kxi_dict_free(c->dict);
    if (c->release)
        c->release(c->release_user);
    *c = (kxi_column){ .values = NULL };
}

void
kxi_column_drop(kxi_mem *mem, kxi_column **c)
{
    if (*c) {
        kxi_column_free(mem, *c);
        kxi_free(mem, *c, sizeof(**c));
        *c = NULL;
    }
}

kx_status
kxi_column_set_null(kxi_mem *mem, kxi_column *c, size_t value)
{
    if (!c->validity) {
        size_t bytes = kxi_bit_bytes(c->count);
        uint8_t *bits = kxi_alloc(mem, bytes);
        if (!bits)
            return KX_E_NOMEM;
        c->validity = memset(bits, 0xFF, bytes);
        c->validity_size = bytes;
    }
    kxi_bit_set(kxi_writable(c->validity), value, false);
    return KX_OK;
}

kx_status
kxi_column_room(kxi_mem *mem, kxi_column *c, int32_t layout)
{
    c->layout = layout;
    if (c->count == 0)
        return KX_OK;
    c->values = kxi_alloc_array(mem, c->count, kxi_layout_width(layout));
    if (!c->values)
        return KX_E_NOMEM;
    c->values_size = c->count * kxi_layout_width(layout);
    return KX_OK;
}

/* Narrow values move down, never over one that is still to be read. */
kx_status
kxi_column_narrow(kxi_mem *mem, kxi_column *c)
{
    int32_t layout = c->dict->count <= 128     ? KX_LAYOUT_CODE8
                     : c->dict->count <= 32768 ? KX_LAYOUT_CODE16
                                               : KX_LAYOUT_CODE32;
    if (layout == KX_LAYOUT_CODE32)
        return KX_OK;
    size_t size = c->count * kxi_layout_width(layout);
    const uint32_t *from = c->values;
    for (size_t i = 0; i < c->count; i++)
        if (layout == KX_LAYOUT_CODE8)
            ((uint8_t *)kxi_writable(c->values))[i] = (uint8_t)from[i];
        else
            ((uint16_t *)kxi_writable(c->values))[i] = (uint16_t)from[i];
    c->layout = layout;
    if (c->count == 0)
        return KX_OK;
    void *less = kxi_realloc(mem, kxi_writable(c->values), c->values_size, size);
    if (!less)
        return KX_E_NOMEM;
    c->values = less;
    c->values_size = size;
    return KX_OK;
}
