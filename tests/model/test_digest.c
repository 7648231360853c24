/* The digest tells reference tables apart, and nothing else. */
#include "model/fixture.h"
#include "model/suite.h"

#define BASE_UNITS "code,level,parent,population\n64,province,,7200000\n6401,county,64,500.5\n"
#define BASE_PEOPLE "id,born,note,tags\np1,1980-01-01,x,a;b\np2,,y,\n"
#define BASE_ROWS "unit,date\n64,2025-01-01\n"

static kxi_digest
digest_of(struct model *m, const char *units, const char *people, const char *activities)
{
    model_again(m);
    must_add(m, UNITS, units);
    if (people)
        must_add(m, PEOPLE, people);
    if (activities)
        must_add(m, ACTIVITIES, activities);
    must_seal(m);
    return m->ds->digest;
}

static const struct {
    const char *what, *units, *people, *activities;
    bool same;
} cases[] = {
    { "the same again", BASE_UNITS, BASE_PEOPLE, BASE_ROWS, true },
    { "rows in another order", "code,level,parent,population\n6401,county,64,500.5\n64,province,,7200000\n",
      BASE_PEOPLE, BASE_ROWS, true },
    { "columns in another order, other headers and digits",
      "population,上级单位,层级,单位编码\n7200000.00,,province,64\n500.500,64,county,6401\n", BASE_PEOPLE, BASE_ROWS,
      true },
    { "a level by its alias", "code,level,parent,population\n64,province,,7200000\n6401,县,64,500.5\n", BASE_PEOPLE,
      BASE_ROWS, true },
    { "an empty column more", "code,level,parent,population,into\n64,province,,7200000,\n6401,county,64,500.5,\n",
      BASE_PEOPLE, BASE_ROWS, true },
    { "a column nobody reads", BASE_UNITS, "id,born,note,tags\np1,1980-01-01,other,a、b\np2,,y,\n", BASE_ROWS, true },
    { "other records", BASE_UNITS, BASE_PEOPLE, "unit,date\n6401,2025-01-02\n", true },
    { "another number", "code,level,parent,population\n64,province,,7200001\n6401,county,64,500.5\n", BASE_PEOPLE,
      BASE_ROWS, false },
    { "a parent less", "code,level,parent,population\n64,province,,7200000\n6401,county,,500.5\n", BASE_PEOPLE,
      BASE_ROWS, false },
    { "a row more", BASE_UNITS "6402,county,64,\n", BASE_PEOPLE, BASE_ROWS, false },
    { "values changed places", "code,level,parent,population\n64,province,,500.5\n6401,county,64,7200000\n",
      BASE_PEOPLE, BASE_ROWS, false },
    { "a null instead of a date", BASE_UNITS, "id,born,note,tags\np1,,x,a;b\np2,,y,\n", BASE_ROWS, false },
    { "a table less", BASE_UNITS, NULL, BASE_ROWS, false },
    { "another key", BASE_UNITS, "id,born,note,tags\np1,1980-01-01,x,a;b\np3,,y,\n", BASE_ROWS, false },
    { "a list in another order", BASE_UNITS, "id,born,note,tags\np1,1980-01-01,x,b;a\np2,,y,\n", BASE_ROWS, false },
    { "a list cut elsewhere", BASE_UNITS, "id,born,note,tags\np1,1980-01-01,x,a\np2,,y,b;\n", BASE_ROWS, false },
};

START_TEST(digest)
{
    struct model m;
    model_init(&m);
    kxi_digest base = digest_of(&m, BASE_UNITS, BASE_PEOPLE, BASE_ROWS);
    kxi_digest other = digest_of(&m, cases[_i].units, cases[_i].people, cases[_i].activities);
    ck_assert_msg(kxi_digest_eq(base, other) == cases[_i].same, "%s", cases[_i].what);
    model_free(&m);
}
END_TEST

/* The same numbers at another scale and width. */
START_TEST(stored_otherwise)
{
    static const char *const codes[] = { "a", "b" }, *const levels[] = { "county", "county" };
    static const int8_t whole[] = { 5, 70 };
    static const int64_t thousandths[] = { 5000, 70000 };
    kxi_digest digests[2];
    struct model m;
    model_init(&m);
    for (int i = 0; i < 2; i++) {
        kx_table *t;
        kx_column views[] = {
            view_of("code", KX_TEXT, KX_LAYOUT_CSTR, 2, codes),
            view_of("level", KX_TEXT, KX_LAYOUT_CSTR, 2, levels),
            view_of("population", KX_NUMBER, i ? KX_LAYOUT_I64 : KX_LAYOUT_I8, 2,
                    i ? (const void *)thousandths : whole),
        };
        views[2].scale = i ? 3 : 0;
        model_again(&m);
        ck_assert_int_eq(kxi_table_new(m.ctx, KXI_STR("t"), &t, &m.diag), KX_OK);
        for (size_t k = 0; k < COUNT(views); k++)
            must_view(&m, t, &views[k]);
        ck_assert_int_eq(kxi_dataset_add(m.ds, UNITS, t, &m.diag), KX_OK);
        kxi_table_unref(t);
        must_seal(&m);
        digests[i] = m.ds->digest;
    }
    ck_assert(kxi_digest_eq(digests[0], digests[1]));
    model_free(&m);
}
END_TEST

TCase *
digest_tests(void)
{
    TCase *t = tcase_create("digest");
    tcase_add_loop_test(t, digest, 0, COUNT(cases));
    tcase_add_test(t, stored_otherwise);
    return t;
}
