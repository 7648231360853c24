#include "io/fixture.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COLUMN(text, kind, ...)                                                                             \
    {                                                                                                       \
        .name = { (text), sizeof(text) - 1 }, .type = (kind), .target = KXI_NONE, .used = true, __VA_ARGS__ \
    }
#define HEADER(text, number)                                       \
    {                                                              \
        .folded = { (text), sizeof(text) - 1 }, .column = (number) \
    }

static const kxi_column_spec things_columns[] = {
    COLUMN("id", KX_TEXT, .required = true),
    COLUMN("amount", KX_NUMBER, .list = false),
    COLUMN("day", KX_DATE, .list = false),
    COLUMN("open", KX_BOOL, .list = false),
    COLUMN("tags", KX_TEXT, .list = true),
    COLUMN("counts", KX_NUMBER, .list = true),
    { .name = { "note", 4 }, .type = KX_TEXT, .target = KXI_NONE },
};
static const kxi_header things_headers[] = { HEADER("编号", 0), HEADER("数量", 1), HEADER("日期", 2) };
static const kxi_column_spec places_columns[] = {
    COLUMN("code", KX_TEXT, .required = true),
    COLUMN("name", KX_TEXT, .list = false),
};
static const kxi_table_spec tables[TABLES] = {
    [THINGS] = { .name = { "things", 6 },
                 .kind = KXI_PLAIN,
                 .columns = things_columns,
                 .column_count = COUNT(things_columns),
                 .headers = things_headers,
                 .header_count = COUNT(things_headers),
                 .key = KXI_NONE,
                 .date = KXI_NONE,
                 .from = KXI_NONE,
                 .to = KXI_NONE },
    [PLACES] = { .name = { "places", 6 },
                 .kind = KXI_PLAIN,
                 .columns = places_columns,
                 .column_count = COUNT(places_columns),
                 .key = KXI_NONE,
                 .date = KXI_NONE,
                 .from = KXI_NONE,
                 .to = KXI_NONE },
};

static kx_status
begin(struct io *io, kx_context_options *options)
{
    io->err = (kx_error)KX_ERROR_INIT;
    io->ctx = NULL;
    io->ds = NULL;
    io->shown = NULL;
    io->opt = (struct kxi_load){ .threads = 0 };
    io->schema = (kxi_schema){ .tables = tables, .table_count = TABLES, .units = { .table = KXI_NONE } };
    kx_status status = kxi_context_new(options, &io->ctx, &io->err);
    if (status)
        return status;
    io->diag = kxi_context_diag(io->ctx, &io->err);
    return kxi_dataset_new(io->ctx, &io->schema, NULL, NULL, &io->ds, &io->diag);
}

void
io_init(struct io *io, const kx_context_options *given)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    if (given)
        options = *given;
    io->fault = (struct fault)FAULT_NONE;
    options.alloc = fault_alloc;
    options.alloc_user = &io->fault;
    options.language = KX_LANG_EN;
    ck_assert_msg(begin(io, &options) == KX_OK, "%s", io->err.message);
}

kx_status
io_begin(struct io *io, kxi_mem *mem)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    options.language = KX_LANG_EN;
    return begin(io, &options);
}

void
io_end(struct io *io)
{
    free(io->shown);
    kxi_dataset_unref(io->ds);
    kxi_context_unref(io->ctx);
}

void
io_free(struct io *io)
{
    io_end(io);
    ck_assert_msg(io->fault.live == 0, "%zu blocks leak", (size_t)io->fault.live);
    ck_assert_msg(!io->fault.wrong, "a block came back with a wrong size");
}

void
io_again(struct io *io)
{
    bool collect = io->ds->collect;
    kxi_dataset_unref(io->ds);
    io->err = (kx_error)KX_ERROR_INIT;
    io->diag = kxi_context_diag(io->ctx, &io->err);
    ck_assert_int_eq(kxi_dataset_new(io->ctx, &io->schema, NULL, NULL, &io->ds, &io->diag), KX_OK);
    io->ds->collect = collect;
}

kx_status
read_csv_bytes(struct io *io, const char *text, size_t n)
{
    return kxi_csv_read(io->ds, THINGS, KXI_STR("t.csv"), (kxi_str){ text, n }, &io->opt, &io->diag);
}

kx_status
read_csv(struct io *io, const char *text)
{
    return read_csv_bytes(io, text, strlen(text));
}

kx_status
read_json(struct io *io, const char *text)
{
    return kxi_dataset_read_json(io->ds, KXI_STR("t.json"), kxi_str_of(text), &io->opt, &io->diag);
}

/* ---- showing ---- */

struct page {
    char *s;
    size_t n, capacity;
};

static void
add_bytes(struct page *p, const void *bytes, size_t n)
{
    if (p->n + n + 1 > p->capacity) {
        p->capacity = 2 * (p->n + n + 1);
        p->s = realloc(p->s, p->capacity);
        ck_assert(p->s != NULL);
    }
    if (n)
        memcpy(p->s + p->n, bytes, n);
    p->n += n;
    p->s[p->n] = '\0';
}

static void __attribute__((format(printf, 2, 3))) add(struct page *p, const char *format, ...)
{
    char line[2048];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    add_bytes(p, line, (size_t)n < sizeof(line) ? (size_t)n : sizeof(line) - 1);
}

