#include "model/fixture.h"
#include "model/suite.h"

START_TEST(names)
{
    struct model m;
    model_init(&m);
    ck_assert_uint_eq(kxi_schema_table(&m.schema, KXI_STR("people")), PEOPLE);
    ck_assert_uint_eq(kxi_schema_table(&m.schema, KXI_STR("peopl")), KXI_NONE);
    ck_assert_uint_eq(kxi_spec_column(&m.tables[UNITS], KXI_STR("into")), U_INTO);
    ck_assert_uint_eq(kxi_spec_column(&m.tables[UNITS], KXI_STR("Into")), KXI_NONE);
    model_free(&m);
}
END_TEST

static const struct {
    const char *header;
    uint32_t column;
} headers[] = {
    { "code", U_CODE },       { "CODE", U_CODE },     { "ｃｏｄｅ", U_CODE },
    { " Co de ", U_CODE },    { "单位编码", U_CODE }, { "单位 编码", U_CODE },
    { "上级单位", U_PARENT }, { "单位", KXI_NONE },   { "population", U_POPULATION },
    { "", KXI_NONE },         { "codes", KXI_NONE },
};

START_TEST(header)
{
    struct model m;
    kxi_arena a;
    uint32_t column;
    model_init(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    ck_assert_int_eq(kxi_spec_header(&m.tables[UNITS], &a, kxi_str_of(headers[_i].header), &column), KX_OK);
    ck_assert_msg(column == headers[_i].column, "\"%s\": %u", headers[_i].header, column);
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

static const struct {
    const char *text;
    uint32_t level;
} level_texts[] = {
    { "county", COUNTY }, { "County", COUNTY }, { "县", COUNTY },        { "区", COUNTY }, { " 乡 镇", TOWNSHIP },
    { "街道", TOWNSHIP }, { "市", KXI_NONE },   { "VILLAGE ", VILLAGE }, { "", KXI_NONE },
};

START_TEST(level)
{
    struct model m;
    kxi_arena a;
    uint32_t found;
    model_init(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    ck_assert_int_eq(kxi_schema_level(&m.schema, &a, kxi_str_of(level_texts[_i].text), &found), KX_OK);
    ck_assert_msg(found == level_texts[_i].level, "\"%s\": %u", level_texts[_i].text, found);
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

START_TEST(wants)
{
    struct model m;
    model_init(&m);
    ck_assert(kxi_schema_wants(&m.schema, UNITS, U_CODE));
    ck_assert(kxi_schema_wants(&m.schema, UNITS, U_INTO)); /* not used by a rule */
    ck_assert(kxi_schema_wants(&m.schema, POSTS, P_TITLE));
    ck_assert(!kxi_schema_wants(&m.schema, PEOPLE, H_NOTE));
    ck_assert(kxi_schema_wants(&m.schema, ACTIVITIES, A_DATE));
    model_free(&m);
}
END_TEST

TCase *
schema_tests(void)
{
    TCase *t = tcase_create("schema");
    tcase_add_test(t, names);
    tcase_add_loop_test(t, header, 0, COUNT(headers));
    tcase_add_loop_test(t, level, 0, COUNT(level_texts));
    tcase_add_test(t, wants);
    return t;
}
