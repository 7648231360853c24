/* Maps, definitions and the row of values that cases are written against. */
#include "fixture.h"

const kxi_map *
make_map(struct kit *kit, const char *text)
{
    size_t count = 0;
    kxi_str *pairs = text[0] ? split(kit, kxi_str_of(text), ";", &count) : NULL;
    kxi_map *map = kxi_arena_new(&kit->arena, kxi_map);
    kxi_str *keys = kxi_arena_array(&kit->arena, count, sizeof(*keys));
    kxi_num *values = kxi_arena_array(&kit->arena, count, sizeof(*values));
    if (!map || !keys || !values || (text[0] && !pairs))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *equals = memchr(pairs[i].s, '=', pairs[i].n);
        keys[i] = (kxi_str){ pairs[i].s, (size_t)(equals - pairs[i].s) };
        kxi_str value = { equals + 1, pairs[i].n - keys[i].n - 1 };
        if (kxi_num_parse(&kit->num, value, &values[i]) != KX_OK)
            return NULL;
        ck_assert_msg(i == 0 || kxi_str_cmp(keys[i - 1], keys[i]) < 0, "keys of a map must ascend: %s", text);
    }
    *map = (kxi_map){ keys, values, count };
    return map;
}

static void
make_member(struct kit *kit, const char *member, kxi_buf *source, kxi_node *node)
{
    const char *equals = strchr(member, '='), *decoded = strchr(member, '~');
    kxi_str value = { equals + 1, decoded ? (size_t)(decoded - equals - 1) : strlen(equals + 1) };
    node->key = (kxi_str){ member, (size_t)(equals - member) };
    node->key_offset = source->n;
    kxi_buf_char(source, '"');
    kxi_buf_str(source, node->key);
    kxi_buf_cstr(source, "\": ");
    node->offset = source->n;
    kxi_buf_str(source, value);
    node->end = source->n;
    if (value.s[0] == '"') {
        node->type = KXI_NODE_STRING;
        node->text = decoded ? kxi_str_of(decoded + 1) : (kxi_str){ value.s + 1, value.n - 2 };
    } else if (value.s[0] == 't') {
        node->type = KXI_NODE_BOOL;
        node->yes = true;
    } else if (value.s[0] == '[') {
        node->type = KXI_NODE_ARRAY;
    } else {
        node->type = KXI_NODE_NUMBER;
        node->text = value;
    }
    node->text = kxi_str_copy(&kit->arena, node->text);
}

const kxi_node *
make_object(struct kit *kit, const char *const *members, size_t count)
{
    kxi_doc *doc = kxi_arena_new(&kit->arena, kxi_doc);
    kxi_node *nodes = kxi_arena_array(&kit->arena, count + 1, sizeof(*nodes));
    kxi_buf source;
    kxi_buf_init(&source, kit->arena.mem);
    if (!doc || !nodes)
        return NULL;
    kxi_buf_cstr(&source, "{\n");
    for (size_t i = 0; i < count; i++) {
        kxi_node *node = &nodes[i + 1];
        *node =
            (kxi_node){ .index = (uint32_t)i, .doc = doc, .parent = nodes, .next = i + 1 < count ? node + 1 : NULL };
        make_member(kit, members[i], &source, node);
        kxi_buf_cstr(&source, i + 1 < count ? ",\n" : "\n}");
    }
    nodes[0] = (kxi_node){ .type = KXI_NODE_OBJECT, .count = (uint32_t)count, .end = source.n, .doc = doc };
    nodes[0].child = count ? &nodes[1] : NULL;
    doc->name = KXI_STR("scheme.json");
    doc->source = kxi_str_copy(&kit->arena, kxi_buf_view(&source));
    doc->root = nodes;
    kxi_buf_free(&source);
    return doc->source.s ? nodes : NULL;
}

const struct column single_columns[] = {
    { "one", KXI_V_NUMBER, KXI_V_NULL, "1", 0 },
    { "two", KXI_V_NUMBER, KXI_V_NULL, "2", 0 },
    { "zero", KXI_V_NUMBER, KXI_V_NULL, "0", 0 },
    { "half_", KXI_V_NUMBER, KXI_V_NULL, "0.5", 0 },
    { "third", KXI_V_NUMBER, KXI_V_NULL, "1/3", 0 },
    { "neg", KXI_V_NUMBER, KXI_V_NULL, "-7.25", 0 },
    { "micro", KXI_V_NUMBER, KXI_V_NULL, "0.000001", 0 },
    { "most", KXI_V_NUMBER, KXI_V_NULL, "9223372036854775807", 0 },
    { "least", KXI_V_NUMBER, KXI_V_NULL, "-9223372036854775808", 0 },
    { "nn", KXI_V_NUMBER, KXI_V_NULL, "null", 0 },
    { "un", KXI_V_NUMBER, KXI_V_NULL, "?DIVISION", 0 },
    { "yes", KXI_V_BOOL, KXI_V_NULL, "true", 0 },
    { "no", KXI_V_BOOL, KXI_V_NULL, "false", 0 },
    { "nb", KXI_V_BOOL, KXI_V_NULL, "null", 0 },
    { "ub", KXI_V_BOOL, KXI_V_NULL, "?LOOKUP", 0 },
    { "abc", KXI_V_TEXT, KXI_V_NULL, "abc", 0 },
    { "名称", KXI_V_TEXT, KXI_V_NULL, "县科协", 0 },
    { "level", KXI_V_TEXT, KXI_V_NULL, "省级", 0 },
    { "stray", KXI_V_TEXT, KXI_V_NULL, "村级", 0 },
    { "ten", KXI_V_TEXT, KXI_V_NULL, " 10.50 ", 0 },
    { "nt", KXI_V_TEXT, KXI_V_NULL, "null", 0 },
    { "ut", KXI_V_TEXT, KXI_V_NULL, "?TIED", 0 },
    { "d1", KXI_V_DATE, KXI_V_NULL, "2025-01-31", 0 },
    { "d2", KXI_V_DATE, KXI_V_NULL, "2024-02-29", 0 },
    { "last", KXI_V_DATE, KXI_V_NULL, "9999-12-31", 0 },
    { "nd", KXI_V_DATE, KXI_V_NULL, "null", 0 },
    { "ud", KXI_V_DATE, KXI_V_NULL, "?NO_ROWS", 0 },
    { "u.kind", KXI_V_TEXT, KXI_V_NULL, "town", 0 },
    { "u.size.all", KXI_V_NUMBER, KXI_V_NULL, "50000", 0 },
    { "tags", KXI_V_LIST, KXI_V_TEXT, "a;b", 0 },
    { "holes", KXI_V_LIST, KXI_V_TEXT, "a;null", 0 },
    { "murky", KXI_V_LIST, KXI_V_NUMBER, "1;?RANGE;2.5", 0 },
    { "bare", KXI_V_LIST, KXI_V_TEXT, "", 0 },
    { "nl", KXI_V_LIST, KXI_V_TEXT, "null", 0 },
    { "ul", KXI_V_LIST, KXI_V_TEXT, "?DEPENDS", 0 },
    { "days3", KXI_V_DURATION, KXI_V_NULL, "3", 0 },
};
const size_t single_count = COUNT(single_columns);

void
fixture_single(struct fixture *f, struct kit *kit)
{
    *f = (struct fixture){ .kit = kit, .columns = single_columns, .count = single_count, .rows = 1 };
    f->maps[0] = make_map(kit, "国家级=10;省级=5.5;第三=1/3");
    f->map_names[0] = "worth";
    f->maps[1] = make_map(kit, "");
    f->map_names[1] = "nothing";
}
