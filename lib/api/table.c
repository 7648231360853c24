#include "api/api.h"

#include "report/report.h"

kx_status
kx_table_new(kx_context *ctx, const char *name, kx_table **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(ctx, err);
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, ctx);
    KXI_NEED(&d, name);
    return kxi_api_done(&d, kxi_table_new(ctx, kxi_str_of(name), out, &d));
}

kx_table *
kx_table_ref(kx_table *table)
{
    return table ? kxi_table_ref(table) : NULL;
}

void
kx_table_unref(kx_table *table)
{
    kxi_table_unref(table);
}

kx_status
kx_table_add_column(kx_table *table, const kx_column *column, kx_release_fn release, void *user, kx_error *err)
{
    kxi_diag d = kxi_api_diag(table ? table->ctx : NULL, err);
    KXI_NEED(&d, table);
    KXI_NEED(&d, column);
    return kxi_api_done(&d, kxi_table_add_view(table, column, release, user, &d));
}

kx_status
kx_table_append(kx_table *table, const kx_value *values, size_t count, size_t stride, kx_error *err)
{
    kxi_diag d = kxi_api_diag(table ? table->ctx : NULL, err);
    KXI_NEED(&d, table);
    KXI_NEED(&d, values);
    return kxi_api_done(&d, kxi_table_append(table, values, count, stride, &d));
}

uint64_t
kx_table_rows(const kx_table *table)
{
    return table ? table->rows : 0;
}

size_t
kx_table_columns(const kx_table *table)
{
    return table ? table->column_count : 0;
}

kx_status
kx_table_column(const kx_table *table, size_t index, kx_column *out)
{
    return table && out ? kxi_table_view(table, index, out) : KX_E_ARGUMENT;
}

int64_t
kx_table_find(const kx_table *table, const char *name)
{
    uint32_t found = table && name ? kxi_table_find(table, kxi_str_of(name)) : KXI_NONE;
    return found == KXI_NONE ? -1 : (int64_t)found;
}

kx_status
kx_table_write(const kx_table *table, const kx_write_options *options, kx_write_fn write, void *user, kx_error *err)
{
    kxi_diag d = kxi_api_diag(table ? table->ctx : NULL, err);
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    KXI_NEED(&d, table);
    KXI_NEED(&d, write);
    kx_status st = KXI_OPTIONS(&o, options, kx_write_options, &d);
    return st == KX_OK ? kxi_api_done(&d, kxi_report_write_table(table, &o, write, user, &d)) : st;
}
