/* Tables join a dataset: their columns are matched to the scheme's, converted where needed, and frozen. */
#include "model/dataset.h"

#include "model/model_priv.h"

kx_status
kxi_dataset_new(kx_context *ctx, const kxi_schema *schema, void *owner, void (*owner_unref)(void *), kx_dataset **out,
                kxi_diag *d)
{
    *out = NULL;
    if (schema->level_count >= KXI_LEVEL_NONE)
        return KXI_FAIL(d, INTERNAL, KXI_NOWHERE, KXI_A_CSTR("more than 254 levels"));
    kx_dataset *ds = kxi_alloc_zero(&ctx->mem, sizeof(*ds));
    if (!ds)
        return kxi_nomem(d);
    if (schema->table_count) {
        ds->tables = kxi_alloc_array(&ctx->mem, schema->table_count, sizeof(*ds->tables));
        if (!ds->tables) {
            kxi_free(&ctx->mem, ds, sizeof(*ds));
            return kxi_nomem(d);
        }
    }
    atomic_init(&ds->refs, 1);
    ds->ctx = kxi_context_ref(ctx);
    ds->schema = schema;
    ds->owner = owner;
    ds->owner_unref = owner_unref;
    kxi_findings_init(&ds->findings, &ctx->mem, ctx->max_findings);
    kxi_arena_init(&ds->arena, &ctx->mem);
    for (size_t i = 0; i < schema->table_count; i++)
        kxi_strmap_init(&ds->tables[i].entities.index, &ctx->mem);
    *out = ds;
    return KX_OK;
}

kx_dataset *
kxi_dataset_ref(kx_dataset *ds)
{
    atomic_fetch_add_explicit(&ds->refs, 1, memory_order_relaxed);
    return ds;
}

static void
free_bounds(kxi_mem *mem, kxi_bound *bounds, size_t count)
{
    for (size_t i = 0; i < count && bounds; i++) {
        kxi_column_drop(mem, &bounds[i].converted);
        kxi_column_drop(mem, &bounds[i].resolved);
    }
    kxi_free(mem, bounds, count * sizeof(*bounds));
}

void
kxi_dataset_unref(kx_dataset *ds)
{
    if (!ds || atomic_fetch_sub_explicit(&ds->refs, 1, memory_order_acq_rel) != 1)
        return;
    kx_context *ctx = ds->ctx;
    kxi_mem *mem = &ctx->mem;
    for (size_t i = 0; i < ds->schema->table_count; i++) {
        kxi_bound_table *t = &ds->tables[i];
        free_bounds(mem, t->columns, ds->schema->tables[i].column_count);
        kxi_strmap_free(&t->entities.index);
        kxi_table_unref(t->table);
    }
    kxi_free(mem, ds->tables, ds->schema->table_count * sizeof(*ds->tables));
    kxi_findings_free(&ds->findings);
    kxi_arena_free(&ds->arena);
    void *owner = ds->owner;
    void (*owner_unref)(void *) = ds->owner_unref;
    kxi_free(mem, ds, sizeof(*ds));
    if (owner_unref)
        owner_unref(owner);
    kxi_context_unref(ctx);
}

/* A table being bound. */
typedef struct binding {
    kx_dataset *ds;
    uint32_t number;
    const kxi_table_spec *spec;
    kx_table *table;
    kxi_bound *bounds; /* as the table of the dataset will have them */
    uint32_t *inputs;  /* spec column -> column of the input, or KXI_NONE */
    uint32_t *columns; /* column of the input -> spec column, or KXI_NONE */
    kxi_arena scratch;
    kxi_diag *diag;
} binding;

static bool
stops(const binding *b, kx_status status)
{
    return status != KX_OK && !(b->diag->collect && status == KX_E_DATA);
}

static kx_status
match_columns(binding *b)
{
    kxi_place place = { .input = b->table->name };
    kx_status first = KX_OK;
    for (size_t i = 0; i < b->spec->column_count; i++)
        b->inputs[i] = KXI_NONE;
    for (size_t i = 0; i < b->table->column_count; i++) {
        kxi_str name = b->table->columns[i].name;
        uint32_t column;
        if (kxi_spec_header(b->spec, &b->scratch, name, &column) != KX_OK)
            return kxi_nomem(b->diag);
        b->columns[i] = column;
        if (column == KXI_NONE)
            continue;
        if (b->inputs[column] == KXI_NONE) {
            b->inputs[column] = (uint32_t)i;
            continue;
        }
        kx_status status = KXI_FAIL(b->diag, COLUMNS_SAME, place, KXI_A_STR(b->table->columns[b->inputs[column]].name),
                                    KXI_A_STR(name), KXI_A_STR(b->spec->columns[column].name));
        if (stops(b, status))
            return status;
        first = status;
    }
    return first;
}

/* The header of the input that might have been meant; only those nobody else wants. */
static kx_status
nearest_header(binding *b, uint32_t column, kxi_str *near)
{
    size_t count = 0, all = b->table->column_count, headers = b->spec->header_count;
    kxi_str *spare = kxi_arena_array(&b->scratch, all + 1, sizeof(*spare));
    kxi_str *folded = kxi_arena_array(&b->scratch, all + 1, sizeof(*folded)), own, found;
    if (!spare || !folded || kxi_text_fold(&b->scratch, b->spec->columns[column].name, &own) != KX_OK)
        return kxi_nomem(b->diag);
    for (size_t i = 0; i < all; i++) {
        if (b->columns[i] != KXI_NONE)
            continue;
        spare[count] = b->table->columns[i].name;
        if (kxi_text_fold(&b->scratch, spare[count], &folded[count]) != KX_OK)
            return kxi_nomem(b->diag);
        count++;
    }
    found = kxi_nearest(own, folded, count);
    for (size_t i = 0; i < headers && !found.n; i++)
        if (b->spec->headers[i].column == column)
            found = kxi_nearest(b->spec->headers[i].folded, folded, count);
    *near = (kxi_str){ NULL, 0 };
    for (size_t i = 0; i < count && found.n; i++)
        if (kxi_str_eq(folded[i], found))
            *near = spare[i];
    return KX_OK;
}

