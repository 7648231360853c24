#include "suite.h"

#include "date_vectors.h"
#include "text/date.h"

#include <stdio.h>

START_TEST(as_python_has_them)
{
    for (size_t i = 0; i < COUNT(vectors); i++) {
        kxi_day day = vectors[i].days, made;
        kxi_civil c = kxi_date_civil(day);
        int32_t year, week;
        bool good = c.year == vectors[i].year && c.month == vectors[i].month && c.day == vectors[i].day &&
                    kxi_date_make(c.year, c.month, c.day, &made) && made == day;
        ck_assert_msg(good, "day %d is %d-%d-%d", day, c.year, c.month, c.day);
        kxi_date_iso_week(day, &year, &week);
        good =
            year == vectors[i].iso_year && week == vectors[i].iso_week && kxi_date_weekday(day) == vectors[i].weekday;
        ck_assert_msg(good, "%d-%d-%d: %d-W%02d-%d", c.year, c.month, c.day, year, week, kxi_date_weekday(day));
    }
}
END_TEST

static int32_t
length_of(int32_t year, int32_t month)
{
    bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    return month == 2 ? 28 + leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* All days of all years, counted up one by one. */
START_TEST(every_day)
{
    kxi_day day = KXI_DAY_MIN, made;
    int32_t weekday = 1;
    for (int32_t year = 1; year <= 9999; year++) {
        for (int32_t month = 1; month <= 12; month++) {
            for (int32_t d = 1; d <= length_of(year, month); d++, day++, weekday = weekday % 7 + 1) {
                kxi_civil c = kxi_date_civil(day);
                bool good = c.year == year && c.month == month && c.day == d && kxi_date_make(year, month, d, &made) &&
                            made == day && kxi_date_weekday(day) == weekday;
                ensure(good, "%d-%d-%d", year, month, d);
            }
            ensure(!kxi_date_make(year, month, length_of(year, month) + 1, &made) && made == 0, "too long: %d-%d", year,
                   month);
        }
    }
    ck_assert_int_eq(day, KXI_DAY_MAX + 1);
}
END_TEST

START_TEST(print_and_parse)
{
    char text[11];
    kxi_day back;
    for (kxi_day day = KXI_DAY_MIN; day <= KXI_DAY_MAX; day += 13) {
        kxi_civil c = kxi_date_civil(day);
        char want[40];
        snprintf(want, sizeof(want), "%04d-%02d-%02d", c.year, c.month, c.day);
        kxi_date_print(day, text);
        ensure(strcmp(text, want) == 0 && kxi_date_parse(kxi_str_of(text), &back) && back == day, "%s: %s", want, text);
    }
    kxi_date_print(KXI_DAY_MAX, text);
    ck_assert_str_eq(text, "9999-12-31");
    kxi_date_print(KXI_DAY_MAX + 1, text);
    ck_assert_str_eq(text, "0000-00-00");
    kxi_date_print(INT32_MIN, text);
    ck_assert_str_eq(text, "0000-00-00");
}
END_TEST

static const struct {
    int32_t year, month, day;
    bool exists;
} makes[] = {
    { 2024, 2, 29, true },  { 2025, 2, 29, false }, { 1900, 2, 29, false },     { 2000, 2, 29, true },
    { 2100, 2, 29, false }, { 1, 1, 1, true },      { 0, 12, 31, false },       { 9999, 12, 31, true },
    { 10000, 1, 1, false }, { 2025, 0, 1, false },  { 2025, 13, 1, false },     { 2025, 1, 0, false },
    { 2025, 1, 32, false }, { 2025, 4, 31, false }, { 2025, -1, 1, false },     { -1, 1, 1, false },
    { 2025, 1, -1, false }, { 2025, 6, 30, true },  { INT32_MAX, 1, 1, false },
};

START_TEST(make_case)
{
    kxi_day day = 99;
    ck_assert_msg(kxi_date_make(makes[_i].year, makes[_i].month, makes[_i].day, &day) == makes[_i].exists, "case %d",
                  _i);
    ck_assert(makes[_i].exists || day == 0);
}
END_TEST

static const struct {
    const char *text, *date; /* NULL: refused */
} parses[] = {
    { "2025-01-31", "2025-01-31" },
    { "2025-1-31", "2025-01-31" },
    { "2025/1/31", "2025-01-31" },
    { "2025/01/31", "2025-01-31" },
    { "2025.1.31", "2025-01-31" },
    { "20250131", "2025-01-31" },
    { "2025年1月31日", "2025-01-31" },
    { "2025年01月31日", "2025-01-31" },
    { "2025 年 1 月 31 日", "2025-01-31" },
    { "２０２５年１月３１日", "2025-01-31" },
    { "２０２５－０１－３１", "2025-01-31" },
    { "２０２５／１／３１", "2025-01-31" },
    { "2025．1．31", "2025-01-31" },
    { "  2025-01-31\t", "2025-01-31" },
    { "\u3000\u00A02025-01-31\u3000\r\n", "2025-01-31" },
    { "                                                            2025-01-31", "2025-01-31" },
    { "2025-01-31 00:00:00", "2025-01-31" },
    { "2025-01-31T00:00", "2025-01-31" },
    { "2025-01-31T00:00:00.000", "2025-01-31" },
    { "2025/1/31 0:00", "2025-01-31" },
    { "2025年1月31日 00:00", "2025-01-31" },
    { "2025-01-31　００：００", "2025-01-31" },
    { "0001-01-01", "0001-01-01" },
    { "9999-12-31", "9999-12-31" },
    { "2024-02-29", "2024-02-29" },
    { "2025-02-29", NULL },
    { "2025-02-30", NULL },
    { "20250229", NULL },
    { "0000-01-01", NULL },
    { "10000-01-01", NULL },
    { "", NULL },
    { " ", NULL },
    { "2025", NULL },
    { "2025-01", NULL },
    { "2025年1月", NULL },
    { "2025年1月31", NULL },
    { "2025年1月31号", NULL },
    { "2025y1m31d", NULL },
    { "25-01-31", NULL },
    { "31/1/2025", NULL },
    { "2025-01/31", NULL },
    { "2025-01.31", NULL },
    { "2025--1-31", NULL },
    { "2025-001-31", NULL },
    { "2025-01-031", NULL },
    { "2025-01-3 1", NULL },
    { "2025 -01-31", NULL },
    { "2025-01-31-", NULL },
    { "-2025-01-31", NULL },
    { "2025-O1-31", NULL },
    { "202501310", NULL },
    { "2025131", NULL },
    { "2025-01-31 00:00:01", NULL },
    { "2025-01-31T08:00", NULL },
    { "2025-01-31T00:00:00.001", NULL },
    { "2025-01-31 24:00", NULL },
    { "2025-01-31T", NULL },
    { "2025-01-31T0", NULL },
    { "2025-01-31T00:00Z", NULL },
    { "2025-01-31T00:00+08:00", NULL },
    { "2025-01-31T00:00:00:00", NULL },
    { "45688", NULL }, /* a spreadsheet's serial number */
    { "2025-01-31\xFF", NULL },
    { "二〇二五年一月三十一日", NULL },
    { "2025-01-31 00:00:00.000000000000000000000000000000000000000000", NULL },
    { "2025-01-31 2025-01-31 2025-01-31 2025-01-31 2025-01-31", NULL },
};

START_TEST(parse_case)
{
    kxi_day day = 99;
    char text[11];
    bool good = kxi_date_parse(kxi_str_of(parses[_i].text), &day);
    ck_assert_msg(good == (parses[_i].date != NULL), "\"%s\"", parses[_i].text);
    kxi_date_print(day, text);
    ck_assert_msg(good ? strcmp(text, parses[_i].date) == 0 : day == 0, "\"%s\" is %s", parses[_i].text, text);
}
END_TEST

START_TEST(parse_zero_byte)
{
    kxi_day day;
    ck_assert(!kxi_date_parse((kxi_str){ "2025-01-31\0", 11 }, &day));
    ck_assert(!kxi_date_parse((kxi_str){ NULL, 0 }, &day));
}
END_TEST

static kxi_day
date(const char *text)
{
    kxi_day day = 0;
    ck_assert_msg(kxi_date_parse(kxi_str_of(text), &day), "%s is no date", text);
    return day;
}

static const struct {
    const char *from;
    int64_t months;
    enum kxi_month_end rule;
    const char *to; /* NULL: past the years */
} additions[] = {
    { "2025-01-31", 1, KXI_MONTH_CLIP, "2025-02-28" },
    { "2024-01-31", 1, KXI_MONTH_CLIP, "2024-02-29" },
    { "2025-02-28", 1, KXI_MONTH_CLIP, "2025-03-28" },
    { "2025-03-31", -1, KXI_MONTH_CLIP, "2025-02-28" },
    { "2024-02-29", 12, KXI_MONTH_CLIP, "2025-02-28" },
    { "2024-02-29", 48, KXI_MONTH_CLIP, "2028-02-29" },
    { "2024-02-29", -1200, KXI_MONTH_CLIP, "1924-02-29" },
    { "2000-02-29", -1200, KXI_MONTH_CLIP, "1900-02-28" },
    { "2025-11-30", 3, KXI_MONTH_CLIP, "2026-02-28" },
    { "2025-01-15", -1, KXI_MONTH_CLIP, "2024-12-15" },
    { "2025-01-15", -13, KXI_MONTH_CLIP, "2023-12-15" },
    { "2025-01-31", 0, KXI_MONTH_CLIP, "2025-01-31" },
    { "2025-01-31", 1, KXI_MONTH_STICK, "2025-02-28" },
    { "2025-02-28", 1, KXI_MONTH_STICK, "2025-03-31" },
    { "2024-02-28", 1, KXI_MONTH_STICK, "2024-03-28" }, /* not the end of its month */
    { "2024-02-29", 1, KXI_MONTH_STICK, "2024-03-31" },
    { "2025-04-30", -1, KXI_MONTH_STICK, "2025-03-31" },
    { "2025-01-30", 1, KXI_MONTH_STICK, "2025-02-28" },
    { "2024-02-29", 12, KXI_MONTH_STICK, "2025-02-28" },
    { "2023-02-28", 12, KXI_MONTH_STICK, "2024-02-29" },
    { "2025-01-31", 1, KXI_MONTH_OVERFLOW, "2025-03-03" },
    { "2024-01-31", 1, KXI_MONTH_OVERFLOW, "2024-03-02" },
    { "2025-03-31", 1, KXI_MONTH_OVERFLOW, "2025-05-01" },
    { "2025-02-28", 1, KXI_MONTH_OVERFLOW, "2025-03-28" },
    { "2025-12-31", 2, KXI_MONTH_OVERFLOW, "2026-03-03" },
    { "9999-12-31", 1, KXI_MONTH_CLIP, NULL },
    { "9999-11-30", 1, KXI_MONTH_STICK, "9999-12-31" },
    { "9999-11-30", 1, KXI_MONTH_OVERFLOW, "9999-12-30" },
    { "0001-01-31", -1, KXI_MONTH_CLIP, NULL },
    { "0001-02-28", -1, KXI_MONTH_STICK, "0001-01-31" },
    { "0001-01-01", 119987, KXI_MONTH_CLIP, "9999-12-01" },
    { "0001-01-01", 119988, KXI_MONTH_CLIP, NULL },
    { "9999-12-01", -119987, KXI_MONTH_CLIP, "0001-01-01" },
    { "2025-01-01", INT64_MAX, KXI_MONTH_CLIP, NULL },
    { "2025-01-01", INT64_MIN, KXI_MONTH_OVERFLOW, NULL },
};

START_TEST(addition_case)
{
    kxi_day day = 99;
    char text[11];
    bool good = kxi_date_add_months(date(additions[_i].from), additions[_i].months, additions[_i].rule, &day);
    kxi_date_print(day, text);
    ck_assert_msg(good == (additions[_i].to != NULL), "case %d", _i);
    ck_assert_msg(good ? strcmp(text, additions[_i].to) == 0 : day == 0, "case %d: %s", _i, text);
}
END_TEST

START_TEST(days_are_added)
{
    kxi_day day = 99;
    ck_assert(kxi_date_add_days(date("2024-12-31"), 60, &day) && day == date("2025-03-01"));
    ck_assert(kxi_date_add_days(date("2024-03-01"), -1, &day) && day == date("2024-02-29"));
    ck_assert(kxi_date_add_days(KXI_DAY_MIN, (int64_t)KXI_DAY_MAX - KXI_DAY_MIN, &day) && day == KXI_DAY_MAX);
    ck_assert(!kxi_date_add_days(KXI_DAY_MIN, -1, &day) && day == 0);
    ck_assert(!kxi_date_add_days(KXI_DAY_MAX, 1, &day) && day == 0);
    ck_assert(!kxi_date_add_days(KXI_DAY_MAX, INT64_MAX, &day));
    ck_assert(!kxi_date_add_days(KXI_DAY_MIN, INT64_MIN, &day));
    ck_assert(kxi_date_valid(KXI_DAY_MIN) && kxi_date_valid(KXI_DAY_MAX));
    ck_assert(!kxi_date_valid(KXI_DAY_MIN - 1) && !kxi_date_valid(INT64_C(1) << 32));
}
END_TEST

static const struct {
    const char *day, *bucket, *first, *next;
} buckets[] = {
    { "2025-05-14", "week", "2025-05-12", "2025-05-19" },    { "2025-05-12", "week", "2025-05-12", "2025-05-19" },
    { "2025-05-18", "week", "2025-05-12", "2025-05-19" },    { "2025-01-01", "week", "2024-12-30", "2025-01-06" },
    { "0001-01-03", "week", "0001-01-01", "0001-01-08" },    { "2024-02-29", "month", "2024-02-01", "2024-03-01" },
    { "2025-12-31", "month", "2025-12-01", "2026-01-01" },   { "2025-01-01", "quarter", "2025-01-01", "2025-04-01" },
    { "2025-03-31", "quarter", "2025-01-01", "2025-04-01" }, { "2025-05-14", "quarter", "2025-04-01", "2025-07-01" },
    { "2025-09-30", "quarter", "2025-07-01", "2025-10-01" }, { "2025-12-31", "quarter", "2025-10-01", "2026-01-01" },
    { "2025-06-30", "half", "2025-01-01", "2025-07-01" },    { "2025-07-01", "half", "2025-07-01", "2026-01-01" },
    { "2024-12-31", "year", "2024-01-01", "2025-01-01" },    { "0001-01-01", "year", "0001-01-01", "0002-01-01" },
};

START_TEST(bucket_case)
{
    enum kxi_bucket bucket = KXI_BUCKET_COUNT;
    ck_assert(kxi_bucket_find(kxi_str_of(buckets[_i].bucket), &bucket));
    ck_assert_int_eq(kxi_date_bucket_start(date(buckets[_i].day), bucket), date(buckets[_i].first));
    ck_assert_int_eq(kxi_date_bucket_next(date(buckets[_i].day), bucket), date(buckets[_i].next));
}
END_TEST

/* Buckets tile all of time: each begins where the one before ends, and every day's is the one it lies in. */
START_TEST(buckets_tile)
{
    enum kxi_bucket bucket = (enum kxi_bucket)_i;
    kxi_day start = KXI_DAY_MIN;
    while (start <= KXI_DAY_MAX) {
        kxi_day next = kxi_date_bucket_next(start, bucket), last = next - 1 < KXI_DAY_MAX ? next - 1 : KXI_DAY_MAX;
        bool good = next > start && kxi_date_bucket_start(start, bucket) == start &&
                    kxi_date_bucket_start(last, bucket) == start && kxi_date_bucket_next(last, bucket) == next;
        ensure(good, "bucket %d from day %d", _i, start);
        start = next;
    }
    ck_assert_int_eq(start, bucket == KXI_BUCKET_WEEK ? KXI_DAY_MAX + 3 : KXI_DAY_MAX + 1); /* a Friday ends 9999 */
}
END_TEST

START_TEST(no_such_bucket)
{
    enum kxi_bucket bucket;
    ck_assert(!kxi_bucket_find(KXI_STR("weeks"), &bucket));
    ck_assert(!kxi_bucket_find(KXI_STR("Month"), &bucket));
    ck_assert(!kxi_bucket_find(KXI_STR(""), &bucket));
}
END_TEST

/* Weeks at the turn of the year, as the standard and calendars have them. */
static const struct {
    const char *day;
    int32_t year, week;
} weeks[] = {
    { "2024-12-30", 2025, 1 },  { "2020-12-31", 2020, 53 }, { "2021-01-03", 2020, 53 }, { "2021-01-04", 2021, 1 },
    { "2025-12-29", 2026, 1 },  { "2025-12-28", 2025, 52 }, { "2026-12-31", 2026, 53 }, { "2027-01-01", 2026, 53 },
    { "2016-01-03", 2015, 53 }, { "1970-01-01", 1970, 1 },  { "2000-01-01", 1999, 52 }, { "0001-01-01", 1, 1 },
    { "9999-12-31", 9999, 52 },
};

START_TEST(week_case)
{
    int32_t year, week;
    kxi_date_iso_week(date(weeks[_i].day), &year, &week);
    ck_assert_msg(year == weeks[_i].year && week == weeks[_i].week, "%s: %d-W%02d", weeks[_i].day, year, week);
}
END_TEST

TCase *
date_tests(void)
{
    TCase *group = tcase_create("date");
    tcase_set_timeout(group, 60);
    tcase_add_test(group, as_python_has_them);
    tcase_add_test(group, every_day);
    tcase_add_test(group, print_and_parse);
    tcase_add_loop_test(group, make_case, 0, COUNT(makes));
    tcase_add_loop_test(group, parse_case, 0, COUNT(parses));
    tcase_add_test(group, parse_zero_byte);
    tcase_add_loop_test(group, addition_case, 0, COUNT(additions));
    tcase_add_test(group, days_are_added);
    tcase_add_loop_test(group, bucket_case, 0, COUNT(buckets));
    tcase_add_loop_test(group, buckets_tile, 0, KXI_BUCKET_COUNT);
    tcase_add_test(group, no_such_bucket);
    tcase_add_loop_test(group, week_case, 0, COUNT(weeks));
    return group;
}
