/* Curves: from a known value to points. */
#include "score/engine.h"

#include "text/text.h"

struct kxi_curve_vecs {
    kxi_vec other, at, base, up_q, up, down_q, down;
    kxi_vec *step_at, *step_points, *step_when;
    uint32_t *rows; /* of labels, which are sorted for looking up: their place in the scheme */
};

static const kxi_map *
labels_of(const kxi_curve *curve)
{
    return curve->kind == KXI_CURVE_MAP ? curve->map : curve->kind == KXI_CURVE_RANGE ? curve->low : NULL;
}

static size_t
label_index(const kxi_map *map, kxi_str label)
{
    size_t i = 0;
    while (i < map->count && !kxi_str_eq(map->keys[i], label))
        i++;
    return i;
}

static kx_status
number_labels(kxi_engine *e, const kxi_curve *curve, kxi_curve_vecs *v)
{
    const kxi_map *labels = labels_of(curve);
    uint32_t row = 0;
    if (!labels)
        return KX_OK;
    v->rows = kxi_arena_array(e->a, labels->count + 1, sizeof(*v->rows));
    if (!v->rows)
        return kxi_nomem(e->d);
    kxi_node_each (member, kxi_node_get(curve->node, curve->kind == KXI_CURVE_MAP ? "map" : "range")) {
        kxi_str key;
        if (kxi_text_normalise(e->a, member->key, &key) != KX_OK)
            return kxi_nomem(e->d);
        v->rows[label_index(labels, key)] = row++;
    }
    return KX_OK;
}

kx_status
kxi_curve_prepare(kxi_engine *e, const kxi_curve *curve, kxi_curve_vecs **out)
{
    kxi_curve_vecs *v = kxi_arena_new(e->a, kxi_curve_vecs);
    size_t n = curve->step_count;
    if (!v || !(v->step_at = kxi_arena_array(e->a, n + 1, sizeof(kxi_vec))) ||
        !(v->step_points = kxi_arena_array(e->a, n + 1, sizeof(kxi_vec))) ||
        !(v->step_when = kxi_arena_array(e->a, n + 1, sizeof(kxi_vec))))
        return kxi_nomem(e->d);
    KXI_TRY(kxi_engine_eval(e, curve->other, &v->other));
    KXI_TRY(kxi_engine_eval(e, curve->at, &v->at));
    KXI_TRY(kxi_engine_eval(e, curve->base, &v->base));
    KXI_TRY(kxi_engine_eval(e, curve->up_q, &v->up_q));
    KXI_TRY(kxi_engine_eval(e, curve->up, &v->up));
    KXI_TRY(kxi_engine_eval(e, curve->down_q, &v->down_q));
    KXI_TRY(kxi_engine_eval(e, curve->down, &v->down));
    for (size_t i = 0; i < n; i++) {
        KXI_TRY(kxi_engine_eval(e, curve->steps[i].at, &v->step_at[i]));
        KXI_TRY(kxi_engine_eval(e, curve->steps[i].points, &v->step_points[i]));
        KXI_TRY(kxi_engine_eval(e, curve->steps[i].when, &v->step_when[i]));
    }
    *out = v;
    return number_labels(e, curve, v);
}

/* A parameter; when it is not known the points are not either. A parameter that is not there is its default. */
static kx_status
param(kxi_engine *e, const kxi_vec *v, uint32_t subject, int64_t none, kxi_num *out, uint8_t *state)
{
    if (v->type == KXI_V_NULL) {
        *out = kxi_num_int(none);
        return KX_OK;
    }
    if (kxi_vec_state(v, subject) != KXI_IS_KNOWN) {
        *state = KXI_IS_DEPENDS;
        *out = kxi_num_int(none);
        return KX_OK;
    }
    KXI_NUM(e, kxi_vec_num(e->num, v, subject, out));
    return KX_OK;
}

static kx_status
steps_points(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *f,
             kxi_num *points, uint32_t *which, uint8_t *state)
{
    for (size_t i = 0; i < curve->step_count; i++) {
        bool hit = false;
        if (curve->kind == KXI_CURVE_CASES) {
            uint8_t s = kxi_vec_state(&v->step_when[i], subject);
            if (s != KXI_IS_KNOWN) {
                *state = s;
                return KX_OK;
            }
            hit = kxi_vec_true(&v->step_when[i], subject);
        } else {
            kxi_num bound;
            int c = 0;
            KXI_TRY(param(e, &v->step_at[i], subject, 0, &bound, state));
            if (*state)
                return KX_OK;
            KXI_NUM(e, kxi_num_cmp(e->num, f->value, bound, &c));
            hit = c >= 0;
        }
        if (hit) {
            *which = (uint32_t)i;
            return param(e, &v->step_points[i], subject, 0, points, state);
        }
    }
    return param(e, &v->other, subject, 0, points, state);
}

