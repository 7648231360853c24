#include <stdlib.h>

#include "suite.h"

static kxi_num
num(struct kit *k, const char *text)
{
    kxi_num x = kxi_num_int(0);
    ck_assert_msg(kxi_num_parse(&k->num, kxi_str_of(text), &x) == KX_OK, "%s", text);
    return x;
}

static void
shows(struct kit *k, kxi_num x, const char *expected)
{
    kxi_str s;
    ck_assert_int_eq(kxi_num_print(&k->num, x, &s), KX_OK);
    assert_str(s, expected);
    ck_assert_int_eq(s.s[s.n], 0);
}

/* Examples of GB/T 8170-2008 (the text of the standard, chapter 3), and the halves of every mode on both sides of zero. */
static const struct {
    const char *x, *mode, *step, *expected;
} roundings[] = {
    { "12.1498", "half-even", "0.1", "12.1" },
    { "12.1498", "half-even", "1", "12" },
    { "1268", "half-even", "100", "1300" },
    { "10.5002", "half-even", "1", "11" },
    { "1.050", "half-even", "0.1", "1" },
    { "0.35", "half-even", "0.1", "0.4" },
    { "2500", "half-even", "1000", "2000" },
    { "3500", "half-even", "1000", "4000" },
    { "0.0325", "half-even", "0.001", "0.032" },
    { "32500", "half-even", "1000", "32000" },
    { "-355", "half-even", "10", "-360" },
    { "-325", "half-even", "10", "-320" },
    { "-365", "half-even", "10", "-360" },
    { "-0.0365", "half-even", "0.001", "-0.036" },
    { "97.46", "half-even", "1", "97" },
    { "15.4546", "half-even", "1", "15" }, /* once, not digit by digit */
    { "60.25", "half-even", "0.5", "60" },
    { "60.38", "half-even", "0.5", "60.5" },
    { "60.28", "half-even", "0.5", "60.5" },
    { "-60.75", "half-even", "0.5", "-61" },
    { "830", "half-even", "20", "840" },
    { "842", "half-even", "20", "840" },
    { "832", "half-even", "20", "840" },
    { "-930", "half-even", "20", "-920" },

    { "2.5", "half-even", "1", "2" },
    { "3.5", "half-even", "1", "4" },
    { "-2.5", "half-even", "1", "-2" },
    { "-3.5", "half-even", "1", "-4" },
    { "0.5", "half-even", "1", "0" },
    { "-0.5", "half-even", "1", "0" },
    { "2.5", "half-up", "1", "3" },
    { "-2.5", "half-up", "1", "-3" },
    { "-0.5", "half-up", "1", "-1" },
    { "2.4999999999999999999999", "half-up", "1", "2" },
    { "-2.4999999999999999999999", "half-up", "1", "-2" },
    { "2.5", "truncate", "1", "2" },
    { "-2.5", "truncate", "1", "-2" },
    { "-0.9", "truncate", "1", "0" },
    { "2.5", "floor", "1", "2" },
    { "-2.5", "floor", "1", "-3" },
    { "-0.1", "floor", "1", "-1" },
    { "-3", "floor", "1", "-3" },
    { "2.5", "ceil", "1", "3" },
    { "-2.5", "ceil", "1", "-2" },
    { "-0.9", "ceil", "1", "0" },
    { "3", "ceil", "1", "3" },
    { "-2.5", "none", "1", "-2.5" },
    { "9223372036854775807.5", "half-up", "1", "9223372036854775808" },
    { "-9223372036854775808.5", "half-even", "1", "-9223372036854775808" },
    { "-9223372036854775808.5", "floor", "1", "-9223372036854775809" },
    { "1/3", "half-up", "1/7", "2/7" },
    { "0", "ceil", "0.5", "0" },
};

START_TEST(rounding_case)
{
    struct kit k;
    enum kxi_round_mode mode;
    kxi_num got;
    kit_init(&k);
    ck_assert(kxi_round_mode_find(kxi_str_of(roundings[_i].mode), &mode));
    ck_assert_str_eq(kxi_round_mode_name(mode), roundings[_i].mode);
    ck_assert_int_eq(kxi_num_round_to(&k.num, num(&k, roundings[_i].x), mode, num(&k, roundings[_i].step), &got),
                     KX_OK);
    shows(&k, got, roundings[_i].expected);
    kit_free(&k);
}
END_TEST

