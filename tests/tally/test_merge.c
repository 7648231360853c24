/* Adding parts and other tallies; what must be refused, by name. */
#include "suite.h"

#include <stdlib.h>

static const char measures[] =
    "\"m\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"kind\"], \"keep\": [\"kind\", \"n\"]},"
    "\"d\": {\"of\": \"acts\", \"distinct\": \"kind\"}, \"l\": {\"of\": \"acts\", \"latest\": \"kind\"},"
    "\"p\": {\"of\": \"acts\", \"peak\": 2, \"per\": [\"kind\"]}, \"u\": {\"of\": \"units\"}";
static const char first[] = "unit,date,kind,n\nA,2025-01-01,b,1\nA,2025-01-02,a,2\nB,2025-01-01,c,4\n";
static const char second[] =
    "unit,date,kind,n\nB,2025-01-02,a,8\nA,2025-01-03,c,16\nA,2025-01-02,b,32\nA,2024-01-02,b,64\n";
static const char both[] =
    "A|a = 2 r1 n0 [a|2]\nA|b = 33 r2 n0 [b|1] [b|32]\nA|c = 16 r1 n0 [c|16]\nB|a = 8 r1 n0 [a|8]\n"
    "B|c = 4 r1 n0 [c|4]\n";

static void
check_both(struct world *w, const kxi_tally *t)
{
    assert_text(show_fold(w, t, fold_of(w, "m", true, 0)), both, "m");
    assert_text(show_fold(w, t, fold_of(w, "d", false, 0)), "A = 3 r4 n0\nB = 2 r2 n0\n", "d");
    assert_text(show_fold(w, t, fold_of(w, "l", false, 0)), "A = c r4 n0\nB = a r2 n0\n", "l");
    assert_text(show_fold(w, t, fold_of(w, "p", true, 0)),
                "A|a = 1 r1 n0\nA|b = 2 r2 n0\nA|c = 1 r1 n0\nB|a = 1 r1 n0\nB|c = 1 r1 n0\n", "p");
    assert_text(show_fold(w, t, fold_of(w, "u", false, 0)), "A = 5 r5 n0\nB = 2 r2 n0\nC = 3 r3 n0\n", "u");
    assert_text(show_counts(w, t, fold_of(w, "m", true, 0)), "7 0 0 1 0", "counts");
    assert_text(show_counts(w, t, fold_of(w, "u", false, 0)), "12 0 2 0 0", "counts of units");
}

/* Two parts in one tally, in either order; two tallies in one, in either order; into an empty one. */
START_TEST(every_way)
{
    struct world w;
    world_init(&w);
    world_scheme(&w, measures);
    kx_dataset *ds[] = { world_table(&w, "acts", first), world_table(&w, "acts", second) };
    for (int swap = 0; swap < 2; swap++) {
        kxi_tally *t = world_new_tally(&w, "2025-12-31"), *x = world_new_tally(&w, "2025-12-31");
        kxi_tally *y = world_new_tally(&w, "2025-12-31"), *empty = world_new_tally(&w, "2025-12-31");
        must_add(&w, t, ds[swap], "one");
        must_add(&w, t, ds[!swap], "two");
        check_both(&w, t);
        must_add(&w, x, ds[swap], "one");
        must_add(&w, y, ds[!swap], "two");
        ck_assert_int_eq(kxi_tally_merge(empty, x, &w.diag), KX_OK);
        ck_assert_int_eq(kxi_tally_merge(empty, y, &w.diag), KX_OK);
        check_both(&w, empty);
        ck_assert_int_eq(kxi_tally_merge(x, y, &w.diag), KX_OK);
        check_both(&w, x);
        kxi_tally *const all[] = { t, x, y, empty };
        for (size_t i = 0; i < COUNT(all); i++)
            kxi_tally_free(all[i]);
    }
    world_free(&w);
}
END_TEST

