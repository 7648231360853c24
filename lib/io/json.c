#include "io/json.h"

#include <cjson/cJSON.h>

#include "base/map.h"
#include "io/json_scan.h"

enum { FEW = 16, KEY_SHOWN = 60 }; /* objects of few members are searched for a second key without a map */

static kx_status
fail_duplicate(kx_context *ctx, const kxi_node *first, const kxi_node *second, kxi_diag *d)
{
    kxi_arena scratch;
    kxi_buf quoted;
    kxi_arena_init(&scratch, &ctx->mem);
    kxi_buf_init(&quoted, &ctx->mem);
    kxi_place place = kxi_node_key_place(&scratch, second), before = kxi_node_key_place(&scratch, first);
    kxi_text_quote(&quoted, second->key, KEY_SHOWN);
    kx_status status =
        quoted.failed || !place.pointer.s
            ? kxi_nomem(d)
            : KXI_FAIL(d, JSON_DUPLICATE, place, KXI_A_STR(kxi_buf_view(&quoted)), KXI_A_INT(before.line));
    kxi_buf_free(&quoted);
    kxi_arena_free(&scratch);
    return status;
}

static kx_status
check_few_keys(kx_context *ctx, const kxi_node *object, kxi_diag *d)
{
    kxi_node_each (item, object)
        for (const kxi_node *before = object->child; before != item; before = before->next)
            if (kxi_str_eq(before->key, item->key))
                return fail_duplicate(ctx, before, item, d);
    return KX_OK;
}

static const kxi_node *
child_at(const kxi_node *object, uint32_t index)
{
    const kxi_node *item = object->child;
    while (item->index < index)
        item = item->next;
    return item;
}

/* Members are numbered as they stand, so a key's number in the map is the index of its first member. */
static kx_status
check_many_keys(kx_context *ctx, const kxi_node *object, kxi_diag *d)
{
    kxi_strmap seen;
    kx_status status = KX_OK;
    kxi_strmap_init(&seen, &ctx->mem);
    for (const kxi_node *item = object->child; item && !status; item = item->next) {
        uint32_t first = 0;
        bool added = false;
        status = kxi_strmap_add(&seen, item->key, &first, &added);
        if (status)
            kxi_nomem(d);
        else if (!added)
            status = fail_duplicate(ctx, child_at(object, first), item, d);
    }
    kxi_strmap_free(&seen);
    return status;
}

static kx_status
check_keys(kx_context *ctx, const kxi_node *object, kxi_diag *d)
{
    return object->count <= FEW ? check_few_keys(ctx, object, d) : check_many_keys(ctx, object, d);
}

/* cJSON's text is terminated and, \u0000 being refused, holds no zero. */
static bool
copy_text(kxi_doc *doc, const char *text, kxi_str *out)
{
    *out = text ? kxi_str_copy(&doc->arena, kxi_str_of(text)) : (kxi_str){ NULL, 0 };
    return out->s != NULL;
}

/* Give a node and all below it their strings; both trees have the same shape, or cJSON understands JSON differently
 * from us. */
static kx_status
take_strings(kx_context *ctx, kxi_doc *doc, const kxi_node *known, const cJSON *item, kxi_diag *d)
{
    kxi_node *node = (kxi_node *)(uintptr_t)known; /* ours: it is still being made */
    if (node->type == KXI_NODE_STRING && !copy_text(doc, cJSON_GetStringValue(item), &node->text))
        return kxi_nomem(d);
    const cJSON *from = node->child ? item->child : NULL;
    for (const kxi_node *to = node->child; to; to = to->next, from = from->next) {
        if (!from)
            return KXI_FAIL(d, INTERNAL, kxi_node_place(&doc->arena, to), KXI_A_CSTR("cJSON"));
        if (node->type == KXI_NODE_OBJECT && !copy_text(doc, from->string, &((kxi_node *)(uintptr_t)to)->key))
            return kxi_nomem(d);
        kx_status status = take_strings(ctx, doc, to, from, d);
        if (status)
            return status;
    }
    return node->type == KXI_NODE_OBJECT ? check_keys(ctx, node, d) : KX_OK;
}

static kx_status
fill_doc(kx_context *ctx, kxi_doc *doc, kxi_diag *d)
{
    kx_status status = kxi_json_scan(ctx, doc, d);
    if (status)
        return status;
    size_t start = kxi_json_start(doc->source);
    cJSON *tree = cJSON_ParseWithLength(doc->source.s + start, doc->source.n - start);
    if (!tree)
        return kxi_nomem(d); /* the text is sound: nothing else can have gone wrong */
    status = take_strings(ctx, doc, doc->root, tree, d);
    cJSON_Delete(tree);
    return status;
}

kx_status
kxi_json_parse(kx_context *ctx, kxi_str name, kxi_str text, kxi_diag *d, kxi_doc **out)
{
    kxi_arena arena;
    *out = NULL;
    if (text.n > ctx->max_text)
        return KXI_FAIL(d, JSON_SIZE, ((kxi_place){ .input = name }), KXI_A_INT(ctx->max_text));
    kxi_arena_init(&arena, &ctx->mem);
    kxi_doc *doc = kxi_arena_new(&arena, kxi_doc);
    if (!doc)
        return kxi_nomem(d);
    doc->arena = arena;
    doc->name = kxi_str_copy(&doc->arena, name);
    doc->source = kxi_str_copy(&doc->arena, text);
    kx_status status = doc->name.s && doc->source.s ? fill_doc(ctx, doc, d) : kxi_nomem(d);
    if (status) {
        kxi_doc_free(doc);
        return status;
    }
    *out = doc;
    return KX_OK;
}