/* base + (distance / q) x rate, whole q only when asked. */
static kx_status
slope_side(kxi_engine *e, bool whole, kxi_num distance, kxi_num q, kxi_num rate, kxi_num *points, uint8_t *state)
{
    kxi_num times;
    if (kxi_num_sign(q) <= 0) {
        *state = kxi_num_sign(q) ? KXI_IS_RANGE : KXI_IS_DIVISION;
        return KX_OK;
    }
    KXI_NUM(e, kxi_num_div(e->num, distance, q, &times));
    if (whole)
        KXI_NUM(e, kxi_num_round(e->num, times, KXI_ROUND_FLOOR, 0, &times));
    KXI_NUM(e, kxi_num_mul(e->num, times, rate, &times));
    KXI_NUM(e, kxi_num_add(e->num, *points, times, points));
    return KX_OK;
}

static kx_status
slope_points(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *f,
             kxi_num *points, uint8_t *state)
{
    kxi_num at, q, rate, distance;
    KXI_TRY(param(e, &v->at, subject, 0, &at, state));
    KXI_TRY(param(e, &v->base, subject, 0, points, state));
    KXI_NUM(e, kxi_num_sub(e->num, f->value, at, &distance));
    bool below = kxi_num_sign(distance) < 0;
    if (below)
        KXI_NUM(e, kxi_num_neg(e->num, distance, &distance));
    KXI_TRY(param(e, below ? &v->down_q : &v->up_q, subject, 1, &q, state));
    KXI_TRY(param(e, below ? &v->down : &v->up, subject, 0, &rate, state));
    return *state ? KX_OK : slope_side(e, curve->whole, distance, q, rate, points, state);
}

/* Below the first point 0, above the last its points, between them a straight line. */
static kx_status
line_points(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *f,
            kxi_num *points, uint32_t *which, uint8_t *state)
{
    kxi_num x0 = kxi_num_int(0), y0 = kxi_num_int(0);
    *points = kxi_num_int(0);
    for (size_t i = 0; i < curve->step_count; i++) {
        kxi_num x1, y1, part, width;
        int c = 0;
        KXI_TRY(param(e, &v->step_at[i], subject, 0, &x1, state));
        KXI_TRY(param(e, &v->step_points[i], subject, 0, &y1, state));
        if (*state)
            return KX_OK;
        KXI_NUM(e, kxi_num_cmp(e->num, f->value, x1, &c));
        if (c < 0 && i == 0)
            return KX_OK;
        *which = (uint32_t)i;
        *points = y1;
        if (c < 0) {
            KXI_NUM(e, kxi_num_sub(e->num, f->value, x0, &part));
            KXI_NUM(e, kxi_num_sub(e->num, x1, x0, &width));
            KXI_NUM(e, kxi_num_div(e->num, part, width, &part));
            KXI_NUM(e, kxi_num_sub(e->num, y1, y0, &y1));
            KXI_NUM(e, kxi_num_mul(e->num, part, y1, &part));
            KXI_NUM(e, kxi_num_add(e->num, y0, part, points));
            return KX_OK;
        }
        x0 = x1;
        y0 = y1;
    }
    return KX_OK;
}

static kx_status
map_points(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *f,
           kxi_num *points, uint32_t *which, uint8_t *state)
{
    size_t i = label_index(curve->map, f->label);
    if (i < curve->map->count) {
        *points = curve->map->values[i];
        *which = v->rows[i];
        return KX_OK;
    }
    if (v->other.type == KXI_V_NULL) {
        *state = KXI_IS_LOOKUP; /* a label the scheme does not know is not nothing */
        return KX_OK;
    }
    return param(e, &v->other, subject, 0, points, state);
}

/* The number entered must lie inside the label's share of the points; without one the scheme may pick a place in it. */
static kx_status
range_points(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, const kxi_fact *f, kxi_num *points,
             uint32_t *which, uint8_t *state)
{
    size_t i = label_index(curve->low, f->label);
    kxi_num low, high, sum;
    int below = 0, above = 0;
    if (i == curve->low->count) {
        *state = KXI_IS_LOOKUP;
        return KX_OK;
    }
    *which = v->rows[i];
    KXI_NUM(e, kxi_num_mul(e->num, f->full, curve->low->values[i], &low));
    KXI_NUM(e, kxi_num_mul(e->num, f->full, curve->high->values[i], &high));
    if (f->mark_known) {
        KXI_NUM(e, kxi_num_cmp(e->num, f->mark, low, &below));
        KXI_NUM(e, kxi_num_cmp(e->num, f->mark, high, &above));
        *state = below < 0 || above > 0 ? KXI_IS_RANGE : KXI_IS_KNOWN;
        *points = f->mark;
        return KX_OK;
    }
    *state = curve->pick == KXI_PICK_NONE ? KXI_IS_NULL : KXI_IS_KNOWN;
    *points = curve->pick == KXI_PICK_HIGH ? high : low;
    if (curve->pick != KXI_PICK_MIDDLE)
        return KX_OK;
    KXI_NUM(e, kxi_num_add(e->num, low, high, &sum));
    KXI_NUM(e, kxi_num_div(e->num, sum, kxi_num_int(2), points));
    return KX_OK;
}

