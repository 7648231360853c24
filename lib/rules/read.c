#include "rules/compile.h"

#include <stdlib.h>

kx_status
kxi_list_push(kxi_comp *c, kxi_list *list, const void *item, uint32_t *index)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        void *items = kxi_arena_array(c->a, capacity, list->size);
        if (!items)
            return kxi_nomem(c->d);
        if (list->count)
            memcpy(items, list->items, list->count * list->size);
        list->items = items;
        list->capacity = capacity;
    }
    memcpy((char *)list->items + list->count * list->size, item, list->size);
    if (index)
        *index = (uint32_t)list->count;
    list->count++;
    return KX_OK;
}

kxi_place
kxi_at(kxi_comp *c, const kxi_node *node)
{
    return kxi_node_place(c->a, node);
}

/* "a, b, c" */
kx_status
kxi_join(kxi_comp *c, const char *const *names, kxi_str *out)
{
    size_t n = 1;
    for (const char *const *p = names; *p; p++)
        n += strlen(*p) + 2;
    char *s = kxi_arena_alloc(c->a, n), *end = s;
    if (!s)
        return kxi_nomem(c->d);
    for (const char *const *p = names; *p; p++) {
        if (p != names) {
            memcpy(end, ", ", 2);
            end += 2;
        }
        size_t length = strlen(*p);
        memcpy(end, *p, length);
        end += length;
    }
    *end = '\0';
    *out = (kxi_str){ s, (size_t)(end - s) };
    return KX_OK;
}

static bool
listed(const char *const *known, kxi_str key)
{
    for (const char *const *p = known; *p; p++)
        if (kxi_str_is(key, *p))
            return true;
    return false;
}

static kx_status
unknown_key(kxi_comp *c, const kxi_node *member, const char *what, const char *const *known)
{
    kxi_str names[64], all;
    size_t n = 0;
    for (const char *const *p = known; *p && n < 64; p++)
        names[n++] = kxi_str_of(*p);
    kxi_str near = kxi_nearest(member->key, names, n);
    kxi_place place = kxi_node_key_place(c->a, member);
    if (near.n)
        return KXI_FAIL(c->d, UNKNOWN_KEY_NEAR, place, KXI_A_STR(member->key), KXI_A_CSTR(what), KXI_A_STR(near));
    KXI_TRY(kxi_join(c, known, &all));
    return KXI_FAIL(c->d, UNKNOWN_KEY, place, KXI_A_STR(member->key), KXI_A_CSTR(what), KXI_A_STR(all));
}

kx_status
kxi_read_keys(kxi_comp *c, const kxi_node *object, const char *what, const char *const *known)
{
    KXI_TRY(kxi_read_type(c, object, KXI_NODE_OBJECT));
    kxi_node_each (member, object)
        if (!kxi_str_is(member->key, "note") && !listed(known, member->key))
            KXI_NEXT(c, unknown_key(c, member, what, known));
    return KX_OK;
}

static kxi_str
label_of(const kxi_node *node)
{
    while (node->parent && node->parent->type != KXI_NODE_OBJECT)
        node = node->parent;
    return node->parent ? node->key : KXI_STR("/");
}

kx_status
kxi_read_type(kxi_comp *c, const kxi_node *node, enum kxi_node_type type)
{
    if (node->type == type)
        return KX_OK;
    return KXI_FAIL(c->d, EXPECTED_TYPE, kxi_at(c, node), KXI_A_STR(label_of(node)),
                    KXI_A_CSTR(kxi_node_type_name(type, c->d->language)),
                    KXI_A_CSTR(kxi_node_type_name(node->type, c->d->language)));
}

kx_status
kxi_normal(kxi_comp *c, kxi_str text, kxi_str *out)
{
    kx_status st = kxi_text_normalise(c->a, text, out);
    return st == KX_E_NOMEM ? kxi_nomem(c->d) : st;
}

kx_status
kxi_read_text(kxi_comp *c, const kxi_node *object, const char *key, bool needed, const char *what, kxi_str *out)
{
    const kxi_node *node = kxi_node_get(object, key);
    *out = KXI_STR("");
    if (!node)
        return needed ? KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, object), KXI_A_CSTR(what), KXI_A_CSTR(key)) : KX_OK;
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    return kxi_normal(c, node->text, out);
}

kx_status
kxi_read_day(kxi_comp *c, const kxi_node *node, kxi_day *out)
{
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    if (!kxi_date_parse(node->text, out))
        return KXI_FAIL(c->d, SCHEME_DATE, kxi_at(c, node), KXI_A_STR(node->text));
    return KX_OK;
}

kx_status
kxi_read_span(kxi_comp *c, const kxi_node *node, kxi_span *out)
{
    static const char *const known[] = { "name", "from", "to", NULL };
    KXI_TRY(kxi_read_keys(c, node, "period", known));
    const kxi_node *from = kxi_node_get(node, "from"), *to = kxi_node_get(node, "to");
    if (!from || !to)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, node), KXI_A_CSTR("period"), KXI_A_CSTR(from ? "to" : "from"));
    KXI_TRY(kxi_read_day(c, from, &out->from));
    KXI_TRY(kxi_read_day(c, to, &out->to));
    if (out->to < out->from)
        return KXI_FAIL(c->d, SCHEME_PERIOD, kxi_at(c, node), KXI_A_STR(from->text), KXI_A_STR(to->text));
    return KX_OK;
}

