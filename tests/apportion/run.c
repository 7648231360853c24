#include "run.h"

#include <stdio.h>
#include <stdlib.h>

kx_context *
new_context(void)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_context *ctx;
    options.language = KX_LANG_EN;
    ck_assert_int_eq(kx_context_new(&options, &ctx, NULL), KX_OK);
    return ctx;
}

kx_status
run_seats(kx_context *ctx, const char *rules, const char *units, kx_seats *out, kx_error *err)
{
    kx_table *table;
    kx_status st = kx_apportion_read(ctx, "rules.json", rules, strlen(rules), "units.csv", units, strlen(units), NULL,
                                     &table, err);
    if (st == KX_OK)
        st = kx_apportion(ctx, "rules.json", rules, strlen(rules), table, out, err);
    kx_table_unref(table);
    return st;
}

void
free_seats(kx_seats *seats)
{
    kx_table_unref(seats->seats);
    kx_table_unref(seats->allotments);
    kx_table_unref(seats->checks);
    kx_table_unref(seats->findings);
    *seats = (kx_seats)KX_SEATS_INIT;
}

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
    case KX_LAYOUT_BITS:
        return ((const uint8_t *)c->values)[row >> 3] >> (row & 7) & 1;
    default:
        return ((const int64_t *)c->values)[row];
    }
}

const char *
cell(const kx_table *table, const char *column, uint64_t row)
{
    static char texts[16][512];
    static unsigned next;
    char *text = texts[next++ % COUNT(texts)];
    kx_column c = KX_COLUMN_INIT;
    int64_t index = kx_table_find(table, column);
    ck_assert_msg(index >= 0 && kx_table_column(table, (size_t)index, &c) == KX_OK, "no column %s", column);
    if (c.validity && !(c.validity[row >> 3] >> (row & 7) & 1))
        return "-";
    int64_t v = stored(&c, row);
    if (c.type == KX_TEXT)
        snprintf(text, sizeof(texts[0]), "%.*s", (int)(c.pool_offsets[v + 1] - c.pool_offsets[v]),
                 c.pool_bytes + c.pool_offsets[v]);
    else if (c.type == KX_BOOL)
        return v ? "true" : "false";
    else
        snprintf(text, sizeof(texts[0]), "%lld",
                 (long long)v); /* the columns looked at have no digits after the point */
    return text;
}

static const char *
or_nothing(const char *text)
{
    return strcmp(text, "-") == 0 ? "" : text;
}

static void
write_checks(FILE *to, const kx_table *t)
{
    for (uint64_t i = 0; i < kx_table_rows(t); i++) {
        const char *group = cell(t, "group", i), *unit = cell(t, "unit", i), *kind = cell(t, "kind", i);
        fprintf(to, "check %s,%s%s,%s,", cell(t, "check", i), or_nothing(group), or_nothing(unit), cell(t, "met", i));
        if (strcmp(kind, "share") == 0 || strcmp(kind, "sum") == 0)
            fprintf(to, "%s of %s,%s %s,miss %s,alone %s\n", cell(t, "has", i), cell(t, "of", i), cell(t, "bound", i),
                    cell(t, "needs", i), cell(t, "miss", i), cell(t, "alone", i));
        else
            fputs(",,,\n", to);
    }
}

static const char *
message_name(int code)
{
    for (int m = 0; m < KXI_MSG_COUNT; m++)
        if (kxi_msg_code(m) == code)
            return kxi_msg_name(m);
    return "?";
}

char *
seats_text(const kx_seats *seats)
{
    char *text = NULL;
    size_t n;
    FILE *to = open_memstream(&text, &n);
    ck_assert_msg(to != NULL, "no memory");
    const kx_table *t = seats->seats;
    for (uint64_t i = 0; i < kx_table_rows(t); i++)
        fprintf(to, "%s,%s,%s,%s,%s\n", cell(t, "allotment", i), cell(t, "unit", i), or_nothing(cell(t, "seats", i)),
                or_nothing(cell(t, "flags", i)), or_nothing(cell(t, "why", i)));
    write_checks(to, seats->checks);
    t = seats->allotments;
    for (uint64_t i = 0; i < kx_table_rows(t); i++)
        fprintf(to, "total %s: seats %s reserve %s total %s open %s unchosen %s\n", cell(t, "allotment", i),
                cell(t, "seats", i), cell(t, "reserve", i), cell(t, "total", i), cell(t, "open", i),
                cell(t, "unchosen", i));
    t = seats->findings;
    for (uint64_t i = 0; i < kx_table_rows(t); i++)
        fprintf(to, "%s %s\n", cell(t, "severity", i), message_name(atoi(cell(t, "code", i))));
    ck_assert_int_eq(fclose(to), 0);
    return text;
}
