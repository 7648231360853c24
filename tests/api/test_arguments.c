/* Every public function with every argument that may not be NULL missing, one at a time: KX_E_ARGUMENT, an error that names
 * function and argument, nothing in the out parameter, no crash. */
#include "suite.h"

#include <stdlib.h>

static struct line l;
static kx_table *table; /* being filled */
static kx_tally *tally;
static kx_error err;
static void *out; /* whatever kind of object a call hands out */

#define OUT(type) ((type **)(void *)&out)

static int
take(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return 0;
}

static kx_column
a_column(void)
{
    kx_column c = KX_COLUMN_INIT;
    c.name = "x";
    c.type = KX_NUMBER;
    c.layout = KX_LAYOUT_I64;
    return c;
}

#define CALLS(X)                                                                                 \
    X(kx_context_new, out, kx_context_new(NULL, NULL, &err))                                     \
    X(kx_table_new, out, kx_table_new(l.ctx, "t", NULL, &err))                                   \
    X(kx_table_new, ctx, kx_table_new(NULL, "t", OUT(kx_table), &err))                           \
    X(kx_table_new, name, kx_table_new(l.ctx, NULL, OUT(kx_table), &err))                        \
    X(kx_table_add_column, table, kx_table_add_column(NULL, &column, NULL, NULL, &err))          \
    X(kx_table_add_column, column, kx_table_add_column(table, NULL, NULL, NULL, &err))           \
    X(kx_table_append, table, kx_table_append(NULL, &value, 1, sizeof(value), &err))             \
    X(kx_table_append, values, kx_table_append(table, NULL, 1, sizeof(value), &err))             \
    X(kx_scheme_parse, out, kx_scheme_parse(l.ctx, "s", "{}", 2, NULL, &err))                    \
    X(kx_scheme_parse, ctx, kx_scheme_parse(NULL, "s", "{}", 2, OUT(kx_scheme), &err))           \
    X(kx_scheme_parse, name, kx_scheme_parse(l.ctx, NULL, "{}", 2, OUT(kx_scheme), &err))        \
    X(kx_scheme_parse, text, kx_scheme_parse(l.ctx, "s", NULL, 2, OUT(kx_scheme), &err))         \
    X(kx_scheme_check, findings, kx_scheme_check(l.ctx, "s", "{}", 2, NULL, &err))               \
    X(kx_scheme_check, ctx, kx_scheme_check(NULL, "s", "{}", 2, OUT(kx_table), &err))            \
    X(kx_scheme_check, name, kx_scheme_check(l.ctx, NULL, "{}", 2, OUT(kx_table), &err))         \
    X(kx_scheme_check, text, kx_scheme_check(l.ctx, "s", NULL, 2, OUT(kx_table), &err))          \
    X(kx_scheme_describe, out, kx_scheme_describe(l.scheme, NULL, &err))                         \
    X(kx_scheme_describe, scheme, kx_scheme_describe(NULL, OUT(kx_table), &err))                 \
    X(kx_dataset_new, out, kx_dataset_new(l.scheme, NULL, &err))                                 \
    X(kx_dataset_new, scheme, kx_dataset_new(NULL, OUT(kx_dataset), &err))                       \
    X(kx_dataset_add, dataset, kx_dataset_add(NULL, "units", table, &err))                       \
    X(kx_dataset_add, name, kx_dataset_add(l.data, NULL, table, &err))                           \
    X(kx_dataset_add, table, kx_dataset_add(l.data, "units", NULL, &err))                        \
    X(kx_dataset_read_csv, dataset, kx_dataset_read_csv(NULL, "units", "f", "", 0, NULL, &err))  \
    X(kx_dataset_read_csv, name, kx_dataset_read_csv(l.data, NULL, "f", "", 0, NULL, &err))      \
    X(kx_dataset_read_csv, input, kx_dataset_read_csv(l.data, "units", NULL, "", 0, NULL, &err)) \
    X(kx_dataset_read_csv, text, kx_dataset_read_csv(l.data, "units", "f", NULL, 1, NULL, &err)) \
    X(kx_dataset_read_json, dataset, kx_dataset_read_json(NULL, "f", "{}", 2, NULL, &err))       \
    X(kx_dataset_read_json, input, kx_dataset_read_json(l.data, NULL, "{}", 2, NULL, &err))      \
    X(kx_dataset_read_json, text, kx_dataset_read_json(l.data, "f", NULL, 2, NULL, &err))        \
    X(kx_dataset_load, dataset, kx_dataset_load(NULL, "f", NULL, &err))                          \
    X(kx_dataset_load, path, kx_dataset_load(l.data, NULL, NULL, &err))                          \
    X(kx_dataset_seal, dataset, kx_dataset_seal(NULL, &err))                                     \
    X(kx_dataset_findings, out, kx_dataset_findings(l.data, NULL, &err))                         \
    X(kx_dataset_findings, dataset, kx_dataset_findings(NULL, OUT(kx_table), &err))              \
    X(kx_evaluate, out, kx_evaluate(l.data, NULL, NULL, &err))                                   \
    X(kx_evaluate, dataset, kx_evaluate(NULL, NULL, OUT(kx_result), &err))                       \
    X(kx_tally_new, out, kx_tally_new(l.scheme, NULL, NULL, &err))                               \
    X(kx_tally_new, scheme, kx_tally_new(NULL, NULL, OUT(kx_tally), &err))                       \
    X(kx_tally_add, tally, kx_tally_add(NULL, l.data, "p", &err))                                \
    X(kx_tally_add, dataset, kx_tally_add(tally, NULL, "p", &err))                               \
    X(kx_tally_add, part, kx_tally_add(tally, l.data, NULL, &err))                               \
    X(kx_tally_merge, tally, kx_tally_merge(NULL, tally, &err))                                  \
    X(kx_tally_merge, other, kx_tally_merge(tally, NULL, &err))                                  \
    X(kx_tally_finish, out, kx_tally_finish(tally, NULL, &err))                                  \
    X(kx_tally_finish, tally, kx_tally_finish(NULL, OUT(kx_result), &err))                       \
    X(kx_result_table, out, kx_result_table(l.result, KX_RESULT_GAPS, NULL, &err))               \
    X(kx_result_table, result, kx_result_table(NULL, KX_RESULT_GAPS, OUT(kx_table), &err))       \
    X(kx_result_write, result, kx_result_write(NULL, NULL, take, NULL, &err))                    \
    X(kx_result_write, write, kx_result_write(l.result, NULL, NULL, NULL, &err))                 \
    X(kx_table_write, table, kx_table_write(NULL, NULL, take, NULL, &err))                       \
    X(kx_table_write, write, kx_table_write(table, NULL, NULL, NULL, &err))

