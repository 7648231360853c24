/* Threads that share objects: a result, a sealed dataset, a scheme. Run under a thread checker as well. */
#include "suite.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4, ROUNDS = 5 };

struct work {
    struct line *line;
    const char *expected;
    bool differs;
};

static bool
same(const kx_result *result, const char *expected)
{
    struct kept k = { NULL, 0 };
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    options.what = KX_WRITE_RESULT;
    options.format = KX_FORMAT_JSON;
    bool is = kx_result_write(result, &options, keep, &k, NULL) == KX_OK && strcmp(k.s, expected) == 0;
    free(k.s);
    return is;
}

static bool
one_round(struct line *l, const char *expected)
{
    kx_table *gaps = NULL;
    kx_column c = KX_COLUMN_INIT;
    kx_result *own = NULL, *shared = kx_result_ref(l->result);
    kx_scheme *another = NULL;
    bool good = same(shared, expected) && kx_result_table(shared, KX_RESULT_GAPS, &gaps, NULL) == KX_OK &&
                kx_table_column(gaps, 0, &c) == KX_OK && kx_evaluate(l->data, NULL, &own, NULL) == KX_OK &&
                same(own, expected) &&
                kx_scheme_parse(l->ctx, "s", line_scheme, strlen(line_scheme), &another, NULL) == KX_OK;
    kx_table_unref(gaps);
    kx_result_unref(own);
    kx_result_unref(shared);
    kx_scheme_unref(another);
    return good;
}

static void *
work(void *user)
{
    struct work *w = user;
    for (int i = 0; i < ROUNDS; i++)
        w->differs = w->differs || !one_round(w->line, w->expected);
    return NULL;
}

START_TEST(threads_share)
{
    struct line l;
    pthread_t threads[THREADS];
    struct work works[THREADS];
    ck_assert_msg(line_open(&l, NULL) == KX_OK, "%s", l.err.message);
    char *expected = line_write(l.result, KX_WRITE_RESULT, KX_FORMAT_JSON);
    for (int i = 0; i < THREADS; i++) {
        works[i] = (struct work){ &l, expected, false };
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &works[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_msg(!works[i].differs, "thread %d saw something else", i);
    }
    free(expected);
    line_close(&l);
}
END_TEST

/* Any number of threads inside one evaluation gives the same bytes. */
START_TEST(threads_inside)
{
    static const uint32_t counts[] = { 1, 2, 5, 64 };
    struct line l;
    ck_assert_msg(line_open(&l, NULL) == KX_OK, "%s", l.err.message);
    char *expected = line_write(l.result, KX_WRITE_RESULT, KX_FORMAT_JSON);
    for (size_t i = 0; i < COUNT(counts); i++) {
        kx_eval_options options = KX_EVAL_OPTIONS_INIT;
        kx_result *result;
        options.threads = counts[i];
        ck_assert_int_eq(kx_evaluate(l.data, &options, &result, NULL), KX_OK);
        ck_assert_msg(same(result, expected), "%u threads", counts[i]);
        kx_result_unref(result);
    }
    free(expected);
    line_close(&l);
}
END_TEST

TCase *
threads_tests(void)
{
    TCase *t = tcase_create("threads");
    tcase_add_test(t, threads_share);
    tcase_add_test(t, threads_inside);
    return t;
}