static void
add_number(struct page *p, int64_t v, int32_t scale)
{
    char digits[32];
    snprintf(digits, sizeof(digits), "%0*lld", scale + 1 + (v < 0), (long long)v);
    size_t whole = strlen(digits) - (size_t)scale;
    add(p, scale ? "%.*s." : "%.*s", (int)whole, digits);
    add(p, "%s", digits + whole);
}

static void
add_value(struct page *p, const kxi_column *c, size_t i)
{
    char day[11];
    if (!kxi_column_known(c, i)) {
        add(p, "~");
        return;
    }
    switch (c->type) {
    case KX_TEXT:
        add_bytes(p, kxi_column_text(c, i).s, kxi_column_text(c, i).n);
        break;
    case KX_NUMBER:
        add_number(p, kxi_column_int(c, i), c->scale);
        break;
    case KX_DATE:
        kxi_date_print((kxi_day)kxi_column_int(c, i), day);
        add(p, "%s", day);
        break;
    default:
        add(p, "%d", (int)kxi_column_int(c, i));
        break;
    }
}

static void
add_row(struct page *p, const kx_table *t, size_t row)
{
    add(p, "%u: ", kxi_table_place(t, row).line);
    for (size_t i = 0; i < t->column_count; i++) {
        const kxi_column *c = &t->columns[i];
        add(p, i ? "|" : "");
        if (!c->lists) {
            add_value(p, c, row);
            continue;
        }
        add(p, "[");
        for (int64_t v = c->lists[row]; v < c->lists[row + 1]; v++) {
            add(p, v > c->lists[row] ? ";" : "");
            add_value(p, c, (size_t)v);
        }
        add(p, "]");
    }
    add(p, "\n");
}

static const char *
keep(struct io *io, struct page *p)
{
    free(io->shown);
    io->shown = p->s;
    return p->s;
}

const char *
show_rows(struct io *io, uint32_t table)
{
    struct page p = { NULL, 0, 0 };
    const kx_table *t = io->ds->tables[table].table;
    add(&p, t ? "" : "none");
    for (size_t row = 0; t && row < t->rows; row++)
        add_row(&p, t, row);
    return keep(io, &p);
}

static void
add_hex(struct page *p, const char *name, const void *bytes, size_t n)
{
    add(p, " %s ", name);
    for (size_t i = 0; bytes && i < n; i++)
        add(p, "%02x", ((const unsigned char *)bytes)[i]);
}

const char *
show_bytes(struct io *io, uint32_t table)
{
    struct page p = { NULL, 0, 0 };
    const kx_table *t = io->ds->tables[table].table;
    add(&p, "%zu rows, first %u", t->rows, t->first_line);
    add_hex(&p, "lines", t->lines, t->line_count * 16);
    for (size_t i = 0; i < t->column_count; i++) {
        const kxi_column *c = &t->columns[i];
        add(&p, "\n%s %d %d %d %zu", c->name.s, c->type, c->layout, c->scale, c->count);
        add_hex(&p, "values", c->values, c->values_size);
        add_hex(&p, "validity", c->validity, c->validity_size);
        add_hex(&p, "lists", c->lists, c->lists_size);
        for (uint32_t code = 0; c->dict && code < c->dict->count; code++) {
            add(&p, " '");
            add_bytes(&p, c->dict->texts[code].s, c->dict->texts[code].n);
        }
    }
    return keep(io, &p);
}

const char *
show_findings(struct io *io)
{
    struct page p = { NULL, 0, 0 };
    add_bytes(&p, "", 0);
    for (size_t i = 0; i < io->ds->findings.count; i++) {
        const kxi_finding *f = &io->ds->findings.items[i];
        add(&p, "%s %.*s:%u:%u %.*s\n", kxi_msg_name(f->msg), (int)f->place.input.n, f->place.input.s, f->place.line,
            f->place.column, (int)f->text.n, f->text.s);
    }
    return keep(io, &p);
}

void
assert_rows(struct io *io, uint32_t table, const char *expected)
{
    const char *shown = show_rows(io, table);
    ck_assert_msg(strcmp(shown, expected) == 0, "got\n%s\nexpected\n%s", shown, expected);
}

void
assert_failed(struct io *io, kx_status status, enum kxi_msg msg, uint32_t line, uint32_t column, const char *words)
{
    const kx_error *e = &io->err;
    ck_assert_msg(status == kxi_msg_status(msg) && e->code == kxi_msg_code(msg), "not %s: status %d, code %d, %s",
                  kxi_msg_name(msg), (int)status, (int)e->code, e->message);
    ck_assert_msg(e->line == line && e->column == column, "%s: %u:%u instead of %u:%u, %s", kxi_msg_name(msg), e->line,
                  e->column, line, column, e->message);
    for (const char *brace = e->message; (brace = strchr(brace, '{')) != NULL; brace++)
        ck_assert_msg(brace[1] < '0' || brace[1] > '9', "an argument is missing: %s", e->message);
    for (const char *word = words; word && *word;) {
        char one[128];
        size_t n = strcspn(word, "|");
        snprintf(one, sizeof(one), "%.*s", (int)n, word);
        ck_assert_msg(strstr(e->message, one) != NULL, "\"%s\" is not in: %s", one, e->message);
        word += n + (word[n] == '|');
    }
}

uint32_t
next_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(*state >> 8) * below >> 24);
}
