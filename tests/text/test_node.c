#include "suite.h"

#include "text/node.h"

/* A tree put together by hand, as io would make it of:
 *
 *     {"评分": [10, {"a/b~c": "x\ty",
 *       "ok": "县级"}], "": true}                    */
static const char source[] = "{\"评分\": [10, {\"a/b~c\": \"x\\ty\",\n  \"ok\": \"县级\"}], \"\": true}";

enum { ROOT, SCORES, TEN, INNER, ESCAPED, PLAIN, EMPTY, NODES };

struct tree {
    kxi_mem mem;
    struct fault fault;
    kxi_doc doc;
    kxi_node nodes[NODES];
};

static uint64_t
find(const char *part)
{
    const char *at = strstr(source, part);
    ck_assert_msg(at != NULL, "%s is not in the source", part);
    return (uint64_t)(at - source);
}

/* The node whose text is `part`, which stands in the source once. */
static kxi_node *
plant(struct tree *t, int number, enum kxi_node_type type, int parent, const char *part)
{
    kxi_node *n = &t->nodes[number];
    *n = (kxi_node){ .type = type, .doc = &t->doc, .parent = number == ROOT ? NULL : &t->nodes[parent] };
    n->offset = find(part);
    n->end = n->offset + strlen(part);
    return n;
}

static void
name(kxi_node *n, kxi_str key, const char *written)
{
    n->key = key;
    n->key_offset = find(written);
}

static void
tree_init(struct tree *t)
{
    t->fault = (struct fault)FAULT_NONE;
    kxi_mem_init(&t->mem, fault_alloc, &t->fault, 0);
    kxi_arena_init(&t->doc.arena, &t->mem);
    t->doc.name = KXI_STR("方案.json");
    t->doc.source = kxi_str_of(source);
    t->doc.root = &t->nodes[ROOT];
    plant(t, ROOT, KXI_NODE_OBJECT, ROOT, source)->child = &t->nodes[SCORES];
    plant(t, SCORES, KXI_NODE_ARRAY, ROOT, "[10, {\"a/b~c\": \"x\\ty\",\n  \"ok\": \"县级\"}]")->child = &t->nodes[TEN];
    plant(t, TEN, KXI_NODE_NUMBER, SCORES, "10")->text = KXI_STR("10");
    plant(t, INNER, KXI_NODE_OBJECT, SCORES, "{\"a/b~c\": \"x\\ty\",\n  \"ok\": \"县级\"}")->child = &t->nodes[ESCAPED];
    plant(t, ESCAPED, KXI_NODE_STRING, INNER, "\"x\\ty\"")->text = KXI_STR("x\ty");
    plant(t, PLAIN, KXI_NODE_STRING, INNER, "\"县级\"")->text = KXI_STR("县级");
    plant(t, EMPTY, KXI_NODE_BOOL, ROOT, "true")->yes = true;
    name(&t->nodes[SCORES], KXI_STR("评分"), "\"评分\"");
    name(&t->nodes[ESCAPED], KXI_STR("a/b~c"), "\"a/b~c\"");
    name(&t->nodes[PLAIN], KXI_STR("ok"), "\"ok\"");
    name(&t->nodes[EMPTY], KXI_STR(""), "\"\":");
    t->nodes[SCORES].next = &t->nodes[EMPTY];
    t->nodes[TEN].next = &t->nodes[INNER];
    t->nodes[ESCAPED].next = &t->nodes[PLAIN];
    t->nodes[EMPTY].index = t->nodes[INNER].index = t->nodes[PLAIN].index = 1;
    t->nodes[ROOT].count = t->nodes[SCORES].count = t->nodes[INNER].count = 2;
}

static void
tree_free(struct tree *t)
{
    kxi_doc_free(&t->doc);
    ck_assert(t->doc.root == NULL);
    ck_assert_uint_eq(t->fault.live, 0);
}

static const struct {
    int node;
    const char *pointer;
    uint32_t line, column;         /* of the value */
    uint32_t key_line, key_column; /* of the key, or of the value when it has none */
} places[] = {
    { ROOT, "", 1, 1, 1, 1 },
    { SCORES, "/评分", 1, 8, 1, 2 },
    { TEN, "/评分/0", 1, 9, 1, 9 },
    { INNER, "/评分/1", 1, 13, 1, 13 },
    { ESCAPED, "/评分/1/a~1b~0c", 1, 23, 1, 14 },
    { PLAIN, "/评分/1/ok", 2, 9, 2, 3 },
    { EMPTY, "/", 2, 21, 2, 17 },
};

START_TEST(place_case)
{
    struct tree t;
    tree_init(&t);
    const kxi_node *node = &t.nodes[places[_i].node];
    kxi_place value = kxi_node_place(&t.doc.arena, node), key = kxi_node_key_place(&t.doc.arena, node);
    assert_str(value.pointer, places[_i].pointer);
    assert_str(key.pointer, places[_i].pointer);
    assert_str(value.input, "方案.json");
    ck_assert_int_eq(value.pointer.s[value.pointer.n], 0);
    ck_assert_uint_eq(value.offset, node->offset);
    ck_assert_msg(value.line == places[_i].line && value.column == places[_i].column, "%u:%u", value.line,
                  value.column);
    ck_assert_msg(key.line == places[_i].key_line && key.column == places[_i].key_column, "%u:%u", key.line,
                  key.column);
    tree_free(&t);
}
END_TEST

