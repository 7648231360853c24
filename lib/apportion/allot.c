/* One allotment: what its keys say, and whether they go together. */
#include "apportion/read.h"

const char *const kxi_allotment_keys[] = { "id",    "title",  "clause",  "where",  "seats", "reserve", "method",
                                           "quota", "bounds", "weight",  "number", "round", "choice",  "min",
                                           "max",   "bands",  "ceiling", "over",   "ties",  "adjust",  NULL };

static kx_status
needs(kxi_reader *r, const kxi_allotment *a, const char *key, const char *other)
{
    return KXI_FAIL(r->d, SEATS_NEEDS, kxi_reader_at(r, a->node), KXI_A_STR(a->id), KXI_A_CSTR(key), KXI_A_CSTR(other));
}

/* A key that is given has to be able to do something. */
static kx_status
useful(kxi_reader *r, const kxi_allotment *a, const char *key, bool fine, const char *without)
{
    if (fine || !kxi_reader_value(a->node, key))
        return KX_OK;
    return KXI_FAIL(r->d, SEATS_USELESS, kxi_node_key_place(r->a, kxi_node_get(a->node, key)), KXI_A_STR(a->id),
                    KXI_A_CSTR(key), KXI_A_CSTR(without));
}

static kx_status
two_ways(kxi_reader *r, const kxi_allotment *a, const char *key, const char *other)
{
    return KXI_FAIL(r->d, SEATS_TWO_WAYS, kxi_node_key_place(r->a, kxi_node_get(a->node, key)), KXI_A_STR(a->id),
                    KXI_A_CSTR(other), KXI_A_CSTR(key));
}

/* ---- the total ---- */

static kx_status
find_earlier(kxi_reader *r, const kxi_node *node, const kxi_allotment *earlier, size_t count, uint32_t *out)
{
    kxi_str *names = kxi_arena_array(r->a, count + 1, sizeof(*names));
    if (!names)
        return kxi_nomem(r->d);
    for (size_t i = 0; i < count; i++) {
        names[i] = earlier[i].id;
        if (kxi_str_eq(earlier[i].id, node->text)) {
            *out = (uint32_t)i;
            return KX_OK;
        }
    }
    return KXI_FAIL(r->d, SEATS_NO_ALLOTMENT, kxi_reader_at(r, node), KXI_A_STR(node->text),
                    KXI_A_STR(count ? kxi_reader_list(r, names, count) : KXI_STR("-")));
}

/* A number, or {"times": 0.5, "of": "delegates", "round": "ceil"}. */
static kx_status
read_seats(kxi_reader *r, kxi_allotment *a, const kxi_allotment *earlier, size_t count)
{
    static const char *const known[] = { "times", "of", "round", NULL };
    bool times = false;
    a->seats_of = KXI_NONE;
    a->seats_node = kxi_reader_value(a->node, "seats");
    a->has_seats = a->seats_node != NULL;
    if (!a->has_seats)
        return KX_OK;
    if (a->seats_node->type != KXI_NODE_OBJECT)
        return kxi_reader_count(r, a->node, "seats", KXI_SEATS_MOST, &a->seats, &a->has_seats);
    KXI_PLAN_TRY(kxi_reader_keys(r, a->seats_node, "seats", known));
    KXI_PLAN_TRY(kxi_reader_number(r, a->seats_node, "times", &a->seats_times, &times));
    const kxi_node *of = kxi_reader_value(a->seats_node, "of");
    if (!of || !times)
        return KXI_FAIL(r->d, MISSING_KEY, kxi_reader_at(r, a->seats_node), KXI_A_CSTR("seats"),
                        KXI_A_CSTR(of ? "times" : "of"));
    if (kxi_num_sign(a->seats_times) < 0)
        return KXI_FAIL(r->d, SEATS_NUMBER, kxi_reader_at(r, a->seats_node), KXI_A_CSTR("times"), KXI_A_CSTR("< 0"));
    KXI_PLAN_TRY(kxi_reader_type(r, of, KXI_NODE_STRING));
    KXI_PLAN_TRY(find_earlier(r, of, earlier, count, &a->seats_of));
    return kxi_reader_round(r, a->seats_node, &a->seats_round);
}

/* ---- parts ---- */

