/* check: every finding of a scheme, its data and an evaluation, in one list. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* The columns of a findings table. */
static const struct {
    const char *name;
    int32_t type;
} columns[] = {
    { "severity", KX_TEXT }, { "code", KX_NUMBER },  { "input", KX_TEXT },   { "line", KX_NUMBER },
    { "column", KX_NUMBER }, { "pointer", KX_TEXT }, { "message", KX_TEXT },
};
enum { SEVERITY, CODE, INPUT, LINE, COLUMN, POINTER, MESSAGE, COLUMNS };

static kx_status
views_of(const kx_table *table, kx_column *views)
{
    kx_status st = KX_OK;
    for (size_t i = 0; i < COLUMNS && st == KX_OK; i++)
        st = column_named(table, columns[i].name, &views[i]);
    return st;
}

/* ---- printing, for people ---- */

static int
level_of(const kx_column *severity, uint64_t row)
{
    static const char *const names[] = { "note", "warning", "error" };
    size_t n;
    const char *text = cell_text(severity, row, &n);
    for (int i = 0; i < 3; i++)
        if (strlen(names[i]) == n && memcmp(names[i], text, n) == 0)
            return i;
    return 2;
}

static void
print_text(FILE *to, const char *before, const kx_column *c, uint64_t row, const char *after)
{
    size_t n;
    const char *text = cell_text(c, row, &n);
    if (n)
        fprintf(to, "%s%.*s%s", before, (int)n, text, after);
}

/* input:line:column: error: message [code pointer] */
static void
print_finding(FILE *to, const kx_column *v, uint64_t row)
{
    static const enum word words[] = { W_NOTE, W_WARNING, W_ERROR };
    print_text(to, "", &v[INPUT], row, ":");
    if (cell_known(&v[LINE], row))
        fprintf(to, "%lld:", (long long)cell_int(&v[LINE], row));
    if (cell_known(&v[COLUMN], row))
        fprintf(to, "%lld:", (long long)cell_int(&v[COLUMN], row));
    fprintf(to, "%s%s: ", cell_known(&v[INPUT], row) ? " " : "", word(words[level_of(&v[SEVERITY], row)]));
    print_text(to, "", &v[MESSAGE], row, "");
    fprintf(to, " [%lld", (long long)cell_int(&v[CODE], row));
    print_text(to, " ", &v[POINTER], row, "");
    fputs("]\n", to);
}

uint64_t
print_findings(FILE *to, const kx_table *findings, int least, uint64_t most)
{
    kx_column views[COLUMNS];
    uint64_t count = 0;
    if (views_of(findings, views) != KX_OK)
        return 0;
    for (uint64_t row = 0; row < kx_table_rows(findings); row++)
        if (level_of(&views[SEVERITY], row) >= least && count++ < most)
            print_finding(to, views, row);
    return count;
}

/* ---- one list out of several ---- */

static kx_status
new_list(kx_context *ctx, kx_table **out, kx_error *err)
{
    kx_status st = kx_table_new(ctx, "findings", out, err);
    for (size_t i = 0; i < COLUMNS && st == KX_OK; i++) {
        kx_column empty = KX_COLUMN_INIT;
        empty.name = columns[i].name;
        empty.type = columns[i].type;
        empty.layout = columns[i].type == KX_TEXT ? KX_LAYOUT_CSTR : KX_LAYOUT_I64;
        st = kx_table_add_column(*out, &empty, NULL, NULL, err);
    }
    return st;
}

static kx_status
append_row(kx_table *to, const kx_column *views, uint64_t row, kx_error *err)
{
    kx_value values[COLUMNS];
    memset(values, 0, sizeof(values));
    for (size_t i = 0; i < COLUMNS; i++) {
        if (!cell_known(&views[i], row))
            continue;
        values[i].type = columns[i].type;
        if (columns[i].type == KX_TEXT)
            values[i].text = cell_text(&views[i], row, &values[i].length);
        else
            values[i].number = cell_int(&views[i], row);
    }
    return kx_table_append(to, values, COLUMNS, sizeof(values[0]), err);
}

