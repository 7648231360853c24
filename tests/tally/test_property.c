/* tally(A + B) = tally(A) + tally(B): rows shuffled, split, added and merged in any order, by any number of threads, with cells
 * in arrays or in maps, always give the same cells. */
#include "suite.h"

#include "rows.h"

#include <stdlib.h>

static const char measures[] =
    "\"count\": {\"of\": \"acts\", \"per\": [\"township\", \"quarter\"]},"
    "\"sum\": {\"of\": \"acts\", \"sum\": \"n\", \"where\": \"kind != 'fair'\", \"per\": [\"kind\"], \"keep\": [\"date\", \"n\"]},"
    "\"share\": {\"of\": \"acts\", \"share\": \"ok\", \"per\": [\"tags\", \"month\"]},"
    "\"mean\": {\"of\": \"joint\", \"mean\": \"n\", \"per\": [\"crew\"]},"
    "\"min\": {\"of\": \"joint\", \"min\": \"n\", \"per\": [\"township\", \"tags\", \"half\"]},"
    "\"max\": {\"of\": \"acts\", \"max\": \"due\", \"per\": [{\"kind\": [\"talk\", \"乙\"]}]},"
    "\"latest\": {\"of\": \"acts\", \"latest\": \"kind\", \"then\": \"n\", \"per\": [\"quarter\"]},"
    "\"newest\": {\"of\": \"acts\", \"latest\": \"n * 2 + 1\", \"per\": [\"n\"]},"
    "\"distinct\": {\"of\": \"joint\", \"distinct\": \"n\", \"per\": [\"tags\", \"nums\"]},"
    "\"kinds\": {\"of\": \"acts\", \"distinct\": \"kind\", \"per\": [\"township\"]},"
    "\"texts\": {\"of\": \"acts\", \"distinct\": \"kind + '!'\", \"per\": [\"ok\", \"week\"]},"
    "\"peak\": {\"of\": \"acts\", \"peak\": 20, \"per\": [\"township\", \"kind\"], \"keep\": [\"kind\", \"tags\"]},"
    "\"one\": {\"of\": \"plain\", \"one\": \"word\", \"per\": [\"n\"]},"
    "\"states\": {\"of\": \"terms\", \"per\": [\"quarter\", \"role\"]},"
    "\"third\": {\"of\": \"plain\", \"sum\": \"n / 3\", \"per\": [\"word\"]},"
    "\"all\": {\"of\": \"plain\", \"over\": \"all\", \"sum\": \"n\", \"per\": [\"word\"]},"
    "\"standing\": {\"of\": \"units\"}, \"best\": {\"of\": \"sum\", \"max\": \"value\", \"per\": [\"kind\"]}";

static const char *const tables[] = { "acts", "joint", "terms", "plain" };

/* The rows whose number gives a remainder, as a dataset of the world. */
static kx_dataset *
data_of(struct world *w, const struct rows *rows, size_t of, size_t remainder)
{
    char *texts[COUNT(tables)];
    struct csv list[COUNT(tables) + 1] = { { NULL, NULL } };
    for (size_t i = 0; i < COUNT(tables); i++)
        list[i] = (struct csv){ tables[i], texts[i] = rows_text(&rows[i], of, remainder) };
    list[COUNT(tables)] = (struct csv){ NULL, NULL };
    kx_dataset *ds = world_data(w, list);
    for (size_t i = 0; i < COUNT(tables); i++)
        free(texts[i]);
    return ds;
}

static void
expect(struct world *w, kxi_tally *t, const char *expected, const char *what)
{
    assert_text(show_all(w, t), expected, what);
    kxi_tally_free(t);
}

/* One tally of one part, made in some way. */
static kxi_tally *
in_one(struct world *w, kx_dataset *ds, uint32_t threads, size_t piece, size_t dense)
{
    w->threads = threads;
    w->piece = piece;
    w->dense_limit = dense;
    kxi_tally *t = world_new_tally(w, "2025-11-15");
    must_add(w, t, ds, "all");
    return t;
}

/* Three parts: all in one tally, or each in its own and merged; from the first to the last, or back. */
static kxi_tally *
in_parts(struct world *w, kx_dataset *const *ds, bool merged, bool back)
{
    kxi_tally *t = world_new_tally(w, "2025-11-15");
    for (size_t i = 0; i < 3; i++) {
        size_t part = back ? 2 - i : i;
        const char name[] = { (char)('a' + part), '\0' };
        w->dense_limit = part % 2 ? 0 : KXI_DENSE_DEFAULT;
        if (!merged) {
            must_add(w, t, ds[part], name);
            continue;
        }
        kxi_tally *one = world_new_tally(w, "2025-11-15");
        must_add(w, one, ds[part], name);
        ck_assert_int_eq(kxi_tally_merge(t, one, &w->diag), KX_OK);
        kxi_tally_free(one);
    }
    return t;
}

static void
same_cells(const char *top, uint32_t seed)
{
    static struct rows rows[COUNT(tables)];
    static const uint32_t threads[] = { 1, 2, 5 };
    struct world w;
    kx_dataset *parts[3];
    uint32_t random = seed;
    world_init(&w);
    world_scheme_with(&w, measures, top, "prev(count)|prev(sum)");
    for (size_t i = 0; i < COUNT(tables); i++)
        make_rows(&rows[i], tables[i], 40 + next_random(&random, ROWS_MOST - 40), &random);
    kx_dataset *whole = data_of(&w, rows, 1, 0);
    kxi_tally *t = in_one(&w, whole, 1, KXI_JOB_BATCH, KXI_DENSE_DEFAULT);
    char *expected = strdup(show_all(&w, t));
    kxi_tally_free(t);
    for (size_t i = 0; i < COUNT(threads); i++)
        for (int dense = 0; dense < 2; dense++)
            expect(&w, in_one(&w, whole, threads[i], 7, dense ? (size_t)1 << 30 : 0), expected, "threads");
    for (size_t i = 0; i < COUNT(tables); i++)
        shuffle_rows(&rows[i], &random);
    expect(&w, in_one(&w, data_of(&w, rows, 1, 0), 2, 33, KXI_DENSE_DEFAULT), expected, "shuffled");
    for (size_t i = 0; i < 3; i++)
        parts[i] = data_of(&w, rows, 3, i);
    /* Rows of reference tables are seen once, whatever the parts, so the counts agree as well. */
    for (int way = 0; way < 4; way++)
        expect(&w, in_parts(&w, parts, way & 1, way & 2), expected, way & 1 ? "merged" : "added");
    free(expected);
    world_free(&w);
}

START_TEST(same_whatever_way)
{
    same_cells(_i % 2 ? "\"tree\": \"row\", " : "", (uint32_t)_i + 1);
}
END_TEST

TCase *
property_tests(void)
{
    TCase *tc = tcase_create("property");
    tcase_add_loop_test(tc, same_whatever_way, 0, 8);
    tcase_set_timeout(tc, 60);
    return tc;
}
