/* {"优": [0.9, 1], "良": [0.7, 0.9]}: labels that open a share of the points. */
#include "rules/compile.h"

struct ranges {
    kxi_str *keys;
    kxi_num *low, *high;
    size_t count;
};

static kx_status
read_range(kxi_comp *c, const kxi_node *member, kxi_num *low, kxi_num *high)
{
    kxi_numctx num = { c->a, c->ctx->max_digits };
    int order = 0;
    bool pair = member->type == KXI_NODE_ARRAY && member->count == 2 && member->child->type == KXI_NODE_NUMBER &&
                member->child->next->type == KXI_NODE_NUMBER;
    if (pair) {
        KXI_TRY(kxi_num_status(c, member, kxi_num_parse(&num, member->child->text, low)));
        KXI_TRY(kxi_num_status(c, member, kxi_num_parse(&num, member->child->next->text, high)));
        KXI_TRY(kxi_num_status(c, member, kxi_num_cmp(&num, *low, *high, &order)));
    }
    if (!pair || order > 0)
        return KXI_FAIL(c->d, PAIR_FORM, kxi_at(c, member), KXI_A_STR(member->key), KXI_A_CSTR("[0.7, 0.9]"));
    return KX_OK;
}

/* Keeps the labels in order of bytes, as look-ups want them. */
static kx_status
add_range(kxi_comp *c, const kxi_node *member, struct ranges *r)
{
    kxi_str key;
    kxi_num low, high;
    size_t at = r->count;
    KXI_TRY(kxi_normal(c, member->key, &key));
    KXI_TRY(read_range(c, member, &low, &high));
    for (; at && kxi_str_cmp(r->keys[at - 1], key) >= 0; at--) {
        if (kxi_str_eq(r->keys[at - 1], key))
            return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_node_key_place(c->a, member), KXI_A_STR(key),
                            KXI_A_CSTR("range"));
        r->keys[at] = r->keys[at - 1];
        r->low[at] = r->low[at - 1];
        r->high[at] = r->high[at - 1];
    }
    r->keys[at] = key;
    r->low[at] = low;
    r->high[at] = high;
    r->count++;
    return KX_OK;
}

kx_status
kxi_read_ranges(kxi_comp *c, const kxi_node *object, const kxi_map **low, const kxi_map **high)
{
    KXI_TRY(kxi_read_type(c, object, KXI_NODE_OBJECT));
    size_t room = object->count + 1u;
    struct ranges r = { kxi_arena_array(c->a, room, sizeof(*r.keys)), kxi_arena_array(c->a, room, sizeof(*r.low)),
                        kxi_arena_array(c->a, room, sizeof(*r.high)), 0 };
    kxi_map *maps = kxi_arena_array(c->a, 2, sizeof(*maps));
    if (!r.keys || !r.low || !r.high || !maps)
        return kxi_nomem(c->d);
    kxi_node_each (member, object)
        KXI_TRY(add_range(c, member, &r));
    maps[0] = (kxi_map){ r.keys, r.low, r.count };
    maps[1] = (kxi_map){ r.keys, r.high, r.count };
    *low = &maps[0];
    *high = &maps[1];
    return KX_OK;
}
