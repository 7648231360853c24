/* The public calls: wrong arguments, tables of the caller's own, other encodings and languages, memory that fails. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>

#include "suite.h"

static const char rules[] =
    "{\"kexie-seats\": 1, \"columns\": {\"unit\": \"text\", \"n\": \"number\", \"label\": \"text?\"}, "
    "\"headers\": {\"\xe5\x8d\x95\xe4\xbd\x8d\": \"unit\"}, \"name\": \"label\", "
    "\"seats\": 8, \"method\": \"dhondt\", \"weight\": \"n\", \"min\": 1, "
    "\"adjust\": [{\"when\": \"unit == 'd'\", \"plus\": 1}], "
    "\"checks\": [{\"id\": \"c\", \"at_most\": 7, \"where\": \"n > 1\", \"per\": \"unit\"}]}";

START_TEST(wrong_arguments)
{
    kx_context *ctx = new_context();
    kx_seats seats = KX_SEATS_INIT, small = { 8, NULL, NULL, NULL, NULL };
    kx_table *table, *out;
    kx_load_options options = KX_LOAD_OPTIONS_INIT, collect = KX_LOAD_OPTIONS_INIT, encoding = KX_LOAD_OPTIONS_INIT;
    const size_t n = strlen(rules);
    options.size = 3;
    collect.flags = KX_LOAD_COLLECT;
    encoding.encoding = 9;
    ck_assert_int_eq(kx_table_new(ctx, "t", &table, NULL), KX_OK);
    ck_assert_int_eq(kx_apportion(NULL, "r", rules, n, table, &seats, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion(ctx, NULL, rules, n, table, &seats, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion(ctx, "r", NULL, n, table, &seats, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion(ctx, "r", rules, n, NULL, &seats, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion(ctx, "r", rules, n, table, NULL, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion(ctx, "r", rules, n, table, &small, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion(ctx, "r", NULL, 0, table, &seats, NULL), KX_E_SYNTAX);
    ck_assert_int_eq(kx_apportion_read(NULL, "r", rules, n, "d", "", 0, NULL, &out, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, NULL, rules, n, "d", "", 0, NULL, &out, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", NULL, n, "d", "", 0, NULL, &out, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", rules, n, NULL, "", 0, NULL, &out, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", rules, n, "d", NULL, 1, NULL, &out, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", rules, n, "d", "", 0, NULL, NULL, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", rules, n, "d", "", 0, &options, &out, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", rules, n, "d", "", 0, &collect, &out, NULL), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", rules, n, "d", "", 0, &encoding, &out, NULL), KX_E_ARGUMENT);
    ck_assert_ptr_null(out);
    ck_assert_int_eq(kx_apportion_read(ctx, "r", rules, n, "d", "", 0, NULL, &out, NULL), KX_E_SYNTAX);
    kx_table_unref(table);
    kx_context_unref(ctx);
}
END_TEST

/* A caller that is newer than the library: what it does not know is zeroed, not read. */
START_TEST(longer_struct)
{
    struct {
        kx_seats seats;
        void *more;
    } out = { KX_SEATS_INIT, &out };
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    out.seats.size = sizeof(out);
    ck_assert_int_eq(run_seats(ctx, rules, "unit,n\na,3\n", &out.seats, &err), KX_OK);
    ck_assert_uint_eq(out.seats.size, sizeof(out));
    ck_assert_ptr_null(out.more);
    free_seats(&out.seats);
    kx_context_unref(ctx);
}
END_TEST

static const char expected[] = "seats,a,3,,quotient 100000 / 3\nseats,b,3,,quotient 80000 / 3\nseats,c,1,,\n"
                               "seats,d,2,min;adjusted,min 1; plus 2\n";

static void
assert_seats(const kx_seats *seats)
{
    char *text = seats_text(seats);
    ck_assert_msg(strncmp(text, expected, strlen(expected)) == 0, "%s", text);
    free(text);
}

/* 8 seats for 100000, 80000, 30000, 20000 by D'Hondt, each at least 1: then 50000, 40000, 33333, 26667 are the greatest
 * quotients, two for a and two for b. d has one more afterwards. */
