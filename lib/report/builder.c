#include "report/builder.h"

#include "base/map.h"
#include "text/text.h"

struct kxi_builder_column {
    char *values; /* of `width` bytes each, capacity of them */
    size_t width;
    uint8_t *validity; /* a bit a row */
    size_t capacity;   /* rows; a multiple of 8 */
    kxi_strmap codes;  /* text */
};

static int32_t
layout_of(int32_t type)
{
    switch (type) {
    case KX_NUMBER:
        return KX_LAYOUT_I64;
    case KX_BOOL:
        return KX_LAYOUT_I8;
    case KX_DATE:
        return KX_LAYOUT_I32;
    default:
        return KX_LAYOUT_CODE32;
    }
}

static size_t
width_of(int32_t type)
{
    return type == KX_NUMBER ? 8 : type == KX_BOOL ? 1 : 4;
}

void
kxi_builder_begin(kxi_builder *b, kx_context *ctx, const kxi_field *fields, size_t count)
{
    *b = (kxi_builder){ .ctx = ctx, .fields = fields, .count = count };
    b->columns = kxi_alloc_array(&ctx->mem, count, sizeof(*b->columns));
    if (!b->columns) {
        b->status = KX_E_NOMEM;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        b->columns[i].width = width_of(fields[i].type);
        kxi_strmap_init(&b->columns[i].codes, &ctx->mem);
    }
}

/* Room for one more row. Values first, then bits: whichever grew before a failure is freed by its own size. */
static bool
column_room(kxi_mem *mem, struct kxi_builder_column *c, size_t rows)
{
    if (rows < c->capacity)
        return true;
    size_t capacity = c->capacity ? c->capacity * 2 : 64;
    char *values = kxi_alloc(mem, capacity * c->width);
    uint8_t *validity = values ? kxi_alloc_zero(mem, capacity / 8) : NULL;
    if (!validity) {
        kxi_free(mem, values, capacity * c->width);
        return false;
    }
    if (rows) {
        memcpy(values, c->values, rows * c->width);
        memcpy(validity, c->validity, (rows + 7) / 8);
    }
    kxi_free(mem, c->values, c->capacity * c->width);
    kxi_free(mem, c->validity, c->capacity / 8);
    c->values = values;
    c->validity = validity;
    c->capacity = capacity;
    return true;
}

bool
kxi_builder_row(kxi_builder *b)
{
    if (b->status == KX_OK && b->rows >= b->ctx->max_rows)
        b->status = KX_E_LIMIT;
    for (size_t i = 0; i < b->count && b->status == KX_OK; i++) {
        struct kxi_builder_column *c = &b->columns[i];
        if (!column_room(&b->ctx->mem, c, b->rows))
            b->status = KX_E_NOMEM;
        else
            memset(c->values + b->rows * c->width, 0, c->width);
    }
    if (b->status != KX_OK)
        return false;
    b->rows++;
    return true;
}

/* The current row's value of a column, which is now known; NULL after a failure. */
static void *
cell(kxi_builder *b, size_t field)
{
    if (b->status != KX_OK)
        return NULL;
    struct kxi_builder_column *c = &b->columns[field];
    size_t row = b->rows - 1;
    c->validity[row / 8] |= (uint8_t)(1u << (row % 8));
    return c->values + row * c->width;
}

static void
set_text(kxi_builder *b, size_t field, kxi_str s)
{
    uint32_t code;
    if (b->status != KX_OK)
        return;
    b->status = kxi_strmap_add(&b->columns[field].codes, s, &code, NULL);
    if (b->status == KX_OK && code > INT32_MAX)
        b->status = KX_E_LIMIT;
    int32_t *to = cell(b, field);
    if (to)
        *to = (int32_t)code;
}

