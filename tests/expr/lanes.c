/* Lanes of the fixture out of text and back. */
#include <stdlib.h>

#include "fixture.h"

bool
reads_state(kxi_str s, uint8_t *state)
{
    static const char *const names[] = {
#define X(name, en, zh) #name,
        KXI_STATES(X)
#undef X
    };
    if (kxi_str_is(s, "null")) {
        *state = KXI_IS_NULL;
        return true;
    }
    for (size_t i = 0; s.n > 1 && s.s[0] == '?' && i < COUNT(names); i++)
        if (kxi_str_is((kxi_str){ s.s + 1, s.n - 1 }, names[i])) {
            *state = (uint8_t)i;
            return true;
        }
    return false;
}

kxi_str *
split(struct kit *kit, kxi_str s, const char *separator, size_t *count)
{
    size_t step = strlen(separator), n = 0, capacity = s.n + 1;
    kxi_str *pieces = kxi_arena_array(&kit->arena, capacity, sizeof(*pieces));
    if (!pieces)
        return NULL;
    for (const char *at = s.s, *end = s.s + s.n; *count == 0 || n < *count;) {
        const char *next = at;
        while (next + step <= end && memcmp(next, separator, step) != 0)
            next++;
        if (next + step > end)
            next = end;
        pieces[n++] = (kxi_str){ at, (size_t)(next - at) };
        if (next == end)
            break;
        at = next + step;
    }
    *count = n;
    return pieces;
}

static kx_status
lists_of(struct fixture *f, enum kxi_vtype item, const kxi_str *lanes, size_t n, kxi_vec *out)
{
    kxi_arena *a = &f->kit->arena;
    int64_t *offsets = kxi_arena_array(a, n + 1, sizeof(*offsets));
    kxi_str *items = kxi_arena_array(a, 64 * (n + 1), sizeof(*items));
    kxi_vec *vec = kxi_arena_new(a, kxi_vec);
    if (!offsets || !items || !vec)
        return KX_E_NOMEM;
    size_t total = 0;
    uint8_t state;
    for (size_t i = 0; i < n; i++) {
        size_t count = 0;
        kxi_str *pieces =
            lanes[i].n == 0 || reads_state(lanes[i], &state) ? NULL : split(f->kit, lanes[i], ";", &count);
        if (pieces && lanes[i].s[lanes[i].n - 1] == ';')
            count--; /* `a;` is a list of one */
        for (size_t k = 0; pieces && k < count; k++)
            items[total++] = pieces[k];
        offsets[i + 1] = (int64_t)total;
    }
    out->v.lists = offsets;
    out->items = vec;
    return vec_of(f, item, KXI_V_NULL, items, total, vec);
}

/* Whether all known numbers are integers at a scale; the others are rubbish. */
static bool
fit_scale(const kxi_num *nums, const uint8_t *state, size_t n, int scale, int64_t *ints)
{
    for (size_t i = 0; i < n; i++) {
        ints[i] = INT64_MAX - 77;
        if (!state[i] && !kxi_num_to_dec(nums[i], scale, &ints[i]))
            return false;
    }
    return true;
}

static kx_status
numbers_of(struct fixture *f, const kxi_str *lanes, size_t n, const uint8_t *state, kxi_vec *out)
{
    kxi_num *nums = kxi_arena_array(&f->kit->arena, n, sizeof(*nums));
    int64_t *ints = kxi_arena_array(&f->kit->arena, n, sizeof(*ints));
    if (!nums || !ints)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        nums[i] = (kxi_num){ -1, 0, NULL }; /* no number at all: nobody may look where nothing is known */
        kx_status st = state[i] ? KX_OK : kxi_num_parse(&f->kit->num, lanes[i], &nums[i]);
        if (st != KX_OK)
            return st;
    }
    bool fits = f->mode == MODE_SCALED && fit_scale(nums, state, n, KXI_SCALE, ints);
    int scale = fits ? KXI_SCALE : 0;
    while (!fits && scale <= KXI_SCALE && !(fits = fit_scale(nums, state, n, scale, ints)))
        scale++;
    out->rep = fits && f->mode != MODE_NUMS ? KXI_REP_INT : KXI_REP_NUM;
    if (out->rep == KXI_REP_NUM) {
        out->v.nums = nums;
        return KX_OK;
    }
    out->scale = (uint8_t)scale;
    out->v.ints = ints;
    return KX_OK;
}

