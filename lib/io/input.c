#include "io/input.h"

#include <errno.h>

static const struct kxi_load defaults;

kx_status
kxi_input_begin(kxi_input *in, kx_dataset *ds, const struct kxi_load *opt, kxi_diag *d)
{
    *in = (kxi_input){ .ds = ds, .opt = opt ? opt : &defaults, .failed = d };
    in->found = (kxi_diag){ .language = ds->ctx->language, .collect = ds->collect, .all = &ds->findings };
    if (!ds->collect && d)
        in->found.err = d->err;
    in->finding_count = ds->findings.count;
    in->finding_left_out = ds->findings.left_out;
    in->finding_errors = ds->findings.errors;
    return ds->sealed ? KXI_FAIL0(d, DATASET_SEALED, KXI_NOWHERE) : KX_OK;
}

/* *near is the nearest name of a table when there is none so called, if any is near. */
static kx_status
find_table(kxi_arena *a, const kxi_schema *schema, kxi_str name, uint32_t *table, kxi_str *near)
{
    kxi_str folded, *names = kxi_arena_array(a, schema->table_count + 1, sizeof(*names));
    kx_status status = names ? kxi_text_fold(a, name, &folded) : KX_E_NOMEM;
    *table = KXI_NONE;
    *near = (kxi_str){ NULL, 0 };
    if (status == KX_E_SYNTAX)
        return KX_OK;
    for (size_t i = 0; i < schema->table_count && !status; i++) {
        status = kxi_text_fold(a, schema->tables[i].name, &names[i]);
        if (!status && kxi_str_eq(names[i], folded))
            *table = (uint32_t)i;
    }
    if (status || *table != KXI_NONE)
        return status;
    kxi_str found = kxi_nearest(folded, names, schema->table_count);
    for (size_t i = 0; i < schema->table_count && found.n; i++)
        if (kxi_str_eq(names[i], found))
            *near = schema->tables[i].name;
    return KX_OK;
}

kx_status
kxi_input_table(kxi_input *in, kxi_arena *a, kxi_str name, kxi_place place, uint32_t *table)
{
    kxi_str near;
    kx_status status = find_table(a, in->ds->schema, name, table, &near);
    if (status)
        return kxi_nomem(in->failed);
    if (*table != KXI_NONE)
        return KX_OK;
    return near.n ? KXI_FAIL(&in->found, TABLE_EXTRA_NEAR, place, KXI_A_STR(name), KXI_A_STR(near))
                  : KXI_FAIL(&in->found, TABLE_EXTRA, place, KXI_A_STR(name));
}

kx_status
kxi_input_check(kxi_input *in, uint32_t table, kxi_str name)
{
    bool twice = in->ds->tables[table].table != NULL;
    for (size_t i = 0; i < in->table_count; i++)
        twice |= in->tables[i].table == table;
    if (!twice)
        return KX_OK;
    return KXI_FAIL(&in->found, TABLE_TWICE, ((kxi_place){ .input = name }),
                    KXI_A_STR(in->ds->schema->tables[table].name));
}

kx_status
kxi_input_keep(kxi_input *in, uint32_t table, kx_table *t)
{
    if (!kxi_grow(&in->ds->ctx->mem, &in->tables, &in->table_capacity, in->table_count + 1))
        return kxi_nomem(in->failed);
    in->tables[in->table_count++] = (struct kxi_made){ table, t ? kxi_table_ref(t) : NULL };
    return KX_OK;
}

/* Undo an add; what it made of columns goes with it. */
static void
take_back(kx_dataset *ds, uint32_t table)
{
    kxi_mem *mem = &ds->ctx->mem;
    kxi_bound_table *t = &ds->tables[table];
    size_t columns = ds->schema->tables[table].column_count;
    for (size_t i = 0; t->columns && i < columns; i++) {
        if (!t->columns[i].converted)
            continue;
        kxi_column_free(mem, t->columns[i].converted);
        kxi_free(mem, t->columns[i].converted, sizeof(*t->columns[i].converted));
    }
    kxi_free(mem, t->columns, columns * sizeof(*t->columns));
    kxi_table_unref(t->table);
    t->columns = NULL;
    t->table = NULL;
    t->rows = 0;
    t->failed = false;
}

static kx_status
add_one(kxi_input *in, const struct kxi_made *t)
{
    kxi_diag d = in->found;
    if (!t->made)
        return KX_OK;
    kx_status status = kxi_dataset_add(in->ds, t->table, t->made, &d);
    return kxi_input_goes_on(in, status) ? KX_OK : status;
}

static kx_status
add_all(kxi_input *in)
{
    kx_status status = KX_OK;
    size_t added = 0;
    for (; added < in->table_count && !status; added++)
        status = add_one(in, &in->tables[added]);
    if (!status) {
        for (size_t i = 0; i < in->table_count; i++)
            if (!in->tables[i].made)
                in->ds->tables[in->tables[i].table].failed = true;
        return KX_OK;
    }
    for (size_t i = 0; i + 1 < added; i++)
        if (in->tables[i].made)
            take_back(in->ds, in->tables[i].table);
    return status == KX_E_NOMEM ? kxi_nomem(in->failed) : status;
}

kx_status
kxi_input_end(kxi_input *in, kx_status status)
{
    kxi_findings *f = &in->ds->findings;
    if (!status)
        status = add_all(in);
    for (size_t i = 0; i < in->table_count; i++)
        kxi_table_unref(in->tables[i].made);
    kxi_free(&in->ds->ctx->mem, in->tables, in->table_capacity * sizeof(*in->tables));
    if (status) {
        f->count = in->finding_count;
        f->left_out = in->finding_left_out;
        f->errors = in->finding_errors;
    }
    if (status == KX_E_NOMEM)
        return kxi_nomem(in->failed); /* wherever it was noticed */
    if (in->failed && status)
        in->failed->failed = true;
    return status;
}

kx_status
kxi_input_error(kxi_diag *d, kxi_str path, int error)
{
    kxi_place place = { .input = path };
    if (error == ENOENT || error == ENOTDIR)
        return KXI_FAIL(d, FILE_MISSING, place, KXI_A_STR(path));
    if (error == EACCES || error == EPERM)
        return KXI_FAIL(d, FILE_DENIED, place, KXI_A_STR(path));
    if (error == ENOMEM)
        return kxi_nomem(d);
    return KXI_FAIL(d, FILE_READ, place, KXI_A_STR(path), KXI_A_INT(error));
}
