/* The tree of units on a day, the days on which it changes, and units that were there throughout. */
#include "model/fixture.h"
#include "model/suite.h"

#include <stdio.h>

/* 640101 moves from 6401 to 6402 on 2025-07-01; 6403 goes into 6402 at the end of 2024 and that into 6401 at the end of
 * August 2025; 640301 was under 6403; 6404 is gone without an heir, 6405 begins in 2026. */
#define UNITS_TEXT                        \
    "code,level,parent,from,to,into\n"    \
    "64,province,,,,\n"                   \
    "6401,county,64,,,\n"                 \
    "6402,county,64,,2025-08-31,6401\n"   \
    "6403,county,64,,2024-12-31,6402\n"   \
    "6404,county,64,,2024-12-31,\n"       \
    "6405,county,64,2026-01-01,,\n"       \
    "640101,township,6401,,2025-06-30,\n" \
    "640101,township,6402,2025-07-01,,\n" \
    "640301,township,6403,,,\n"           \
    "640301v,village,640301,,,\n"         \
    "640401,township,6404,,,\n"

/* What a unit is on a day: who stands for it, its parent, and who stands above it as county and as province; "-" nobody. */
static const struct {
    const char *day, *unit, *at, *parent, *county, *province;
} cases[] = {
    { "2024-12-31", "64", "64", "-", "-", "64" },
    { "2024-12-31", "6403", "6403", "64", "6403", "64" },
    { "2024-12-31", "640301", "640301", "6403", "6403", "64" },
    { "2024-12-31", "640301v", "640301v", "640301", "6403", "64" },
    { "2024-12-31", "640401", "640401", "6404", "6404", "64" },
    { "2024-12-31", "6405", "-", "-", "-", "-" },
    { "2025-01-01", "6403", "6402", "-", "6402", "64" },
    { "2025-01-01", "640301", "640301", "6402", "6402", "64" },
    { "2025-01-01", "640301v", "640301v", "640301", "6402", "64" },
    { "2025-01-01", "6404", "-", "-", "-", "-" },
    { "2025-01-01", "640401", "640401", "-", "-", "-" },
    { "2025-06-30", "640101", "640101", "6401", "6401", "64" },
    { "2025-07-01", "640101", "640101", "6402", "6402", "64" },
    { "2025-08-31", "6402", "6402", "64", "6402", "64" },
    { "2025-09-01", "6402", "6401", "-", "6401", "64" },
    { "2025-09-01", "6403", "6401", "-", "6401", "64" },
    { "2025-09-01", "640101", "640101", "6401", "6401", "64" },
    { "2025-09-01", "640301v", "640301v", "640301", "6401", "64" },
    { "2026-01-01", "6405", "6405", "64", "6405", "64" },
};

static void
assert_unit(const struct model *m, uint32_t got, const char *expected, const char *what)
{
    const kxi_entities *e = kxi_dataset_units(m->ds);
    const char *text = got == KXI_NONE ? "-" : e->keys[got].s;
    ck_assert_msg(strcmp(text, expected) == 0, "%s: %s instead of %s", what, text, expected);
}