/* A tally nothing was added to adds nothing, and has no universe. */
START_TEST(empty_tallies)
{
    struct world w;
    kxi_arena a;
    kxi_cells cells;
    world_init(&w);
    world_scheme(&w, measures);
    kxi_tally *t = world_new_tally(&w, "2025-12-31"), *x = world_new_tally(&w, "2025-12-31");
    ck_assert_int_eq(kxi_tally_merge(t, x, &w.diag), KX_OK);
    ck_assert_ptr_null(kxi_tally_universe(t));
    kxi_arena_init(&a, &w.ctx->mem);
    ck_assert_int_eq(kxi_tally_cells(t, 0, &a, &cells, &w.diag), KX_OK);
    ck_assert_uint_eq(cells.count, 0);
    kxi_arena_free(&a);
    must_add(&w, t, world_table(&w, "acts", first), "one");
    ck_assert_int_eq(kxi_tally_merge(t, x, &w.diag), KX_OK);
    assert_text(show_fold(&w, t, fold_of(&w, "d", false, 0)), "A = 2 r2 n0\nB = 1 r1 n0\n", "d");
    kxi_tally_free(t);
    kxi_tally_free(x);
    world_free(&w);
}
END_TEST

/* The same scheme text compiled again is the same scheme; the cells keep the other's rows. */
START_TEST(compiled_twice)
{
    struct world w, v;
    world_init(&w);
    world_init(&v);
    world_scheme(&w, measures);
    world_scheme(&v, measures);
    kxi_tally *t = world_new_tally(&w, "2025-12-31"), *x = world_new_tally(&v, "2025-12-31");
    must_add(&v, x, world_table(&v, "acts", first), "one");
    ck_assert_int_eq(kxi_tally_merge(t, x, &w.diag), KX_OK);
    must_add(&w, t, world_table(&w, "acts", second), "two");
    kxi_tally_free(x);
    check_both(&w, t);
    assert_refused(&w, try_add(&w, t, v.ds[0], "three"), KXI_MSG_TALLY_OTHER_SCHEME, "three");
    kxi_tally_free(t);
    world_free(&w); /* the universe is of the other's dataset */
    world_free(&v);
}
END_TEST

static void
refuse_merge(struct world *w, kxi_tally *t, const kxi_tally *x, enum kxi_msg msg, const char *words)
{
    char *before = strdup(show_all(w, t));
    w->err = (kx_error)KX_ERROR_INIT;
    w->diag.failed = false;
    assert_refused(w, kxi_tally_merge(t, x, &w->diag), msg, words);
    assert_text(show_all(w, t), before, "a refused merge changes nothing");
    free(before);
}

START_TEST(refused_merges)
{
    struct world w, v;
    world_init(&w);
    world_init(&v);
    world_scheme(&w, measures);
    world_scheme(&v, "\"m\": {\"of\": \"acts\"}");
    kx_dataset *ds = world_table(&w, "acts", first);
    const struct csv other_units[] = { { "units",
                                         "code,level,parent\nP,province,\nA,county,P\nB,county,P\nZ,county,P\n" },
                                       { "acts", second },
                                       { NULL, NULL } };
    kxi_tally *t = world_new_tally(&w, "2025-12-31"), *late = world_new_tally(&w, "2026-01-31");
    kxi_tally *twice = world_new_tally(&w, "2025-12-31"), *tables = world_new_tally(&w, "2025-12-31");
    kxi_tally *scheme = world_new_tally(&v, "2025-12-31");
    must_add(&w, t, ds, "north");
    must_add(&w, twice, ds, "north");
    must_add(&w, tables, world_data(&w, other_units), "south");
    refuse_merge(&w, t, twice, KXI_MSG_TALLY_PART_TWICE, "north");
    refuse_merge(&w, t, t, KXI_MSG_TALLY_PART_TWICE, "north");
    refuse_merge(&w, t, late, KXI_MSG_TALLY_OTHER_DATE, "2026-01-31");
    refuse_merge(&w, t, tables, KXI_MSG_TALLY_OTHER_TABLES, "south");
    refuse_merge(&w, t, scheme, KXI_MSG_TALLY_OTHER_SCHEME, "test");
    kxi_tally *const all[] = { t, late, twice, tables, scheme };
    for (size_t i = 0; i < COUNT(all); i++)
        kxi_tally_free(all[i]);
    world_free(&v);
    world_free(&w);
}
END_TEST

static void
refuse_add(struct world *w, kxi_tally *t, kx_dataset *ds, const char *part, enum kxi_msg msg, const char *words)
{
    char *before = strdup(show_all(w, t));
    w->err = (kx_error)KX_ERROR_INIT;
    w->diag.failed = false;
    assert_refused(w, try_add(w, t, ds, part), msg, words);
    assert_text(show_all(w, t), before, "a refused add changes nothing");
    free(before);
}