START_TEST(rounding_refuses)
{
    struct kit k;
    enum kxi_round_mode mode;
    kxi_num got;
    kit_init(&k);
    k.num.max_digits = 30;
    ck_assert(!kxi_round_mode_find(KXI_STR("halfup"), &mode));
    ck_assert(!kxi_round_mode_find(KXI_STR(""), &mode));
    ck_assert_int_eq(kxi_num_round_to(&k.num, kxi_num_int(1), KXI_ROUND_FLOOR, kxi_num_int(0), &got), KX_E_ARGUMENT);
    ck_assert_int_eq(kxi_num_round_to(&k.num, kxi_num_int(1), KXI_ROUND_FLOOR, kxi_num_int(-1), &got), KX_E_ARGUMENT);
    ck_assert_int_eq(kxi_num_round(&k.num, kxi_num_int(1), KXI_ROUND_FLOOR, 31, &got), KX_E_LIMIT);
    ck_assert_int_eq(kxi_num_round(&k.num, kxi_num_int(1), KXI_ROUND_FLOOR, INT32_MIN, &got), KX_E_LIMIT);
    ck_assert_int_eq(kxi_num_round(&k.num, kxi_num_int(1), KXI_ROUND_FLOOR, INT32_MAX, &got), KX_E_LIMIT);
    ck_assert_int_eq(kxi_num_round(&k.num, kxi_num_int(1), KXI_ROUND_NONE, INT32_MAX, &got), KX_OK);
    kxi_str s;
    ck_assert_int_eq(kxi_num_print_fixed(&k.num, kxi_num_int(1), 31, KXI_ROUND_FLOOR, &s), KX_E_LIMIT);
    /* what passes the limit only on the way does not count */
    kxi_num x = num(&k, "123456789012345678901234567890/17");
    ck_assert_int_eq(kxi_num_round(&k.num, x, KXI_ROUND_FLOOR, 0, &got), KX_OK);
    shows(&k, got, "7262164059549745817719680464");
    ck_assert_int_eq(kxi_num_round(&k.num, x, KXI_ROUND_FLOOR, 5, &got), KX_E_LIMIT); /* 33 digits over 25000 */
    kit_free(&k);
}
END_TEST

static const struct {
    const char *x;
    int places;
    enum kxi_round_mode mode;
    const char *expected;
} shown[] = {
    { "7.5", 2, KXI_ROUND_HALF_UP, "7.50" },
    { "7.5", 0, KXI_ROUND_HALF_UP, "8" },
    { "-0.004", 2, KXI_ROUND_HALF_UP, "0.00" },
    { "-0.005", 2, KXI_ROUND_HALF_EVEN, "0.00" },
    { "-0.005", 2, KXI_ROUND_HALF_UP, "-0.01" },
    { "-0.009", 2, KXI_ROUND_TRUNCATE, "0.00" },
    { "-0.009", 2, KXI_ROUND_CEIL, "0.00" },
    { "0", 3, KXI_ROUND_FLOOR, "0.000" },
    { "1/3", 6, KXI_ROUND_HALF_UP, "0.333333" },
    { "2/3", 6, KXI_ROUND_NONE, "0.666667" },
    { "12345", -2, KXI_ROUND_HALF_UP, "12300" },
    { "1/3", 20, KXI_ROUND_HALF_UP, "0.33333333333333333333" },
    { "-12345678901234567890123.455", 2, KXI_ROUND_HALF_EVEN, "-12345678901234567890123.46" },
    { "9223372036854775807", 18, KXI_ROUND_HALF_UP, "9223372036854775807.000000000000000000" },
};

START_TEST(shown_case)
{
    struct kit k;
    kxi_str s;
    kit_init(&k);
    ck_assert_int_eq(kxi_num_print_fixed(&k.num, num(&k, shown[_i].x), shown[_i].places, shown[_i].mode, &s), KX_OK);
    assert_str(s, shown[_i].expected);
    kit_free(&k);
}
END_TEST

