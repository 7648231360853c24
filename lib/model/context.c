#include "model/context.h"

enum { DEPTH_DEFAULT = 64, DEPTH_MAX = 500, DIGITS_DEFAULT = 20000, DIGITS_MAX = 10000000, FINDINGS_DEFAULT = 10000 };

/* Zero is the default; the rest must lie within [1, most]. */
static kx_status
read_limit(kxi_diag *d, const char *name, uint64_t given, uint64_t standard, uint64_t most, uint64_t *out)
{
    *out = given ? given : standard;
    if (*out <= most)
        return KX_OK;
    return KXI_FAIL(d, OPTION_RANGE, KXI_NOWHERE, KXI_A_CSTR(name), KXI_A_INT(given > INT64_MAX ? INT64_MAX : given),
                    KXI_A_INT(1), KXI_A_INT(most));
}

static kx_status
read_limits(kx_context *ctx, const kx_context_options *o, kxi_diag *d)
{
    uint64_t depth = 0, digits = 0, findings = 0;
    const struct {
        const char *name;
        uint64_t given, standard, most, *out;
    } limits[] = {
        { "max_depth", o->max_depth, DEPTH_DEFAULT, DEPTH_MAX, &depth },
        { "max_text", o->max_text, UINT64_C(256) << 20, SIZE_MAX / 4, &ctx->max_text },
        { "max_field", o->max_field, UINT64_C(1) << 20, SIZE_MAX / 4, &ctx->max_field },
        { "max_rows", o->max_rows, INT32_MAX, INT32_MAX, &ctx->max_rows },
        { "max_cells", o->max_cells, UINT64_C(1) << 28, UINT32_MAX - 1, &ctx->max_cells },
        { "max_digits", o->max_digits, DIGITS_DEFAULT, DIGITS_MAX, &digits },
        { "max_findings", o->max_findings, FINDINGS_DEFAULT, UINT32_MAX, &findings },
    };
    kx_status status = KX_OK;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]) && status == KX_OK; i++)
        status = read_limit(d, limits[i].name, limits[i].given, limits[i].standard, limits[i].most, limits[i].out);
    ctx->max_depth = (uint32_t)depth;
    ctx->max_digits = (uint32_t)digits;
    ctx->max_findings = (uint32_t)findings;
    return status;
}

static kx_status
read_options(const kx_context_options *given, kx_context_options *o, kxi_diag *d)
{
    kx_status status = kxi_options_read(o, sizeof(*o), sizeof(*o), given);
    if (status == KX_E_UNSUPPORTED)
        return KXI_FAIL(d, STRUCT_NEWER, KXI_NOWHERE, KXI_A_CSTR("kx_context_options"));
    if (status != KX_OK)
        return KXI_FAIL(d, STRUCT_SIZE, KXI_NOWHERE, KXI_A_CSTR("kx_context_options"),
                        KXI_A_CSTR("KX_CONTEXT_OPTIONS_INIT"));
    if (o->language != KX_LANG_ZH && o->language != KX_LANG_EN)
        return KXI_FAIL(d, OPTION_RANGE, KXI_NOWHERE, KXI_A_CSTR("language"), KXI_A_INT(o->language),
                        KXI_A_INT(KX_LANG_ZH), KXI_A_INT(KX_LANG_EN));
    d->language = o->language;
    return KX_OK;
}

kx_status
kxi_context_new(const kx_context_options *options, kx_context **out, kx_error *err)
{
    kx_context_options o = KX_CONTEXT_OPTIONS_INIT;
    kxi_diag d = { .language = KX_LANG_ZH, .err = err };
    kx_context limits = { .refs = 1 };
    *out = NULL;
    kx_status status = read_options(options, &o, &d);
    if (status == KX_OK)
        status = read_limits(&limits, &o, &d);
    if (status != KX_OK)
        return status;
    /* The context's own block is booked by a counter that cannot live in it yet. */
    kxi_mem first;
    uint64_t memory = o.max_memory ? o.max_memory : UINT64_C(64) << 30;
    kxi_mem_init(&first, o.alloc, o.alloc_user, memory > SIZE_MAX ? SIZE_MAX : (size_t)memory);
    kx_context *ctx = kxi_alloc_zero(&first, sizeof(*ctx));
    if (!ctx)
        return kxi_nomem(&d);
    atomic_init(&ctx->refs, 1);
    ctx->language = o.language;
    ctx->max_depth = limits.max_depth;
    ctx->max_digits = limits.max_digits;
    ctx->max_findings = limits.max_findings;
    ctx->max_text = limits.max_text;
    ctx->max_field = limits.max_field;
    ctx->max_rows = limits.max_rows;
    ctx->max_cells = limits.max_cells;
    kxi_mem_init(&ctx->mem, o.alloc, o.alloc_user, first.limit);
    atomic_store(&ctx->mem.used, sizeof(*ctx));
    atomic_store(&ctx->mem.peak, sizeof(*ctx));
    *out = ctx;
    return KX_OK;
}

kx_context *
kxi_context_ref(kx_context *ctx)
{
    atomic_fetch_add_explicit(&ctx->refs, 1, memory_order_relaxed);
    return ctx;
}

void
kxi_context_unref(kx_context *ctx)
{
    if (!ctx || atomic_fetch_sub_explicit(&ctx->refs, 1, memory_order_acq_rel) != 1)
        return;
    ctx->mem.alloc(ctx->mem.user, ctx, sizeof(*ctx), 0);
}
