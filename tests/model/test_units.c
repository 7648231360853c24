/* Rows of units: what is refused, and what they become. */
#include "model/fixture.h"
#include "model/model_priv.h"
#include "model/suite.h"

#include <stdio.h>

#define HEAD "code,level,parent,from,to,into\n"

static const struct {
    const char *rows;
    enum kxi_msg msg;
    uint32_t line;
    const char *words;
} wrong[] = {
    { "64,province,,,,\n64,province,,,,\n", KXI_MSG_UNIT_OVERLAP, 3, "\"64\"|rows 1 and 2" },
    { "64,province,,,2025-06-01,\n64,province,,2025-06-01,,\n", KXI_MSG_UNIT_OVERLAP, 3, "rows 1 and 2" },
    { "6a,county,,2025-06-01,,\nx,county,,,,\n６Ａ,county,,,2025-06-30,\n", KXI_MSG_UNIT_OVERLAP, 4, "rows 1 and 3" },
    { "64,province,,2025-02-01,2025-01-31,\n", KXI_MSG_PERIOD_BACKWARDS, 2, "row 1|2025-02-01|2025-01-31" },
    { "64,province,,,,\n6401,county,65,,,\n", KXI_MSG_UNIT_PARENT_NEAR, 3, "row 2|\"65\"|\"6401\"|mean \"64\"" },
    { "64,province,,,,\n6401,county,宁夏,,,\n", KXI_MSG_UNIT_PARENT, 3, "宁夏" },
    { "64,province,64,,,\n", KXI_MSG_UNIT_OWN_PARENT, 2, "\"64\"" },
    { "64,province,,,2025-01-01,64\n", KXI_MSG_UNIT_INTO_SELF, 2, "\"64\"" },
    { "6401,county,,,2025-01-01,6402\n", KXI_MSG_UNIT_INTO_NEAR, 2, "\"6402\"|mean \"6401\"" },
    { "64,province,,,,\nx,county,,,2025-01-01,yyy\n", KXI_MSG_UNIT_INTO, 3, "\"yyy\"" },
    { "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十甲,卫,,,,\n",
      KXI_MSG_LEVEL_UNKNOWN, 2, "九十…\"" },
    { "64,,,,,\n", KXI_MSG_LEVEL_EMPTY, 2, "row 1|\"64\"" },
    { "64,provinse,,,,\n", KXI_MSG_LEVEL_UNKNOWN_NEAR, 2, "\"provinse\"|mean \"province\"" },
    { "64,乡镇级,,,,\n", KXI_MSG_LEVEL_UNKNOWN_NEAR, 2, "mean \"乡镇\"" },
    { "64,省,,,,\n", KXI_MSG_LEVEL_UNKNOWN, 2, "\"省\"" },
    { "c,county,b,,,\nb,county,a,,,\na,county,c,,,\n", KXI_MSG_TREE_CIRCLE, 4, "a → c → b → a" },
    /* The first to be looked at only hangs from it. */
    { "a,county,b,,,\nb,county,c,,,\nc,county,b,,,\n", KXI_MSG_TREE_CIRCLE, 3, ": b → c → b" },
    /* Each stands under the other, but only from 2025-07-01 on at the same time. */
    { "a,county,,,2025-06-30,\na,county,b,2025-07-01,,\nb,county,a,2025-01-01,,\n", KXI_MSG_TREE_CIRCLE_DAY, 3,
      "on 2025-07-01|a → b → a" },
    /* On the last day of the one and the first of the other. */
    { "a,county,b,,2025-06-30,\nb,county,,,2025-06-29,\nb,county,a,2025-06-30,,\n", KXI_MSG_TREE_CIRCLE_DAY, 2,
      "on 2025-06-30|a → b → a" },
    /* Both are gone, each into the other. */
    { "a,county,,,2024-12-31,b\nb,county,,,2025-12-31,a\n", KXI_MSG_TREE_CIRCLE_DAY, 2, "on 2026-01-01|a → b → a" },
    /* The parent is gone into its own child. */
    { "a,county,,,2024-12-31,b\nb,township,a,,,\n", KXI_MSG_TREE_CIRCLE_DAY, 2, "on 2025-01-01|a → b → a" },
};

START_TEST(refused)
{
    char text[512];
    struct model m;
    model_init(&m);
    snprintf(text, sizeof(text), HEAD "%s", wrong[_i].rows);
    must_add(&m, UNITS, text);
    assert_failed(&m, kxi_dataset_seal(m.ds, &m.diag), wrong[_i].msg, wrong[_i].line, wrong[_i].words);
    model_free(&m);
}
END_TEST

/* Circles that are none on any one day. */
static const char *const right[] = {
    "a,county,,,2025-06-30,\na,county,b,2025-07-01,,\nb,county,a,,2025-06-30,\nb,county,,2025-07-01,,\n",
    "a,county,,,2020-12-31,b\na,county,,2022-01-01,,\nb,county,,,2024-12-31,a\n",
    "a,county,,,2024-12-31,b\nb,township,a,,2024-12-31,\nb,township,,2025-01-01,,\n",
};

START_TEST(accepted)
{
    char text[512];
    struct model m;
    model_init(&m);
    snprintf(text, sizeof(text), HEAD "%s", right[_i]);
    must_add(&m, UNITS, text);
    must_seal(&m);
    ck_assert_uint_eq(m.ds->findings.count, 0);
    model_free(&m);
}
END_TEST