/* The same value whichever way it was reached: small when it fits, and compared by its digits. */
static const struct {
    const char *text, *printed;
    bool big;
} faces[] = {
    { "0", "0", false },
    { "-0", "0", false },
    { "-0.000", "0", false },
    { "0/17", "0", false },
    { "0e40", "0", false },
    { "9223372036854775807", "9223372036854775807", false },
    { "9223372036854775808", "9223372036854775808", true },
    { "-9223372036854775808", "-9223372036854775808", false },
    { "-9223372036854775809", "-9223372036854775809", true },
    { "-18446744073709551616/2", "-9223372036854775808", false },
    { "1/9223372036854775807", "1/9223372036854775807", false },
    { "1/9223372036854775808", "1/9223372036854775808", true },
    { "18446744073709551616/36893488147419103232", "0.5", false },
    { "3/16", "0.1875", false },
    { "-1/3", "-1/3", false },
    { "1e18", "1000000000000000000", false },
    { "1e-18", "0.000000000000000001", false },
    { "1e-19", "1/10000000000000000000", true },   /* ends, but after more than 18 places */
    { "1/262144", "0.000003814697265625", false }, /* 2^-18 ends after 18 places */
    { "1/524288", "1/524288", false },
    { "1.5E+2", "150", false },
    { "0.50000000000000000000000000000000000000000", "0.5", false },
    { "00012", "12", false },
    { "123456789012345678901234567890.5", "123456789012345678901234567890.5", true },
};

START_TEST(face_case)
{
    struct kit k;
    kit_init(&k);
    kxi_num x = num(&k, faces[_i].text), copy;
    shows(&k, x, faces[_i].printed);
    ck_assert((x.big != NULL) == faces[_i].big);
    ck_assert(kxi_num_eq(x, num(&k, faces[_i].printed)));
    ck_assert_int_eq(kxi_num_copy(&k.num, x, &copy), KX_OK);
    ck_assert(kxi_num_eq(x, copy));
    kit_free(&k);
}
END_TEST

