/* Headers: what columns are called in files. */
#include "rules/declare.h"

static kx_status
add_header(kxi_comp *c, kxi_table_spec *t, const kxi_node *member, bool strict, kxi_header *headers, size_t *count)
{
    KXI_TRY(kxi_read_type(c, member, KXI_NODE_STRING));
    kxi_header *header = &headers[*count];
    header->column = kxi_spec_column(t, member->text);
    if (header->column == KXI_NONE)
        return strict ? KXI_FAIL(c->d, UNKNOWN_COLUMN, kxi_at(c, member), KXI_A_STR(t->name), KXI_A_STR(member->text),
                                 KXI_A_STR(kxi_column_list(c, (uint32_t)(t - kxi_comp_table(c, 0)))))
                      : KX_OK;
    KXI_TRY(kxi_fold_text(c, member->key, &header->folded));
    for (size_t i = 0; i < *count; i++)
        if (kxi_str_eq(headers[i].folded, header->folded))
            return strict ? KXI_FAIL(c->d, DUPLICATE_NAME, kxi_node_key_place(c->a, member), KXI_A_STR(member->key),
                                     KXI_A_CSTR("headers"))
                          : KX_OK; /* the table's own come first */
    ++*count;
    return KX_OK;
}

/* Headers of the table itself must name its columns; those for all tables apply where they fit. */
kx_status
kxi_compile_headers(kxi_comp *c, kxi_table_spec *t, const kxi_node *own, const kxi_node *common)
{
    size_t n = (own ? own->count : 0u) + (common ? common->count : 0u), count = 0;
    kxi_header *headers = kxi_arena_array(c->a, n + 1, sizeof(*headers));
    if (!headers)
        return kxi_nomem(c->d);
    if (own) {
        KXI_TRY(kxi_read_type(c, own, KXI_NODE_OBJECT));
        kxi_node_each (member, own)
            KXI_NEXT(c, add_header(c, t, member, true, headers, &count));
    }
    if (common)
        kxi_node_each (member, common)
            if (member->type == KXI_NODE_STRING)
                KXI_TRY(add_header(c, t, member, false, headers, &count));
    t->headers = headers;
    t->header_count = count;
    return KX_OK;
}

kx_status
kxi_check_headers(kxi_comp *c, const kxi_node *common)
{
    if (!common)
        return KX_OK;
    KXI_TRY(kxi_read_type(c, common, KXI_NODE_OBJECT));
    kxi_node_each (member, common) {
        KXI_TRY(kxi_read_type(c, member, KXI_NODE_STRING));
        bool found = false;
        for (uint32_t i = 0; i < c->tables.count && !found; i++)
            found = kxi_spec_column(kxi_comp_table(c, i), member->text) != KXI_NONE;
        if (!found)
            KXI_NEXT(c,
                     KXI_FAIL(c->d, HEADER_COLUMN, kxi_at(c, member), KXI_A_STR(member->text), KXI_A_STR(member->key)));
    }
    return KX_OK;
}