static void
apportion_table(kx_context *ctx, kx_table *table)
{
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    ck_assert_msg(kx_apportion(ctx, "r", rules, strlen(rules), table, &seats, &err) == KX_OK, "%s", err.message);
    assert_seats(&seats);
    ck_assert_str_eq(cell(seats.seats, "name", 1), "B");
    ck_assert_str_eq(cell(seats.seats, "name", 2), "-");
    free_seats(&seats);
    kx_table_unref(table);
}

START_TEST(inputs_agree)
{
    static const char *const data[] = {
        "unit,n,label\nb,80000,B\nc,30000,\nd,20000,D\na,100000,A\n",
        "{\"units\": [{\"unit\": \"a\", \"n\": 100000, \"label\": \"A\"}, {\"unit\": \"b\", \"n\": 80000, \"label\": \"B\"}, "
        "{\"unit\": \"c\", \"n\": 30000}, {\"unit\": \"d\", \"n\": 20000, \"label\": \"D\"}]}",
        "\xef\xbb\xbf \n {\"units\": {\"unit\": [\"a\", \"b\", \"c\", \"d\"], \"n\": [100000, 80000, 30000, 20000], "
        "\"label\": [\"A\", \"B\", null, \"D\"]}}",
        "\xb5\xa5\xce\xbb,n,label,more\na,100000,A,\nb,80000,B,\nc,30000,,1\nd,20000,D,\n", /* GB18030 */
    };
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_table *table;
    for (size_t i = 0; i < COUNT(data); i++) {
        kx_status st =
            kx_apportion_read(ctx, "r", rules, strlen(rules), "d", data[i], strlen(data[i]), NULL, &table, &err);
        ck_assert_msg(st == KX_OK, "%zu: %s", i, err.message);
        apportion_table(ctx, table);
    }
    kx_context_unref(ctx);
}
END_TEST

START_TEST(own_columns)
{
    static const char *const units[] = { "d", "c", "b", "a" }, *const labels[] = { "D", NULL, "B", "A" };
    static const int32_t numbers[] = { 200000, 300000, 800000, 1000000 };
    kx_context *ctx = new_context();
    kx_table *table;
    kx_column unit = KX_COLUMN_INIT, n = KX_COLUMN_INIT, label = KX_COLUMN_INIT;
    unit.name = "unit", unit.type = KX_TEXT, unit.layout = KX_LAYOUT_CSTR, unit.rows = 4, unit.values = units;
    label.name = "label", label.type = KX_TEXT, label.layout = KX_LAYOUT_CSTR, label.rows = 4, label.values = labels;
    n.name = "n", n.type = KX_NUMBER, n.layout = KX_LAYOUT_I32, n.scale = 1, n.rows = 4, n.values = numbers;
    ck_assert_int_eq(kx_table_new(ctx, "mine", &table, NULL), KX_OK);
    ck_assert_int_eq(kx_table_add_column(table, &label, NULL, NULL, NULL), KX_OK);
    ck_assert_int_eq(kx_table_add_column(table, &unit, NULL, NULL, NULL), KX_OK);
    ck_assert_int_eq(kx_table_add_column(table, &n, NULL, NULL, NULL), KX_OK);
    apportion_table(ctx, table);
    kx_context_unref(ctx);
}
END_TEST

START_TEST(no_units)
{
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    const char *none =
        "{\"kexie-seats\": 1, \"columns\": {\"unit\": \"text\"}, \"number\": 1, \"checks\": [{\"id\": \"c\", "
        "\"share\": true, \"at_least\": 0.8}, {\"id\": \"e\", \"each\": \"true\"}]}";
    ck_assert_msg(run_seats(ctx, none, "unit\n", &seats, &err) == KX_OK, "%s", err.message);
    char *text = seats_text(&seats);
    ck_assert_str_eq(text, "check c,,true,0 of 0,at_least 0,miss 0,alone -\ncheck e,,true,,,,\n"
                           "total seats: seats 0 reserve 0 total - open 0 unchosen 0\n");
    free(text);
    free_seats(&seats);
    kx_context_unref(ctx);
}
END_TEST

/* Rows in another order, and the bytes stay the same. */
static int
keep(void *user, const char *bytes, size_t length)
{
    kxi_buf_add(user, bytes, length);
    return 0;
}