static kx_status
read_method(kxi_reader *r, kxi_allotment *a)
{
    static const char *const methods[] = {
#define X(name, text) text,
        KXI_SEAT_METHODS(X)
#undef X
            NULL
    };
    static const char *const quotas[] = { "hare", "droop", NULL }, *const bounds[] = { "quotas", "seats", NULL };
    int method = -1, quota = KXI_QUOTA_HARE, bound = KXI_BOUND_QUOTAS;
    KXI_PLAN_TRY(kxi_reader_choice(r, a->node, "method", methods, &method));
    KXI_PLAN_TRY(kxi_reader_choice(r, a->node, "quota", quotas, &quota));
    KXI_PLAN_TRY(kxi_reader_choice(r, a->node, "bounds", bounds, &bound));
    a->has_method = method >= 0;
    a->method = method >= 0 ? (enum kxi_seat_method)method : KXI_SEAT_LARGEST_REMAINDER;
    a->quota = (enum kxi_seat_quota)quota;
    a->bounds = (enum kxi_seat_bounds)bound;
    bool remainder = a->has_method && a->method == KXI_SEAT_LARGEST_REMAINDER;
    KXI_PLAN_TRY(useful(r, a, "quota", remainder, "\"method\": \"largest-remainder\""));
    KXI_PLAN_TRY(useful(r, a, "bounds", remainder, "\"method\": \"largest-remainder\""));
    if (quota == KXI_QUOTA_DROOP && kxi_reader_value(a->node, "bounds") && bound == KXI_BOUND_QUOTAS)
        return two_ways(r, a, "bounds", "quota");
    return KX_OK;
}

/* "report", or {"by": expression or list of them}. */
static kx_status
read_ties(kxi_reader *r, kxi_allotment *a)
{
    static const char *const known[] = { "by", NULL }, *const report[] = { "report", NULL };
    const kxi_node *node = kxi_reader_value(a->node, "ties");
    int unused;
    if (!node)
        return KX_OK;
    KXI_PLAN_TRY(useful(r, a, "ties", a->has_method, "\"method\""));
    if (node->type != KXI_NODE_OBJECT)
        return kxi_reader_choice(r, a->node, "ties", report, &unused);
    KXI_PLAN_TRY(kxi_reader_keys(r, node, "ties", known));
    const kxi_node *by = kxi_reader_value(node, "by");
    if (!by)
        return KXI_FAIL(r->d, MISSING_KEY, kxi_reader_at(r, node), KXI_A_CSTR("ties"), KXI_A_CSTR("by"));
    bool list = by->type == KXI_NODE_ARRAY;
    if (list)
        KXI_PLAN_TRY(kxi_reader_array(r, by));
    a->ties = kxi_arena_array(r->a, list ? by->count + 1u : 1u, sizeof(*a->ties));
    if (!a->ties)
        return kxi_nomem(r->d);
    if (!list)
        a->ties[a->tie_count++] = by;
    else
        kxi_node_each (item, by)
            a->ties[a->tie_count++] = item;
    return KX_OK;
}

static kx_status
read_adjustment(kxi_reader *r, const kxi_node *node, kxi_adjust *out)
{
    static const char *const known[] = { "when", "times", "plus", "round", "clause", NULL };
    KXI_PLAN_TRY(kxi_reader_keys(r, node, "adjust", known));
    out->node = node;
    out->when = kxi_reader_value(node, "when");
    out->times = kxi_reader_value(node, "times");
    out->plus = kxi_reader_value(node, "plus");
    if (!out->times && !out->plus)
        return KXI_FAIL0(r->d, SEATS_ADJUST_FORM, kxi_reader_at(r, node));
    return kxi_reader_round(r, node, &out->round);
}

static kx_status
read_adjust(kxi_reader *r, kxi_allotment *a)
{
    const kxi_node *node = kxi_reader_value(a->node, "adjust");
    if (!node)
        return KX_OK;
    KXI_PLAN_TRY(kxi_reader_array(r, node));
    kxi_adjust *list = kxi_arena_array(r->a, node->count + 1u, sizeof(*list));
    if (!list)
        return kxi_nomem(r->d);
    a->adjust = list;
    kxi_node_each (item, node)
        KXI_PLAN_TRY(read_adjustment(r, item, &list[a->adjust_count++]));
    return KX_OK;
}

static kx_status
read_ceiling(kxi_reader *r, kxi_allotment *a)
{
    static const char *const overs[] = { "report", "share", NULL };
    int over = 0;
    KXI_PLAN_TRY(kxi_reader_count(r, a->node, "ceiling", KXI_SEATS_MOST, &a->ceiling, &a->has_ceiling));
    KXI_PLAN_TRY(kxi_reader_choice(r, a->node, "over", overs, &over));
    KXI_PLAN_TRY(useful(r, a, "over", a->has_ceiling, "\"ceiling\""));
    a->over_share = over == 1;
    return KX_OK;
}