START_TEST(on_a_day)
{
    struct model m;
    kxi_arena a;
    kxi_tree tree;
    model_init(&m);
    must_add(&m, UNITS, UNITS_TEXT);
    must_seal(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    ck_assert_int_eq(kxi_tree_make(m.ds, day(cases[_i].day), &a, &tree), KX_OK);
    ck_assert_int_eq(tree.day, day(cases[_i].day));
    ck_assert_uint_eq(tree.count, 10);
    uint32_t u = unit_of(&m, cases[_i].unit);
    assert_unit(&m, tree.at[u], cases[_i].at, "at");
    assert_unit(&m, tree.parent[u], cases[_i].parent, "parent");
    assert_unit(&m, tree.up[COUNTY][u], cases[_i].county, "county");
    assert_unit(&m, tree.up[PROVINCE][u], cases[_i].province, "province");
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

START_TEST(version_and_level)
{
    struct model m;
    kxi_arena a;
    kxi_tree tree;
    model_init(&m);
    must_add(&m, UNITS, UNITS_TEXT);
    must_seal(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    ck_assert_int_eq(kxi_tree_make(m.ds, day("2025-07-01"), &a, &tree), KX_OK);
    ck_assert_uint_eq(m.ds->versions[tree.version[unit_of(&m, "640101")]].row, 7);
    ck_assert_uint_eq(m.ds->versions[tree.version[unit_of(&m, "6403")]].row, 3); /* the last there was */
    ck_assert_uint_eq(tree.version[unit_of(&m, "6405")], KXI_NONE);
    ck_assert_uint_eq(tree.level[unit_of(&m, "640301v")], VILLAGE);
    ck_assert_uint_eq(tree.level[unit_of(&m, "6403")], COUNTY);
    ck_assert_uint_eq(tree.level[unit_of(&m, "6405")], KXI_LEVEL_NONE);
    uint32_t township = unit_of(&m, "640301");
    ck_assert_uint_eq(tree.up[TOWNSHIP][township], township);
    ck_assert_uint_eq(tree.up[VILLAGE][township], KXI_NONE);
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

/* A unit of a level under one of the same: the nearest counts. */
START_TEST(same_level)
{
    struct model m;
    kxi_arena a;
    kxi_tree tree;
    model_init(&m);
    must_add(&m, UNITS, "code,level,parent\na,county,\nb,county,a\nc,township,b\n");
    must_seal(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    ck_assert_int_eq(kxi_tree_make(m.ds, 0, &a, &tree), KX_OK);
    assert_unit(&m, tree.up[COUNTY][2], "b", "county");
    assert_unit(&m, tree.up[COUNTY][1], "b", "county");
    assert_unit(&m, tree.up[COUNTY][0], "a", "county");
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

static const struct {
    const char *from, *to;
    const char *days[6];
} epochs[] = {
    { "2024-01-01", "2024-12-31", { "2024-01-01" } },
    { "2024-01-01", "2025-01-01", { "2024-01-01", "2025-01-01" } },
    { "2024-12-31", "2025-01-31", { "2024-12-31", "2025-01-01" } },
    { "2025-01-01", "2025-12-31", { "2025-01-01", "2025-07-01", "2025-09-01" } },
    { "2025-07-01", "2026-12-31", { "2025-07-01", "2025-09-01", "2026-01-01" } },
    { "0001-01-01", "9999-12-31", { "0001-01-01", "2025-01-01", "2025-07-01", "2025-09-01", "2026-01-01" } },
    { "2025-06-30", "2025-06-30", { "2025-06-30" } },
};

START_TEST(changes)
{
    struct model m;
    kxi_arena a;
    kxi_day *days;
    size_t count, expected = 0;
    model_init(&m);
    must_add(&m, UNITS, UNITS_TEXT);
    must_seal(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    ck_assert_int_eq(kxi_tree_epochs(m.ds, day(epochs[_i].from), day(epochs[_i].to), &a, &days, &count), KX_OK);
    for (; expected < 6 && epochs[_i].days[expected]; expected++)
        if (expected < count)
            ck_assert_int_eq(days[expected], day(epochs[_i].days[expected]));
    ck_assert_uint_eq(count, expected);
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

/* a: 2020-01-01..2024-12-31 and 2025-01-01..2025-06-30, then from 2025-07-02 on; b: always. */
static const struct {
    const char *unit, *from, *to;
    bool there;
} throughout[] = {
    { "a", "2020-01-01", "2025-06-30", true },  { "a", "2019-12-31", "2020-01-01", false },
    { "a", "2025-06-30", "2025-07-02", false }, { "a", "2025-07-01", "2025-07-01", false },
    { "a", "2025-07-02", "9999-12-31", true },  { "a", "2024-12-31", "2025-01-01", true },
    { "a", "2025-06-30", "2025-07-01", false }, { "b", "0001-01-01", "9999-12-31", true },
    { "c", "2024-12-31", "2024-12-31", true },  { "c", "2024-12-31", "2025-01-01", false },
    { "c", "2025-01-01", "2025-01-01", false },
};

START_TEST(holes)
{
    struct model m;
    model_init(&m);
    must_add(&m, UNITS,
             "code,level,parent,from,to\na,county,,2025-01-01,2025-06-30\na,county,,2025-07-02,\n"
             "a,county,,2020-01-01,2024-12-31\nb,county,,,\nc,county,,,2024-12-31\n");
    must_seal(&m);
    ck_assert_int_eq(
        kxi_unit_throughout(m.ds, unit_of(&m, throughout[_i].unit), day(throughout[_i].from), day(throughout[_i].to)),
        throughout[_i].there);
    model_free(&m);
}
END_TEST

/* In a hole a unit is gone: into the heir of the version before it. */
START_TEST(hole_with_heir)
{
    struct model m;
    kxi_arena a;
    kxi_tree tree;
    model_init(&m);
    must_add(&m, UNITS,
             "code,level,parent,from,to,into\na,county,,,2024-12-31,b\na,county,,2025-07-01,,\nb,county,,,,\n");
    must_seal(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    ck_assert_int_eq(kxi_tree_make(m.ds, day("2025-03-01"), &a, &tree), KX_OK);
    assert_unit(&m, tree.at[0], "b", "in the hole");
    ck_assert_int_eq(kxi_tree_make(m.ds, day("2025-07-01"), &a, &tree), KX_OK);
    assert_unit(&m, tree.at[0], "a", "afterwards");
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

/* The seal refuses circles; who asks for a tree of one hears of it all the same. */
START_TEST(circles)
{
    struct model m;
    kxi_arena a;
    kxi_tree tree;
    model_init(&m);
    must_add(&m, UNITS,
             "code,level,parent,to,into\na,county,,,\nb,county,a,,\nc,county,,2024-12-31,a\nd,county,,2024-12-31,c\n");
    must_seal(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    m.ds->versions[0].parent = 1;
    ck_assert_int_eq(kxi_tree_make(m.ds, 0, &a, &tree), KX_E_DATA);
    ck_assert_ptr_null(tree.at);
    m.ds->versions[0].parent = KXI_NONE;
    m.ds->versions[2].into = 3;
    ck_assert_int_eq(kxi_tree_make(m.ds, 0, &a, &tree), KX_OK);
    ck_assert_int_eq(kxi_tree_make(m.ds, day("2025-01-01"), &a, &tree), KX_E_DATA);
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

/* Datasets without units, or with none in them. */
START_TEST(nothing)
{
    struct model m;
    kxi_arena a;
    kxi_tree tree;
    kxi_day *days;
    size_t count;
    model_init(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    for (int empty = 0; empty < 2; empty++) {
        model_again(&m);
        if (empty)
            must_add(&m, UNITS, "code,level\n");
        must_seal(&m);
        ck_assert_int_eq(kxi_tree_make(m.ds, 0, &a, &tree), KX_OK);
        ck_assert_uint_eq(tree.count, 0);
        ck_assert_int_eq(kxi_tree_epochs(m.ds, 10, 20, &a, &days, &count), KX_OK);
        ck_assert_uint_eq(count, 1);
        ck_assert_int_eq(days[0], 10);
    }
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

/* Moves, heirs and ancestors of many units against a plain walk on every day. */
START_TEST(against_a_walk)
{
    enum { N = 60 };
    struct model m;
    kxi_arena a;
    char text[16384];
    size_t at = (size_t)snprintf(text, sizeof(text), "code,level,parent,from,to,into\nu00,province,,,,\n");
    uint32_t seed = 7;
    for (int i = 1; i < N; i++) {
        static const char *const names[] = { "province", "county", "township", "village" };
        seed = seed * 1664525u + 1013904223u;
        int p = (int)(seed >> 16) % i, q = (int)(seed >> 8 & 0xff) % i, cut = 1 + (int)(seed >> 24) % 27;
        at += (size_t)snprintf(text + at, sizeof(text) - at, "u%02d,%s,u%02d,,2025-01-%02d,u%02d\n", i,
                               names[1 + i % 3], p, cut, q);
        if (i % 3)
            at += (size_t)snprintf(text + at, sizeof(text) - at, "u%02d,%s,u%02d,2025-01-%02d,,\n", i, names[1 + i % 3],
                                   q, cut + 2);
    }
    model_init(&m);
    must_add(&m, UNITS, text);
    must_seal(&m);
    kxi_arena_init(&a, &m.ctx->mem);
    for (kxi_day on = day("2025-01-01"); on <= day("2025-02-05"); on++) {
        kxi_tree tree;
        ck_assert_int_eq(kxi_tree_make(m.ds, on, &a, &tree), KX_OK);
        for (uint32_t u = 0; u < N; u++) {
            uint32_t x = u, up[4] = { KXI_NONE, KXI_NONE, KXI_NONE, KXI_NONE }, stands = KXI_NONE;
            while (x != KXI_NONE) {
                const kxi_version *v = NULL;
                for (uint32_t i = m.ds->version_first[x]; i < m.ds->version_first[x + 1]; i++)
                    if (m.ds->versions[i].from <= on)
                        v = &m.ds->versions[i];
                if (v && v->to >= on) {
                    if (stands == KXI_NONE)
                        stands = x;
                    if (up[v->level] == KXI_NONE)
                        up[v->level] = x;
                    x = v->parent;
                } else {
                    x = v ? v->into : KXI_NONE;
                }
            }
            must(tree.at[u] == stands, "at of u%02u on %d", u, (int)on);
            for (size_t l = 0; l < 4; l++)
                must(tree.up[l][u] == up[l], "level %zu of u%02u on %d", l, u, (int)on);
        }
    }
    kxi_arena_free(&a);
    model_free(&m);
}
END_TEST

TCase *
tree_tests(void)
{
    TCase *t = tcase_create("tree");
    tcase_add_loop_test(t, on_a_day, 0, COUNT(cases));
    tcase_add_test(t, version_and_level);
    tcase_add_test(t, same_level);
    tcase_add_loop_test(t, changes, 0, COUNT(epochs));
    tcase_add_loop_test(t, holes, 0, COUNT(throughout));
    tcase_add_test(t, hole_with_heir);
    tcase_add_test(t, circles);
    tcase_add_test(t, nothing);
    tcase_add_test(t, against_a_walk);
    return t;
}
