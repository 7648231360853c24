/* A complete use of kexie from C: a scheme and rows in, a ranking and the list of what is missing out.
 *
 *     cc score.c -lkexie -o score && ./score
 *
 * Units, posts and their numbers are made up. */
#include <kexie/kexie.h>

#include <stdio.h>
#include <string.h>

/* One head of a clinic in every township of a county: 10 points in proportion to the townships that have one. */
static const char scheme_text[] =
    "{\"kexie\": 1, \"id\": \"example\", \"period\": {\"from\": \"2025-01-01\", \"to\": \"2025-12-31\"},"
    " \"subjects\": {\"of\": \"units\", \"where\": \"level == 'county'\"},"
    " \"measures\": {\"heads\": {\"of\": \"posts\", \"where\": \"role == '院长'\", \"per\": [\"township\"], \"at_least\": 1}},"
    " \"score\": {\"points\": 10, \"parts\": [{\"id\": \"A1\", \"title\": \"院长在任\", \"points\": 10,"
    "   \"value\": \"coverage(heads)\", \"curve\": \"ratio\", \"missing\": \"zero\"}]},"
    " \"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"}}";

static const char *const units[][4] = {
    { "1", "某省", "province", "" },          { "11", "某市", "city", "1" },
    { "1101", "甲县", "county", "11" },       { "110101", "东乡", "township", "1101" },
    { "110102", "西乡", "township", "1101" }, { "1102", "乙县", "county", "11" },
    { "110201", "南乡", "township", "1102" },
};
static const char *const posts[][4] = {
    { "P1", "110101", "院长", "2024-03-01" },
    { "P2", "110201", "院长", "2023-09-01" },
};

/* Rows of four texts each as a table. An empty text is a null. */
static kx_status
make_table(kx_context *ctx, const char *name, const char *const *names, const char *const rows[][4], size_t count,
           kx_table **out, kx_error *err)
{
    size_t i, k;
    kx_status st = kx_table_new(ctx, name, out, err);
    for (i = 0; i < 4 && st == KX_OK; i++) {
        kx_column column = KX_COLUMN_INIT; /* no rows yet: this only declares it */
        column.name = names[i];
        column.type = KX_TEXT;
        column.layout = KX_LAYOUT_CSTR;
        st = kx_table_add_column(*out, &column, NULL, NULL, err);
    }
    for (i = 0; i < count && st == KX_OK; i++) {
        kx_value values[4];
        memset(values, 0, sizeof(values));
        for (k = 0; k < 4; k++) {
            values[k].type = rows[i][k][0] ? KX_TEXT : 0;
            values[k].text = rows[i][k];
            values[k].length = strlen(rows[i][k]);
        }
        st = kx_table_append(*out, values, 4, sizeof(values[0]), err);
    }
    return st;
}

static kx_status
add_table(kx_context *ctx, kx_dataset *data, const char *name, const char *const *names, const char *const rows[][4],
          size_t count, kx_error *err)
{
    kx_table *table = NULL;
    kx_status st = make_table(ctx, name, names, rows, count, &table, err);
    if (st == KX_OK)
        st = kx_dataset_add(data, name, table, err);
    kx_table_unref(table); /* the dataset has its own reference */
    return st;
}

static int
to_file(void *user, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, (FILE *)user) == length ? 0 : 1;
}

/* The text of row i of a text column of a table that came out. */
static int
print_text(const kx_table *table, const char *name, uint64_t i)
{
    kx_column c = KX_COLUMN_INIT;
    int64_t index = kx_table_find(table, name);
    if (index < 0 || kx_table_column(table, (size_t)index, &c) != KX_OK)
        return 0;
    if (c.validity && !(c.validity[i / 8] >> (i % 8) & 1))
        return printf("-");
    if (c.layout == KX_LAYOUT_CODE32) {
        int32_t code = ((const int32_t *)c.values)[i];
        return printf("%.*s", (int)(c.pool_offsets[code + 1] - c.pool_offsets[code]),
                      c.pool_bytes + c.pool_offsets[code]);
    }
    return 0;
}

static kx_status
show(const kx_result *result, kx_error *err)
{
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    kx_table *gaps = NULL;
    uint64_t i;
    kx_status st;
    options.what = KX_WRITE_SCORES;
    options.format = KX_FORMAT_CSV;
    st = kx_result_write(result, &options, to_file, stdout, err);
    if (st == KX_OK)
        st = kx_result_table(result, KX_RESULT_GAPS, &gaps, err);
    for (i = 0; st == KX_OK && i < kx_table_rows(gaps); i++) {
        print_text(gaps, "subject_name", i);
        printf(": ");
        print_text(gaps, "unit_name", i);
        printf(" has ");
        print_text(gaps, "has_exact", i);
        printf(", needs ");
        print_text(gaps, "needs_exact", i);
        printf("\n");
    }
    kx_table_unref(gaps);
    return st;
}

int
main(void)
{
    static const char *const unit_columns[] = { "code", "name", "level", "parent" };
    static const char *const post_columns[] = { "person", "unit", "role", "from" };
    kx_error err = KX_ERROR_INIT;
    kx_context *ctx = NULL;
    kx_scheme *scheme = NULL;
    kx_dataset *data = NULL;
    kx_result *result = NULL;
    kx_status st = kx_context_new(NULL, &ctx, &err);
    if (st == KX_OK)
        st = kx_scheme_parse(ctx, "example", scheme_text, sizeof(scheme_text) - 1, &scheme, &err);
    if (st == KX_OK)
        st = kx_dataset_new(scheme, &data, &err);
    if (st == KX_OK)
        st = add_table(ctx, data, "units", unit_columns, units, sizeof(units) / sizeof(units[0]), &err);
    if (st == KX_OK)
        st = add_table(ctx, data, "posts", post_columns, posts, sizeof(posts) / sizeof(posts[0]), &err);
    if (st == KX_OK)
        st = kx_dataset_seal(data, &err);
    if (st == KX_OK)
        st = kx_evaluate(data, NULL, &result, &err);
    if (st == KX_OK)
        st = show(result, &err);
    if (st != KX_OK)
        fprintf(stderr, "%s:%u:%u: %s\n", err.input, (unsigned)err.line, (unsigned)err.column, err.message);
    kx_result_unref(result);
    kx_dataset_unref(data);
    kx_scheme_unref(scheme);
    kx_context_unref(ctx);
    return st == KX_OK ? 0 : 1;
}
