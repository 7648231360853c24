/* One check on the seats: what its keys say. */
#include "apportion/read.h"

/* The only allotment, or the one that is named. */
static kx_status
find_of(kxi_reader *r, const kxi_node *node, const kxi_plan *plan, kxi_seat_check *c)
{
    const kxi_node *of = kxi_reader_value(node, "of");
    kxi_str *names = kxi_arena_array(r->a, plan->allotment_count + 1, sizeof(*names));
    if (!names)
        return kxi_nomem(r->d);
    if (of)
        KXI_PLAN_TRY(kxi_reader_type(r, of, KXI_NODE_STRING));
    c->of = plan->allotment_count == 1 && !of ? 0 : KXI_NONE;
    for (size_t i = 0; i < plan->allotment_count; i++) {
        names[i] = plan->allotments[i].id;
        if (of && kxi_str_eq(names[i], of->text))
            c->of = (uint32_t)i;
    }
    if (c->of != KXI_NONE)
        return KX_OK;
    kxi_str all = kxi_reader_list(r, names, plan->allotment_count);
    return of ? KXI_FAIL(r->d, SEATS_NO_ALLOTMENT, kxi_reader_at(r, of), KXI_A_STR(of->text), KXI_A_STR(all))
              : KXI_FAIL(r->d, SEATS_CHECK_OF, kxi_reader_at(r, node), KXI_A_STR(c->id), KXI_A_STR(all));
}

static bool
within_one(kxi_num x)
{
    return kxi_num_sign(x) == 0 || kxi_num_eq(x, kxi_num_int(1)) || (kxi_num_sign(x) > 0 && !x.big && x.n < x.d);
}

static kx_status
read_bounds(kxi_reader *r, const kxi_node *node, kxi_seat_check *c)
{
    kxi_numctx num = { r->a, 200 };
    int order = 0;
    KXI_PLAN_TRY(kxi_reader_bool(r, node, "share", &c->share));
    KXI_PLAN_TRY(kxi_reader_number(r, node, "at_least", &c->least, &c->has_least));
    KXI_PLAN_TRY(kxi_reader_number(r, node, "at_most", &c->most, &c->has_most));
    if (c->share && ((c->has_least && !within_one(c->least)) || (c->has_most && !within_one(c->most))))
        return KXI_FAIL(r->d, SEATS_SHARE_RANGE, kxi_reader_at(r, node), KXI_A_STR(c->id));
    if (c->has_least && c->has_most && kxi_num_cmp(&num, c->least, c->most, &order) != KX_OK)
        return kxi_nomem(r->d);
    return order > 0 ? KXI_FAIL(r->d, SEATS_BOUNDS_CROSS, kxi_reader_at(r, node), KXI_A_STR(c->id)) : KX_OK;
}

/* Exactly one kind; keys that only mean something with bounds are refused elsewhere. */
static kx_status
read_kind(kxi_reader *r, const kxi_node *node, kxi_seat_check *c)
{
    static const char *const each[] = { "id", "title", "clause", "of", "where", "each", NULL };
    static const char *const flag[] = { "id", "title", "clause", "of", "where", "flag", NULL };
    static const char *const sum[] = { "id",  "title", "clause",   "of",      "where", "base",
                                       "per", "share", "at_least", "at_most", NULL };
    const kxi_node *has_each = kxi_reader_value(node, "each"), *has_flag = kxi_reader_value(node, "flag");
    bool bounded = kxi_reader_value(node, "at_least") || kxi_reader_value(node, "at_most");
    if (!!has_each + !!has_flag + bounded > 1)
        return KXI_FAIL(r->d, SEATS_CHECK_KIND, kxi_reader_at(r, node), KXI_A_STR(c->id));
    c->kind = has_each ? KXI_CHECK_EACH : has_flag ? KXI_CHECK_FLAG : KXI_CHECK_SUM;
    c->condition = has_each ? has_each : has_flag;
    KXI_PLAN_TRY(kxi_reader_keys(r, node, "checks", has_each ? each : has_flag ? flag : sum));
    if (c->condition)
        return KX_OK;
    if (!bounded)
        return KXI_FAIL(r->d, SEATS_CHECK_KIND, kxi_reader_at(r, node), KXI_A_STR(c->id));
    return read_bounds(r, node, c);
}

kx_status
kxi_plan_check(kxi_reader *r, const kxi_node *node, const kxi_plan *plan, kxi_seat_check *c)
{
    *c = (kxi_seat_check){ .node = node };
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_OBJECT));
    KXI_PLAN_TRY(kxi_reader_needed(r, node, "id", "checks", &c->id));
    KXI_PLAN_TRY(kxi_reader_text(r, node, "title", &c->title));
    KXI_PLAN_TRY(kxi_reader_text(r, node, "clause", &c->clause));
    KXI_PLAN_TRY(read_kind(r, node, c));
    KXI_PLAN_TRY(find_of(r, node, plan, c));
    c->where = kxi_reader_value(node, "where");
    c->base = kxi_reader_value(node, "base");
    c->per = kxi_reader_value(node, "per");
    if (c->base && !c->share)
        return KXI_FAIL(r->d, SEATS_USELESS, kxi_node_key_place(r->a, kxi_node_get(node, "base")), KXI_A_STR(c->id),
                        KXI_A_CSTR("base"), KXI_A_CSTR("\"share\": true"));
    return KX_OK;
}
