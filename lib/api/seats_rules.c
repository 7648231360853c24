#include "api/seats.h"

#include "io/json.h"

/* {"单位": "unit"}: headers of the input and the columns they are. */
static kx_status
make_headers(kxi_seat_rules *r, kxi_diag *d)
{
    const kxi_node *node = r->plan->headers;
    if (!node)
        return KX_OK;
    kxi_place place = kxi_node_place(&r->arena, node);
    if (node->type != KXI_NODE_OBJECT)
        return KXI_FAIL(d, EXPECTED_TYPE, place, KXI_A_CSTR("headers"),
                        KXI_A_CSTR(kxi_node_type_name(KXI_NODE_OBJECT, d->language)),
                        KXI_A_CSTR(kxi_node_type_name(node->type, d->language)));
    kxi_header *headers = kxi_arena_array(&r->arena, node->count + 1u, sizeof(*headers));
    if (!headers)
        return kxi_nomem(d);
    kxi_node_each (member, node) {
        kxi_header *header = &headers[r->spec.header_count++];
        header->column = member->type == KXI_NODE_STRING ? kxi_plan_column_find(r->plan, member->text) : KXI_NONE;
        if (header->column == KXI_NONE)
            return KXI_FAIL(d, SEATS_NO_COLUMN, kxi_node_place(&r->arena, member), KXI_A_STR(member->text),
                            KXI_A_CSTR("columns"));
        if (kxi_text_fold(&r->arena, member->key, &header->folded) == KX_E_NOMEM)
            return kxi_nomem(d);
    }
    r->spec.headers = headers;
    return KX_OK;
}

/* One plain table, `units`, with the declared columns. */
static kx_status
make_schema(kxi_seat_rules *r, kxi_diag *d)
{
    const kxi_plan *plan = r->plan;
    kxi_column_spec *columns = kxi_arena_array(&r->arena, plan->column_count + 1, sizeof(*columns));
    if (!columns)
        return kxi_nomem(d);
    for (size_t i = 0; i < plan->column_count; i++)
        columns[i] = (kxi_column_spec){ .name = plan->columns[i].name,
                                        .type = plan->columns[i].type,
                                        .target = KXI_NONE,
                                        .required = !plan->columns[i].optional,
                                        .used = true };
    r->spec = (kxi_table_spec){ .name = KXI_STR("units"),
                                .kind = KXI_PLAIN,
                                .columns = columns,
                                .column_count = plan->column_count,
                                .key = KXI_NONE,
                                .date = KXI_NONE,
                                .from = KXI_NONE,
                                .to = KXI_NONE,
                                .needed = true };
    r->schema = (kxi_schema){ .tables = &r->spec, .table_count = 1 };
    r->schema.units =
        (kxi_units_spec){ KXI_NONE, KXI_NONE, KXI_NONE, KXI_NONE, KXI_NONE, KXI_NONE, KXI_NONE, KXI_NONE };
    return make_headers(r, d);
}

kx_status
kxi_seat_rules_read(kx_context *ctx, kxi_str name, kxi_str text, kxi_diag *d, kxi_seat_rules *out)
{
    *out = (kxi_seat_rules){ .ctx = ctx };
    kxi_arena_init(&out->arena, &ctx->mem);
    kx_status st = kxi_json_parse(ctx, name, text, d, &out->doc);
    if (st == KX_OK)
        st = kxi_plan_read(out->doc->root, &out->arena, d, &out->plan);
    return st == KX_OK ? make_schema(out, d) : st;
}

void
kxi_seat_rules_free(kxi_seat_rules *rules)
{
    kxi_arena_free(&rules->arena);
    if (rules->doc)
        kxi_doc_free(rules->doc);
}
