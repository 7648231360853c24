#include "api/seats.h"

#include "io/csv.h"
#include "io/load.h"
#include "report/report.h"

/* ---- reading units ---- */

static kx_status
load_options(const kx_load_options *given, struct kxi_load *load, kxi_diag *d)
{
    kx_load_options o = KX_LOAD_OPTIONS_INIT;
    kx_status st = KXI_OPTIONS(&o, given, kx_load_options, d);
    if (st != KX_OK)
        return st;
    const struct {
        const char *name;
        int64_t value;
        bool fits;
    } checks[] = {
        { "encoding", o.encoding, o.encoding >= KX_ENCODING_DETECT && o.encoding <= KX_ENCODING_GB18030 },
        { "flags", o.flags, o.flags == 0 },
        { "reserved", o.reserved, o.reserved == 0 },
    };
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        if (!checks[i].fits)
            return KXI_FAIL(d, ARG_RANGE, KXI_NOWHERE, KXI_A_CSTR("kx_apportion_read"), KXI_A_CSTR(checks[i].name),
                            KXI_A_INT(checks[i].value));
    *load = (struct kxi_load){
        .encoding = o.encoding, .threads = o.threads, .progress = o.progress, .progress_user = o.progress_user
    };
    return KX_OK;
}

/* A header of CSV does not begin with a brace. */
static bool
looks_like_json(kxi_str data)
{
    size_t i = data.n >= 3 && memcmp(data.s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < data.n && (data.s[i] == ' ' || data.s[i] == '\t' || data.s[i] == '\n' || data.s[i] == '\r'))
        i++;
    return i < data.n && data.s[i] == '{';
}

static kx_status
read_units(const kxi_seat_rules *rules, kxi_str input, kxi_str data, const struct kxi_load *load, kx_table **out,
           kxi_diag *d)
{
    kx_dataset *ds;
    kx_status st = kxi_dataset_new(rules->ctx, &rules->schema, NULL, NULL, &ds, d);
    if (st != KX_OK)
        return st;
    st = looks_like_json(data) ? kxi_dataset_read_json(ds, input, data, load, d)
                               : kxi_csv_read(ds, 0, input, data, load, d);
    if (st == KX_OK && !ds->tables[0].table)
        st = KXI_FAIL(d, SEATS_NO_UNITS, (kxi_place){ .input = input }, KXI_A_CSTR("units"));
    if (st == KX_OK)
        *out = kxi_table_ref(ds->tables[0].table);
    kxi_dataset_unref(ds);
    return st;
}

kx_status
kx_apportion_read(kx_context *ctx, const char *name, const char *text, size_t length, const char *input,
                  const char *data, size_t data_length, const kx_load_options *options, kx_table **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(ctx, err);
    struct kxi_load load;
    kxi_seat_rules rules;
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, ctx);
    KXI_NEED(&d, name);
    KXI_NEED_TEXT(&d, text, length);
    KXI_NEED(&d, input);
    KXI_NEED_TEXT(&d, data, data_length);
    kx_status st = load_options(options, &load, &d);
    if (st != KX_OK)
        return st;
    st = kxi_seat_rules_read(ctx, kxi_str_of(name), (kxi_str){ text, length }, &d, &rules);
    if (st == KX_OK)
        st = read_units(&rules, kxi_str_of(input), (kxi_str){ data, data_length }, &load, out, &d);
    kxi_seat_rules_free(&rules);
    return kxi_api_done(&d, st);
}

/* ---- apportioning ---- */

static kx_status
run(const kxi_seat_rules *rules, const kx_dataset *ds, kxi_arena *arena, kx_seats *out, kxi_diag *d)
{
    kxi_unit_table units;
    kx_status st = kxi_unit_table_init(&units, rules, ds, arena, d);
    if (st != KX_OK)
        return st;
    const kxi_seat_source source = kxi_unit_source(&units);
    st = kxi_apportion_run(rules->plan, &source, arena, rules->ctx->max_digits, d, &units.outcome);
    return st == KX_OK ? kxi_seat_tables(&units, out, d) : st;
}

/* The table bound to the columns of the rules, as any table of a dataset. */
static kx_status
apportion(const kxi_seat_rules *rules, kx_table *table, kx_seats *out, kxi_diag *d)
{
    kx_dataset *ds;
    kxi_arena arena;
    kx_status st = kxi_dataset_new(rules->ctx, &rules->schema, NULL, NULL, &ds, d);
    if (st != KX_OK)
        return st;
    kxi_arena_init(&arena, &rules->ctx->mem);
    st = kxi_dataset_add(ds, 0, table, d);
    if (st == KX_OK)
        st = run(rules, ds, &arena, out, d);
    kxi_arena_free(&arena);
    kxi_dataset_unref(ds);
    return st;
}

static void
release(kx_seats *seats)
{
    kxi_table_unref(seats->seats);
    kxi_table_unref(seats->allotments);
    kxi_table_unref(seats->checks);
    kxi_table_unref(seats->findings);
    *seats = (kx_seats)KX_SEATS_INIT;
}

kx_status
kx_apportion(kx_context *ctx, const char *name, const char *text, size_t length, kx_table *units, kx_seats *out,
             kx_error *err)
{
    kxi_diag d = kxi_api_diag(ctx, err);
    kx_seats made = KX_SEATS_INIT;
    kxi_seat_rules rules;
    kxi_findings found;
    KXI_NEED(&d, out);
    if (out->size < sizeof(*out) || out->size > 4096)
        return KXI_FAIL(&d, STRUCT_SIZE, KXI_NOWHERE, KXI_A_CSTR("kx_seats"), KXI_A_CSTR("KX_SEATS_INIT"));
    memset((char *)out + sizeof(out->size), 0, out->size - sizeof(out->size));
    KXI_NEED(&d, ctx);
    KXI_NEED(&d, name);
    KXI_NEED_TEXT(&d, text, length);
    KXI_NEED(&d, units);
    kxi_findings_init(&found, &ctx->mem, ctx->max_findings);
    d.all = &found;
    kx_status st = kxi_seat_rules_read(ctx, kxi_str_of(name), (kxi_str){ text, length }, &d, &rules);
    if (st == KX_OK)
        st = apportion(&rules, units, &made, &d);
    kxi_seat_rules_free(&rules);
    if (st == KX_OK)
        st = kxi_report_findings(ctx, &found, false, &made.findings, &d);
    kxi_findings_free(&found);
    if (st != KX_OK) {
        release(&made);
        return kxi_api_done(&d, st);
    }
    made.size = out->size;
    memcpy(out, &made, sizeof(made));
    return KX_OK;
}
