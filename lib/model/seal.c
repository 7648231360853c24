/* The seal: tables are checked against each other. What it makes lives in the dataset's arena; when it fails, all of that is
 * taken back, so that a missing table can be added and the seal tried again. */
#include "model/model_priv.h"

const kxi_column *
kxi_bound_column(const kx_dataset *ds, uint32_t table, uint32_t column)
{
    if (table == KXI_NONE || column == KXI_NONE || !ds->tables[table].table)
        return NULL;
    return ds->tables[table].columns[column].column;
}

static kx_status
check_needed(kxi_seal *s)
{
    kx_status first = KX_OK;
    for (size_t i = 0; i < s->schema->table_count; i++) {
        if (!s->schema->tables[i].needed || s->ds->tables[i].table || s->ds->tables[i].failed)
            continue;
        kx_status status = KXI_FAIL(s->diag, TABLE_MISSING, KXI_NOWHERE, KXI_A_STR(s->schema->tables[i].name));
        if (kxi_seal_stops(s, status))
            return status;
        first = status;
    }
    return first;
}

/* One step for every table there is. */
static kx_status
each_table(kxi_seal *s, kx_status (*step)(kxi_seal *, uint32_t), bool (*applies)(const kxi_schema *, uint32_t))
{
    kx_status first = KX_OK;
    for (size_t i = 0; i < s->schema->table_count; i++) {
        if (!s->ds->tables[i].table || (applies && !applies(s->schema, (uint32_t)i)))
            continue;
        kx_status status = step(s, (uint32_t)i);
        if (kxi_seal_stops(s, status))
            return status;
        if (status != KX_OK)
            first = status;
    }
    return first;
}

static bool
is_reference(const kxi_schema *s, uint32_t table)
{
    return s->tables[table].kind == KXI_REFERENCE;
}

/* The periods of units are checked with their versions. */
static bool
has_period(const kxi_schema *s, uint32_t table)
{
    return table != s->units.table && s->tables[table].from != KXI_NONE && s->tables[table].to != KXI_NONE;
}

static kx_status
seal_keys(kxi_seal *s)
{
    return each_table(s, kxi_seal_keys, is_reference);
}

static kx_status
seal_units(kxi_seal *s)
{
    if (s->schema->units.table == KXI_NONE || !s->ds->tables[s->schema->units.table].table)
        return KX_OK;
    return kxi_seal_units(s);
}

static kx_status
seal_references(kxi_seal *s)
{
    return each_table(s, kxi_seal_references, NULL);
}

static kx_status
seal_periods(kxi_seal *s)
{
    return each_table(s, kxi_seal_periods, has_period);
}

static kx_status
seal_roles(kxi_seal *s)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < s->schema->role_column_count && status == KX_OK; i++)
        status = kxi_seal_roles(s, &s->schema->role_columns[i]);
    return status;
}

static kx_status
seal_all(kxi_seal *s)
{
    kx_status (*const steps[])(kxi_seal *) = {
        check_needed, seal_keys, seal_units, seal_references, seal_periods, seal_roles, kxi_seal_digest,
    };
    kx_status first = KX_OK;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        kx_status status = steps[i](s);
        if (kxi_seal_stops(s, status))
            return status;
        if (first == KX_OK)
            first = status;
    }
    return first;
}

static void
undo(kx_dataset *ds)
{
    for (size_t i = 0; i < ds->schema->table_count; i++) {
        kxi_bound_table *t = &ds->tables[i];
        kxi_strmap_free(&t->entities.index);
        t->entities = (kxi_entities){ .index = t->entities.index };
        for (size_t k = 0; t->table && k < ds->schema->tables[i].column_count; k++) {
            kxi_bound *b = &t->columns[k];
            kxi_column_drop(&ds->ctx->mem, &b->resolved);
            b->column = b->converted ? b->converted : b->given;
            b->entities = NULL;
        }
    }
    ds->versions = NULL;
    ds->version_first = NULL;
    ds->digest = (kxi_digest){ 0, 0 };
    kxi_arena_free(&ds->arena);
}

/* Take out what an earlier seal found. */
static void
forget_findings(kx_dataset *ds)
{
    kxi_findings *f = &ds->findings;
    size_t first = ds->sealing.first, end = first + ds->sealing.count;
    if (ds->sealing.count)
        memmove(f->items + first, f->items + end, (f->count - end) * sizeof(*f->items));
    f->count -= ds->sealing.count;
    f->errors -= ds->sealing.errors;
    f->left_out -= ds->sealing.left_out;
    memset(&ds->sealing, 0, sizeof(ds->sealing));
}

static void
remember_findings(kx_dataset *ds, const kxi_findings *before)
{
    ds->sealing.first = before->count;
    ds->sealing.count = ds->findings.count - before->count;
    ds->sealing.errors = ds->findings.errors - before->errors;
    ds->sealing.left_out = ds->findings.left_out - before->left_out;
}

/* While collecting, the caller hears how many errors there are, and the first of them. */
static kx_status
summary(kx_dataset *ds, kxi_diag *d)
{
    kxi_findings *f = &ds->findings;
    for (size_t i = 0; i < f->count; i++)
        if (f->items[i].severity == KXI_ERROR)
            return KXI_FAIL(d, DATA_ERRORS, f->items[i].place, KXI_A_INT(f->errors), KXI_A_STR(f->items[i].text));
    return KXI_FAIL(d, DATA_ERRORS, KXI_NOWHERE, KXI_A_INT(f->errors), KXI_A_CSTR("…"));
}

static kx_status
run(kx_dataset *ds, kxi_diag *inner)
{
    kxi_seal s = { .ds = ds, .schema = ds->schema, .diag = inner, .mem = &ds->ctx->mem };
    kxi_arena_init(&s.scratch, s.mem);
    kx_status status = seal_all(&s);
    kxi_arena_free(&s.scratch);
    return status;
}

kx_status
kxi_dataset_seal(kx_dataset *ds, kxi_diag *d)
{
    kxi_diag outer = { .language = ds->ctx->language, .err = d ? d->err : NULL, .failed = d && d->failed };
    kxi_diag inner = outer;
    if (ds->sealed)
        return KXI_FAIL0(d, DATASET_SEALED, KXI_NOWHERE);
    forget_findings(ds);
    kxi_findings before = ds->findings;
    inner.collect = ds->collect;
    inner.all = &ds->findings;
    if (ds->collect)
        inner.err = NULL;
    kx_status status = run(ds, &inner);
    if (ds->collect && status == KX_E_NOMEM)
        kxi_nomem(&outer);
    else if (ds->collect && (status == KX_E_DATA || (status == KX_OK && ds->findings.errors)))
        status = summary(ds, &outer);
    if (d)
        d->failed = inner.failed || outer.failed;
    ds->sealed = status == KX_OK;
    if (status == KX_OK)
        return KX_OK;
    remember_findings(ds, &before);
    undo(ds);
    return status;
}
