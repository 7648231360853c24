/* Reading a column view, which is how tables come out of the library. */
#include "cli.h"

kx_status
column_named(const kx_table *table, const char *name, kx_column *out)
{
    kx_column view = KX_COLUMN_INIT;
    int64_t index = kx_table_find(table, name);
    kx_status st = index < 0 ? KX_E_NOTFOUND : kx_table_column(table, (size_t)index, &view);
    *out = view;
    return st;
}

bool
cell_known(const kx_column *c, uint64_t row)
{
    return row < c->rows && (!c->validity || (c->validity[row >> 3] >> (row & 7) & 1));
}

/* A whole number as it is stored: a value, or the code of a text. */
static int64_t
stored(const kx_column *c, uint64_t row)
{
    switch (c->layout) {
    case KX_LAYOUT_I8:
    case KX_LAYOUT_CODE8:
        return ((const int8_t *)c->values)[row];
    case KX_LAYOUT_I16:
    case KX_LAYOUT_CODE16:
        return ((const int16_t *)c->values)[row];
    case KX_LAYOUT_I32:
    case KX_LAYOUT_CODE32:
        return ((const int32_t *)c->values)[row];
    case KX_LAYOUT_I64:
        return ((const int64_t *)c->values)[row];
    case KX_LAYOUT_BITS:
        return ((const uint8_t *)c->values)[row >> 3] >> (row & 7) & 1;
    default:
        return 0;
    }
}

const char *
cell_text(const kx_column *c, uint64_t row, size_t *length)
{
    *length = 0;
    if (!cell_known(c, row) || c->type != KX_TEXT || !c->pool_offsets)
        return "";
    int64_t code = stored(c, row);
    *length = (size_t)(c->pool_offsets[code + 1] - c->pool_offsets[code]);
    return c->pool_bytes + c->pool_offsets[code];
}

int64_t
cell_int(const kx_column *c, uint64_t row)
{
    return cell_known(c, row) ? stored(c, row) : 0;
}
