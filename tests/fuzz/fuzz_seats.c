/* Any bytes as rules of seats and, after a NUL, as their units. What is refused says why; of what is divided by a method no seat
 * is lost: given, open and in reserve they are the total. */
#include <stdlib.h>
#include <string.h>

#include <kexie/kexie.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int holds)
{
    if (!holds)
        abort();
}

/* A whole number of a table; *known is 0 for null. The columns looked at are 64 bits wide at most and have no scale. */
static int64_t
whole(const kx_table *table, const char *name, uint64_t row, int *known)
{
    kx_column c = KX_COLUMN_INIT;
    must(kx_table_column(table, (size_t)kx_table_find(table, name), &c) == KX_OK);
    *known = !c.validity || (c.validity[row >> 3] >> (row & 7) & 1);
    switch (c.layout) {
    case KX_LAYOUT_I8:
        return ((const int8_t *)c.values)[row];
    case KX_LAYOUT_I16:
        return ((const int16_t *)c.values)[row];
    case KX_LAYOUT_I32:
        return ((const int32_t *)c.values)[row];
    default:
        return ((const int64_t *)c.values)[row];
    }
}

static int
is_known(const kx_table *table, const char *name, uint64_t row)
{
    kx_column c = KX_COLUMN_INIT;
    must(kx_table_column(table, (size_t)kx_table_find(table, name), &c) == KX_OK);
    return !c.validity || (c.validity[row >> 3] >> (row & 7) & 1);
}

/* One allotment, whose units are the next rows of seats; *at goes past them. */
static void
check_allotment(const kx_seats *s, uint64_t row, uint64_t *at)
{
    const kx_table *t = s->allotments;
    int known, has_total;
    int64_t total = whole(t, "total", row, &has_total), units = whole(t, "units", row, &known);
    int64_t sum = whole(t, "open", row, &known) + whole(t, "reserve", row, &known);
    for (int64_t i = 0; i < units; i++, ++*at) {
        int64_t given = whole(s->seats, "given", *at, &known);
        must(!known || given >= 0);
        sum += known ? given : 0;
    }
    /* With a ceiling the numbers may have been divided, and the total is only compared. */
    if (is_known(t, "claims_exact", row) && has_total && !is_known(t, "ceiling", row))
        must(sum == total);
}

static void
check(const kx_seats *s)
{
    uint64_t at = 0;
    for (uint64_t row = 0; row < kx_table_rows(s->allotments); row++)
        check_allotment(s, row, &at);
    must(at == kx_table_rows(s->seats));
    kx_table_unref(s->seats);
    kx_table_unref(s->allotments);
    kx_table_unref(s->checks);
    kx_table_unref(s->findings);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *rules = (const char *)data, *nul = size ? memchr(data, 0, size) : NULL;
    size_t length = nul ? (size_t)(nul - rules) : size;
    const char *units = nul ? nul + 1 : "unit,n\na,1\nb,2\n";
    size_t units_length = nul ? size - length - 1 : strlen(units);
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_context *ctx;
    kx_error err = KX_ERROR_INIT;
    kx_table *table;
    kx_seats seats = KX_SEATS_INIT;
    options.max_memory = 64 << 20;
    options.max_digits = 200;
    must(kx_context_new(&options, &ctx, NULL) == KX_OK);
    kx_status st = kx_apportion_read(ctx, "rules", rules, length, "units", units, units_length, NULL, &table, &err);
    if (st == KX_OK)
        st = kx_apportion(ctx, "rules", rules, length, table, &seats, &err);
    kx_table_unref(table);
    must((st == KX_OK) == (err.status == KX_OK) && (st == KX_OK || err.message[0]));
    must((st == KX_OK) == (seats.seats != NULL && seats.allotments && seats.checks && seats.findings));
    if (st == KX_OK)
        check(&seats);
    kx_context_unref(ctx);
    return 0;
}
