#include "api/api.h"

#include "io/csv.h"
#include "io/load.h"
#include "report/report.h"

static void
owner_unref(void *owner)
{
    kx_scheme_unref(owner);
}

kx_status
kx_dataset_new(kx_scheme *scheme, kx_dataset **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(scheme ? scheme->ctx : NULL, err);
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, scheme);
    kx_status st = kxi_dataset_new(scheme->ctx, &scheme->rules->schema, scheme, owner_unref, out, &d);
    if (st == KX_OK)
        kx_scheme_ref(scheme);
    return st;
}

kx_dataset *
kx_dataset_ref(kx_dataset *dataset)
{
    return dataset ? kxi_dataset_ref(dataset) : NULL;
}

void
kx_dataset_unref(kx_dataset *dataset)
{
    kxi_dataset_unref(dataset);
}

/* The names of the scheme's tables, ", " between them. */
static kx_status
fail_names(const kxi_schema *schema, kxi_str asked, kxi_mem *mem, kxi_diag *d)
{
    kxi_buf list;
    kxi_buf_init(&list, mem);
    for (size_t i = 0; i < schema->table_count; i++) {
        kxi_buf_cstr(&list, i ? ", " : "");
        kxi_buf_str(&list, schema->tables[i].name);
    }
    kx_status st = list.failed
                       ? kxi_nomem(d)
                       : KXI_FAIL(d, TABLE_NOT_KNOWN, KXI_NOWHERE, KXI_A_STR(asked), KXI_A_STR(kxi_buf_view(&list)));
    kxi_buf_free(&list);
    return st;
}

static kx_status
find_table(const kx_dataset *ds, const char *name, uint32_t *out, kxi_diag *d)
{
    const kxi_schema *schema = ds->schema;
    kxi_mem *mem = &ds->ctx->mem;
    kxi_str asked = kxi_str_of(name);
    *out = kxi_schema_table(schema, asked);
    if (*out != KXI_NONE)
        return KX_OK;
    kxi_str *names = kxi_alloc_array(mem, schema->table_count + 1, sizeof(*names));
    if (!names)
        return kxi_nomem(d);
    for (size_t i = 0; i < schema->table_count; i++)
        names[i] = schema->tables[i].name;
    kxi_str near = kxi_nearest(asked, names, schema->table_count);
    kxi_free(mem, names, (schema->table_count + 1) * sizeof(*names));
    if (near.n)
        return KXI_FAIL(d, TABLE_NOT_KNOWN_NEAR, KXI_NOWHERE, KXI_A_STR(asked), KXI_A_STR(near));
    return fail_names(schema, asked, mem, d);
}

/* A wrong call is an error of the caller's, never a finding about the data. */
static kx_status
check_open(const kx_dataset *ds, kx_error *err)
{
    kxi_diag d = kxi_context_diag(ds->ctx, err);
    return ds->sealed ? KXI_FAIL0(&d, DATASET_SEALED, KXI_NOWHERE) : KX_OK;
}

kx_status
kx_dataset_add(kx_dataset *dataset, const char *name, kx_table *table, kx_error *err)
{
    kxi_diag plain = kxi_api_diag(dataset ? dataset->ctx : NULL, err);
    uint32_t number;
    KXI_NEED(&plain, dataset);
    KXI_NEED(&plain, name);
    KXI_NEED(&plain, table);
    kx_status st = check_open(dataset, err);
    if (st == KX_OK)
        st = find_table(dataset, name, &number, &plain);
    if (st != KX_OK)
        return st;
    kxi_diag d = kxi_api_dataset_diag(dataset, err);
    return kxi_api_done(&d, kxi_dataset_add(dataset, number, table, &d));
}

/* Options of one loading call. */
static kx_status
read_options(const kx_dataset *ds, const kx_load_options *given, const char *function, struct kxi_load *load,
             uint32_t *flags, kx_error *err)
{
    kxi_diag d = kxi_context_diag(ds->ctx, err);
    kx_load_options o = KX_LOAD_OPTIONS_INIT;
    kx_status st = check_open(ds, err);
    if (st == KX_OK)
        st = KXI_OPTIONS(&o, given, kx_load_options, &d);
    if (st != KX_OK)
        return st;
    const struct {
        const char *name;
        int64_t value;
        bool fits;
    } checks[] = {
        { "encoding", o.encoding, o.encoding >= KX_ENCODING_DETECT && o.encoding <= KX_ENCODING_GB18030 },
        { "flags", o.flags, (o.flags & ~(uint32_t)KX_LOAD_COLLECT) == 0 },
        { "reserved", o.reserved, o.reserved == 0 },
    };
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        if (!checks[i].fits)
            return KXI_FAIL(&d, ARG_RANGE, KXI_NOWHERE, KXI_A_CSTR(function), KXI_A_CSTR(checks[i].name),
                            KXI_A_INT(checks[i].value));
    *load = (struct kxi_load){
        .encoding = o.encoding, .threads = o.threads, .progress = o.progress, .progress_user = o.progress_user
    };
    *flags = o.flags;
    return KX_OK;
}