enum {
#define X(function, argument, call) CALL_##function##_##argument,
    CALLS(X)
#undef X
        CALL_COUNT
};

static const struct {
    const char *function, *argument;
} calls[] = {
#define X(function, argument, call) { #function, #argument },
    CALLS(X)
#undef X
};

static kx_status
run(int number)
{
    kx_column column = a_column();
    kx_value value = { KX_NUMBER, 0, 1, NULL, 0 };
    switch (number) {
#define X(function, argument, call)    \
    case CALL_##function##_##argument: \
        return call;
        CALLS(X)
#undef X
    default:
        return KX_OK;
    }
}

static void
setup(void)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.language = KX_LANG_EN;
    err = (kx_error)KX_ERROR_INIT;
    ck_assert_msg(line_open(&l, &options) == KX_OK, "%s", l.err.message);
    ck_assert_int_eq(kx_table_new(l.ctx, "t", &table, NULL), KX_OK);
    ck_assert_int_eq(kx_tally_new(l.scheme, NULL, &tally, NULL), KX_OK);
}

static void
teardown(void)
{
    kx_tally_free(tally);
    kx_table_unref(table);
    line_close(&l);
}

START_TEST(null)
{
    out = &l; /* rubbish that a failing call has to replace */
    ck_assert_int_eq(run(_i), KX_E_ARGUMENT);
    ck_assert_int_eq(err.status, KX_E_ARGUMENT);
    ck_assert_msg(strstr(err.message, calls[_i].function) && strstr(err.message, calls[_i].argument), "%s",
                  err.message);
    bool has_out = false;
    for (size_t i = 0; i < COUNT(calls); i++)
        has_out = has_out || (strcmp(calls[i].function, calls[_i].function) == 0 &&
                              (strcmp(calls[i].argument, "out") == 0 || strcmp(calls[i].argument, "findings") == 0));
    bool is_out = strcmp(calls[_i].argument, "out") == 0 || strcmp(calls[_i].argument, "findings") == 0;
    ck_assert_msg(!has_out || is_out || out == NULL, "the out parameter was left as it was");
}
END_TEST

