/* text/date.h: civil dates (proleptic Gregorian) as whole days since 1970-01-01; years 1 to 9999.
 *
 * Layer: text. May include: base.
 */
#ifndef KXI_TEXT_DATE_H
#define KXI_TEXT_DATE_H

#include "base/str.h"

typedef int32_t kxi_day; /* what takes one wants it within KXI_DAY_MIN .. KXI_DAY_MAX, unless it says otherwise */

#define KXI_DAY_MIN (-719162) /* 0001-01-01 */
#define KXI_DAY_MAX 2932896   /* 9999-12-31 */

/* Whether a number that came from outside is a day at all. */
static inline bool
kxi_date_valid(int64_t d)
{
    return d >= KXI_DAY_MIN && d <= KXI_DAY_MAX;
}

typedef struct kxi_civil {
    int32_t year, month, day; /* month 1..12, day 1..31 */
} kxi_civil;

kxi_civil kxi_date_civil(kxi_day d);
/* false when there is no such day. */
bool kxi_date_make(int32_t year, int32_t month, int32_t day, kxi_day *out);
/* 2025-01-31, 2025/1/31, 2025.1.31, 20250131, 2025年1月31日 (full-width digits too); spaces around allowed, and around 年 and
 * 月. A time part (2025-01-31 00:00:00, 2025-01-31T00:00, 2025/1/31 0:00) is refused unless it is midnight; so is a zone. */
bool kxi_date_parse(kxi_str s, kxi_day *out);
/* 2025-01-31; 0000-00-00 for what is no day. */
void kxi_date_print(kxi_day d, char out[11]);

/* What a month added does at a month's end: 01-31 + 1 month. */
enum kxi_month_end {
    KXI_MONTH_CLIP,    /* stops at the month's end: 02-28 (the default) */
    KXI_MONTH_STICK,   /* the end of a month goes to the end of a month: 02-28 + 1 = 03-31 */
    KXI_MONTH_OVERFLOW /* days run over: 03-03 */
};
/* false when the result leaves the years 1..9999. */
bool kxi_date_add_months(kxi_day d, int64_t months, enum kxi_month_end rule, kxi_day *out);
bool kxi_date_add_days(kxi_day d, int64_t days, kxi_day *out);

/* Names as schemes write them: "week" (ISO, from Monday), "month", "quarter", "half", "year". */
#define KXI_BUCKETS(X) X(WEEK, "week") X(MONTH, "month") X(QUARTER, "quarter") X(HALF, "half") X(YEAR, "year")
enum kxi_bucket {
#define X(name, text) KXI_BUCKET_##name,
    KXI_BUCKETS(X)
#undef X
        KXI_BUCKET_COUNT
};
/* First day of the calendar bucket that holds d; and of the one after it, which may lie past KXI_DAY_MAX. */
kxi_day kxi_date_bucket_start(kxi_day d, enum kxi_bucket b);
kxi_day kxi_date_bucket_next(kxi_day d, enum kxi_bucket b);
bool kxi_bucket_find(kxi_str name, enum kxi_bucket *out);
/* ISO 8601 week: 2025-12-29 is week 1 of 2026. */
void kxi_date_iso_week(kxi_day d, int32_t *year, int32_t *week);
int32_t kxi_date_weekday(kxi_day d); /* 1 Monday .. 7 Sunday */

#endif