START_TEST(versions)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS,
             HEAD "6402,区,64,2025-04-01,,\n64,province,,,,\n6402,县,,2010-01-01,2025-03-31,\n"
                  "6401,COUNTY,64,,2024-12-31,6402\n");
    must_seal(&m);
    ck_assert_uint_eq(kxi_dataset_units(m.ds)->count, 3);
    static const kxi_version expected[] = {
        { 1, KXI_DAY_MIN, KXI_DAY_MAX, KXI_NONE, KXI_NONE, PROVINCE },
        { 3, KXI_DAY_MIN, 20088, 0, 2, COUNTY },         /* to 2024-12-31 */
        { 2, 14610, 20178, KXI_NONE, KXI_NONE, COUNTY }, /* 2010-01-01 to 2025-03-31 */
        { 0, 20179, KXI_DAY_MAX, 0, KXI_NONE, COUNTY },
    };
    static const uint32_t first[] = { 0, 1, 2, 4 };
    ck_assert_mem_eq(m.ds->version_first, first, sizeof(first));
    for (size_t i = 0; i < COUNT(expected); i++)
        ck_assert_mem_eq(&m.ds->versions[i], &expected[i], sizeof(expected[i]));
    ck_assert_uint_eq(kxi_dataset_units(m.ds)->rows[2], 2); /* of its first version */
    /* Levels read as the scheme writes them. */
    const kxi_column *level = column_of(&m, UNITS, U_LEVEL);
    const char *levels[] = { "county", "province", "county", "county" };
    for (size_t row = 0; row < 4; row++)
        assert_str(kxi_column_text(level, row), levels[row]);
    ck_assert_uint_eq(m.ds->findings.count, 0);
    model_free(&m);
}
END_TEST

START_TEST(warnings)
{
    const kxi_finding *f;
    struct model m;
    model_init(&m);
    must_add(&m, UNITS,
             HEAD "64,province,,,,\n6401,county,64,2000-01-01,2024-06-30,\n640101,township,6401,,,\n"
                  "640102,township,6401,,2024-06-30,\n6402,county,64,,,64\n"
                  "6403,county,64,,2024-06-30,6402\n640301,township,6403,,,\n");
    must_seal(&m);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_UNIT_ORPHAN, &f), 1);
    assert_str(f->text,
               "row 3: the parent \"6401\" of the unit \"640101\" no longer exists on 2024-07-01 and names no heir in "
               "into; from then on \"640101\" has no parent");
    ck_assert_uint_eq(f->place.line, 4);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_UNIT_INTO_OPEN, &f), 1);
    ck_assert_uint_eq(f->place.line, 6);
    ck_assert_uint_eq(m.ds->findings.count, 2);
    model_free(&m);
}
END_TEST

/* A chain of n units, each under the one before. */
static void
add_chain(struct model *m, int n)
{
    static char text[40000];
    size_t at = (size_t)snprintf(text, sizeof(text), "code,level,parent\nu0000,province,\n");
    for (int i = 1; i < n; i++)
        at += (size_t)snprintf(text + at, sizeof(text) - at, "u%04d,village,u%04d\n", i, i - 1);
    must_add(m, UNITS, text);
}

START_TEST(deep)
{
    struct model m;
    model_init(&m);
    add_chain(&m, 1001);
    must_seal(&m);
    model_again(&m);
    add_chain(&m, 1002);
    assert_failed(&m, kxi_dataset_seal(m.ds, &m.diag), KXI_MSG_TREE_DEEP, 0, "1000|\"u1001\"");
    model_free(&m);
}
END_TEST

/* Each circle is reported once, also by those who hang from it. */
START_TEST(circles_collected)
{
    struct model m;
    model_init(&m);
    m.ds->collect = true;
    must_add(&m, UNITS,
             HEAD "a,county,b,,,\nb,county,a,,,\nc,county,b,,,\nd,county,e,2020-01-01,,\ne,county,d,2019-01-01,,\n"
                  "f,county,f,,,\ng,county,c,,,\n");
    ck_assert_int_eq(kxi_dataset_seal(m.ds, &m.diag), KX_E_DATA);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_TREE_CIRCLE, NULL), 1);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_TREE_CIRCLE_DAY, NULL), 1);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_UNIT_OWN_PARENT, NULL), 1);
    ck_assert_uint_eq(m.ds->findings.count, 3);
    model_free(&m);
}
END_TEST

static int
by_tens(const void *user, uint32_t a, uint32_t b)
{
    (void)user;
    return (int)(a / 10) - (int)(b / 10);
}

/* Sorting by tens keeps the order of the ones; all lengths, against counting. */
START_TEST(sorting)
{
    uint32_t items[200], scratch[200], expected[200], seed = 1;
    for (size_t n = 0; n <= 200; n++) {
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
            items[i] = (seed = seed * 1664525u + 1013904223u) >> 24;
        for (uint32_t ten = 0; ten < 26; ten++)
            for (size_t i = 0; i < n; i++)
                if (items[i] / 10 == ten)
                    expected[k++] = items[i];
        kxi_sort(items, scratch, n, by_tens, NULL);
        must(k == n && (n == 0 || memcmp(items, expected, n * sizeof(*items)) == 0), "%zu items", n);
    }
}
END_TEST

TCase *
units_tests(void)
{
    TCase *t = tcase_create("units");
    tcase_add_loop_test(t, refused, 0, COUNT(wrong));
    tcase_add_loop_test(t, accepted, 0, COUNT(right));
    tcase_add_test(t, versions);
    tcase_add_test(t, warnings);
    tcase_add_test(t, sorting);
    tcase_add_test(t, deep);
    tcase_add_test(t, circles_collected);
    return t;
}
