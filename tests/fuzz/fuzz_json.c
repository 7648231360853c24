/* Any bytes as a JSON text and as a JSON dataset. What is accepted must be a tree whose places are those of the text.
 * */
#include "io_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_text(const kxi_node *node)
{
    const kxi_doc *doc = node->doc;
    kxi_str source = { doc->source.s + node->offset, (size_t)(node->end - node->offset) };
    switch (node->type) {
    case KXI_NODE_NUMBER:
        fuzz_require(kxi_str_eq(node->text, source));
        break;
    case KXI_NODE_STRING:
        fuzz_require(source.n >= 2 && source.s[0] == '"' && source.s[source.n - 1] == '"' &&
                     node->text.n <= source.n - 2);
        fuzz_require(kxi_utf8_check(node->text) == node->text.n);
        break;
    case KXI_NODE_ARRAY:
    case KXI_NODE_OBJECT:
        fuzz_require(source.s[0] == (node->type == KXI_NODE_ARRAY ? '[' : '{'));
        break;
    default:
        fuzz_require(source.n == 4 || (source.n == 5 && node->type == KXI_NODE_BOOL && !node->yes));
        break;
    }
}

static void
check_node(const kxi_node *node)
{
    uint32_t count = 0;
    uint64_t at = node->offset;
    fuzz_require(node->offset < node->end && node->end <= node->doc->source.n);
    check_text(node);
    kxi_node_each (item, node) {
        fuzz_require(item->parent == node && item->index == count++ && item->offset > at && item->end < node->end);
        at = item->end;
        if (node->type == KXI_NODE_OBJECT)
            fuzz_require(item->key_offset < item->offset && item->key.s &&
                         kxi_str_eq(item->key, kxi_str_of(item->key.s)));
        for (const kxi_node *other = item->next; node->type == KXI_NODE_OBJECT && other; other = other->next)
            fuzz_require(!kxi_str_eq(item->key, other->key));
        check_node(item);
    }
    fuzz_require(count == node->count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_run r;
    kxi_doc *doc;
    kxi_str text = { (const char *)data, size };
    fuzz_begin(&r, size % 2 == 1, 0);
    kx_status status = kxi_json_parse(r.ctx, KXI_STR("fuzz.json"), text, &r.diag, &doc);
    fuzz_require((status == KX_OK) == (doc != NULL));
    if (doc)
        check_node(doc->root);
    else
        fuzz_require(r.err.status == status && r.err.message[0] && r.err.line > 0);
    kxi_doc_free(doc);
    r.err = (kx_error)KX_ERROR_INIT;
    kx_status read = kxi_dataset_read_json(r.ds, KXI_STR("fuzz.json"), text, NULL, &r.diag);
    fuzz_require(status == KX_OK || read != KX_OK);
    kxi_buf all;
    kxi_buf_init(&all, &r.ctx->mem);
    fuzz_outcome(&all, &r, read);
    kxi_buf_free(&all);
    fuzz_end(&r);
    return 0;
}
