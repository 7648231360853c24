/* Every allocation may fail: nothing leaks, and a tally is as it was. */
#include "suite.h"

#include "rows.h"

#include <stdlib.h>

static const char measures[] =
    "\"sum\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"township\", \"kind\"], \"keep\": [\"kind\", \"n\"]},"
    "\"latest\": {\"of\": \"acts\", \"latest\": \"kind\", \"then\": \"n\"},"
    "\"distinct\": {\"of\": \"joint\", \"distinct\": \"n\", \"per\": [\"tags\"]},"
    "\"peak\": {\"of\": \"acts\", \"peak\": 7, \"per\": [\"month\"]},"
    "\"best\": {\"of\": \"sum\", \"max\": \"value\"}";

struct scene {
    struct world *made; /* rules and data, on memory of their own that does not fail */
    uint32_t threads;
    size_t dense_limit;
};

static kx_status
all_folds(struct world *w, const kxi_tally *t, kxi_diag *d)
{
    kx_status st = KX_OK;
    kxi_arena a;
    kxi_arena_init(&a, &w->ctx->mem);
    for (uint32_t f = 0; st == KX_OK && f < w->rules->fold_count; f++) {
        kxi_cells cells;
        kxi_grid grid;
        st = kxi_tally_cells(t, f, &a, &cells, d);
        if (st == KX_OK)
            st = kxi_grid_make(kxi_tally_universe(t), f, &a, &grid, d);
    }
    kxi_arena_free(&a);
    return st;
}

/* new - add - add - merge - cells. */
static kx_status
scenario(struct world *w, const struct scene *s)
{
    kxi_diag d = { .language = KX_LANG_EN };
    kxi_tally *t = NULL, *x = NULL;
    kx_dataset *const *ds = w->ds;
    kx_status st = kxi_tally_new(w->ctx, w->rules, day("2025-12-31"), &t, &d);
    if (st == KX_OK)
        st = kxi_tally_new(w->ctx, w->rules, day("2025-12-31"), &x, &d);
    for (int i = 0; st == KX_OK && i < 2; i++) {
        kxi_tally *one = i ? x : t;
        one->dense_limit = s->dense_limit;
        one->piece = 11;
        st = kxi_tally_add(one, ds[i], i ? KXI_STR("b") : KXI_STR("a"), s->threads, NULL, NULL, &d);
    }
    if (st == KX_OK)
        st = kxi_tally_add(t, ds[2], KXI_STR("c"), s->threads, NULL, NULL, &d);
    if (st == KX_OK)
        st = kxi_tally_merge(t, x, &d);
    if (st == KX_OK)
        st = all_folds(w, t, &d);
    kxi_tally_free(t);
    kxi_tally_free(x);
    return st;
}

static void
make_world(struct world *w)
{
    static struct rows acts, joint;
    uint32_t random = 7;
    world_init(w);
    world_scheme(w, measures);
    make_rows(&acts, "acts", 24, &random);
    make_rows(&joint, "joint", 12, &random);
    for (size_t i = 0; i < 3; i++) {
        char *a = rows_text(&acts, 3, i), *j = rows_text(&joint, 3, i);
        const struct csv tables[] = { { "acts", a }, { "joint", j }, { NULL, NULL } };
        world_data(w, tables);
        free(a);
        free(j);
    }
}

/* _i: once or from then on; one thread or two; cells in arrays or in maps. */
START_TEST(every_allocation)
{
    struct world w;
    make_world(&w);
    const struct scene s = { &w, _i & 2 ? 2 : 1, _i & 4 ? 0 : KXI_DENSE_DEFAULT };
    size_t live = w.fault.live, used = w.ctx->mem.used;
    for (size_t n = 0;; n++) {
        w.fault.hit = false;
        w.fault.once = _i & 1;
        w.fault.left = n;
        kx_status st = scenario(&w, &s);
        bool hit = w.fault.hit;
        w.fault.left = SIZE_MAX;
        ck_assert_msg(w.fault.live == live, "%zu blocks leak when allocation %zu fails", (size_t)w.fault.live - live,
                      n);
        ck_assert_msg(w.ctx->mem.used == used, "memory is still booked when allocation %zu fails", n);
        ck_assert_msg(st == (hit ? KX_E_NOMEM : KX_OK), "allocation %zu: %s", n, kx_status_name(st));
        if (!hit)
            break;
    }
    world_free(&w);
}
END_TEST

/* What was tallied before stays when an add or a merge runs out of memory. */
START_TEST(nothing_is_lost)
{
    struct world w;
    make_world(&w);
    kxi_tally *t = world_new_tally(&w, "2025-12-31"), *x = world_new_tally(&w, "2025-12-31");
    must_add(&w, t, w.ds[0], "a");
    must_add(&w, x, w.ds[1], "b");
    char *before = strdup(show_all(&w, t));
    for (size_t n = 0;; n++) {
        w.fault.hit = false;
        w.fault.left = n;
        kx_status st =
            _i ? kxi_tally_merge(t, x, &w.diag) : kxi_tally_add(t, w.ds[2], KXI_STR("c"), 1, NULL, NULL, &w.diag);
        bool hit = w.fault.hit;
        w.fault.left = SIZE_MAX;
        if (!hit) {
            ck_assert_int_eq(st, KX_OK);
            break;
        }
        ck_assert_int_eq(st, KX_E_NOMEM);
        assert_text(show_all(&w, t), before, "after running out of memory");
    }
    ck_assert_str_ne(show_all(&w, t), before);
    free(before);
    kxi_tally_free(t);
    kxi_tally_free(x);
    world_free(&w);
}
END_TEST

TCase *
fault_tests(void)
{
    TCase *tc = tcase_create("fault");
    tcase_add_loop_test(tc, every_allocation, 0, 8);
    tcase_add_loop_test(tc, nothing_is_lost, 0, 2);
    tcase_set_timeout(tc, 120);
    return tc;
}
