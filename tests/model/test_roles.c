/* Titles become roles. */
#include "model/fixture.h"
#include "model/suite.h"

#include <stdio.h>

#define ROLE_UNITS "code,level,parent\n64,province,\n6401,county,64\n640101,township,6401\n"

static const struct {
    const char *unit, *title, *role, *expected;
} cases[] = {
    { "640101", "卫生院院长", "", "院长" },
    { "6401", "卫生院 院长", "", "院长" }, /* spaces do not count */
    { "640101", "街道主任", "", "院长" },  /* listed for townships */
    { "6401", "街道主任", "", "-" },       /* and only there */
    { "640101", "主任", "", "院长" },      /* the entry for the level */
    { "6401", "主任", "", "校长" },        /* before the one for all */
    { "", "主任", "", "校长" },
    { "6401", "校长", "", "校长" },     /* a role's own name */
    { "6401", "ＬＥＡＤ", "", "校长" }, /* width and case; of two entries the first */
    { "6401", "秘书", "", "-" },
    { "640101", "", "", "-" },
    { "640101", "卫生院院长", "校长", "校长" }, /* what the data says goes first */
    { "640101", "卫生院院长", "站长", "站长" },
    { "640101", "", "校 长", "校长" },
};

START_TEST(matches)
{
    struct model m;
    char text[2048] = "unit,title,role\n";
    size_t at = strlen(text);
    model_init(&m);
    for (size_t i = 0; i < COUNT(cases); i++)
        at +=
            (size_t)snprintf(text + at, sizeof(text) - at, "%s,%s,%s\n", cases[i].unit, cases[i].title, cases[i].role);
    must_add(&m, UNITS, ROLE_UNITS);
    must_add(&m, POSTS, text);
    must_seal(&m);
    const kxi_column *role = column_of(&m, POSTS, P_ROLE);
    for (size_t i = 0; i < COUNT(cases); i++) {
        kxi_str s = kxi_column_text(role, i);
        ck_assert_msg(kxi_str_is(s.s ? s : KXI_STR("-"), cases[i].expected), "%s at %s: \"%.*s\" instead of %s",
                      cases[i].title, cases[i].unit, (int)s.n, s.s ? s.s : "", cases[i].expected);
    }
    ck_assert_uint_eq(role->dict->count, 3);
    assert_str(role->dict->texts[0], "院长");
    assert_str(role->dict->texts[1], "校长");
    model_free(&m);
}
END_TEST

START_TEST(unmatched)
{
    const kxi_finding *first;
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, ROLE_UNITS);
    must_add(&m, POSTS, "unit,title\n6401,校长\n6401,秘书\n64,街道主任\n640101,街道主任\n6401,秘书\n64,\n6401,秘书\n");
    must_seal(&m);
    ck_assert_uint_eq(findings_of(&m, KXI_MSG_TITLE_UNMATCHED, &first), 2);
    assert_str(first->text,
               "column \"title\", row 2: the title \"秘书\" is no role of the scheme (3 rows have it); list it under "
               "roles if it counts");
    ck_assert_uint_eq(first->place.line, 3);
    ck_assert_int_eq(first->severity, KXI_WARNING);
    ck_assert_msg(strstr(first[1].text.s, "row 3: the title \"街道主任\"") && strstr(first[1].text.s, "1 rows"), "%s",
                  first[1].text.s);
    model_free(&m);
}
END_TEST

/* The level of a unit is that of its last version. */
START_TEST(level_of_last_version)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, "code,level,from,to\na,township,2025-01-01,\na,county,,2024-12-31\n");
    must_add(&m, POSTS, "unit,title\na,街道主任\n");
    must_seal(&m);
    assert_str(kxi_column_text(column_of(&m, POSTS, P_ROLE), 0), "院长");
    model_free(&m);
}
END_TEST

START_TEST(without_titles)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS, ROLE_UNITS);
    must_add(&m, POSTS, "unit,role\n64,校 长\n");
    must_seal(&m);
    assert_str(kxi_column_text(column_of(&m, POSTS, P_ROLE), 0), "校 长"); /* as it was given */
    ck_assert_ptr_null(m.ds->tables[POSTS].columns[P_ROLE].resolved);
    model_free(&m);
}
END_TEST

TCase *
roles_tests(void)
{
    TCase *t = tcase_create("roles");
    tcase_add_test(t, matches);
    tcase_add_test(t, unmatched);
    tcase_add_test(t, level_of_last_version);
    tcase_add_test(t, without_titles);
    return t;
}