kx_status
kxi_curve_points(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, kxi_fact *fact,
                 kxi_num *points, uint32_t *which, uint8_t *state)
{
    *which = KXI_NONE;
    *state = KXI_IS_KNOWN;
    *points = kxi_num_int(0);
    switch (curve->kind) {
    case KXI_CURVE_NONE:
        if (fact->value_type == KXI_V_BOOL)
            *points = kxi_num_sign(fact->value) ? fact->full : kxi_num_int(0);
        else
            *points = fact->value;
        return KX_OK;
    case KXI_CURVE_RATIO: {
        kxi_num share = fact->value;
        if (fact->fraction && kxi_num_sign(fact->denominator) != 0)
            KXI_NUM(e, kxi_num_div(e->num, fact->numerator, fact->denominator, &share));
        KXI_NUM(e, kxi_num_mul(e->num, fact->full, share, points));
        return KX_OK;
    }
    case KXI_CURVE_SLOPE:
        return slope_points(e, curve, v, subject, fact, points, state);
    case KXI_CURVE_LINE:
        return line_points(e, curve, v, subject, fact, points, which, state);
    case KXI_CURVE_MAP:
        return map_points(e, curve, v, subject, fact, points, which, state);
    case KXI_CURVE_RANGE:
        return range_points(e, curve, v, fact, points, which, state);
    default:
        return steps_points(e, curve, v, subject, fact, points, which, state);
    }
}

kx_status
kxi_curve_rate(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, bool *known,
               kxi_num *rate)
{
    kxi_num q;
    uint8_t state = KXI_IS_KNOWN;
    *rate = kxi_num_int(1);
    *known = curve->kind == KXI_CURVE_NONE;
    if (curve->kind != KXI_CURVE_SLOPE)
        return KX_OK;
    KXI_TRY(param(e, &v->up_q, subject, 1, &q, &state));
    KXI_TRY(param(e, &v->up, subject, 0, rate, &state));
    *known = state == KXI_IS_KNOWN && kxi_num_sign(q) > 0;
    if (*known)
        KXI_NUM(e, kxi_num_div(e->num, *rate, q, rate));
    return KX_OK;
}

/* The bound of the first step that gives full points. */
static kx_status
steps_need(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *f,
           bool *known, kxi_num *needs)
{
    for (size_t i = curve->step_count; i-- > 0;) {
        kxi_num at, points;
        uint8_t state = KXI_IS_KNOWN;
        int c = 0;
        KXI_TRY(param(e, &v->step_at[i], subject, 0, &at, &state));
        KXI_TRY(param(e, &v->step_points[i], subject, 0, &points, &state));
        if (state)
            return KX_OK;
        KXI_NUM(e, kxi_num_cmp(e->num, points, f->full, &c));
        if (c >= 0) {
            *known = true;
            *needs = at;
            if (curve->kind == KXI_CURVE_STEPS)
                return KX_OK; /* steps fall, so the last that qualifies is the least demanding */
        }
    }
    return KX_OK;
}

/* at + (full - base) / rate x q, in the direction in which points rise. */
static kx_status
slope_need(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *f,
           bool *known, bool *upper, kxi_num *needs)
{
    kxi_num at, base, q, rate, missing;
    uint8_t state = KXI_IS_KNOWN;
    KXI_TRY(param(e, &v->at, subject, 0, &at, &state));
    KXI_TRY(param(e, &v->base, subject, 0, &base, &state));
    KXI_TRY(param(e, &v->up_q, subject, 1, &q, &state));
    KXI_TRY(param(e, &v->up, subject, 0, &rate, &state));
    if (state)
        return KX_OK;
    int c = 0;
    KXI_NUM(e, kxi_num_cmp(e->num, f->full, base, &c));
    *known = c <= 0 || kxi_num_sign(rate) > 0;
    *needs = at;
    *upper = kxi_num_sign(rate) < 0;
    if (c <= 0 || kxi_num_sign(rate) <= 0)
        return KX_OK;
    KXI_NUM(e, kxi_num_sub(e->num, f->full, base, &missing));
    KXI_NUM(e, kxi_num_div(e->num, missing, rate, &missing));
    if (curve->whole)
        KXI_NUM(e, kxi_num_round(e->num, missing, KXI_ROUND_CEIL, 0, &missing));
    KXI_NUM(e, kxi_num_mul(e->num, missing, q, &missing));
    KXI_NUM(e, kxi_num_add(e->num, at, missing, needs));
    return KX_OK;
}