/* ---- what goes together ---- */

static kx_status
find_way(kxi_reader *r, kxi_allotment *a)
{
    bool band_number = a->band_count > 0 && a->bands[0].has_number, number = a->number || band_number;
    if (band_number && a->number)
        return two_ways(r, a, "number", "bands");
    if (a->band_of && !band_number && (a->min || a->max))
        return two_ways(r, a, a->min ? "min" : "max", "bands");
    if (number && a->choice)
        return two_ways(r, a, "choice", a->number ? "number" : "bands");
    if (number && a->weight)
        return two_ways(r, a, "weight", a->number ? "number" : "bands");
    if (a->choice && a->has_method)
        return two_ways(r, a, "choice", "method");
    a->way = number ? KXI_WAY_NUMBER : a->has_method ? KXI_WAY_METHOD : KXI_WAY_CHOICE;
    if (a->way == KXI_WAY_CHOICE && !a->choice && !a->band_of)
        return KXI_FAIL(r->d, SEATS_NO_WAY, kxi_reader_at(r, a->node), KXI_A_STR(a->id));
    return KX_OK;
}

static kx_status
check_way(kxi_reader *r, const kxi_allotment *a)
{
    bool number = a->way == KXI_WAY_NUMBER, shares = number && a->has_ceiling && a->over_share;
    if (a->way == KXI_WAY_METHOD && !a->weight)
        return needs(r, a, "method", "weight");
    if (a->way == KXI_WAY_METHOD && !a->has_seats)
        return needs(r, a, "method", "seats");
    if (shares && !a->has_method)
        return needs(r, a, "over", "method");
    KXI_PLAN_TRY(useful(r, a, "method", a->way == KXI_WAY_METHOD || shares, "\"weight\", or \"over\": \"share\""));
    KXI_PLAN_TRY(useful(r, a, "weight", a->way == KXI_WAY_METHOD, "\"method\""));
    KXI_PLAN_TRY(useful(r, a, "round", number, "\"number\""));
    KXI_PLAN_TRY(useful(r, a, "over", number || !a->over_share, "\"number\""));
    if (a->has_seats && a->seats_of == KXI_NONE && a->reserve > a->seats)
        return KXI_FAIL(r->d, SEATS_RESERVE, kxi_reader_at(r, a->node), KXI_A_STR(a->id), KXI_A_INT(a->reserve),
                        KXI_A_INT(a->seats));
    return KX_OK;
}

kx_status
kxi_plan_allotment(kxi_reader *r, const kxi_node *node, bool alone, const kxi_allotment *earlier, size_t count,
                   kxi_allotment *a)
{
    bool given;
    *a = (kxi_allotment){ .node = node };
    if (!alone)
        KXI_PLAN_TRY(kxi_reader_keys(r, node, "allotments", kxi_allotment_keys));
    if (alone)
        a->id = KXI_STR("seats");
    else
        KXI_PLAN_TRY(kxi_reader_needed(r, node, "id", "allotments", &a->id));
    KXI_PLAN_TRY(kxi_reader_text(r, node, "title", &a->title));
    KXI_PLAN_TRY(kxi_reader_text(r, node, "clause", &a->clause));
    a->where = kxi_reader_value(node, "where");
    a->weight = kxi_reader_value(node, "weight");
    a->number = kxi_reader_value(node, "number");
    a->choice = kxi_reader_value(node, "choice");
    a->min = kxi_reader_value(node, "min");
    a->max = kxi_reader_value(node, "max");
    KXI_PLAN_TRY(read_seats(r, a, earlier, count));
    KXI_PLAN_TRY(kxi_reader_count(r, node, "reserve", KXI_SEATS_MOST, &a->reserve, &given));
    KXI_PLAN_TRY(read_method(r, a));
    KXI_PLAN_TRY(kxi_reader_round(r, node, &a->round));
    if (kxi_reader_value(node, "bands"))
        KXI_PLAN_TRY(kxi_plan_bands(r, kxi_reader_value(node, "bands"), a));
    KXI_PLAN_TRY(read_ceiling(r, a));
    KXI_PLAN_TRY(read_ties(r, a));
    KXI_PLAN_TRY(read_adjust(r, a));
    KXI_PLAN_TRY(find_way(r, a));
    return check_way(r, a);
}
