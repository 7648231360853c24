#include "model/table.h"

#include "model/model_priv.h"

static kx_status
keep_name(kx_table *t, kxi_str name, kxi_str *out, kxi_diag *d)
{
    kxi_str text;
    kx_status status = kxi_text_normalise(&t->names, name, &text);
    if (status == KX_E_SYNTAX)
        return KXI_FAIL0(d, NAME_UTF8, KXI_NOWHERE);
    if (status != KX_OK)
        return kxi_nomem(d);
    *out = kxi_str_copy(&t->names, text);
    return out->s ? KX_OK : kxi_nomem(d);
}

kx_status
kxi_table_new(kx_context *ctx, kxi_str name, kx_table **out, kxi_diag *d)
{
    *out = NULL;
    kx_table *t = kxi_alloc_zero(&ctx->mem, sizeof(*t));
    if (!t)
        return kxi_nomem(d);
    atomic_init(&t->refs, 1);
    t->ctx = kxi_context_ref(ctx);
    kxi_arena_init(&t->names, &ctx->mem);
    kx_status status = keep_name(t, name, &t->name, d);
    if (status == KX_OK)
        *out = t;
    else
        kxi_table_unref(t);
    return status;
}

kx_table *
kxi_table_ref(kx_table *t)
{
    atomic_fetch_add_explicit(&t->refs, 1, memory_order_relaxed);
    return t;
}

static void
free_lines(kx_table *t)
{
    if (t->lines)
        kxi_free(&t->ctx->mem, kxi_writable(t->lines), t->line_count * 2 * sizeof(uint64_t));
    t->lines = NULL;
    t->line_count = 0;
}

void
kxi_table_unref(kx_table *t)
{
    if (!t || atomic_fetch_sub_explicit(&t->refs, 1, memory_order_acq_rel) != 1)
        return;
    kx_context *ctx = t->ctx;
    kxi_appender_free(t);
    for (size_t i = 0; i < t->column_count; i++)
        kxi_column_free(&ctx->mem, &t->columns[i]);
    kxi_free(&ctx->mem, t->columns, t->column_capacity * sizeof(*t->columns));
    free_lines(t);
    kxi_arena_free(&t->names);
    kxi_free(&ctx->mem, t, sizeof(*t));
    kxi_context_unref(ctx);
}

uint32_t
kxi_table_find(const kx_table *t, kxi_str name)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (kxi_str_eq(t->columns[i].name, name))
            return (uint32_t)i;
    return KXI_NONE;
}

kx_status
kxi_table_push(kx_table *t, kxi_str name, kxi_column *c, kxi_diag *d)
{
    kxi_place place = { .input = t->name };
    if (t->column_count && c->rows != t->rows)
        return KXI_FAIL(d, COLUMN_ROWS, place, KXI_A_STR(name), KXI_A_INT(c->rows), KXI_A_INT(t->rows));
    kx_status status = keep_name(t, name, &name, d);
    if (status != KX_OK)
        return status;
    if (name.n == 0)
        return KXI_FAIL(d, COLUMN_NAME, place, KXI_A_INT(t->column_count + 1));
    if (kxi_table_find(t, name) != KXI_NONE)
        return KXI_FAIL(d, COLUMN_TWICE, place, KXI_A_STR(name));
    if (!kxi_grow(&t->ctx->mem, &t->columns, &t->column_capacity, t->column_count + 1))
        return kxi_nomem(d);
    kxi_appender_free(t); /* it knows the columns there were */
    t->rows = c->rows;
    c->name = name;
    t->columns[t->column_count++] = *c;
    *c = (kxi_column){ .values = NULL };
    return KX_OK;
}

kx_status
kxi_table_take(kx_table *t, kxi_column *column, kxi_diag *d)
{
    kxi_place place = { .input = t->name };
    if (t->frozen)
        return KXI_FAIL0(d, TABLE_FROZEN, place);
    if (column->rows > t->ctx->max_rows)
        return KXI_FAIL(d, ROWS_LIMIT, place, KXI_A_INT(t->ctx->max_rows));
    return kxi_table_push(t, column->name, column, d);
}

void
kxi_table_set_lines(kx_table *t, uint32_t first_line, uint64_t *lines, size_t line_count)
{
    free_lines(t);
    t->text_input = true;
    t->first_line = first_line;
    t->lines = lines;
    t->line_count = line_count;
}

kxi_place
kxi_table_place(const kx_table *t, size_t row)
{
    kxi_place place = { .input = t->name };
    if (!t->text_input)
        return place;
    size_t low = 0, high = t->line_count; /* the pairs before low begin at the row or earlier */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->lines[2 * middle] <= row)
            low = middle + 1;
        else
            high = middle;
    }
    uint64_t line = low ? t->lines[2 * low - 1] + (row - t->lines[2 * low - 2]) : t->first_line + (uint64_t)row;
    place.line = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
    place.column = 1;
    return place;
}

kx_status
kxi_table_view(const kx_table *t, size_t index, kx_column *out)
{
    kx_column view = KX_COLUMN_INIT;
    size_t size = out ? out->size : 0;
    if (size < sizeof(view.size) + sizeof(view.name))
        return KX_E_ARGUMENT;
    if (index >= t->column_count)
        return KX_E_NOTFOUND;
    const kxi_column *c = &t->columns[index];
    view.name = c->name.s;
    view.type = c->type;
    view.layout = c->layout;
    view.scale = c->scale;
    view.rows = c->rows;
    view.values = c->values;
    view.validity = c->validity;
    view.lists = c->lists;
    if (c->dict) {
        view.pool = c->dict->count;
        kx_status status = kxi_dict_pool(c->dict, &view.pool_offsets, &view.pool_bytes);
        if (status != KX_OK)
            return status;
    }
    memcpy(out, &view, size < sizeof(view) ? size : sizeof(view));
    out->size = size;
    return KX_OK;
}
