#include "apportion/read.h"

kxi_place
kxi_reader_at(kxi_reader *r, const kxi_node *node)
{
    return kxi_node_place(r->a, node);
}

kxi_str
kxi_reader_list(kxi_reader *r, const kxi_str *names, size_t count)
{
    size_t n = 1;
    for (size_t i = 0; i < count; i++)
        n += names[i].n + 2;
    char *s = kxi_arena_alloc(r->a, n), *end = s;
    if (!s)
        return KXI_STR("");
    for (size_t i = 0; i < count; i++) {
        if (i) {
            memcpy(end, ", ", 2);
            end += 2;
        }
        if (names[i].n)
            memcpy(end, names[i].s, names[i].n);
        end += names[i].n;
    }
    *end = '\0';
    return (kxi_str){ s, (size_t)(end - s) };
}

/* Names of C as a list of texts, NULL at their end. */
static kx_status
name_list(kxi_reader *r, const char *const *names, kxi_str **out, size_t *count)
{
    size_t n = 0;
    while (names[n])
        n++;
    *out = kxi_arena_array(r->a, n + 1, sizeof(**out));
    if (!*out)
        return kxi_nomem(r->d);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = kxi_str_of(names[i]);
    *count = n;
    return KX_OK;
}

static kx_status
unknown_key(kxi_reader *r, const kxi_node *member, const char *what, const char *const *known)
{
    kxi_str *names;
    size_t count = 0;
    KXI_PLAN_TRY(name_list(r, known, &names, &count));
    kxi_place place = kxi_node_key_place(r->a, member);
    kxi_str near = kxi_nearest(member->key, names, count);
    if (near.n)
        return KXI_FAIL(r->d, UNKNOWN_KEY_NEAR, place, KXI_A_STR(member->key), KXI_A_CSTR(what), KXI_A_STR(near));
    return KXI_FAIL(r->d, UNKNOWN_KEY, place, KXI_A_STR(member->key), KXI_A_CSTR(what),
                    KXI_A_STR(kxi_reader_list(r, names, count)));
}

kx_status
kxi_reader_keys(kxi_reader *r, const kxi_node *node, const char *what, const char *const *known)
{
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_OBJECT));
    kxi_node_each (member, node) {
        bool found = kxi_str_is(member->key, "note");
        for (const char *const *p = known; *p && !found; p++)
            found = kxi_str_is(member->key, *p);
        if (!found)
            return unknown_key(r, member, what, known);
    }
    return KX_OK;
}

/* The key it stands under; of an item, that of its list. */
static kxi_str
label_of(const kxi_node *node)
{
    while (node->parent && node->parent->type != KXI_NODE_OBJECT)
        node = node->parent;
    return node->parent ? node->key : KXI_STR("/");
}

kx_status
kxi_reader_type(kxi_reader *r, const kxi_node *node, enum kxi_node_type type)
{
    if (node->type == type)
        return KX_OK;
    return KXI_FAIL(r->d, EXPECTED_TYPE, kxi_reader_at(r, node), KXI_A_STR(label_of(node)),
                    KXI_A_CSTR(kxi_node_type_name(type, r->d->language)),
                    KXI_A_CSTR(kxi_node_type_name(node->type, r->d->language)));
}

kx_status
kxi_reader_array(kxi_reader *r, const kxi_node *node)
{
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_ARRAY));
    if (node->count > KXI_PLAN_ITEMS)
        return KXI_FAIL(r->d, SEATS_LIST_LONG, kxi_reader_at(r, node), KXI_A_STR(label_of(node)),
                        KXI_A_INT(node->count), KXI_A_INT(KXI_PLAN_ITEMS));
    return KX_OK;
}

const kxi_node *
kxi_reader_value(const kxi_node *object, const char *key)
{
    const kxi_node *node = kxi_node_get(object, key);
    return node && node->type != KXI_NODE_NULL ? node : NULL;
}

kx_status
kxi_reader_text(kxi_reader *r, const kxi_node *object, const char *key, kxi_str *out)
{
    const kxi_node *node = kxi_reader_value(object, key);
    *out = KXI_STR("");
    if (!node)
        return KX_OK;
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_STRING));
    kx_status st = kxi_text_normalise(r->a, node->text, out);
    if (st != KX_OK)
        return st == KX_E_NOMEM ? kxi_nomem(r->d) : st;
    *out = kxi_str_copy(r->a, *out); /* terminated */
    return out->s ? KX_OK : kxi_nomem(r->d);
}