static const struct {
    int node;
    size_t at;
    uint32_t line, column;
} inside[] = {
    { PLAIN, 0, 2, 10 },  { PLAIN, 3, 2, 11 },   { PLAIN, 6, 2, 12 },
    { PLAIN, 99, 2, 12 }, { ESCAPED, 0, 1, 23 }, { ESCAPED, 2, 1, 23 }, /* written with an escape: the start */
    { TEN, 1, 1, 9 },                                                   /* no string */
};

START_TEST(place_inside_case)
{
    struct tree t;
    tree_init(&t);
    kxi_place place = kxi_node_place_at(&t.doc.arena, &t.nodes[inside[_i].node], inside[_i].at);
    ck_assert_msg(place.line == inside[_i].line && place.column == inside[_i].column, "%u:%u", place.line,
                  place.column);
    tree_free(&t);
}
END_TEST

START_TEST(members)
{
    struct tree t;
    tree_init(&t);
    ck_assert_ptr_eq(kxi_node_get(t.doc.root, "评分"), &t.nodes[SCORES]);
    ck_assert_ptr_eq(kxi_node_get(t.doc.root, ""), &t.nodes[EMPTY]);
    ck_assert_ptr_eq(kxi_node_get(&t.nodes[INNER], "ok"), &t.nodes[PLAIN]);
    ck_assert_ptr_null(kxi_node_get(t.doc.root, "评"));
    ck_assert_ptr_null(kxi_node_get(&t.nodes[SCORES], "ok")); /* no object */
    ck_assert_ptr_null(kxi_node_get(&t.nodes[PLAIN], "ok"));
    uint32_t seen = 0;
    kxi_node_each (item, &t.nodes[SCORES])
        ck_assert_uint_eq(item->index, seen++);
    ck_assert_uint_eq(seen, t.nodes[SCORES].count);
    tree_free(&t);
}
END_TEST

START_TEST(long_pointers)
{
    static kxi_node chain[3000];
    struct tree t;
    tree_init(&t);
    chain[0] = (kxi_node){ .type = KXI_NODE_ARRAY, .doc = &t.doc };
    for (uint32_t i = 1; i < COUNT(chain); i++)
        chain[i] = (kxi_node){ .type = KXI_NODE_ARRAY, .doc = &t.doc, .parent = &chain[i - 1], .index = i * 1000000 };
    chain[1].index = UINT32_MAX;
    kxi_str pointer = kxi_node_pointer(&t.doc.arena, &chain[2]);
    assert_str(pointer, "/4294967295/2000000");
    pointer = kxi_node_pointer(&t.doc.arena, &chain[COUNT(chain) - 1]);
    ck_assert_uint_gt(pointer.n, 3000 * 8);
    ck_assert(memcmp(pointer.s, "/4294967295/2000000/3000000/", 28) == 0);
    tree_free(&t);
}
END_TEST

/* Without memory a place has no pointer, but still its line. */
START_TEST(place_without_memory)
{
    struct tree t;
    struct fault none = { .left = 0 };
    kxi_mem mem;
    kxi_arena empty;
    tree_init(&t);
    kxi_mem_init(&mem, fault_alloc, &none, 0);
    kxi_arena_init(&empty, &mem);
    kxi_place place = kxi_node_place(&empty, &t.nodes[PLAIN]);
    ck_assert(none.hit && place.pointer.n == 0 && place.line == 2);
    kxi_arena_free(&empty);
    tree_free(&t);
}
END_TEST

/* A doc may lie in its own arena, and be empty, or none. */
START_TEST(documents_are_freed)
{
    struct fault fault = FAULT_NONE;
    kxi_mem mem;
    kxi_arena arena;
    kxi_mem_init(&mem, fault_alloc, &fault, 0);
    kxi_arena_init(&arena, &mem);
    kxi_doc *doc = kxi_arena_new(&arena, kxi_doc);
    ck_assert_ptr_nonnull(doc);
    doc->arena = arena;
    kxi_doc_free(doc);
    ck_assert_uint_eq(fault.live, 0);
    kxi_doc_free(NULL);
}
END_TEST

START_TEST(type_names)
{
    for (int type = KXI_NODE_NULL; type <= KXI_NODE_OBJECT; type++) {
        const char *zh = kxi_node_type_name((enum kxi_node_type)type, KX_LANG_ZH);
        const char *en = kxi_node_type_name((enum kxi_node_type)type, KX_LANG_EN);
        ck_assert(*zh && *en && strcmp(zh, en) != 0);
    }
    ck_assert_str_eq(kxi_node_type_name(KXI_NODE_OBJECT, KX_LANG_EN), "an object");
    ck_assert_str_eq(kxi_node_type_name(KXI_NODE_OBJECT, KX_LANG_ZH), "对象");
}
END_TEST

TCase *
node_tests(void)
{
    TCase *group = tcase_create("node");
    tcase_add_loop_test(group, place_case, 0, COUNT(places));
    tcase_add_loop_test(group, place_inside_case, 0, COUNT(inside));
    tcase_add_test(group, members);
    tcase_add_test(group, long_pointers);
    tcase_add_test(group, place_without_memory);
    tcase_add_test(group, documents_are_freed);
    tcase_add_test(group, type_names);
    return group;
}
