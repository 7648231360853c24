#include "text/node.h"

void
kxi_doc_free(kxi_doc *doc)
{
    if (!doc)
        return;
    kxi_arena arena = doc->arena; /* the doc may itself lie in it */
    memset(doc, 0, sizeof(*doc));
    kxi_arena_free(&arena);
}

const kxi_node *
kxi_node_get(const kxi_node *node, const char *key)
{
    if (node->type != KXI_NODE_OBJECT)
        return NULL;
    kxi_str name = kxi_str_of(key);
    kxi_node_each (item, node)
        if (kxi_str_eq(item->key, name))
            return item;
    return NULL;
}

static bool
is_member(const kxi_node *node)
{
    return node->parent->type == KXI_NODE_OBJECT;
}

/* "~" is ~0 and "/" is ~1 (RFC 6901); how long that makes a key, and the writing of it. */
static size_t
escaped_length(kxi_str key)
{
    size_t n = key.n;
    for (size_t i = 0; i < key.n; i++)
        n += key.s[i] == '~' || key.s[i] == '/';
    return n;
}

static char *
write_key_before(char *end, kxi_str key)
{
    for (size_t i = key.n; i > 0; i--) {
        char c = key.s[i - 1];
        if (c == '~' || c == '/') {
            *--end = c == '~' ? '0' : '1';
            c = '~';
        }
        *--end = c;
    }
    return end;
}

static size_t
index_length(uint32_t index)
{
    size_t n = 1;
    while (index >= 10) {
        index /= 10;
        n++;
    }
    return n;
}

static char *
write_index_before(char *end, uint32_t index)
{
    do {
        *--end = (char)('0' + index % 10);
        index /= 10;
    } while (index);
    return end;
}

/* Up the tree twice: for the length, then writing from the end. */
kxi_str
kxi_node_pointer(kxi_arena *a, const kxi_node *node)
{
    size_t n = 0;
    for (const kxi_node *at = node; at->parent; at = at->parent)
        n += 1 + (is_member(at) ? escaped_length(at->key) : index_length(at->index));
    char *text = kxi_arena_alloc(a, n + 1);
    if (!text)
        return (kxi_str){ NULL, 0 };
    char *end = text + n;
    *end = '\0';
    for (const kxi_node *at = node; at->parent; at = at->parent) {
        end = is_member(at) ? write_key_before(end, at->key) : write_index_before(end, at->index);
        *--end = '/';
    }
    return (kxi_str){ text, n };
}

static kxi_place
place_of(kxi_arena *a, const kxi_node *node, uint64_t offset)
{
    kxi_place place = { .input = node->doc->name, .pointer = kxi_node_pointer(a, node), .offset = offset };
    kxi_text_position(node->doc->source, (size_t)offset, &place.line, &place.column);
    return place;
}

kxi_place
kxi_node_place(kxi_arena *a, const kxi_node *node)
{
    return place_of(a, node, node->offset);
}

kxi_place
kxi_node_key_place(kxi_arena *a, const kxi_node *node)
{
    return place_of(a, node, node->parent && is_member(node) ? node->key_offset : node->offset);
}

/* Whether the string stands in the source between its quotes just as it was decoded. */
static bool
is_verbatim(const kxi_node *node)
{
    const char *source = node->doc->source.s + node->offset;
    return node->type == KXI_NODE_STRING && node->end - node->offset == (uint64_t)node->text.n + 2 &&
           (node->text.n == 0 || memcmp(source + 1, node->text.s, node->text.n) == 0);
}

kxi_place
kxi_node_place_at(kxi_arena *a, const kxi_node *node, size_t at)
{
    if (!is_verbatim(node))
        return kxi_node_place(a, node);
    return place_of(a, node, node->offset + 1 + (at < node->text.n ? at : node->text.n));
}

const char *
kxi_node_type_name(enum kxi_node_type type, int32_t language)
{
    static const char *const names[][2] = {
        [KXI_NODE_NULL] = { "空值 null", "null" },  [KXI_NODE_BOOL] = { "布尔值", "true or false" },
        [KXI_NODE_NUMBER] = { "数字", "a number" }, [KXI_NODE_STRING] = { "字符串", "a string" },
        [KXI_NODE_ARRAY] = { "数组", "a list" },    [KXI_NODE_OBJECT] = { "对象", "an object" },
    };
    return names[type][language == KX_LANG_EN];
}
