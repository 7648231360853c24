#include "rules/compile.h"

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

const kxi_node *
kxi_member(const kxi_node *object, kxi_str name)
{
    if (object && object->type == KXI_NODE_OBJECT)
        kxi_node_each (item, object)
            if (kxi_str_eq(item->key, name))
                return item;
    return NULL;
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

kx_status
kxi_read_not_here(kxi_comp *c, const kxi_node *object, const char *key, const char *with)
{
    const kxi_node *node = kxi_node_get(object, key);
    return node ? KXI_FAIL(c->d, KEY_NOT_HERE, kxi_node_key_place(c->a, node), KXI_A_CSTR(key), KXI_A_CSTR(with))
                : KX_OK;
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
kxi_read_not_empty(kxi_comp *c, const kxi_node *node)
{
    return node->count ? KX_OK : KXI_FAIL(c->d, EMPTY_LIST, kxi_at(c, node), KXI_A_STR(label_of(node)));
}

/* JSON has been checked to be UTF-8, so only memory can fail. */
kx_status
kxi_normal(kxi_comp *c, kxi_str text, kxi_str *out)
{
    kxi_str normal;
    *out = KXI_STR("");
    if (kxi_text_normalise(c->a, text, &normal) == KX_OK)
        *out = kxi_str_copy(c->a, normal);
    else
        out->s = NULL;
    return out->s ? KX_OK : kxi_nomem(c->d);
}

kx_status
kxi_fold_text(kxi_comp *c, kxi_str text, kxi_str *out)
{
    return kxi_text_fold(c->a, text, out) == KX_OK ? KX_OK : kxi_nomem(c->d);
}

kx_status
kxi_num_status(kxi_comp *c, const kxi_node *node, kx_status st)
{
    if (st == KX_E_LIMIT)
        return KXI_FAIL(c->d, TOO_MANY_DIGITS, kxi_at(c, node), KXI_A_INT(c->ctx->max_digits));
    return st == KX_OK ? st : kxi_nomem(c->d);
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
kxi_read_span(kxi_comp *c, const kxi_node *node, const char *what, const char *const *known, kxi_span *out)
{
    KXI_TRY(kxi_read_keys(c, node, what, known));
    const kxi_node *from = kxi_node_get(node, "from"), *to = kxi_node_get(node, "to");
    if (!from || !to)
        return KXI_FAIL(c->d, MISSING_KEY, kxi_at(c, node), KXI_A_CSTR(what), KXI_A_CSTR(from ? "to" : "from"));
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
    if (st != KX_OK || !kxi_num_to_int(value, &v) || v < least || v > most)
        return KXI_FAIL(c->d, COUNT_RANGE, kxi_at(c, node), KXI_A_STR(label_of(node)), KXI_A_INT(least),
                        KXI_A_INT(most), KXI_A_STR(node->text));
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
    const kxi_node *places = kxi_node_get(node, "places"), *to = kxi_node_get(node, "to"),
                   *mode = kxi_node_get(node, "mode");
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
    kx_status st = kxi_num_parse(&num, to->text, &out->step);
    if (st == KX_E_NOMEM)
        return kxi_nomem(c->d);
    return st == KX_OK && kxi_num_sign(out->step) > 0 ? KX_OK : KXI_FAIL0(c->d, ROUND_FORM, kxi_at(c, to));
}

/* ---- tables of values ---- */

struct entry {
    kxi_str key;
    kxi_num value;
    const kxi_node *node;
};

/* By key; equal keys in the order of the scheme. */
static bool
before(const struct entry *x, const struct entry *y)
{
    int c = kxi_str_cmp(x->key, y->key);
    return c ? c < 0 : x->node->index < y->node->index;
}

/* Let entries[at] sink to its place in the heap entries[0 .. count), the last one in order being on top. */
static void
sink(struct entry *entries, size_t at, size_t count)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && before(&entries[child], &entries[child + 1]))
            child++;
        if (!before(&entries[at], &entries[child]))
            return;
        struct entry swap = entries[at];
        entries[at] = entries[child];
        entries[child] = swap;
    }
}

/* In place; the sort of the C library may allocate past the context. */
static void
sort_entries(struct entry *entries, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sink(entries, i, count);
    for (size_t end = count; end > 1; end--) {
        struct entry last = entries[0];
        entries[0] = entries[end - 1];
        entries[end - 1] = last;
        sink(entries, 0, end - 1);
    }
}

static kx_status
read_entry(kxi_comp *c, const kxi_node *member, struct entry *out)
{
    kxi_numctx num = { c->a, c->ctx->max_digits };
    out->node = member;
    KXI_TRY(kxi_normal(c, member->key, &out->key));
    kx_status st = member->type == KXI_NODE_NUMBER ? kxi_num_parse(&num, member->text, &out->value) : KX_E_SYNTAX;
    return st == KX_E_SYNTAX ? KXI_FAIL(c->d, MAP_FORM, kxi_at(c, member), KXI_A_STR(member->key))
                             : kxi_num_status(c, member, st);
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
    size_t n = 0;
    kxi_node_each (member, object)
        KXI_TRY(read_entry(c, member, &entries[n++]));
    sort_entries(entries, n);
    for (size_t i = 0; i < n; i++) {
        if (i && kxi_str_eq(entries[i].key, entries[i - 1].key))
            return KXI_FAIL(c->d, DUPLICATE_NAME, kxi_node_key_place(c->a, entries[i].node), KXI_A_STR(entries[i].key),
                            KXI_A_STR(label_of(object)));
        keys[i] = entries[i].key;
        values[i] = entries[i].value;
    }
    *map = (kxi_map){ keys, values, n };
    *out = map;
    return KX_OK;
}
