/* Dates and durations. What needs the calendar (a part of a date, months added) is computed once for each day between the
 * first and the last of a batch, when these are few, and then only looked up. */
#include "expr/code.h"

/* ---- durations ---- */

/* days(n), weeks(n), months(n), years(n): whole numbers, times the days or (below 0) months of the unit. */
kx_status
kxi_kernel_duration(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes)), whole, unit = c->param < 0 ? -c->param : c->param;
    uint8_t *state;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    for (size_t i = 0; i < r->n; i++) {
        kxi_num x;
        lanes[i] = 0;
        if (state && state[i] != KXI_IS_KNOWN)
            continue;
        KXI_TRY(kxi_vec_num(&r->num, args[0], i, &x));
        bool integer = kxi_num_is_int(x);
        if (integer && kxi_num_to_int(x, &whole) && kxi_mul64(whole, unit, &lanes[i]))
            continue;
        KXI_TRY(kxi_states_own(r, &state));
        state[i] = integer ? KXI_IS_RANGE : KXI_IS_FRACTION;
        lanes[i] = 0;
    }
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_duration_add(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    (void)c;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 2, &state));
    for (size_t i = 0; i < r->n; i++) {
        int64_t a = args[0]->v.ints[kxi_vec_lane(args[0], i)], b = args[1]->v.ints[kxi_vec_lane(args[1], i)];
        if (kxi_add64(a, b, &lanes[i]))
            continue;
        KXI_TRY(kxi_states_own(r, &state));
        state[i] = state[i] ? state[i] : KXI_IS_RANGE;
    }
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_duration_neg(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    (void)c;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    for (size_t i = 0; i < r->n; i++) {
        lanes[i] = (int64_t)(0 - (uint64_t)args[0]->v.ints[i]);
        if (args[0]->v.ints[i] != INT64_MIN)
            continue;
        KXI_TRY(kxi_states_own(r, &state));
        state[i] = state[i] ? state[i] : KXI_IS_RANGE;
    }
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}

/* ---- dates ---- */

static bool
is_day(int64_t d)
{
    return d >= KXI_DAY_MIN && d <= KXI_DAY_MAX;
}

/* A date and days. Sums of a day and 64 bits may wrap, but then they end far outside the years there are. */
kx_status
kxi_kernel_date_days(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes)), outside = 0;
    uint8_t *state;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict2(r, c, args, &state));
    KXI_LANES(r->n, args[0]->v.ints, args[0]->constant, args[1]->v.ints, args[1]->constant,
              lanes[i] = (int64_t)((uint64_t)a + (uint64_t)b);
              outside |= (lanes[i] < KXI_DAY_MIN) | (lanes[i] > KXI_DAY_MAX));
    out->v.ints = lanes;
    out->state = state;
    if (!outside)
        return KX_OK;
    KXI_TRY(kxi_states_own(r, &state));
    for (size_t i = 0; i < r->n; i++)
        if (state[i] == KXI_IS_KNOWN && !is_day(lanes[i]))
            state[i] = KXI_IS_RANGE;
    out->state = state;
    return KX_OK;
}

/* A function of a day alone; false: outside the range. */
typedef bool (*day_fn)(kxi_day d, int64_t param, int64_t *out);

static bool
part_of(kxi_day d, int64_t part, int64_t *out)
{
    kxi_civil civil = kxi_date_civil(d);
    switch (part) {
    case KXI_PART_YEAR:
        *out = civil.year;
        break;
    case KXI_PART_HALF:
        *out = (civil.month + 5) / 6;
        break;
    case KXI_PART_QUARTER:
        *out = (civil.month + 2) / 3;
        break;
    case KXI_PART_MONTH:
        *out = civil.month;
        break;
    case KXI_PART_DAY:
        *out = civil.day;
        break;
    default:
        *out = kxi_date_weekday(d);
        break;
    }
    return true;
}

static bool
plus_months(kxi_day d, int64_t months, int64_t *out)
{
    kxi_day day;
    if (!kxi_date_add_months(d, months, KXI_MONTH_CLIP, &day))
        return false;
    *out = day;
    return true;
}

/* The first and last known day of a batch; false when there is none. A lane that is no day at all never is known. */
static bool
day_range(const kxi_run *r, const kxi_vec *days, const uint8_t *state, int64_t *first, int64_t *last)
{
    const int64_t *d = days->v.ints;
    size_t stride = !days->constant;
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (size_t i = 0; i < r->n; i++) {
        int64_t x = d[i * stride];
        bool counts = !state || state[i] == KXI_IS_KNOWN;
        low = counts && x < low ? x : low;
        high = counts && x > high ? x : high;
    }
    *first = low;
    *last = high;
    return low <= high;
}