/* Whether findings are gathered: from the first call on that asks for it, unless that call fails. */
static kxi_diag
begin_load(kx_dataset *ds, uint32_t flags, kx_error *err)
{
    ds->collect = ds->collect || (flags & KX_LOAD_COLLECT);
    return kxi_api_dataset_diag(ds, err);
}

static kx_status
end_load(kx_dataset *ds, bool collected, kx_status st)
{
    if (st != KX_OK)
        ds->collect = collected;
    return st;
}

kx_status
kx_dataset_read_csv(kx_dataset *dataset, const char *name, const char *input, const char *text, size_t length,
                    const kx_load_options *options, kx_error *err)
{
    kxi_diag plain = kxi_api_diag(dataset ? dataset->ctx : NULL, err);
    struct kxi_load load;
    uint32_t flags, number;
    KXI_NEED(&plain, dataset);
    KXI_NEED(&plain, name);
    KXI_NEED(&plain, input);
    KXI_NEED_TEXT(&plain, text, length);
    kx_status st = read_options(dataset, options, __func__, &load, &flags, err);
    if (st == KX_OK)
        st = find_table(dataset, name, &number, &plain);
    if (st != KX_OK)
        return st;
    bool collected = dataset->collect;
    kxi_diag d = begin_load(dataset, flags, err);
    st = kxi_csv_read(dataset, number, kxi_str_of(input), (kxi_str){ text, length }, &load, &d);
    return end_load(dataset, collected, kxi_api_done(&d, st));
}

kx_status
kx_dataset_read_json(kx_dataset *dataset, const char *input, const char *text, size_t length,
                     const kx_load_options *options, kx_error *err)
{
    kxi_diag plain = kxi_api_diag(dataset ? dataset->ctx : NULL, err);
    struct kxi_load load;
    uint32_t flags;
    KXI_NEED(&plain, dataset);
    KXI_NEED(&plain, input);
    KXI_NEED_TEXT(&plain, text, length);
    kx_status st = read_options(dataset, options, __func__, &load, &flags, err);
    if (st != KX_OK)
        return st;
    bool collected = dataset->collect;
    kxi_diag d = begin_load(dataset, flags, err);
    st = kxi_dataset_read_json(dataset, kxi_str_of(input), (kxi_str){ text, length }, &load, &d);
    return end_load(dataset, collected, kxi_api_done(&d, st));
}

kx_status
kx_dataset_load(kx_dataset *dataset, const char *path, const kx_load_options *options, kx_error *err)
{
    kxi_diag plain = kxi_api_diag(dataset ? dataset->ctx : NULL, err);
    struct kxi_load load;
    uint32_t flags;
    KXI_NEED(&plain, dataset);
    KXI_NEED(&plain, path);
    kx_status st = read_options(dataset, options, __func__, &load, &flags, err);
    if (st != KX_OK)
        return st;
    bool collected = dataset->collect;
    kxi_diag d = begin_load(dataset, flags, err);
    st = kxi_dataset_load(dataset, path, &load, &d);
    return end_load(dataset, collected, kxi_api_done(&d, st));
}

kx_status
kx_dataset_seal(kx_dataset *dataset, kx_error *err)
{
    kxi_diag plain = kxi_api_diag(dataset ? dataset->ctx : NULL, err);
    KXI_NEED(&plain, dataset);
    kx_status st = check_open(dataset, err);
    if (st != KX_OK)
        return st;
    kxi_diag d = kxi_api_dataset_diag(dataset, err);
    return kxi_api_done(&d, kxi_dataset_seal(dataset, &d));
}

kx_status
kx_dataset_findings(const kx_dataset *dataset, kx_table **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(dataset ? dataset->ctx : NULL, err);
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, dataset);
    return kxi_api_done(&d, kxi_report_findings(dataset->ctx, &dataset->findings, true, out, &d));
}
