/* Spans, buckets and windows: worked out with a calendar. */
#include "suite.h"

#include <stdio.h>

static kxi_span
span(const char *from, const char *to)
{
    return (kxi_span){ day(from), day(to) };
}

static const struct {
    const char *from, *to;
    enum kxi_bucket bucket;
    uint32_t count, i;
    const char *first, *last, *name;
    bool whole;
} buckets[] = {
    { "2025-01-01", "2025-12-31", KXI_BUCKET_YEAR, 1, 0, "2025-01-01", "2025-12-31", "2025", true },
    { "2025-01-01", "2025-12-31", KXI_BUCKET_HALF, 2, 1, "2025-07-01", "2025-12-31", "2025-H2", true },
    { "2025-01-01", "2025-12-31", KXI_BUCKET_QUARTER, 4, 0, "2025-01-01", "2025-03-31", "2025-Q1", true },
    { "2025-01-01", "2025-12-31", KXI_BUCKET_MONTH, 12, 1, "2025-02-01", "2025-02-28", "2025-02", true },
    /* ISO weeks: 1 January 2025 is a Wednesday of week 1, 31 December one of week 1 of 2026. */
    { "2025-01-01", "2025-12-31", KXI_BUCKET_WEEK, 53, 0, "2025-01-01", "2025-01-05", "2025-W01", false },
    { "2025-01-01", "2025-12-31", KXI_BUCKET_WEEK, 53, 1, "2025-01-06", "2025-01-12", "2025-W02", true },
    { "2025-01-01", "2025-12-31", KXI_BUCKET_WEEK, 53, 52, "2025-12-29", "2025-12-31", "2026-W01", false },
    /* Buckets tile the period from its first day: this one runs from December to November. */
    { "2024-12-01", "2025-11-30", KXI_BUCKET_QUARTER, 4, 0, "2024-12-01", "2025-02-28", "2024-12~2025-02", true },
    { "2024-12-01", "2025-11-30", KXI_BUCKET_MONTH, 12, 11, "2025-11-01", "2025-11-30", "2025-11", true },
    { "2025-01-15", "2025-04-20", KXI_BUCKET_MONTH, 4, 3, "2025-04-15", "2025-04-20", "2025-04-15~2025-04-20", false },
    { "2025-01-31", "2025-04-29", KXI_BUCKET_MONTH, 3, 1, "2025-02-28", "2025-03-30", "2025-02-28~2025-03-30", true },
    { "2025-01-31", "2025-04-29", KXI_BUCKET_MONTH, 3, 2, "2025-03-31", "2025-04-29", "2025-03-31~2025-04-29", true },
    { "2025-01-01", "2025-02-14", KXI_BUCKET_QUARTER, 1, 0, "2025-01-01", "2025-02-14", "2025-Q1", false },
    { "2025-06-01", "2025-05-31", KXI_BUCKET_MONTH, 0, 0, NULL, NULL, NULL, false },
};

START_TEST(bucket_case)
{
    kxi_span s = span(buckets[_i].from, buckets[_i].to), b;
    char name[KXI_BUCKET_NAME];
    ck_assert_uint_eq(kxi_bucket_count(s, buckets[_i].bucket), buckets[_i].count);
    if (!buckets[_i].count)
        return;
    b = kxi_bucket_span(s, buckets[_i].bucket, buckets[_i].i);
    kxi_bucket_name(s, buckets[_i].bucket, buckets[_i].i, name);
    ck_assert_int_eq(b.from, day(buckets[_i].first));
    ck_assert_int_eq(b.to, day(buckets[_i].last));
    ck_assert_str_eq(name, buckets[_i].name);
    ck_assert_int_eq(kxi_bucket_whole(s, buckets[_i].bucket, buckets[_i].i), buckets[_i].whole);
}
END_TEST

/* Buckets follow each other without a hole, and every day lies in its own: for many first and last days. */
START_TEST(buckets_tile)
{
    for (kxi_day from = day("2024-01-25"); from < day("2024-03-05"); from++)
        for (int b = 0; b < KXI_BUCKET_COUNT; b++) {
            kxi_span s = { from, from + 400 };
            uint32_t n = kxi_bucket_count(s, (enum kxi_bucket)b);
            kxi_day next = from;
            for (uint32_t i = 0; i < n; i++) {
                kxi_span one = kxi_bucket_span(s, (enum kxi_bucket)b, i);
                ck_assert_int_eq(one.from, next);
                ck_assert_int_ge(one.to, one.from);
                ck_assert_uint_eq(kxi_bucket_of(s, (enum kxi_bucket)b, one.from), i);
                ck_assert_uint_eq(kxi_bucket_of(s, (enum kxi_bucket)b, one.to), i);
                next = one.to + 1;
            }
            ck_assert_int_eq(next, s.to + 1);
        }
}
END_TEST

