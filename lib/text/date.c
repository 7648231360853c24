#include "text/date.h"

/* Years are counted from March, so that the leap day is a year's last: day-of-year arithmetic then needs no table. */
enum {
    DAYS_400 = 146097,
    MARCH_0000 = -719468 /* 0000-03-01 */
};

static bool
is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t
month_days(int32_t year, int32_t month)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* The day of a date that exists; years 1 to 10000. */
static kxi_day
day_of(int32_t year, int32_t month, int32_t day)
{
    int32_t y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;
    int32_t cycle = y / 400, in_cycle = y % 400;
    int32_t of_year = (153 * m + 2) / 5 + day - 1; /* months from March have 153 days in each five */
    return MARCH_0000 + cycle * DAYS_400 + in_cycle * 365 + in_cycle / 4 - in_cycle / 100 + of_year;
}

kxi_civil
kxi_date_civil(kxi_day d)
{
    int32_t since = d - MARCH_0000, cycle = since / DAYS_400, of_cycle = since % DAYS_400;
    /* A leap day ends each 1461 days, but for the 36525th, but for the last: take those away, and years have 365 days. */
    int32_t y = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / (DAYS_400 - 1)) / 365;
    int32_t of_year = of_cycle - (365 * y + y / 4 - y / 100);
    int32_t m = (5 * of_year + 2) / 153;
    kxi_civil c = { .day = of_year - (153 * m + 2) / 5 + 1 };
    c.month = m < 10 ? m + 3 : m - 9;
    c.year = cycle * 400 + y + (c.month <= 2);
    return c;
}

bool
kxi_date_make(int32_t year, int32_t month, int32_t day, kxi_day *out)
{
    *out = 0;
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return false;
    *out = day_of(year, month, day);
    return true;
}

void
kxi_date_print(kxi_day d, char out[11])
{
    memcpy(out, "0000-00-00", 11); /* stays when there is no such day */
    if (d < KXI_DAY_MIN || d > KXI_DAY_MAX)
        return;
    kxi_civil c = kxi_date_civil(d);
    for (int32_t i = 3, y = c.year; i >= 0; i--, y /= 10)
        out[i] = (char)('0' + y % 10);
    out[5] = (char)('0' + c.month / 10);
    out[6] = (char)('0' + c.month % 10);
    out[8] = (char)('0' + c.day / 10);
    out[9] = (char)('0' + c.day % 10);
}

bool
kxi_date_add_days(kxi_day d, int64_t days, kxi_day *out)
{
    *out = 0;
    if (days < (int64_t)KXI_DAY_MIN - d || days > (int64_t)KXI_DAY_MAX - d)
        return false;
    *out = (kxi_day)(d + days);
    return true;
}

bool
kxi_date_add_months(kxi_day d, int64_t months, enum kxi_month_end rule, kxi_day *out)
{
    kxi_civil c = kxi_date_civil(d);
    *out = 0;
    if (months < -12 * 10000 || months > 12 * 10000)
        return false;
    int32_t count = c.year * 12 + c.month - 1 + (int32_t)months; /* months since 0000-01 */
    if (count < 12 || count >= 12 * 10000)
        return false;
    int32_t year = count / 12, month = count % 12 + 1, last = month_days(year, month);
    bool sticks = rule == KXI_MONTH_STICK && c.day == month_days(c.year, c.month);
    if (rule == KXI_MONTH_OVERFLOW)
        return kxi_date_add_days(day_of(year, month, 1), c.day - 1, out);
    *out = day_of(year, month, sticks || c.day > last ? last : c.day);
    return true;
}

int32_t
kxi_date_weekday(kxi_day d)
{
    return (d - KXI_DAY_MIN) % 7 + 1; /* 0001-01-01 was a Monday */
}

static int32_t
bucket_months(enum kxi_bucket b)
{
    return b == KXI_BUCKET_MONTH ? 1 : b == KXI_BUCKET_QUARTER ? 3 : b == KXI_BUCKET_HALF ? 6 : 12;
}

kxi_day
kxi_date_bucket_start(kxi_day d, enum kxi_bucket b)
{
    if (b == KXI_BUCKET_WEEK)
        return d - (kxi_date_weekday(d) - 1);
    kxi_civil c = kxi_date_civil(d);
    return day_of(c.year, c.month - (c.month - 1) % bucket_months(b), 1);
}

kxi_day
kxi_date_bucket_next(kxi_day d, enum kxi_bucket b)
{
    if (b == KXI_BUCKET_WEEK)
        return d - kxi_date_weekday(d) + 8;
    kxi_civil c = kxi_date_civil(d);
    int32_t months = bucket_months(b), month = c.month - (c.month - 1) % months + months;
    return month > 12 ? day_of(c.year + 1, 1, 1) : day_of(c.year, month, 1);
}

bool
kxi_bucket_find(kxi_str name, enum kxi_bucket *out)
{
    static const char *const names[KXI_BUCKET_COUNT] = {
#define X(name, text) text,
        KXI_BUCKETS(X)
#undef X
    };
    for (int i = 0; i < KXI_BUCKET_COUNT; i++) {
        if (kxi_str_is(name, names[i])) {
            *out = (enum kxi_bucket)i;
            return true;
        }
    }
    return false;
}

/* A week belongs to the year its Thursday is in. */
void
kxi_date_iso_week(kxi_day d, int32_t *year, int32_t *week)
{
    kxi_day thursday = d - kxi_date_weekday(d) + 4;
    *year = kxi_date_civil(thursday).year;
    *week = (thursday - day_of(*year, 1, 1)) / 7 + 1;
}