/* lanes[i] = f(days[i]) by a table over [first, last]; unknown days are looked up as the first. */
static kx_status
by_table(kxi_run *r, const kxi_vec *days, int64_t first, int64_t last, day_fn f, int64_t param, int64_t *lanes,
         bool *outside)
{
    size_t count = (size_t)(last - first) + 1, stride = !days->constant;
    int64_t *table = kxi_arena_array(r->arena, count, sizeof(*table));
    if (!table)
        return KX_E_NOMEM;
    *outside = false;
    for (size_t k = 0; k < count; k++)
        *outside |= !f((kxi_day)(first + (int64_t)k), param, &table[k]);
    const int64_t *d = days->v.ints;
    for (size_t i = 0; i < r->n; i++) {
        uint64_t at = (uint64_t)d[i * stride] - (uint64_t)first;
        lanes[i] = table[at < count ? at : 0];
    }
    return KX_OK;
}

/* f over all lanes whose state is known; lanes outside become RANGE. params: NULL, or one a lane. */
static kx_status
each_day(kxi_run *r, const kxi_vec *days, uint8_t **state, day_fn f, int64_t param, const kxi_vec *params,
         int64_t *lanes)
{
    int64_t first, last;
    bool outside = true, constant = !params || params->constant;
    if (params && params->constant)
        param = params->v.ints[0];
    memset(lanes, 0, r->n * sizeof(*lanes));
    if (!day_range(r, days, *state, &first, &last))
        return KX_OK;
    if (constant && last - first < (int64_t)(r->n / 2))
        KXI_TRY(by_table(r, days, first, last, f, param, lanes, &outside));
    if (!outside)
        return KX_OK;
    for (size_t i = 0; i < r->n; i++) {
        if (*state && (*state)[i] != KXI_IS_KNOWN)
            continue;
        if (f((kxi_day)days->v.ints[kxi_vec_lane(days, i)], constant ? param : params->v.ints[i], &lanes[i]))
            continue;
        KXI_TRY(kxi_states_own(r, state));
        (*state)[i] = KXI_IS_RANGE;
    }
    return KX_OK;
}

kx_status
kxi_kernel_date_months(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict2(r, c, args, &state));
    KXI_TRY(each_day(r, args[0], &state, plus_months, 0, args[1], lanes));
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_date_part(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    KXI_TRY(each_day(r, args[0], &state, part_of, c->param, NULL, lanes));
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}

kx_status
kxi_kernel_date_parse(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    (void)c;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 1, &state));
    KXI_TRY(kxi_states_own(r, &state));
    for (size_t i = 0; i < r->n; i++) {
        kxi_day day = 0;
        if (state[i] == KXI_IS_KNOWN && !kxi_date_parse(args[0]->v.texts[i], &day))
            state[i] = KXI_IS_FORMAT;
        lanes[i] = state[i] == KXI_IS_KNOWN ? day : 0;
    }
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}

/* date(year, month, day) */
kx_status
kxi_kernel_date_make(kxi_run *r, const kxi_code *c, const kxi_vec *const *args, kxi_vec *out)
{
    int64_t *lanes = kxi_lanes_new(r, sizeof(*lanes));
    uint8_t *state;
    (void)c;
    if (!lanes)
        return KX_E_NOMEM;
    KXI_TRY(kxi_states_strict(r, args, 3, &state));
    for (size_t i = 0; i < r->n; i++) {
        int64_t part[3];
        bool good = true;
        kxi_day day = 0;
        for (size_t k = 0; k < 3 && (!state || state[i] == KXI_IS_KNOWN); k++) {
            kxi_num x;
            KXI_TRY(kxi_vec_num(&r->num, args[k], i, &x));
            good = good && kxi_num_to_int(x, &part[k]) && part[k] >= 0 && part[k] <= 9999;
        }
        lanes[i] = 0;
        if (state && state[i] != KXI_IS_KNOWN)
            continue;
        if (good && kxi_date_make((int32_t)part[0], (int32_t)part[1], (int32_t)part[2], &day)) {
            lanes[i] = day;
            continue;
        }
        KXI_TRY(kxi_states_own(r, &state));
        state[i] = KXI_IS_RANGE;
    }
    out->v.ints = lanes;
    out->state = state;
    return KX_OK;
}
