#include "api/api.h"

#include "report/report.h"

kx_status
kxi_api_result_new(kx_scheme *scheme, kxi_score *score, kx_result **out, kxi_diag *d)
{
    kx_result *result = kxi_alloc_zero(&scheme->ctx->mem, sizeof(*result));
    *out = result;
    if (!result) {
        kxi_score_free(score);
        return kxi_nomem(d);
    }
    atomic_init(&result->refs, 1);
    result->scheme = kx_scheme_ref(scheme);
    result->score = score;
    return KX_OK;
}

kx_result *
kx_result_ref(kx_result *result)
{
    if (result)
        atomic_fetch_add_explicit(&result->refs, 1, memory_order_relaxed);
    return result;
}

void
kx_result_unref(kx_result *result)
{
    if (!result || atomic_fetch_sub_explicit(&result->refs, 1, memory_order_acq_rel) != 1)
        return;
    kx_scheme *scheme = result->scheme;
    kxi_score_free(result->score);
    kxi_free(&scheme->ctx->mem, result, sizeof(*result));
    kx_scheme_unref(scheme);
}

kx_status
kx_result_table(const kx_result *result, int32_t which, kx_table **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(result ? result->scheme->ctx : NULL, err);
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, result);
    return kxi_api_done(&d, kxi_report_table(result->score, which, out, &d));
}

kx_status
kx_result_write(const kx_result *result, const kx_write_options *options, kx_write_fn write, void *user, kx_error *err)
{
    kxi_diag d = kxi_api_diag(result ? result->scheme->ctx : NULL, err);
    kx_write_options o = KX_WRITE_OPTIONS_INIT;
    KXI_NEED(&d, result);
    KXI_NEED(&d, write);
    kx_status st = KXI_OPTIONS(&o, options, kx_write_options, &d);
    return st == KX_OK ? kxi_api_done(&d, kxi_report_write(result->score, &o, write, user, &d)) : st;
}
