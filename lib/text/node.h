/* text/node.h: a JSON text as a tree of nodes that know their place. io makes it, rules reads it.
 *
 * Everything lives in the doc's arena. Line, column and pointer are computed only when something is wrong.
 *
 * Layer: text. May include: base.
 */
#ifndef KXI_TEXT_NODE_H
#define KXI_TEXT_NODE_H

#include "text/text.h"

enum kxi_node_type { KXI_NODE_NULL, KXI_NODE_BOOL, KXI_NODE_NUMBER, KXI_NODE_STRING, KXI_NODE_ARRAY, KXI_NODE_OBJECT };

typedef struct kxi_node {
    enum kxi_node_type type;
    bool yes;             /* a bool's value */
    uint32_t count;       /* children */
    uint32_t index;       /* place among its siblings */
    uint64_t offset, end; /* bytes [offset, end) of the input, quotes and brackets included */
    struct kxi_doc *doc;
    const struct kxi_node *parent, *child, *next;
    kxi_str key; /* when the parent is an object: decoded */
    uint64_t key_offset;
    kxi_str text; /* a string's value, decoded, normalised (NFC) but not trimmed; a number's digits as written */
} kxi_node;

typedef struct kxi_doc {
    kxi_arena arena;
    kxi_str name;   /* what the input is called in errors */
    kxi_str source; /* a copy of the text, for positions */
    const kxi_node *root;
} kxi_doc;

void kxi_doc_free(kxi_doc *doc);

/* The member of an object, or NULL (also when node is not an object). */
const kxi_node *kxi_node_get(const kxi_node *node, const char *key);
/* The place of a node (of its value), and of its key. Texts of the place live in a. */
kxi_place kxi_node_place(kxi_arena *a, const kxi_node *node);
kxi_place kxi_node_key_place(kxi_arena *a, const kxi_node *node);
/* A place inside a string node: byte `at` of its decoded text. Exact as long as the string was written without escapes,
 * else the start of the string. */
kxi_place kxi_node_place_at(kxi_arena *a, const kxi_node *node, size_t at);
/* RFC 6901, in the arena. */
kxi_str kxi_node_pointer(kxi_arena *a, const kxi_node *node);
const char *kxi_node_type_name(enum kxi_node_type type, int32_t language); /* "an object", "对象" */

#define kxi_node_each(item, parent_node) for (const kxi_node *item = (parent_node)->child; item; item = item->next)

#endif