START_TEST(null_error)
{
    kx_error *none = NULL;
    ck_assert_int_eq(kx_scheme_parse(NULL, "s", "{}", 2, OUT(kx_scheme), none), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_result_write(NULL, NULL, take, NULL, none), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_scheme_parse(l.ctx, "s", "{", 1, OUT(kx_scheme), none), KX_E_SYNTAX);
}
END_TEST

START_TEST(null_objects_are_let_go)
{
    kx_context_unref(NULL);
    kx_scheme_unref(NULL);
    kx_table_unref(NULL);
    kx_dataset_unref(NULL);
    kx_result_unref(NULL);
    kx_tally_free(NULL);
    ck_assert_ptr_null(kx_context_ref(NULL));
    ck_assert_ptr_null(kx_scheme_ref(NULL));
    ck_assert_ptr_null(kx_table_ref(NULL));
    ck_assert_ptr_null(kx_dataset_ref(NULL));
    ck_assert_ptr_null(kx_result_ref(NULL));
}
END_TEST

START_TEST(null_for_those_without_an_error)
{
    kx_column column = a_column();
    char date[11];
    int32_t days = 7;
    uint64_t peak = 7;
    ck_assert_uint_eq(kx_table_rows(NULL), 0);
    ck_assert_uint_eq(kx_table_columns(NULL), 0);
    ck_assert_int_eq(kx_table_find(NULL, "x"), -1);
    ck_assert_int_eq(kx_table_find(table, NULL), -1);
    ck_assert_int_eq(kx_table_column(NULL, 0, &column), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_table_column(table, 0, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_table_column(table, 0, &column), KX_E_NOTFOUND);
    ck_assert_str_eq(kx_scheme_id(NULL), "");
    ck_assert_uint_eq(kx_context_memory(NULL, &peak), 0);
    ck_assert_uint_eq(peak, 0);
    ck_assert_int_eq(kx_date_parse(NULL, 3, &days), KX_E_ARGUMENT);
    ck_assert_int_eq(days, 0);
    ck_assert_int_eq(kx_date_parse("2025-01-01", 10, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_date_format(0, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_date_format(INT32_MAX, date), KX_E_ARGUMENT);
    ck_assert_str_eq(date, "");
}
END_TEST

static const struct {
    const char *text;
    kx_status status;
    const char *printed;
} dates[] = {
    { "2025-01-31", KX_OK, "2025-01-31" }, { "2025/1/31", KX_OK, "2025-01-31" },
    { "20250131", KX_OK, "2025-01-31" },   { "2025年1月31日", KX_OK, "2025-01-31" },
    { "1969-12-31", KX_OK, "1969-12-31" }, { "2025-02-29", KX_E_SYNTAX, NULL },
    { "2025-13-01", KX_E_SYNTAX, NULL },   { "", KX_E_SYNTAX, NULL },
    { "yesterday", KX_E_SYNTAX, NULL },    { "2025-01-31x", KX_E_SYNTAX, NULL },
};

START_TEST(date)
{
    int32_t days = -5;
    char text[11];
    ck_assert_int_eq(kx_date_parse(dates[_i].text, strlen(dates[_i].text), &days), dates[_i].status);
    if (dates[_i].status == KX_OK) {
        ck_assert_int_eq(kx_date_format(days, text), KX_OK);
        ck_assert_str_eq(text, dates[_i].printed);
    } else {
        ck_assert_int_eq(days, 0);
    }
}
END_TEST

START_TEST(names_and_version)
{
    ck_assert_str_eq(kx_status_name(KX_OK), "KX_OK");
    ck_assert_str_eq(kx_status_name(KX_E_CALLBACK), "KX_E_CALLBACK");
    for (kx_status st = KX_E_CALLBACK; st <= KX_OK; st++)
        ck_assert_str_ne(kx_status_name(st), "KX_E_?");
    ck_assert_str_eq(kx_status_name(1), "KX_E_?");
    ck_assert_str_eq(kx_status_name(KX_E_CALLBACK - 1), "KX_E_?");
    ck_assert_str_eq(kx_version(), KX_VERSION_STRING);
}
END_TEST

TCase *
arguments_tests(void)
{
    TCase *t = tcase_create("arguments");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, null, 0, CALL_COUNT);
    tcase_add_test(t, null_error);
    tcase_add_test(t, null_objects_are_let_go);
    tcase_add_test(t, null_for_those_without_an_error);
    tcase_add_loop_test(t, date, 0, COUNT(dates));
    tcase_add_test(t, names_and_version);
    return t;
}
