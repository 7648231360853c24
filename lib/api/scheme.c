#include "api/api.h"

#include "io/json.h"
#include "report/report.h"

/* Text to rules: what parsing and checking have in common. */
static kx_status
compile(kx_context *ctx, const char *name, const char *text, size_t length, kxi_diag *d, kxi_rules **out)
{
    kxi_doc *doc = NULL;
    *out = NULL;
    kx_status st = kxi_json_parse(ctx, kxi_str_of(name), (kxi_str){ text, length }, d, &doc);
    return st == KX_OK ? kxi_rules_compile(ctx, doc, d, out) : st;
}

kx_status
kx_scheme_parse(kx_context *ctx, const char *name, const char *text, size_t length, kx_scheme **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(ctx, err);
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, ctx);
    KXI_NEED(&d, name);
    KXI_NEED_TEXT(&d, text, length);
    kx_scheme *scheme = kxi_alloc_zero(&ctx->mem, sizeof(*scheme));
    if (!scheme)
        return kxi_nomem(&d);
    kx_status st = compile(ctx, name, text, length, &d, &scheme->rules);
    if (st != KX_OK) {
        kxi_free(&ctx->mem, scheme, sizeof(*scheme));
        return kxi_api_done(&d, st);
    }
    atomic_init(&scheme->refs, 1);
    scheme->ctx = kxi_context_ref(ctx);
    *out = scheme;
    return KX_OK;
}

kx_scheme *
kx_scheme_ref(kx_scheme *scheme)
{
    if (scheme)
        atomic_fetch_add_explicit(&scheme->refs, 1, memory_order_relaxed);
    return scheme;
}

void
kx_scheme_unref(kx_scheme *scheme)
{
    if (!scheme || atomic_fetch_sub_explicit(&scheme->refs, 1, memory_order_acq_rel) != 1)
        return;
    kx_context *ctx = scheme->ctx;
    kxi_rules_free(scheme->rules);
    kxi_free(&ctx->mem, scheme, sizeof(*scheme));
    kxi_context_unref(ctx);
}

const char *
kx_scheme_id(const kx_scheme *scheme)
{
    return scheme ? scheme->rules->id.s : "";
}

kx_status
kx_scheme_check(kx_context *ctx, const char *name, const char *text, size_t length, kx_table **findings, kx_error *err)
{
    kxi_diag d = kxi_api_diag(ctx, err);
    KXI_NEED(&d, findings);
    *findings = NULL;
    KXI_NEED(&d, ctx);
    KXI_NEED(&d, name);
    KXI_NEED_TEXT(&d, text, length);
    kxi_findings found;
    kxi_rules *rules;
    kxi_findings_init(&found, &ctx->mem, ctx->max_findings);
    kxi_diag collecting = { .language = ctx->language, .collect = true, .all = &found };
    kx_status st = compile(ctx, name, text, length, &collecting, &rules);
    kxi_rules_free(rules);
    /* What is wrong with the text is in the list; only memory can keep the check itself from running. */
    if (st == KX_E_NOMEM)
        kxi_nomem(&d);
    else
        st = kxi_report_findings(ctx, &found, true, findings, &d);
    kxi_findings_free(&found);
    return st;
}

kx_status
kx_scheme_describe(const kx_scheme *scheme, kx_table **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(scheme ? scheme->ctx : NULL, err);
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, scheme);
    return kxi_api_done(&d, kxi_report_nodes(scheme->rules, out, &d));
}
