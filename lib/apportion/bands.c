/* Bands of a value: "from 50 to 100 members: 2 to 3 seats". */
#include "apportion/read.h"

/* The ends of one band: "from" or "above", "to" or "below". */
static kx_status
read_ends(kxi_reader *r, const kxi_node *node, kxi_band *b)
{
    if ((kxi_reader_value(node, "from") && kxi_reader_value(node, "above")) ||
        (kxi_reader_value(node, "to") && kxi_reader_value(node, "below")))
        return KXI_FAIL0(r->d, SEATS_BAND_ENDS, kxi_reader_at(r, node));
    b->above = kxi_reader_value(node, "above") != NULL;
    b->below = kxi_reader_value(node, "below") != NULL;
    KXI_PLAN_TRY(kxi_reader_number(r, node, b->above ? "above" : "from", &b->from, &b->has_from));
    KXI_PLAN_TRY(kxi_reader_number(r, node, b->below ? "below" : "to", &b->to, &b->has_to));
    return KX_OK;
}

static kx_status
read_band(kxi_reader *r, const kxi_node *node, size_t number, kxi_band *b)
{
    static const char *const known[] = { "from", "above", "to", "below", "number", "min", "max", NULL };
    kxi_numctx c = { r->a, 200 };
    int order = -1;
    b->node = node;
    KXI_PLAN_TRY(kxi_reader_keys(r, node, "bands", known));
    KXI_PLAN_TRY(read_ends(r, node, b));
    if (b->has_from && b->has_to && kxi_num_cmp(&c, b->from, b->to, &order) != KX_OK)
        return kxi_nomem(r->d);
    if (b->has_from && b->has_to && (order > 0 || (order == 0 && (b->above || b->below))))
        return KXI_FAIL(r->d, SEATS_BAND_EMPTY, kxi_reader_at(r, node), KXI_A_INT(number));
    KXI_PLAN_TRY(kxi_reader_number(r, node, "number", &b->number, &b->has_number));
    KXI_PLAN_TRY(kxi_reader_count(r, node, "min", KXI_SEATS_MOST, &b->lo, &b->has_lo));
    return kxi_reader_count(r, node, "max", KXI_SEATS_MOST, &b->hi, &b->has_hi);
}

/* ---- how two bands lie to each other ---- */

/* Whether x ends before y begins, and whether values then lie between them: two ends that meet leave none when one of them
 * belongs, and values of so many decimals leave none between 99 and 100. */
static kx_status
ends_before(kxi_reader *r, const kxi_band *x, const kxi_band *y, kxi_num step, bool *before, bool *gap)
{
    kxi_numctx c = { r->a, 400 };
    kxi_num next = x->to;
    int order, stepped;
    *before = *gap = false;
    if (!x->has_to || !y->has_from)
        return KX_OK;
    if (kxi_num_add(&c, x->to, step, &next) != KX_OK || kxi_num_cmp(&c, x->to, y->from, &order) != KX_OK ||
        kxi_num_cmp(&c, next, y->from, &stepped) != KX_OK)
        return kxi_nomem(r->d);
    *before = order < 0 || (order == 0 && (x->below || y->above));
    *gap = order == 0 ? x->below && y->above : order < 0 && (x->below || y->above || stepped < 0);
    return KX_OK;
}

static kx_status
check_overlaps(kxi_reader *r, const kxi_band *bands, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            bool first, second, gap;
            KXI_PLAN_TRY(ends_before(r, &bands[i], &bands[k], kxi_num_int(0), &first, &gap));
            KXI_PLAN_TRY(ends_before(r, &bands[k], &bands[i], kxi_num_int(0), &second, &gap));
            if (!first && !second)
                return KXI_FAIL(r->d, SEATS_BAND_OVERLAP, kxi_reader_at(r, bands[k].node), KXI_A_INT(i + 1),
                                KXI_A_INT(k + 1));
        }
    return KX_OK;
}

/* The band that follows this one, if any: no other begins earlier after its end. Bands do not overlap. */
static kx_status
check_gaps(kxi_reader *r, const kxi_band *bands, size_t count, kxi_num step)
{
    for (size_t i = 0; i < count; i++) {
        size_t next = count;
        bool before, gap, gap_to_next = false;
        for (size_t k = 0; k < count; k++) {
            KXI_PLAN_TRY(ends_before(r, &bands[i], &bands[k], step, &before, &gap));
            if (k == i || !before)
                continue;
            bool earlier = next == count, unused;
            if (!earlier)
                KXI_PLAN_TRY(ends_before(r, &bands[k], &bands[next], step, &earlier, &unused));
            if (earlier) {
                next = k;
                gap_to_next = gap;
            }
        }
        if (next < count && gap_to_next)
            KXI_PLAN_TRY(KXI_FAIL(r->d, SEATS_BAND_GAP, kxi_reader_at(r, bands[next].node), KXI_A_INT(i + 1),
                                  KXI_A_INT(next + 1)));
    }
    return KX_OK;
}

/* ---- all of them ---- */

static kx_status
check_gives(kxi_reader *r, const kxi_band *bands, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bands[i].has_number != bands[0].has_number || bands[i].has_number == (bands[i].has_lo || bands[i].has_hi))
            return KXI_FAIL(r->d, SEATS_BAND_GIVES, kxi_reader_at(r, bands[i].node), KXI_A_INT(i + 1));
    return KX_OK;
}

/* The distance of two neighbouring values: 0 when they are not told to have so many decimals. */
static kx_status
read_step(kxi_reader *r, const kxi_node *node, kxi_num *step)
{
    kxi_numctx c = { r->a, 40 };
    int64_t decimals = 0;
    bool given = false;
    *step = kxi_num_int(0);
    KXI_PLAN_TRY(kxi_reader_count(r, node, "decimals", 12, &decimals, &given));
    if (given && kxi_num_dec(&c, 1, (int)decimals, step) != KX_OK)
        return kxi_nomem(r->d);
    return KX_OK;
}

kx_status
kxi_plan_bands(kxi_reader *r, const kxi_node *node, kxi_allotment *a)
{
    static const char *const known[] = { "of", "list", "overlap", "decimals", NULL };
    static const char *const overlaps[] = { "error", "first", NULL };
    int overlap = 0;
    size_t n = 0;
    kxi_num step;
    KXI_PLAN_TRY(kxi_reader_keys(r, node, "bands", known));
    const kxi_node *list = kxi_reader_value(node, "list");
    a->band_of = kxi_reader_value(node, "of");
    if (!list || !a->band_of)
        return KXI_FAIL(r->d, MISSING_KEY, kxi_reader_at(r, node), KXI_A_CSTR("bands"),
                        KXI_A_CSTR(list ? "of" : "list"));
    KXI_PLAN_TRY(kxi_reader_array(r, list));
    KXI_PLAN_TRY(kxi_reader_choice(r, node, "overlap", overlaps, &overlap));
    KXI_PLAN_TRY(read_step(r, node, &step));
    kxi_band *bands = kxi_arena_array(r->a, list->count + 1u, sizeof(*bands));
    if (!bands)
        return kxi_nomem(r->d);
    kxi_node_each (item, list) {
        n++;
        KXI_PLAN_TRY(read_band(r, item, n, &bands[n - 1]));
    }
    KXI_PLAN_TRY(check_gives(r, bands, n));
    if (overlap == 0) {
        KXI_PLAN_TRY(check_overlaps(r, bands, n));
        KXI_PLAN_TRY(check_gaps(r, bands, n, step));
    }
    a->bands = bands;
    a->band_count = n;
    return KX_OK;
}
