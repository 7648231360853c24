#include "io/rows_priv.h"

static kx_status
note_extra(struct kxi_rows *r, const kxi_node *item)
{
    kxi_str *names = kxi_arena_array(&r->scratch, r->spec->column_count + 1, sizeof(*names)), folded, near;
    kx_status status = names ? kxi_text_fold(&r->scratch, item->key, &folded) : KX_E_NOMEM;
    for (size_t i = 0; i < r->spec->column_count && !status; i++)
        status = kxi_text_fold(&r->scratch, r->spec->columns[i].name, &names[i]);
    if (status)
        return kxi_nomem(r->in->failed);
    near = kxi_nearest(folded, names, r->spec->column_count);
    if (near.n)
        return KXI_ROWS_SAY(r, COLUMN_EXTRA_NEAR, item, item->key_offset, KXI_A_STR(kxi_rows_quoted(r, item->key)),
                            KXI_A_STR(near));
    return KXI_ROWS_SAY(r, COLUMN_EXTRA, item, item->key_offset, KXI_A_STR(kxi_rows_quoted(r, item->key)));
}

/* A name that was not met before. */
static kx_status
add_input(struct kxi_rows *r, const kxi_node *item, uint32_t number)
{
    struct input_column c = { .spec = KXI_NONE, .read = KXI_NONE };
    kxi_mem *mem = r->arena.mem;
    if (!kxi_grow(mem, &r->inputs, &r->input_capacity, (size_t)number + 1) ||
        !kxi_grow(mem, &r->columns, &r->column_capacity, r->column_count + 1) ||
        kxi_spec_header(r->spec, &r->scratch, item->key, &c.spec))
        return kxi_nomem(r->in->failed);
    kx_status status = KX_OK;
    if (c.spec == KXI_NONE) {
        status = note_extra(r, item);
    } else if (r->of_spec[c.spec] != KXI_NONE) {
        status = KXI_ROWS_SAY(r, COLUMNS_SAME, item, item->key_offset, KXI_A_STR(r->names.keys[r->of_spec[c.spec]]),
                              KXI_A_STR(kxi_rows_quoted(r, item->key)), KXI_A_STR(r->spec->columns[c.spec].name));
        c.spec = KXI_NONE;
    } else {
        r->of_spec[c.spec] = number;
        if (kxi_schema_wants(r->in->ds->schema, r->table, c.spec)) {
            c.read = (uint32_t)r->column_count;
            r->columns[r->column_count++] = number;
        }
    }
    r->inputs[number] = c;
    kxi_arena_reset(&r->scratch);
    return status;
}

kx_status
kxi_rows_add_name(struct kxi_rows *r, const kxi_node *item)
{
    uint32_t number;
    bool added;
    if (kxi_strmap_add(&r->names, item->key, &number, &added))
        return kxi_nomem(r->in->failed);
    return added ? add_input(r, item, number) : KX_OK;
}

kx_status
kxi_rows_check_required(struct kxi_rows *r)
{
    kx_status status = KX_OK;
    for (uint32_t i = 0; i < r->spec->column_count && !status; i++) {
        if (r->of_spec[i] != KXI_NONE || !r->spec->columns[i].required ||
            !kxi_schema_wants(r->in->ds->schema, r->table, i))
            continue;
        r->usable = false;
        status = KXI_ROWS_SAY(r, COLUMN_MISSING, r->node, r->node->offset, KXI_A_STR(r->spec->name),
                              KXI_A_STR(r->spec->columns[i].name));
    }
    return status;
}

kx_status
kxi_rows_add_all(struct kxi_rows *r)
{
    for (uint32_t i = 0; i < r->spec->column_count; i++) {
        kxi_node item = { .key = r->spec->columns[i].name };
        kx_status status = kxi_rows_add_name(r, &item);
        if (status)
            return status;
    }
    return KX_OK;
}
