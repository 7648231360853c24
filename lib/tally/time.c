/* Spans, buckets and windows of time as a fold sees them. */
#include <stdio.h>

#include "tally/tally.h"

/* ---- prev: so many periods back ---- */

static int64_t
month_number(kxi_day d)
{
    kxi_civil c = kxi_date_civil(d);
    return (int64_t)c.year * 12 + c.month - 1;
}

/* A period of whole months is shifted by months, any other by its days. */
static int64_t
period_months(kxi_span p)
{
    kxi_day end, after;
    if (!kxi_date_add_days(p.to, 1, &after))
        return 0;
    int64_t months = month_number(after) - month_number(p.from);
    return months > 0 && kxi_date_add_months(p.from, months, KXI_MONTH_CLIP, &end) && end == after ? months : 0;
}

static kxi_day
shifted(const kxi_rules *rules, kxi_day d, uint32_t shift, enum kxi_month_end rule)
{
    if (shift == 0)
        return d;
    int64_t months = period_months(rules->period), days = (int64_t)rules->period.to - rules->period.from + 1;
    kxi_day out;
    bool fits =
        months ? kxi_date_add_months(d, -months * shift, rule, &out) : kxi_date_add_days(d, -days * shift, &out);
    return fits ? out : KXI_DAY_MIN;
}

kxi_span
kxi_window_when(const kxi_rules *rules, const kxi_fold *fold, kxi_span window)
{
    return (kxi_span){ shifted(rules, window.from, fold->shift, KXI_MONTH_CLIP),
                       shifted(rules, window.to, fold->shift, KXI_MONTH_STICK) };
}

/* The scheme's period: an earlier one ends the day before the next begins. */
static kxi_span
period_when(const kxi_rules *rules, uint32_t shift)
{
    kxi_span out = rules->period;
    if (shift == 0)
        return out;
    out.from = shifted(rules, rules->period.from, shift, KXI_MONTH_CLIP);
    out.to = shifted(rules, rules->period.from, shift - 1, KXI_MONTH_CLIP) - 1;
    return out;
}

static kxi_span
back_from(kxi_day as_of, uint32_t months)
{
    kxi_span out = { KXI_DAY_MIN, as_of };
    kxi_day after;
    if (!kxi_date_add_days(as_of, 1, &after) ||
        !kxi_date_add_months(after, -(int64_t)months, KXI_MONTH_CLIP, &out.from))
        out.from = KXI_DAY_MIN;
    return out;
}

kxi_fold_time
kxi_fold_when(const kxi_rules *rules, const kxi_fold *fold, kxi_day as_of)
{
    const kxi_measure *m = &rules->measures[fold->measure];
    while (m->measure != KXI_NONE) /* cells have the time of the rows they were made of */
        m = &rules->measures[m->measure];
    kxi_fold_time t = { .as_of = shifted(rules, as_of, fold->shift, KXI_MONTH_STICK) };
    switch (m->period) {
    case KXI_PERIOD_ALL:
        t.span = (kxi_span){ KXI_DAY_MIN, KXI_DAY_MAX };
        break;
    case KXI_PERIOD_FIXED:
        t.span = kxi_window_when(rules, fold, m->span);
        break;
    case KXI_PERIOD_BACK:
        t.span = back_from(t.as_of, m->back_months);
        break;
    default:
        t.span = period_when(rules, fold->shift);
    }
    return t;
}

/* ---- buckets ---- */

static int64_t
bucket_months(enum kxi_bucket b)
{
    static const int64_t months[] = { [KXI_BUCKET_WEEK] = 0,
                                      [KXI_BUCKET_MONTH] = 1,
                                      [KXI_BUCKET_QUARTER] = 3,
                                      [KXI_BUCKET_HALF] = 6,
                                      [KXI_BUCKET_YEAR] = 12 };
    return months[b];
}

/* The first day of bucket i, uncut; past the last day there is, one more than that. */
static kxi_day
bucket_start(kxi_span span, enum kxi_bucket b, uint32_t i)
{
    kxi_day out;
    bool fits = b == KXI_BUCKET_WEEK ? kxi_date_add_days(kxi_date_bucket_start(span.from, b), (int64_t)i * 7, &out)
                                     : kxi_date_add_months(span.from, bucket_months(b) * i, KXI_MONTH_CLIP, &out);
    return fits ? out : KXI_DAY_MAX + 1;
}

uint32_t
kxi_bucket_of(kxi_span span, enum kxi_bucket b, kxi_day day)
{
    if (b == KXI_BUCKET_WEEK)
        return (uint32_t)((day - kxi_date_bucket_start(span.from, b)) / 7);
    uint32_t i = (uint32_t)((month_number(day) - month_number(span.from)) / bucket_months(b));
    return i > 0 && bucket_start(span, b, i) > day ? i - 1 : i;
}

uint32_t
kxi_bucket_count(kxi_span span, enum kxi_bucket b)
{
    return span.to < span.from ? 0 : kxi_bucket_of(span, b, span.to) + 1;
}

static kxi_span
whole_bucket(kxi_span span, enum kxi_bucket b, uint32_t i)
{
    return (kxi_span){ bucket_start(span, b, i), bucket_start(span, b, i + 1) - 1 };
}

kxi_span
kxi_bucket_span(kxi_span span, enum kxi_bucket b, uint32_t i)
{
    kxi_span out = whole_bucket(span, b, i);
    if (out.from < span.from)
        out.from = span.from;
    if (out.to > span.to)
        out.to = span.to;
    return out;
}

bool
kxi_bucket_whole(kxi_span span, enum kxi_bucket b, uint32_t i)
{
    kxi_span whole = whole_bucket(span, b, i);
    return whole.from >= span.from && whole.to <= span.to;
}

void
kxi_bucket_name(kxi_span span, enum kxi_bucket b, uint32_t i, char *out)
{
    kxi_span whole = whole_bucket(span, b, i);
    kxi_civil c = kxi_date_civil(whole.from);
    int32_t year, week;
    char from[11], to[11];
    if (b == KXI_BUCKET_WEEK) {
        kxi_date_iso_week(whole.from, &year, &week);
        snprintf(out, KXI_BUCKET_NAME, "%04d-W%02d", (int)year % 10000, (int)week % 100);
    } else if (whole.from != kxi_date_bucket_start(whole.from, b)) {
        kxi_span cut = kxi_bucket_span(span, b, i);
        bool months = c.day == 1 && kxi_date_civil(cut.to + 1).day == 1;
        kxi_date_print(cut.from, from);
        kxi_date_print(cut.to, to);
        snprintf(out, KXI_BUCKET_NAME, months ? "%.7s~%.7s" : "%s~%s", from, to);
    } else if (b == KXI_BUCKET_YEAR) {
        snprintf(out, KXI_BUCKET_NAME, "%04d", (int)c.year % 10000);
    } else if (b == KXI_BUCKET_MONTH) {
        snprintf(out, KXI_BUCKET_NAME, "%04d-%02d", (int)c.year % 10000, (int)c.month % 100);
    } else {
        int32_t part = (c.month - 1) / (b == KXI_BUCKET_QUARTER ? 3 : 6) + 1;
        snprintf(out, KXI_BUCKET_NAME, "%04d-%c%d", (int)c.year % 10000, b == KXI_BUCKET_QUARTER ? 'Q' : 'H',
                 (int)part % 10);
    }
}