void
kxi_builder_text(kxi_builder *b, size_t field, kxi_str s)
{
    if (!s.s || kxi_utf8_check(s) == s.n) {
        if (s.s)
            set_text(b, field, s);
        return;
    }
    kxi_buf shown; /* a file name may hold any bytes */
    kxi_buf_init(&shown, &b->ctx->mem);
    kxi_text_quote(&shown, s, SIZE_MAX);
    if (shown.failed)
        b->status = KX_E_NOMEM;
    set_text(b, field, kxi_buf_view(&shown));
    kxi_buf_free(&shown);
}

void
kxi_builder_num(kxi_builder *b, size_t field, kxi_num x)
{
    int64_t v;
    if (kxi_num_to_dec(x, b->fields[field].scale, &v))
        kxi_builder_int(b, field, v);
}

void
kxi_builder_int(kxi_builder *b, size_t field, int64_t v)
{
    void *to = cell(b, field);
    if (!to)
        return;
    switch (b->columns[field].width) {
    case 8:
        *(int64_t *)to = v;
        break;
    case 4:
        *(int32_t *)to = (int32_t)v;
        break;
    default:
        *(int8_t *)to = (int8_t)v;
        break;
    }
}

static bool
has_nulls(const struct kxi_builder_column *c, size_t rows)
{
    for (size_t i = 0; i < rows / 8; i++)
        if (c->validity[i] != 0xff)
            return true;
    return rows % 8 && c->validity[rows / 8] != (1u << (rows % 8)) - 1;
}

/* Hand one column over to the table. */
static kx_status
give_column(kxi_builder *b, size_t i, kx_table *table, kxi_diag *d)
{
    struct kxi_builder_column *c = &b->columns[i];
    kxi_mem *mem = &b->ctx->mem;
    kxi_column column = { .name = kxi_str_of(b->fields[i].name),
                          .type = b->fields[i].type,
                          .scale = b->fields[i].scale,
                          .layout = layout_of(b->fields[i].type),
                          .rows = b->rows,
                          .count = b->rows };
    if (column.type == KX_TEXT && kxi_dict_take(&c->codes, &column.dict) != KX_OK)
        return kxi_nomem(d);
    column.values = c->values;
    column.values_size = c->capacity * c->width;
    if (has_nulls(c, b->rows)) {
        column.validity = c->validity;
        column.validity_size = c->capacity / 8;
    } else {
        kxi_free(mem, c->validity, c->capacity / 8);
    }
    c->values = NULL;
    c->validity = NULL;
    c->capacity = 0;
    kx_status st = kxi_table_take(table, &column, d);
    if (st != KX_OK)
        kxi_column_free(mem, &column);
    return st;
}

static void
builder_free(kxi_builder *b)
{
    kxi_mem *mem = &b->ctx->mem;
    for (size_t i = 0; b->columns && i < b->count; i++) {
        struct kxi_builder_column *c = &b->columns[i];
        kxi_free(mem, c->values, c->capacity * c->width);
        kxi_free(mem, c->validity, c->capacity / 8);
        kxi_strmap_free(&c->codes);
    }
    kxi_free(mem, b->columns, b->count * sizeof(*b->columns));
    b->columns = NULL;
}

kx_status
kxi_builder_end(kxi_builder *b, const char *name, kx_table **out, kxi_diag *d)
{
    kx_table *table = NULL;
    kx_status st = b->status;
    *out = NULL;
    if (st == KX_E_LIMIT)
        st = KXI_FAIL(d, TABLE_ROWS, KXI_NOWHERE, KXI_A_CSTR(name), KXI_A_INT(b->ctx->max_rows));
    else if (st != KX_OK)
        st = kxi_nomem(d);
    if (st == KX_OK)
        st = kxi_table_new(b->ctx, kxi_str_of(name), &table, d);
    for (size_t i = 0; i < b->count && st == KX_OK; i++)
        st = give_column(b, i, table, d);
    builder_free(b);
    if (st != KX_OK) {
        kxi_table_unref(table);
        return st;
    }
    table->frozen = true;
    *out = table;
    return KX_OK;
}