kx_status
kxi_read_bool(kxi_comp *c, const kxi_node *object, const char *key, bool *out)
{
    const kxi_node *node = kxi_node_get(object, key);
    if (!node)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_BOOL));
    *out = node->yes;
    return KX_OK;
}

kx_status
kxi_read_count(kxi_comp *c, const kxi_node *node, int64_t least, int64_t most, int64_t *out)
{
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_NUMBER));
    kxi_numctx num = { c->a, 100 };
    kxi_num value;
    int64_t v = 0;
    kx_status st = kxi_num_parse(&num, node->text, &value);
    if (st == KX_E_NOMEM)
        return kxi_nomem(c->d);
    if (st != KX_OK || !kxi_num_to_int(value, &v) || v < least || v > most) {
        char range[64];
        kxi_buf b;
        kxi_buf_init(&b, &c->ctx->mem);
        kxi_buf_int(&b, least);
        kxi_buf_cstr(&b, " .. ");
        kxi_buf_int(&b, most);
        size_t n = b.n < sizeof(range) - 1 ? b.n : sizeof(range) - 1;
        if (!b.failed)
            memcpy(range, b.s, n);
        range[b.failed ? 0 : n] = '\0';
        kxi_buf_free(&b);
        return KXI_FAIL(c->d, UNKNOWN_CHOICE, kxi_at(c, node), KXI_A_STR(node->text), KXI_A_CSTR(range));
    }
    *out = v;
    return KX_OK;
}

kx_status
kxi_read_choice(kxi_comp *c, const kxi_node *node, const char *const *names, int *out)
{
    if (!node)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, node, KXI_NODE_STRING));
    for (int i = 0; names[i]; i++)
        if (kxi_str_is(node->text, names[i])) {
            *out = i;
            return KX_OK;
        }
    kxi_str all;
    KXI_TRY(kxi_join(c, names, &all));
    return KXI_FAIL(c->d, UNKNOWN_CHOICE, kxi_at(c, node), KXI_A_STR(node->text), KXI_A_STR(all));
}

kx_status
kxi_read_round(kxi_comp *c, const kxi_node *node, kxi_round *out)
{
    static const char *const known[] = { "places", "to", "mode", NULL };
    *out = (kxi_round){ .mode = KXI_ROUND_NONE };
    if (!node || node->type == KXI_NODE_NULL)
        return KX_OK;
    KXI_TRY(kxi_read_keys(c, node, "round", known));
    const kxi_node *places = kxi_node_get(node, "places"), *to = kxi_node_get(node, "to"), *mode = kxi_node_get(node, "mode");
    if (!mode)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, node), KXI_A_CSTR("round"), KXI_A_CSTR("mode"));
    int chosen = 0;
    static const char *const modes[] = {
#define X(name, text) text,
        KXI_ROUND_MODES(X)
#undef X
            NULL
    };
    KXI_TRY(kxi_read_choice(c, mode, modes, &chosen));
    out->mode = (enum kxi_round_mode)chosen;
    if (out->mode == KXI_ROUND_NONE)
        return KX_OK;
    if (!places == !to)
        return KXI_FAIL0(c->d, ROUND_FORM, kxi_at(c, node));
    if (places) {
        int64_t n = 0;
        KXI_TRY(kxi_read_count(c, places, 0, 12, &n));
        out->places = (int)n;
        return KX_OK;
    }
    kxi_numctx num = { c->a, 100 };
    KXI_TRY(kxi_read_type(c, to, KXI_NODE_NUMBER));
    out->interval = true;
    if (kxi_num_parse(&num, to->text, &out->step) != KX_OK || kxi_num_sign(out->step) <= 0)
        return KXI_FAIL0(c->d, ROUND_FORM, kxi_at(c, to));
    return KX_OK;
}

struct entry {
    kxi_str key;
    kxi_num value;
};

static int
by_key(const void *a, const void *b)
{
    return kxi_str_cmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

kx_status
kxi_read_map(kxi_comp *c, const kxi_node *object, const kxi_map **out)
{
    KXI_TRY(kxi_read_type(c, object, KXI_NODE_OBJECT));
    kxi_map *map = kxi_arena_new(c->a, kxi_map);
    struct entry *entries = kxi_arena_array(c->a, object->count + 1u, sizeof(*entries));
    kxi_str *keys = kxi_arena_array(c->a, object->count + 1u, sizeof(*keys));
    kxi_num *values = kxi_arena_array(c->a, object->count + 1u, sizeof(*values));
    if (!map || !entries || !keys || !values)
        return kxi_nomem(c->d);
    kxi_numctx num = { c->a, c->ctx->max_digits };
    size_t n = 0;
    kxi_node_each (member, object) {
        KXI_TRY(kxi_normal(c, member->key, &entries[n].key));
        if (member->type != KXI_NODE_NUMBER || kxi_num_parse(&num, member->text, &entries[n].value) != KX_OK)
            return KXI_FAIL(c->d, MAP_FORM, kxi_at(c, member), KXI_A_STR(member->key));
        n++;
    }
    qsort(entries, n, sizeof(*entries), by_key);
    for (size_t i = 0; i < n; i++) {
        if (i && kxi_str_eq(entries[i].key, entries[i - 1].key))
            return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_at(c, object), KXI_A_STR(entries[i].key), KXI_A_CSTR("the same table"));
        keys[i] = entries[i].key;
        values[i] = entries[i].value;
    }
    *map = (kxi_map){ keys, values, n };
    *out = map;
    return KX_OK;
}