/* The first label of the scheme whose points, or share of the full ones, reach so much. */
static kx_status
label_need(kxi_engine *e, const kxi_map *labels, const uint32_t *rows, kxi_num reach, kxi_str *needs)
{
    uint32_t best = UINT32_MAX;
    for (size_t i = 0; i < labels->count; i++) {
        int c = 0;
        KXI_NUM(e, kxi_num_cmp(e->num, labels->values[i], reach, &c));
        if (c < 0 || rows[i] >= best)
            continue;
        best = rows[i];
        *needs = labels->keys[i];
    }
    return KX_OK;
}

/* The condition of the first case that gives full points, as the scheme writes it. */
static kx_status
case_need(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *f,
          kxi_str *needs)
{
    for (size_t i = 0; i < curve->step_count; i++) {
        kxi_num points;
        uint8_t state = KXI_IS_KNOWN;
        int c = 0;
        KXI_TRY(param(e, &v->step_points[i], subject, 0, &points, &state));
        KXI_NUM(e, kxi_num_cmp(e->num, points, f->full, &c));
        if (state != KXI_IS_KNOWN || c < 0)
            continue;
        *needs = kxi_expr_source_text(curve->steps[i].when);
        return KX_OK;
    }
    return KX_OK;
}

static kx_status
put_num(kxi_engine *e, kxi_buf *b, kxi_num x)
{
    kxi_str text;
    KXI_NUM(e, kxi_num_print(e->num, x, &text));
    kxi_buf_str(b, text);
    return KX_OK;
}

/* "good 20": the label that opens full points, and these; "14 .. 18" when a number beside the label is what is wrong. */
static kx_status
put_range(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, const kxi_fact *f, kxi_buf *b)
{
    size_t i = label_index(curve->low, f->label);
    kxi_str label = KXI_STR("");
    kxi_num low, high;
    if (f->state != KXI_FACT_UNKNOWN || i == curve->low->count) {
        KXI_TRY(label_need(e, curve->high, v->rows, kxi_num_int(1), &label));
        kxi_buf_str(b, label);
        kxi_buf_cstr(b, label.n ? " " : "");
        return label.n ? put_num(e, b, f->full) : KX_OK;
    }
    KXI_NUM(e, kxi_num_mul(e->num, f->full, curve->low->values[i], &low));
    KXI_NUM(e, kxi_num_mul(e->num, f->full, curve->high->values[i], &high));
    KXI_TRY(put_num(e, b, low));
    kxi_buf_cstr(b, " .. ");
    return put_num(e, b, high);
}

static kx_status
range_need(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, const kxi_fact *f, kxi_str *needs)
{
    kxi_buf b;
    kxi_buf_init(&b, &e->ctx->mem);
    kx_status st = put_range(e, curve, v, f, &b);
    if (st == KX_OK)
        *needs = b.failed ? (kxi_str){ NULL, 0 } : kxi_str_copy(e->a, kxi_buf_view(&b));
    kxi_buf_free(&b);
    return st == KX_OK && !needs->s ? kxi_nomem(e->d) : st;
}

kx_status
kxi_curve_needs(kxi_engine *e, const kxi_curve *curve, const kxi_curve_vecs *v, uint32_t subject, const kxi_fact *fact,
                bool *known, bool *upper, kxi_num *needs, kxi_str *text)
{
    *known = *upper = false;
    *needs = kxi_num_int(1);
    switch (curve->kind) {
    case KXI_CURVE_NONE:
        *known = true;
        *needs = fact->value_type == KXI_V_BOOL ? kxi_num_int(1) : fact->full;
        return KX_OK;
    case KXI_CURVE_RATIO:
        *known = true;
        return KX_OK;
    case KXI_CURVE_STEPS:
    case KXI_CURVE_LINE:
        return steps_need(e, curve, v, subject, fact, known, needs);
    case KXI_CURVE_SLOPE:
        return slope_need(e, curve, v, subject, fact, known, upper, needs);
    case KXI_CURVE_CASES:
        return case_need(e, curve, v, subject, fact, text);
    case KXI_CURVE_MAP:
        return label_need(e, curve->map, v->rows, fact->full, text);
    case KXI_CURVE_RANGE:
        return range_need(e, curve, v, fact, text);
    default:
        return KX_OK;
    }
}