/* Moves the rows of a table, when the call that made it went well, to the end of the list. */
static kx_status
append_all(kx_table *to, kx_status made, kx_table *from, kx_error *err)
{
    kx_column views[COLUMNS];
    kx_status st = made;
    if (st == KX_OK)
        st = views_of(from, views);
    for (uint64_t row = 0; st == KX_OK && row < kx_table_rows(from); row++)
        st = append_row(to, views, row, err);
    kx_table_unref(from);
    return st;
}

/* ---- the command ---- */

struct counts {
    unsigned long long of[3]; /* notes, warnings, errors */
};

static struct counts
count_levels(const kx_table *list)
{
    struct counts counts = { { 0 } };
    kx_column severity;
    if (column_named(list, "severity", &severity) == KX_OK)
        for (uint64_t row = 0; row < kx_table_rows(list); row++)
            counts.of[level_of(&severity, row)]++;
    return counts;
}

static enum exit_code
told(kx_status st, const kx_error *err)
{
    if (st != KX_OK)
        complain_error(err);
    return exit_of(st);
}

static enum exit_code
check_scheme(struct cli *c, kx_table *list)
{
    kx_error err = KX_ERROR_INIT;
    kx_table *findings = NULL;
    char *text;
    size_t length;
    enum exit_code code = read_file(c->scheme_path, &text, &length);
    if (code != EXIT_DONE)
        return code;
    kx_status st = kx_scheme_check(c->ctx, c->scheme_path, text, length, &findings, &err);
    free(text);
    return told(append_all(list, st, findings, &err), &err);
}

/* The scheme has no errors. */
static enum exit_code
check_data(struct cli *c, kx_table *list)
{
    kx_error err = KX_ERROR_INIT;
    kx_table *findings = NULL;
    bool quiet = c->quiet;
    enum exit_code code = open_scheme(c);
    if (code != EXIT_DONE)
        return code;
    enum exit_code loaded = open_data(c, KX_LOAD_COLLECT);
    if (loaded != EXIT_DONE && loaded != EXIT_FINDINGS)
        return loaded;
    kx_status st = kx_dataset_findings(c->dataset, &findings, &err);
    code = told(append_all(list, st, findings, &err), &err);
    if (code != EXIT_DONE || loaded != EXIT_DONE)
        return code;
    c->quiet = true; /* warnings go into the list */
    code = run_evaluation(c);
    c->quiet = quiet;
    if (code != EXIT_DONE)
        return code;
    st = kx_result_table(c->result, KX_RESULT_FINDINGS, &findings, &err);
    return told(append_all(list, st, findings, &err), &err);
}

static enum exit_code
write_list(struct cli *c, const kx_table *list)
{
    kx_error err = KX_ERROR_INIT;
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    struct output out;
    kx_status st = KX_OK;
    options.format = c->format;
    options.bom = c->bom;
    enum exit_code code = output_open(&out, c->output);
    if (code == EXIT_DONE && c->format == KX_FORMAT_TEXT)
        print_findings(out.file, list, 0, UINT64_MAX);
    else if (code == EXIT_DONE)
        st = kx_table_write(list, &options, output_write, &out, &err);
    enum exit_code closed = output_close(&out, code == EXIT_DONE && st == KX_OK);
    if (st != KX_OK && st != KX_E_CALLBACK)
        complain_error(&err);
    return code != EXIT_DONE ? code : st != KX_OK ? exit_of(st) : closed;
}

enum exit_code
run_check(struct cli *c)
{
    kx_error err = KX_ERROR_INIT;
    kx_table *list = NULL;
    enum exit_code code = open_context(c);
    if (code != EXIT_DONE)
        return code;
    code = told(new_list(c->ctx, &list, &err), &err);
    if (code == EXIT_DONE)
        code = check_scheme(c, list);
    if (code == EXIT_DONE && c->data_path && count_levels(list).of[2] == 0)
        code = check_data(c, list);
    enum exit_code written = code == EXIT_DONE || kx_table_rows(list) ? write_list(c, list) : EXIT_DONE;
    struct counts found = count_levels(list);
    kx_table_unref(list);
    if (code != EXIT_DONE || written != EXIT_DONE)
        return code != EXIT_DONE ? code : written;
    if (found.of[0] + found.of[1] + found.of[2] == 0)
        complain(W_NOTHING_FOUND);
    else
        complain(W_FOUND, found.of[2], found.of[1], found.of[0]);
    return found.of[2] ? EXIT_FINDINGS : EXIT_DONE;
}