static void
written(kx_context *ctx, const char *data, kxi_buf *out)
{
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    options.format = KX_FORMAT_JSON;
    ck_assert_msg(run_seats(ctx, rules, data, &seats, &err) == KX_OK, "%s", err.message);
    kx_table *const tables[] = { seats.seats, seats.allotments, seats.checks, seats.findings };
    for (size_t i = 0; i < COUNT(tables); i++)
        ck_assert_int_eq(kx_table_write(tables[i], &options, keep, out, NULL), KX_OK);
    free_seats(&seats);
}

START_TEST(rows_in_any_order)
{
    kx_context *ctx = new_context();
    struct kit k;
    kxi_buf one, other;
    kit_init(&k);
    kxi_buf_init(&one, &k.mem);
    kxi_buf_init(&other, &k.mem);
    written(ctx, "unit,n\na,10\nb,10\nc,10\nd,50\ne,7\n", &one);
    written(ctx, "unit,n\nd,50\ne,7\nc,10\nb,10\na,10\n", &other);
    ck_assert(one.n > 500 && kxi_str_eq(kxi_buf_view(&one), kxi_buf_view(&other)));
    kxi_buf_free(&one);
    kxi_buf_free(&other);
    kit_free(&k);
    kx_context_unref(ctx);
}
END_TEST

/* 2000 units of 700 seats each and a check on each: in a moment. */
START_TEST(many_units)
{
    char *data = malloc(100000), *at = data;
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    const char *big = "{\"kexie-seats\": 1, \"columns\": {\"unit\": \"text\", \"n\": \"number\"}, \"seats\": 1400000, "
                      "\"method\": \"huntington-hill\", \"weight\": \"n + 1/7\", \"min\": 1, \"max\": 2000, "
                      "\"checks\": [{\"id\": \"c\", \"each\": \"seats > 600\"}]}";
    at += sprintf(at, "unit,n\n");
    for (int i = 0; i < 2000; i++)
        at += sprintf(at, "u%04d,%d\n", i, 1000 + i * i % 977);
    kx_seats seats = KX_SEATS_INIT;
    ck_assert_msg(run_seats(ctx, big, data, &seats, &err) == KX_OK, "%s", err.message);
    ck_assert_str_eq(cell(seats.allotments, "units", 0), "2000");
    ck_assert_int_eq(atoi(cell(seats.allotments, "seats", 0)) + atoi(cell(seats.allotments, "open", 0)), 1400000);
    free_seats(&seats);
    kx_context_unref(ctx);
    free(data);
}
END_TEST

struct scene {
    const char *rules, *units;
};

static kx_status
scenario(kxi_mem *mem, void *user)
{
    const struct scene *scene = user;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    kx_context *ctx = NULL;
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    kx_status st = kx_context_new(&options, &ctx, &err);
    if (st == KX_OK)
        st = run_seats(ctx, scene->rules, scene->units, &seats, &err);
    if (st == KX_E_NOMEM)
        ck_assert_int_eq(err.code, kxi_msg_code(KXI_MSG_NOMEM));
    if (st != KX_OK)
        ck_assert(!seats.seats && !seats.allotments && !seats.checks && !seats.findings);
    free_seats(&seats);
    kx_context_unref(ctx);
    return st;
}

START_TEST(memory_may_fail)
{
    static const char *const names[] = { "r51-proportional", "r54-composition", "r55-ceilings", "tie-by-order",
                                         "r53-bands" };
    char path[256];
    size_t n;
    snprintf(path, sizeof(path), "apportion/cases/%s/rules.json", names[_i / 2]);
    char *own = test_read(path, &n);
    snprintf(path, sizeof(path), "apportion/cases/%s/units.csv", names[_i / 2]);
    char *units = test_read(path, &n);
    struct scene scene = { own, units };
    fault_each(_i % 2 == 1, scenario, &scene);
    free(own);
    free(units);
}
END_TEST

TCase *
seat_api_tests(void)
{
    TCase *tc = tcase_create("api");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, wrong_arguments);
    tcase_add_test(tc, longer_struct);
    tcase_add_test(tc, inputs_agree);
    tcase_add_test(tc, own_columns);
    tcase_add_test(tc, no_units);
    tcase_add_test(tc, rows_in_any_order);
    tcase_add_test(tc, many_units);
    tcase_add_loop_test(tc, memory_may_fail, 0, 10);
    return tc;
}