static const struct {
    const char *period_from, *period_to, *measure, *as_of;
    uint32_t shift;
    const char *from, *to, *then;
} whens[] = {
    { "2025-01-01", "2025-12-31", "", "2025-06-30", 0, "2025-01-01", "2025-12-31", "2025-06-30" },
    { "2025-01-01", "2025-12-31", "", "2025-06-30", 1, "2024-01-01", "2024-12-31", "2024-06-30" },
    { "2024-12-01", "2025-11-30", "", "2025-11-30", 1, "2023-12-01", "2024-11-30", "2024-11-30" },
    /* The end of a month goes to the end of a month; a period ends the day before the next begins. */
    { "2025-02-01", "2025-02-28", "", "2025-02-28", 1, "2025-01-01", "2025-01-31", "2025-01-31" },
    { "2024-03-01", "2025-02-28", "", "2025-02-28", 1, "2023-03-01", "2024-02-29", "2024-02-29" },
    { "2025-01-01", "2025-03-31", "", "2025-02-10", 2, "2024-07-01", "2024-09-30", "2024-08-10" },
    /* A period that is not of whole months is shifted by its days. */
    { "2025-01-06", "2025-01-12", "", "2025-01-12", 1, "2024-12-30", "2025-01-05", "2025-01-05" },
    { "2025-01-01", "2025-12-31", ", \"period\": \"all\"", "2025-06-30", 1, "0001-01-01", "9999-12-31", "2024-06-30" },
    { "2025-01-01", "2025-12-31", ", \"period\": {\"back\": {\"months\": 24}}", "2025-06-30", 0, "2023-07-01",
      "2025-06-30", "2025-06-30" },
    { "2025-01-01", "2025-12-31", ", \"period\": {\"back\": {\"months\": 1}}", "2025-02-28", 1, "2024-02-01",
      "2024-02-29", "2024-02-29" },
    { "2025-01-01", "2025-12-31", ", \"period\": {\"from\": \"2024-02-01\", \"to\": \"2024-02-29\"}", "2025-12-31", 1,
      "2023-02-01", "2023-02-28", "2024-12-31" },
};

START_TEST(when_case)
{
    struct world w;
    char top[128], measure[256];
    world_init(&w);
    snprintf(top, sizeof(top), "\"period\": {\"from\": \"%s\", \"to\": \"%s\"}, ", whens[_i].period_from,
             whens[_i].period_to);
    snprintf(measure, sizeof(measure), "\"m\": {\"of\": \"acts\"%s}", whens[_i].measure);
    world_scheme_with(&w, measure, top, "");
    const kxi_fold fold = { fold_of(&w, "m", false, 0), false, whens[_i].shift };
    kxi_fold_time t = kxi_fold_when(w.rules, &(kxi_fold){ w.rules->folds[fold.measure].measure, false, fold.shift },
                                    day(whens[_i].as_of));
    ck_assert_int_eq(t.span.from, day(whens[_i].from));
    ck_assert_int_eq(t.span.to, day(whens[_i].to));
    ck_assert_int_eq(t.as_of, day(whens[_i].then));
    world_free(&w);
}
END_TEST

/* Years before the first: the span stops there. */
START_TEST(before_time)
{
    struct world w;
    world_init(&w);
    world_scheme(&w, "\"m\": {\"of\": \"acts\"}");
    const kxi_fold fold = { 0, false, 5000 };
    kxi_fold_time t = kxi_fold_when(w.rules, &fold, day("2025-06-30"));
    ck_assert_int_eq(t.span.from, KXI_DAY_MIN);
    ck_assert_int_eq(t.as_of, KXI_DAY_MIN);
    world_free(&w);
}
END_TEST

TCase *
time_tests(void)
{
    TCase *tc = tcase_create("time");
    tcase_add_loop_test(tc, bucket_case, 0, COUNT(buckets));
    tcase_add_test(tc, buckets_tile);
    tcase_add_loop_test(tc, when_case, 0, COUNT(whens));
    tcase_add_test(tc, before_time);
    return tc;
}