kx_status
vec_of(struct fixture *f, enum kxi_vtype type, enum kxi_vtype item, const kxi_str *lanes, size_t n, kxi_vec *out)
{
    kxi_arena *a = &f->kit->arena;
    uint8_t *state = kxi_arena_array(a, n, 1), *yes = kxi_arena_array(a, n, 1);
    int64_t *ints = kxi_arena_array(a, n, sizeof(*ints));
    if (!state || !yes || !ints)
        return KX_E_NOMEM;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= reads_state(lanes[i], &state[i]);
    *out = (kxi_vec){ .type = type, .count = n, .state = any ? state : NULL };
    if (type == KXI_V_NUMBER)
        return numbers_of(f, lanes, n, state, out);
    if (type == KXI_V_LIST)
        return lists_of(f, item, lanes, n, out);
    for (size_t i = 0; i < n; i++) {
        kxi_day day = 0;
        yes[i] = kxi_str_is(lanes[i], "true");
        if (type == KXI_V_DATE && !state[i])
            ck_assert_msg(kxi_date_parse(lanes[i], &day), "no date: %.*s", (int)lanes[i].n, lanes[i].s);
        ints[i] = type == KXI_V_DURATION && !state[i] ? strtoll(lanes[i].s, NULL, 10) : day;
    }
    if (type == KXI_V_BOOL)
        out->v.yes = yes;
    else if (type == KXI_V_TEXT)
        out->v.texts = lanes;
    else
        out->v.ints = ints;
    return KX_OK;
}

/* ---- showing ---- */

static void
show_number(struct kit *kit, const kxi_vec *v, size_t i, kxi_buf *out)
{
    kxi_num x;
    kxi_str text;
    if (kxi_vec_num(&kit->num, v, i, &x) != KX_OK || kxi_num_print(&kit->num, x, &text) != KX_OK)
        out->failed = true;
    else
        kxi_buf_str(out, text);
}

void
show_lane(struct kit *kit, const kxi_vec *v, size_t i, kxi_buf *out)
{
    static const char *const names[] = {
#define X(name, en, zh) #name,
        KXI_STATES(X)
#undef X
    };
    uint8_t state = kxi_vec_state(v, i);
    size_t lane = kxi_vec_lane(v, i);
    char day[11];
    if (state == KXI_IS_NULL) {
        kxi_buf_cstr(out, "null");
    } else if (state) {
        kxi_buf_char(out, '?');
        kxi_buf_cstr(out, names[state]);
    } else if (v->type == KXI_V_NUMBER) {
        show_number(kit, v, i, out);
    } else if (v->type == KXI_V_BOOL) {
        ck_assert_uint_le(v->v.yes[lane], 1);
        kxi_buf_cstr(out, v->v.yes[lane] ? "true" : "false");
    } else if (v->type == KXI_V_TEXT) {
        kxi_buf_str(out, v->v.texts[lane]);
    } else if (v->type == KXI_V_DATE) {
        kxi_date_print((kxi_day)v->v.ints[lane], day);
        kxi_buf_cstr(out, day);
    } else if (v->type == KXI_V_DURATION) {
        kxi_buf_int(out, v->v.ints[lane]);
        kxi_buf_cstr(out, v->months ? "mo" : "d");
    } else {
        for (int64_t j = v->v.lists[lane]; j < v->v.lists[lane + 1]; j++) {
            show_lane(kit, v->items, (size_t)j, out);
            kxi_buf_char(out, ';');
        }
    }
}
