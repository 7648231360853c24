/* apportion: rules of seats and a table of units, to seats. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* Texts of the input, which the library borrows. */
struct input {
    char *rules, *data;
    size_t rules_length, data_length;
};

/* What people are shown of a table: some of its columns under headings of their own; one that is empty is left out. */
struct heading {
    const char *column, *en, *zh;
};
static const struct heading seat_headings[] = {
    { "allotment", "allotment", "名额" },
    { "unit", "unit", "单位" },
    { "name", "name", "名称" },
    { "seats", "seats", "个数" },
    { "quota", "quota", "份额" },
    { "min", "min", "最低" },
    { "max", "max", "最高" },
    { "flags", "notes", "标记" },
    { "why", "why", "由来" },
};
static const struct heading allotment_headings[] = {
    { "allotment", "allotment", "名额" },   { "title", "title", "标题" },     { "method", "method", "方法" },
    { "total", "total", "总数" },           { "reserve", "reserve", "预留" }, { "units", "units", "单位数" },
    { "seats", "seats", "已分" },           { "open", "open", "并列未定" },   { "unchosen", "not chosen", "未选定" },
    { "ceiling", "ceiling", "上限" },       { "over", "over", "超出" },       { "last_unit", "last seat", "最后一席" },
    { "next_unit", "next seat", "下一席" },
};
static const struct heading check_headings[] = {
    { "check", "check", "检查" },
    { "title", "title", "标题" },
    { "allotment", "allotment", "名额" },
    { "group", "group", "组" },
    { "unit", "unit", "单位" },
    { "met", "met", "满足" },
    { "has", "has", "实有" },
    { "of", "of", "总数" },
    { "bound", "bound", "界限" },
    { "needs", "needs", "应为" },
    { "miss", "short or over", "差额" },
    { "alone", "by coming or going", "增减人数" },
};
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool
is_empty(const kx_column *c)
{
    for (uint64_t row = 0; row < c->rows; row++)
        if (cell_known(c, row))
            return false;
    return true;
}

static kx_status
shown_table(const struct cli *c, const kx_table *from, const struct heading *headings, size_t count, kx_table **out,
            kx_error *err)
{
    kx_status st = kx_table_new(c->ctx, "shown", out, err);
    for (size_t i = 0; i < count && st == KX_OK; i++) {
        kx_column column;
        st = column_named(from, headings[i].column, &column);
        if (st != KX_OK || is_empty(&column))
            continue;
        column.name = c->language == KX_LANG_EN ? headings[i].en : headings[i].zh;
        st = kx_table_add_column(*out, &column, NULL, NULL, err);
    }
    return st;
}

static kx_status
write_shown(const struct cli *c, const kx_table *from, const struct heading *headings, size_t count, struct output *out,
            kx_error *err)
{
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    kx_table *shown = NULL;
    options.format = KX_FORMAT_TEXT;
    options.width = output_width(c);
    if (kx_table_rows(from) == 0)
        return KX_OK;
    kx_status st = shown_table(c, from, headings, count, &shown, err);
    if (st == KX_OK)
        st = kx_table_write(shown, &options, output_write, out, err);
    kx_table_unref(shown);
    return st;
}

static kx_status
write_line(struct output *out, const char *text)
{
    return output_write(out, text, strlen(text)) == 0 ? KX_OK : KX_E_CALLBACK;
}

static kx_status
write_text(const struct cli *c, const kx_seats *seats, struct output *out, kx_error *err)
{
    kx_status st = write_shown(c, seats->seats, seat_headings, COUNT(seat_headings), out, err);
    if (st == KX_OK)
        st = write_line(out, "\n");
    if (st == KX_OK)
        st = write_shown(c, seats->allotments, allotment_headings, COUNT(allotment_headings), out, err);
    if (st == KX_OK && kx_table_rows(seats->checks))
        st = write_line(out, "\n");
    return st == KX_OK ? write_shown(c, seats->checks, check_headings, COUNT(check_headings), out, err) : st;
}

/* {"format": "kexie-seats/1", "allotments": [..], "seats": [..], "checks": [..], "findings": [..]} */
static kx_status
write_json(const kx_seats *seats, struct output *out, kx_error *err)
{
    const struct {
        const char *before;
        const kx_table *table;
    } parts[] = {
        { "{\"format\":\"kexie-seats/1\",\n\"allotments\":", seats->allotments },
        { ",\"seats\":", seats->seats },
        { ",\"checks\":", seats->checks },
        { ",\"findings\":", seats->findings },
    };
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    kx_status st = KX_OK;
    options.format = KX_FORMAT_JSON;
    for (size_t i = 0; i < COUNT(parts) && st == KX_OK; i++) {
        st = write_line(out, parts[i].before);
        if (st == KX_OK)
            st = kx_table_write(parts[i].table, &options, output_write, out, err);
    }
    return st == KX_OK ? write_line(out, "}\n") : st;
}

static kx_status
write_csv(const struct cli *c, const kx_seats *seats, struct output *out, kx_error *err)
{
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    options.format = KX_FORMAT_CSV;
    options.bom = c->bom;
    return kx_table_write(seats->seats, &options, output_write, out, err);
}

static enum exit_code
write_seats(const struct cli *c, const kx_seats *seats)
{
    kx_error err = KX_ERROR_INIT;
    struct output out;
    enum exit_code code = output_open(&out, c->output);
    kx_status st = KX_E_IO;
    if (code == EXIT_DONE)
        st = c->format == KX_FORMAT_JSON  ? write_json(seats, &out, &err)
             : c->format == KX_FORMAT_CSV ? write_csv(c, seats, &out, &err)
                                          : write_text(c, seats, &out, &err);
    enum exit_code closed = output_close(&out, st == KX_OK);
    if (code != EXIT_DONE || st == KX_OK)
        return code != EXIT_DONE ? code : closed;
    if (st != KX_E_CALLBACK) /* then the file's own error has been told */
        complain_error(&err);
    return exit_of(st);
}

static enum exit_code
apportion(struct cli *c, const struct input *in)
{
    kx_error err = KX_ERROR_INIT;
    kx_load_options options = KX_LOAD_OPTIONS_INIT;
    kx_seats seats = KX_SEATS_INIT;
    kx_table *units = NULL;
    options.encoding = c->encoding;
    kx_status st = kx_apportion_read(c->ctx, c->scheme_path, in->rules, in->rules_length, c->data_path, in->data,
                                     in->data_length, &options, &units, &err);
    if (st == KX_OK)
        st = kx_apportion(c->ctx, c->scheme_path, in->rules, in->rules_length, units, &seats, &err);
    kx_table_unref(units);
    if (st != KX_OK) {
        complain_error(&err);
        return exit_of(st);
    }
    if (!c->quiet)
        print_findings(stderr, seats.findings, 0, UINT64_MAX);
    enum exit_code code = write_seats(c, &seats);
    kx_table_unref(seats.seats);
    kx_table_unref(seats.allotments);
    kx_table_unref(seats.checks);
    kx_table_unref(seats.findings);
    return code;
}

enum exit_code
run_apportion(struct cli *c)
{
    struct input in = { NULL, NULL, 0, 0 };
    enum exit_code code = open_context(c);
    if (code == EXIT_DONE)
        code = read_file(c->scheme_path, &in.rules, &in.rules_length);
    if (code == EXIT_DONE)
        code = read_file(c->data_path, &in.data, &in.data_length);
    if (code == EXIT_DONE)
        code = apportion(c, &in);
    free(in.rules);
    free(in.data);
    return code;
}