kx_status
kxi_reader_needed(kxi_reader *r, const kxi_node *object, const char *key, const char *what, kxi_str *out)
{
    KXI_PLAN_TRY(kxi_reader_text(r, object, key, out));
    return out->n ? KX_OK : KXI_FAIL(r->d, MISSING_KEY, kxi_reader_at(r, object), KXI_A_CSTR(what), KXI_A_CSTR(key));
}

/* What a node says, for a message about it. */
static kxi_str
shown(const kxi_reader *r, const kxi_node *node)
{
    return node->type == KXI_NODE_NUMBER || node->type == KXI_NODE_STRING
               ? node->text
               : kxi_str_of(kxi_node_type_name(node->type, r->d->language));
}

kx_status
kxi_reader_count(kxi_reader *r, const kxi_node *object, const char *key, int64_t most, int64_t *out, bool *given)
{
    const kxi_node *node = kxi_reader_value(object, key);
    kxi_numctx c = { r->a, 40 };
    kxi_num x;
    int64_t v = -1;
    if (!node)
        return KX_OK;
    kx_status st = node->type == KXI_NODE_NUMBER ? kxi_num_parse(&c, node->text, &x) : KX_E_SYNTAX;
    if (st == KX_E_NOMEM)
        return kxi_nomem(r->d);
    if (st != KX_OK || !kxi_num_to_int(x, &v) || v < 0 || v > most)
        return KXI_FAIL(r->d, SEATS_COUNT, kxi_reader_at(r, node), KXI_A_CSTR(key), KXI_A_INT(most),
                        KXI_A_STR(shown(r, node)));
    *out = v;
    *given = true;
    return KX_OK;
}

kx_status
kxi_reader_number(kxi_reader *r, const kxi_node *object, const char *key, kxi_num *out, bool *given)
{
    const kxi_node *node = kxi_reader_value(object, key);
    kxi_numctx c = { r->a, 100 };
    if (!node)
        return KX_OK;
    bool may = node->type == KXI_NODE_NUMBER || node->type == KXI_NODE_STRING;
    kx_status st = may ? kxi_num_parse(&c, node->text, out) : KX_E_SYNTAX;
    if (st == KX_E_NOMEM)
        return kxi_nomem(r->d);
    if (st != KX_OK)
        return KXI_FAIL(r->d, SEATS_NUMBER, kxi_reader_at(r, node), KXI_A_CSTR(key), KXI_A_STR(shown(r, node)));
    *given = true;
    return KX_OK;
}

kx_status
kxi_reader_choice(kxi_reader *r, const kxi_node *object, const char *key, const char *const *names, int *out)
{
    const kxi_node *node = kxi_reader_value(object, key);
    kxi_str *list;
    size_t count = 0;
    if (!node)
        return KX_OK;
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_STRING));
    for (int i = 0; names[i]; i++)
        if (kxi_str_is(node->text, names[i])) {
            *out = i;
            return KX_OK;
        }
    KXI_PLAN_TRY(name_list(r, names, &list, &count));
    return KXI_FAIL(r->d, UNKNOWN_CHOICE, kxi_reader_at(r, node), KXI_A_STR(node->text),
                    KXI_A_STR(kxi_reader_list(r, list, count)));
}

kx_status
kxi_reader_round(kxi_reader *r, const kxi_node *object, kxi_plan_round *out)
{
    static const char *const names[] = {
#define X(name, text) text,
        KXI_ROUND_MODES(X)
#undef X
            NULL
    };
    int mode = -1;
    KXI_PLAN_TRY(kxi_reader_choice(r, object, "round", names, &mode));
    out->given = mode > KXI_ROUND_NONE;
    out->mode = out->given ? (enum kxi_round_mode)mode : KXI_ROUND_NONE;
    return KX_OK;
}

kx_status
kxi_reader_bool(kxi_reader *r, const kxi_node *object, const char *key, bool *out)
{
    const kxi_node *node = kxi_reader_value(object, key);
    if (!node)
        return KX_OK;
    KXI_PLAN_TRY(kxi_reader_type(r, node, KXI_NODE_BOOL));
    *out = node->yes;
    return KX_OK;
}
