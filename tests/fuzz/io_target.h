/* tests/fuzz/io_target.h: a small made-up schema, and what reading into it leaves, as text, for the targets of the
 * layer io. */
#ifndef KEXIE_TESTS_FUZZ_IO_TARGET_H
#define KEXIE_TESTS_FUZZ_IO_TARGET_H

#include <stdlib.h>

#include "io/csv.h"
#include "io/json.h"

#define FUZZ_COLUMN(text, kind, many, must)                                                                           \
    {                                                                                                                 \
        .name = { (text), sizeof(text) - 1 }, .type = (kind), .target = KXI_NONE, .list = (many), .required = (must), \
        .used = true                                                                                                  \
    }

static const kxi_column_spec fuzz_columns[] = {
    FUZZ_COLUMN("id", KX_TEXT, false, true),   FUZZ_COLUMN("n", KX_NUMBER, false, false),
    FUZZ_COLUMN("d", KX_DATE, false, false),   FUZZ_COLUMN("b", KX_BOOL, false, false),
    FUZZ_COLUMN("tags", KX_TEXT, true, false), FUZZ_COLUMN("ns", KX_NUMBER, true, false),
};
static const kxi_header fuzz_headers[] = { { { "单位", 6 }, 0 } };
static const kxi_table_spec fuzz_tables[] = {
    { .name = { "t", 1 },
      .kind = KXI_PLAIN,
      .columns = fuzz_columns,
      .column_count = 6,
      .headers = fuzz_headers,
      .header_count = 1,
      .key = KXI_NONE,
      .date = KXI_NONE,
      .from = KXI_NONE,
      .to = KXI_NONE },
};
static const kxi_schema fuzz_schema = { .tables = fuzz_tables, .table_count = 1, .units = { .table = KXI_NONE } };

struct fuzz_run {
    kx_context *ctx;
    kx_dataset *ds;
    kx_error err;
    kxi_diag diag;
};

static inline void
fuzz_require(bool holds)
{
    if (!holds)
        abort();
}

static inline void
fuzz_begin(struct fuzz_run *r, bool collect, uint64_t max_field)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_field = max_field;
    r->err = (kx_error)KX_ERROR_INIT;
    fuzz_require(kxi_context_new(&options, &r->ctx, &r->err) == KX_OK);
    r->diag = kxi_context_diag(r->ctx, &r->err);
    fuzz_require(kxi_dataset_new(r->ctx, &fuzz_schema, NULL, NULL, &r->ds, &r->diag) == KX_OK);
    r->ds->collect = collect;
}

static inline void
fuzz_end(struct fuzz_run *r)
{
    kxi_dataset_unref(r->ds);
    kxi_context_unref(r->ctx);
}

static inline void
fuzz_add_column(kxi_buf *b, const kxi_column *c)
{
    kxi_buf_char(b, '\n');
    kxi_buf_str(b, c->name);
    kxi_buf_int(b, c->layout * 10 + c->scale);
    kxi_buf_add(b, c->values, c->values_size);
    kxi_buf_add(b, (const char *)c->validity, c->validity_size);
    kxi_buf_add(b, (const char *)c->lists, c->lists_size);
    for (uint32_t i = 0; c->dict && i < c->dict->count; i++) {
        fuzz_require(kxi_utf8_check(c->dict->texts[i]) == c->dict->texts[i].n && c->dict->texts[i].n > 0);
        kxi_buf_char(b, '\t');
        kxi_buf_str(b, c->dict->texts[i]);
    }
}

/* Everything a call leaves. */
static inline void
fuzz_outcome(kxi_buf *b, const struct fuzz_run *r, kx_status status)
{
    const kx_table *t = r->ds->tables[0].table;
    kxi_buf_int(b, status);
    kxi_buf_int(b, r->err.code);
    kxi_buf_cstr(b, ":");
    kxi_buf_int(b, r->err.line);
    kxi_buf_cstr(b, ":");
    kxi_buf_int(b, r->err.column);
    kxi_buf_cstr(b, ":");
    kxi_buf_int(b, (int64_t)r->err.offset);
    kxi_buf_cstr(b, r->err.message);
    for (size_t i = 0; i < r->ds->findings.count; i++) {
        kxi_buf_char(b, '\n');
        kxi_buf_int(b, r->ds->findings.items[i].place.line);
        kxi_buf_char(b, ':');
        kxi_buf_int(b, r->ds->findings.items[i].place.column);
        kxi_buf_str(b, r->ds->findings.items[i].text);
    }
    if (!t)
        return;
    fuzz_require(status == KX_OK);
    kxi_buf_int(b, (int64_t)t->rows);
    kxi_buf_add(b, (const char *)t->lines, t->line_count * 2 * sizeof(uint64_t));
    for (size_t i = 0; i < t->column_count; i++)
        fuzz_add_column(b, &t->columns[i]);
}

#endif