START_TEST(refused_adds)
{
    struct world w;
    world_init(&w);
    world_scheme(&w, measures);
    const struct csv other_units[] = { { "units", "code,level,parent\nP,province,\nA,county,P\n" },
                                       { "acts", "unit,date,kind,n\nA,2025-01-01,b,1\n" },
                                       { NULL, NULL } };
    kx_dataset *ds = world_table(&w, "acts", first), *other = world_data(&w, other_units), *open;
    kxi_tally *t = world_new_tally(&w, "2025-12-31");
    must_add(&w, t, ds, "north");
    refuse_add(&w, t, ds, "north", KXI_MSG_TALLY_PART_TWICE, "north");
    refuse_add(&w, t, other, "south", KXI_MSG_TALLY_OTHER_TABLES, "south");
    ck_assert_int_eq(kxi_dataset_new(w.ctx, &w.rules->schema, NULL, NULL, &open, &w.diag), KX_OK);
    refuse_add(&w, t, open, "open", KXI_MSG_TALLY_NOT_SEALED, "seal");
    kxi_dataset_unref(open);
    w.ctx->max_cells = 4; /* of m by kind there are 5 once the second part is in, 2 of which are new */
    refuse_add(&w, t, world_table(&w, "acts", second), "more", KXI_MSG_TALLY_CELLS, "'m'");
    w.dense_limit = 0;
    kxi_tally *sparse = world_new_tally(&w, "2025-12-31");
    w.ctx->max_cells = 2;
    w.err = (kx_error)KX_ERROR_INIT;
    w.diag.failed = false;
    assert_refused(&w, try_add(&w, sparse, ds, "x"), KXI_MSG_TALLY_CELLS, "more than 2 cells");
    ck_assert_ptr_null(kxi_tally_universe(sparse));
    kxi_tally_free(sparse);
    kxi_tally_free(t);
    world_free(&w);
}
END_TEST

struct watching {
    uint64_t calls, done, total, stop_at;
};

static int
watch(void *user, uint64_t done, uint64_t total)
{
    struct watching *s = user;
    ck_assert_uint_ge(done, s->done);
    ck_assert_uint_le(done, total);
    s->calls++;
    s->done = done;
    s->total = total;
    return s->stop_at && s->calls >= s->stop_at;
}

/* Progress counts the rows of all tables; it may cancel, and then the tally is as it was. */
START_TEST(progress)
{
    struct world w;
    world_init(&w);
    world_scheme(&w, "\"a\": {\"of\": \"acts\"}, \"b\": {\"of\": \"plain\"}");
    const struct csv tables[] = {
        { "acts", "unit,date\nA,2025-01-01\nA,2025-01-01\nA,2025-01-01\nA,2025-01-01\nA,2025-01-01\n" },
        { "plain", "unit,n\nA,1\nB,2\n" },
        { NULL, NULL }
    };
    kx_dataset *ds = world_data(&w, tables);
    struct watching all = { .calls = 0 }, some = { .stop_at = 2 };
    w.piece = 2;
    kxi_tally *t = world_new_tally(&w, "2025-12-31");
    assert_refused(&w, kxi_tally_add(t, ds, KXI_STR("x"), 1, watch, &some, &w.diag), KXI_MSG_TALLY_CANCELLED,
                   "as it was");
    ck_assert_uint_eq(some.done, 4);
    ck_assert_ptr_null(kxi_tally_universe(t));
    w.diag.failed = false;
    ck_assert_int_eq(kxi_tally_add(t, ds, KXI_STR("x"), 1, watch, &all, &w.diag), KX_OK);
    ck_assert_uint_eq(all.calls, 4);
    ck_assert_uint_eq(all.done, 7);
    ck_assert_uint_eq(all.total, 7);
    assert_text(show_fold(&w, t, fold_of(&w, "a", false, 0)), "A = 5 r5 n0\n", "a");
    kxi_tally_free(t);
    world_free(&w);
}
END_TEST

TCase *
merge_tests(void)
{
    TCase *tc = tcase_create("merge");
    tcase_add_test(tc, every_way);
    tcase_add_test(tc, empty_tallies);
    tcase_add_test(tc, compiled_twice);
    tcase_add_test(tc, refused_merges);
    tcase_add_test(tc, refused_adds);
    tcase_add_test(tc, progress);
    return tc;
}
