/* A period that ends before it begins. */
#include "model/model_priv.h"

static kx_status
report(kxi_seal *s, uint32_t table, size_t row, kxi_day from, kxi_day to)
{
    const kxi_table_spec *spec = &s->schema->tables[table];
    char days[2][11];
    kxi_date_print(from, days[0]);
    kxi_date_print(to, days[1]);
    return KXI_FAIL(s->diag, PERIOD_BACKWARDS, kxi_table_place(s->ds->tables[table].table, row), KXI_A_ROW(row),
                    KXI_A_STR(spec->columns[spec->from].name), KXI_A_CSTR(days[0]),
                    KXI_A_STR(spec->columns[spec->to].name), KXI_A_CSTR(days[1]));
}

kx_status
kxi_seal_periods(kxi_seal *s, uint32_t table)
{
    const kxi_table_spec *spec = &s->schema->tables[table];
    const kxi_column *from = kxi_bound_column(s->ds, table, spec->from);
    const kxi_column *to = kxi_bound_column(s->ds, table, spec->to);
    int64_t begins[KXI_BATCH], ends[KXI_BATCH];
    kx_status first_status = KX_OK;
    if (!from || !to || from->lists || to->lists)
        return KX_OK;
    for (size_t first = 0; first < from->rows; first += KXI_BATCH) {
        size_t n = from->rows - first < KXI_BATCH ? from->rows - first : KXI_BATCH;
        kxi_column_ints(from, first, n, begins);
        kxi_column_ints(to, first, n, ends);
        for (size_t i = 0; i < n; i++) {
            if (begins[i] <= ends[i] || !kxi_column_known(from, first + i) || !kxi_column_known(to, first + i))
                continue;
            kx_status status = report(s, table, first + i, (kxi_day)begins[i], (kxi_day)ends[i]);
            if (kxi_seal_stops(s, status))
                return status;
            first_status = status;
        }
    }
    return first_status;
}