static const struct {
    const char *text;
    kx_status num, dec;
} bad_texts[] = {
    { "", KX_E_SYNTAX, KX_E_SYNTAX },
    { "-", KX_E_SYNTAX, KX_E_SYNTAX },
    { "+1", KX_E_SYNTAX, KX_E_SYNTAX },
    { ".5", KX_E_SYNTAX, KX_E_SYNTAX },
    { "5.", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1.2.3", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1,000", KX_E_SYNTAX, KX_E_SYNTAX },
    { " 1", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1 ", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1e", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1e+", KX_E_SYNTAX, KX_E_SYNTAX },
    { "e5", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1/0", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1/", KX_E_SYNTAX, KX_E_SYNTAX },
    { "/2", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1/-2", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1.5/2", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1/2e3", KX_E_SYNTAX, KX_E_SYNTAX },
    { "0x10", KX_E_SYNTAX, KX_E_SYNTAX },
    { "nan", KX_E_SYNTAX, KX_E_SYNTAX },
    { "１", KX_E_SYNTAX, KX_E_SYNTAX },
    { "1/2", KX_OK, KX_E_SYNTAX },
    { "1e0", KX_OK, KX_E_SYNTAX },
    { "0.1234567", KX_OK, KX_E_LIMIT },
    { "0.1234560000", KX_OK, KX_OK },
    { "9223372036854775807", KX_OK, KX_OK },
    { "9223372036854775807.0", KX_OK, KX_OK },
    { "-9223372036854775808", KX_OK, KX_OK },
    { "9223372036854775808", KX_OK, KX_E_LIMIT },
    { "-9223372036854775809", KX_OK, KX_E_LIMIT },
    { "9223372036854.775808", KX_OK, KX_E_LIMIT },
    { "100000000000000000000000000000", KX_OK, KX_E_LIMIT },        /* 30 digits */
    { "1000000000000000000000000000000", KX_E_LIMIT, KX_E_LIMIT },  /* 31 */
    { "0.000000000000000000000000000001", KX_E_LIMIT, KX_E_LIMIT }, /* 10^30 below the line */
    { "0.00000000000000000000000000001", KX_OK, KX_E_LIMIT },
    { "1e29", KX_OK, KX_E_SYNTAX },
    { "1e30", KX_E_LIMIT, KX_E_SYNTAX },
    { "1e-30", KX_E_LIMIT, KX_E_SYNTAX },
    { "1e99999999999999999999", KX_E_LIMIT, KX_E_SYNTAX },
    { "1e-99999999999999999999", KX_E_LIMIT, KX_E_SYNTAX },
};

START_TEST(bad_text_case) /* at most 30 digits */
{
    struct kit k;
    kxi_num x;
    int64_t v;
    int scale;
    kxi_str s = kxi_str_of(bad_texts[_i].text);
    kit_init(&k);
    k.num.max_digits = 30;
    kx_status status = kxi_num_parse(&k.num, s, &x);
    ck_assert_msg(status == bad_texts[_i].num, "\"%s\": %d", s.s, (int)status);
    status = kxi_dec_parse(s, &v, &scale);
    ck_assert_msg(status == bad_texts[_i].dec, "\"%s\" as decimal: %d", s.s, (int)status);
    kit_free(&k);
}
END_TEST

/* A text whose length alone is too much costs nothing. */
START_TEST(endless_text)
{
    struct kit k;
    kxi_num x;
    size_t n = 5000000;
    char *text = malloc(n);
    kit_init(&k);
    memset(text, '7', n);
    ck_assert_int_eq(kxi_num_parse(&k.num, (kxi_str){ text, n }, &x), KX_E_LIMIT);
    ck_assert_uint_eq(k.mem.used, 0);
    memset(text, '0', n);
    text[1] = '.';
    text[n / 2] = '0';
    ck_assert_int_eq(kxi_num_parse(&k.num, (kxi_str){ text, n }, &x), KX_OK);
    ck_assert(kxi_num_eq(x, kxi_num_int(0)));
    ck_assert_int_eq(kxi_num_parse(&k.num, (kxi_str){ text, 20002 }, &x), KX_OK);
    text[20001] = '1'; /* 20000 places: 10^20000 has 20001 digits */
    ck_assert_int_eq(kxi_num_parse(&k.num, (kxi_str){ text, 20002 }, &x), KX_E_LIMIT);
    text[20000] = '1';
    ck_assert_int_eq(kxi_num_parse(&k.num, (kxi_str){ text, 20001 }, &x), KX_OK);
    free(text);
    kit_free(&k);
}
END_TEST

START_TEST(digits_are_limited)
{
    struct kit k;
    kxi_num x = kxi_num_int(1), y;
    kx_status status = KX_OK;
    int multiplications = 0;
    kit_init(&k);
    k.num.max_digits = 100;
    while (status == KX_OK) {
        y = x;
        status = kxi_num_mul(&k.num, y, kxi_num_int(10), &x);
        multiplications++;
    }
    ck_assert_int_eq(status, KX_E_LIMIT);
    ck_assert_int_eq(multiplications, 100); /* 10^99 has 100 digits */
    ck_assert_int_eq(kxi_num_div(&k.num, kxi_num_int(1), y, &x), KX_OK);
    ck_assert_int_eq(kxi_num_div(&k.num, x, kxi_num_int(10), &x), KX_E_LIMIT);
    ck_assert_int_eq(kxi_num_add(&k.num, y, x, &x), KX_E_LIMIT);
    /* 64 bits are always there */
    k.num.max_digits = 1;
    ck_assert_int_eq(kxi_num_mul(&k.num, kxi_num_int(INT32_MAX), kxi_num_int(INT32_MAX), &x), KX_OK);
    ck_assert_int_eq(kxi_num_mul(&k.num, kxi_num_int(INT64_MAX), kxi_num_int(INT32_MAX), &x), KX_E_LIMIT);
    kit_free(&k);
}
END_TEST

START_TEST(makers)
{
    struct kit k;
    kxi_num x;
    kit_init(&k);
    ck_assert_int_eq(kxi_num_dec(&k.num, -1250, 3, &x), KX_OK);
    shows(&k, x, "-1.25");
    ck_assert_int_eq(kxi_num_dec(&k.num, INT64_MIN, 0, &x), KX_OK);
    shows(&k, x, "-9223372036854775808");
    ck_assert_int_eq(kxi_num_dec(&k.num, INT64_MIN, 6, &x), KX_OK);
    shows(&k, x, "-9223372036854.775808");
    ck_assert_int_eq(kxi_num_dec(&k.num, 1, 19, &x), KX_E_ARGUMENT);
    ck_assert_int_eq(kxi_num_dec(&k.num, 1, -1, &x), KX_E_ARGUMENT);
    kxi_wide most = (kxi_wide)(~(unsigned __int128)0 >> 1);
    ck_assert_int_eq(kxi_num_wide(&k.num, most, 6, &x), KX_OK);
    shows(&k, x, "170141183460469231731687303715884.105727");
    ck_assert_int_eq(kxi_num_wide(&k.num, -most - 1, 0, &x), KX_OK);
    shows(&k, x, "-170141183460469231731687303715884105728");
    ck_assert_int_eq(kxi_num_wide(&k.num, 0, 6, &x), KX_OK);
    ck_assert(kxi_num_eq(x, kxi_num_int(0)));
    ck_assert_int_eq(kxi_num_ratio(&k.num, 6, -4, &x), KX_OK);
    shows(&k, x, "-1.5");
    ck_assert_int_eq(kxi_num_ratio(&k.num, 0, -4, &x), KX_OK);
    shows(&k, x, "0");
    ck_assert_int_eq(kxi_num_ratio(&k.num, INT64_MIN, INT64_MIN, &x), KX_OK);
    shows(&k, x, "1");
    ck_assert_int_eq(kxi_num_ratio(&k.num, 1, INT64_MIN, &x), KX_OK);
    shows(&k, x, "-1/9223372036854775808");
    ck_assert_int_eq(kxi_num_ratio(&k.num, 1, 0, &x), KX_E_ARGUMENT);
    ck_assert_int_eq(kxi_num_div(&k.num, kxi_num_int(1), kxi_num_int(0), &x), KX_E_ARGUMENT);
    ck_assert_int_eq(kxi_num_neg(&k.num, kxi_num_int(INT64_MIN), &x), KX_OK);
    ck_assert_ptr_nonnull(x.big);
    ck_assert_int_eq(kxi_num_neg(&k.num, x, &x), KX_OK);
    ck_assert(kxi_num_eq(x, kxi_num_int(INT64_MIN)));
    kit_free(&k);
}
END_TEST

static const struct {
    const char *x;
    int scale;
    bool fits;
    int64_t v;
} decimals[] = {
    { "1.5", 1, true, 15 },
    { "1.5", 6, true, 1500000 },
    { "1.5", 0, false, 0 },
    { "1/3", 6, false, 0 },
    { "-9223372036854775808", 0, true, INT64_MIN },
    { "-9223372036854775808", 1, false, 0 },
    { "9223372036854775807", 0, true, INT64_MAX },
    { "9223372036854775808", 0, false, 0 },
    { "1/9223372036854775808", 6, false, 0 },
    { "0", 6, true, 0 },
    { "1", 19, false, 0 },
    { "1", -1, false, 0 },
};

START_TEST(decimal_case)
{
    struct kit k;
    int64_t v = -77;
    kit_init(&k);
    kxi_num x = num(&k, decimals[_i].x);
    ck_assert(kxi_num_to_dec(x, decimals[_i].scale, &v) == decimals[_i].fits);
    if (decimals[_i].fits)
        ck_assert_int_eq(v, decimals[_i].v);
    if (decimals[_i].scale == 0)
        ck_assert(kxi_num_to_int(x, &v) == decimals[_i].fits);
    kit_free(&k);
}
END_TEST

#define TRY(call)        \
    do {                 \
        if (st == KX_OK) \
            st = (call); \
    } while (0)

/* Numbers of all sizes through every operation; what was added is taken off again. */
static kx_status
num_scenario(kxi_mem *mem, void *user)
{
    static const char *const texts[] = { "1e30", "-7/1000000000000000000000", "0.3333333333333333333333333", "12",
                                         "-1/7" };
    struct kit k;
    kxi_num sum = kxi_num_int(0), x;
    kxi_str s, t;
    int order;
    kx_status st = KX_OK;
    (void)user;
    kit_begin(&k, mem);
    for (size_t i = 0; i < 10; i++) {
        TRY(kxi_num_parse(&k.num, kxi_str_of(texts[i % COUNT(texts)]), &x));
        TRY(i < 5 ? kxi_num_add(&k.num, sum, x, &sum) : kxi_num_sub(&k.num, sum, x, &sum));
        TRY(kxi_num_print(&k.num, sum, &s));
        TRY(kxi_num_parts(&k.num, sum, &s, &t));
        TRY(kxi_num_round(&k.num, sum, KXI_ROUND_HALF_EVEN, 25, &x));
        TRY(kxi_num_print_fixed(&k.num, sum, 22, KXI_ROUND_FLOOR, &s));
        TRY(kxi_num_mul(&k.num, x, sum, &x));
        TRY(kxi_num_cmp(&k.num, x, sum, &order));
        TRY(kxi_num_neg(&k.num, x, &x));
        TRY(kxi_num_copy(&k.num, x, &x));
        kxi_num copy = x;
        if (st == KX_OK && kxi_num_sign(copy) != 0)
            TRY(kxi_num_div(&k.num, sum, copy, &x));
    }
    if (st == KX_OK)
        ck_assert(kxi_num_eq(sum, kxi_num_int(0)));
    kit_end(&k);
    return st;
}

/* Numbers of thousands of digits, which need more than one block of memory for each step. */
static kx_status
huge_scenario(kxi_mem *mem, void *user)
{
    struct kit k;
    kxi_num x, y;
    kxi_str s, t;
    int order;
    kx_status st;
    (void)user;
    kit_begin(&k, mem);
    st = kxi_num_parse(&k.num, KXI_STR("-3e5000"), &x);
    TRY(kxi_num_parse(&k.num, KXI_STR("7e-4900"), &y));
    TRY(kxi_num_add(&k.num, x, y, &x));
    TRY(kxi_num_div(&k.num, y, x, &y));
    TRY(kxi_num_add(&k.num, x, y, &y));
    TRY(kxi_num_mul(&k.num, x, y, &y));
    TRY(kxi_num_cmp(&k.num, x, y, &order));
    TRY(kxi_num_round(&k.num, x, KXI_ROUND_FLOOR, 1000, &x));
    TRY(kxi_num_round(&k.num, y, KXI_ROUND_HALF_UP, -1000, &y));
    TRY(kxi_num_print(&k.num, x, &s));
    TRY(kxi_num_print_fixed(&k.num, x, 1001, KXI_ROUND_FLOOR, &s));
    TRY(kxi_num_parts(&k.num, x, &s, &t));
    TRY(kxi_num_copy(&k.num, x, &x));
    kit_end(&k);
    return st;
}

START_TEST(numbers_survive_faults)
{
    fault_each(_i == 1, num_scenario, NULL);
    fault_each(_i == 1, huge_scenario, NULL);
}
END_TEST

/* What an operation needs meanwhile does not stay in the caller's arena. */
START_TEST(no_rubbish_is_left)
{
    struct kit k;
    kit_init(&k);
    kxi_num x = num(&k, "123456789012345678901234567890/1234567890123456789012345678901"), y;
    for (int i = 0; i < 1000; i++)
        must(kxi_num_div(&k.num, x, x, &y) == KX_OK, "%d", i);
    ck_assert_uint_le(k.mem.used, 5000);
    kit_free(&k);
}
END_TEST

TCase *
num_tests(void)
{
    TCase *group = tcase_create("num");
    tcase_set_timeout(group, 60);
    tcase_add_loop_test(group, rounding_case, 0, COUNT(roundings));
    tcase_add_test(group, rounding_refuses);
    tcase_add_loop_test(group, shown_case, 0, COUNT(shown));
    tcase_add_loop_test(group, face_case, 0, COUNT(faces));
    tcase_add_loop_test(group, bad_text_case, 0, COUNT(bad_texts));
    tcase_add_test(group, endless_text);
    tcase_add_test(group, digits_are_limited);
    tcase_add_test(group, makers);
    tcase_add_loop_test(group, decimal_case, 0, COUNT(decimals));
    tcase_add_loop_test(group, numbers_survive_faults, 0, 2);
    tcase_add_test(group, no_rubbish_is_left);
    return group;
}
