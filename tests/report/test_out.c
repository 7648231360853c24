#include "suite.h"

#include <stdlib.h>

#include "report/out.h"

static struct kit kit;
static struct written got;
static kxi_out out;

static void
setup(void)
{
    kit_init(&kit);
    got = (struct written){ NULL, 0, 0, 0 };
    kxi_out_begin(&out, &kit.mem, keep_bytes, &got);
}

static void
teardown(void)
{
    free(got.s);
    kit_free(&kit);
}

static void
assert_got(const char *expected)
{
    ck_assert_int_eq(kxi_out_end(&out, &kit.diag), KX_OK);
    assert_str(((kxi_str){ got.s, got.n }), expected);
}

/* RFC 4180: what has to be quoted, and nothing else. */
static const struct {
    const char *text, *field;
} fields[] = {
    { "", "" },
    { "plain", "plain" },
    { "三长", "三长" },
    { "a b", "a b" },
    { " a ", " a " },
    { "a,b", "\"a,b\"" },
    { "say \"x\"", "\"say \"\"x\"\"\"" },
    { "\"", "\"\"\"\"" },
    { "\"\"", "\"\"\"\"\"\"" },
    { "two\nlines", "\"two\nlines\"" },
    { "cr\rhere", "\"cr\rhere\"" },
    { "-0.50", "-0.50" },
};

START_TEST(csv_field)
{
    kxi_csv_field(&out, kxi_str_of(fields[_i].text), true);
    kxi_csv_field(&out, kxi_str_of(fields[_i].text), false);
    kxi_csv_line(&out);
    char expected[128];
    snprintf(expected, sizeof(expected), "%s,%s\n", fields[_i].field, fields[_i].field);
    assert_got(expected);
}
END_TEST

/* RFC 8259, and bytes that are no text. */
static const struct {
    const char *text;
    size_t length;
    const char *json;
} strings[] = {
    { "", 0, "\"\"" },
    { "科协", 6, "\"科协\"" },
    { "a\"b\\c/", 6, "\"a\\\"b\\\\c/\"" },
    { "\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"" },
    { "\x01\x1f\x7f", 3, "\"\\u0001\\u001f\\u007f\"" },
    { "a\0b", 3, "\"a\\u0000b\"" },
    { "\xff", 1, "\"\xef\xbf\xbd\"" },
    { "a\xe7\xa7z", 4, "\"a\xef\xbf\xbd\xef\xbf\xbdz\"" },
    { "\xed\xa0\x80", 3, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\xf0\x9f\x98\x80!", 5, "\"\xf0\x9f\x98\x80!\"" },
};

START_TEST(json_string)
{
    kxi_json_str(&out, (kxi_str){ strings[_i].text, strings[_i].length });
    assert_got(strings[_i].json);
}
END_TEST

START_TEST(json_separators)
{
    kxi_json_open(&out, '{');
    kxi_json_key(&out, "a");
    kxi_json_open(&out, '[');
    kxi_json_close(&out, ']');
    kxi_json_key(&out, "b");
    kxi_json_open(&out, '[');
    kxi_json_int(&out, INT64_MIN);
    kxi_json_bool(&out, true);
    kxi_json_null(&out);
    kxi_json_str(&out, (kxi_str){ NULL, 0 });
    kxi_json_open(&out, '{');
    kxi_json_close(&out, '}');
    kxi_json_open(&out, '{');
    kxi_json_close(&out, '}');
    kxi_json_close(&out, ']');
    kxi_json_key(&out, "c");
    kxi_json_open(&out, '[');
    kxi_json_line(&out);
    kxi_json_int(&out, 1);
    kxi_json_line(&out);
    kxi_json_str(&out, KXI_STR("[{:,"));
    kxi_json_line(&out);
    kxi_json_raw(&out, KXI_STR("0.5"));
    kxi_json_close(&out, ']');
    kxi_json_close(&out, '}');
    assert_got("{\"a\":[],\"b\":[-9223372036854775808,true,null,null,{},{}],\"c\":[\n1,\n\"[{:,\",\n0.5]}");
}
END_TEST

/* A separator also has to be right when what stood before it is already gone. */
START_TEST(separators_across_pieces)
{
    char expected[64];
    size_t numbers = 0;
    kxi_json_open(&out, '[');
    while (got.pieces < 3) {
        kxi_json_int(&out, 7);
        numbers++;
        ck_assert(kxi_out_step(&out));
    }
    kxi_json_close(&out, ']');
    ck_assert_int_eq(kxi_out_end(&out, &kit.diag), KX_OK);
    ck_assert_uint_eq(got.n, 2 * numbers + 1);
    for (size_t i = 0; i < numbers; i++) {
        snprintf(expected, sizeof(expected), "%c7", i ? ',' : '[');
        ck_assert_msg(memcmp(got.s + 2 * i, expected, 2) == 0, "at number %zu", i);
    }
}
END_TEST

START_TEST(stopped)
{
    got.stop_after = 1;
    size_t steps = 0;
    while (kxi_out_step(&out) && steps < 1000000) {
        kxi_buf_cstr(&out.buf, "some more");
        steps++;
    }
    ck_assert_int_eq(kxi_out_end(&out, &kit.diag), KX_E_CALLBACK);
    ck_assert_uint_eq(got.pieces, 1);
    ck_assert_int_eq(kit.err.status, KX_E_CALLBACK);
}
END_TEST

START_TEST(nothing_written)
{
    ck_assert_int_eq(kxi_out_end(&out, &kit.diag), KX_OK);
    ck_assert_uint_eq(got.pieces, 0);
}
END_TEST

TCase *
out_tests(void)
{
    TCase *t = tcase_create("out");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, csv_field, 0, COUNT(fields));
    tcase_add_loop_test(t, json_string, 0, COUNT(strings));
    tcase_add_test(t, json_separators);
    tcase_add_test(t, separators_across_pieces);
    tcase_add_test(t, stopped);
    tcase_add_test(t, nothing_written);
    return t;
}