static kx_status
check_required(binding *b)
{
    kxi_place place = { .input = b->table->name };
    kx_status first = KX_OK;
    for (size_t i = 0; i < b->spec->column_count; i++) {
        const kxi_column_spec *c = &b->spec->columns[i];
        if (!c->required || b->inputs[i] != KXI_NONE || !kxi_schema_wants(b->ds->schema, b->number, (uint32_t)i))
            continue;
        kxi_str near;
        kx_status status = nearest_header(b, (uint32_t)i, &near);
        if (status == KX_OK && near.n)
            status = KXI_FAIL(b->diag, COLUMN_MISSING_NEAR, place, KXI_A_STR(b->spec->name), KXI_A_STR(c->name),
                              KXI_A_STR(near));
        else if (status == KX_OK)
            status = KXI_FAIL(b->diag, COLUMN_MISSING, place, KXI_A_STR(b->spec->name), KXI_A_STR(c->name));
        if (stops(b, status))
            return status;
        first = status;
    }
    return first;
}

static kx_status
convert_columns(binding *b)
{
    kx_status first = KX_OK;
    for (size_t i = 0; i < b->spec->column_count; i++) {
        if (b->inputs[i] == KXI_NONE || !kxi_schema_wants(b->ds->schema, b->number, (uint32_t)i))
            continue;
        kxi_bound *bound = &b->bounds[i];
        kxi_conversion c = { b->ds, b->table, &b->spec->columns[i], b->diag };
        bound->given = &b->table->columns[b->inputs[i]];
        kx_status status = kxi_convert(&c, bound->given, &bound->converted);
        if (stops(b, status))
            return status;
        if (status != KX_OK)
            first = status;
        bound->column = bound->converted ? bound->converted : bound->given;
    }
    return first;
}

static kx_status
note_unused(binding *b)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < b->table->column_count && status == KX_OK; i++)
        if (b->columns[i] == KXI_NONE)
            status = KXI_FAIL(b->diag, COLUMN_UNUSED, ((kxi_place){ .input = b->table->name }),
                              KXI_A_STR(b->table->columns[i].name), KXI_A_STR(b->spec->name));
    return status;
}

static kx_status
bind(binding *b)
{
    size_t inputs = b->table->column_count;
    b->inputs = kxi_arena_array(&b->scratch, b->spec->column_count + 1, sizeof(*b->inputs));
    b->columns = kxi_arena_array(&b->scratch, inputs + 1, sizeof(*b->columns));
    if (b->spec->column_count)
        b->bounds = kxi_alloc_array(&b->ds->ctx->mem, b->spec->column_count, sizeof(*b->bounds));
    if (!b->inputs || !b->columns || (b->spec->column_count && !b->bounds))
        return kxi_nomem(b->diag);
    /* While collecting, each step goes on where the one before found something. */
    kx_status (*const steps[])(binding *) = { match_columns, check_required, convert_columns, note_unused };
    kx_status first = KX_OK;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        kx_status status = steps[i](b);
        if (stops(b, status))
            return status;
        if (first == KX_OK)
            first = status;
    }
    return first;
}

static kx_status
add_table(kx_dataset *ds, uint32_t number, kx_table *t, kxi_diag *d)
{
    binding b = { .ds = ds, .number = number, .spec = &ds->schema->tables[number], .table = t, .diag = d };
    kxi_bound_table *slot = &ds->tables[number];
    if (ds->sealed)
        return KXI_FAIL0(d, DATASET_SEALED, KXI_NOWHERE);
    if (slot->table)
        return KXI_FAIL(d, TABLE_TWICE, ((kxi_place){ .input = t->name }), KXI_A_STR(b.spec->name));
    kxi_arena_init(&b.scratch, &ds->ctx->mem);
    kx_status status = bind(&b);
    kxi_arena_free(&b.scratch);
    if (status != KX_OK) {
        free_bounds(&ds->ctx->mem, b.bounds, b.spec->column_count);
        return status;
    }
    if (!t->frozen) {
        t->frozen = true;
        kxi_appender_free(t);
    }
    slot->table = kxi_table_ref(t);
    slot->columns = b.bounds;
    slot->rows = t->rows;
    slot->failed = false;
    return KX_OK;
}

kx_status
kxi_dataset_add(kx_dataset *ds, uint32_t table, kx_table *t, kxi_diag *d)
{
    /* Findings go to the dataset; of what failed only errors that are being collected stay. */
    kxi_diag inner = { .language = ds->ctx->language,
                       .err = d ? d->err : NULL,
                       .failed = d && d->failed,
                       .collect = ds->collect,
                       .all = &ds->findings };
    size_t count = ds->findings.count, left_out = ds->findings.left_out;
    kx_status status = add_table(ds, table, t, &inner);
    if (status != KX_OK && !ds->collect) {
        ds->findings.count = count;
        ds->findings.left_out = left_out;
    }
    if (status == KX_E_DATA && ds->collect && !ds->tables[table].table)
        ds->tables[table].failed = true;
    if (d)
        d->failed = inner.failed;
    return status;
}
