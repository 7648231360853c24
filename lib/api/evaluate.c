/* Tallies, and the one call that makes, fills and finishes one. */
#include "api/api.h"

kx_status
kxi_api_eval_options(const kxi_rules *rules, const kx_eval_options *given, kx_eval_options *out, const char *function,
                     kxi_diag *d)
{
    kx_eval_options defaults = KX_EVAL_OPTIONS_INIT;
    *out = defaults;
    kx_status st = KXI_OPTIONS(out, given, kx_eval_options, d);
    if (st != KX_OK)
        return st;
    if (out->as_of == KX_DATE_NONE)
        out->as_of = rules->as_of != KX_DATE_NONE ? rules->as_of : rules->period.to;
    if (out->as_of < KXI_DAY_MIN || out->as_of > KXI_DAY_MAX)
        return KXI_FAIL(d, ARG_RANGE, KXI_NOWHERE, KXI_A_CSTR(function), KXI_A_CSTR("as_of"), KXI_A_INT(out->as_of));
    out->threads = out->threads ? out->threads : 1;
    return KX_OK;
}

static kx_status
check_sealed(const kx_dataset *ds, kxi_diag *d)
{
    return ds->sealed ? KX_OK : KXI_FAIL0(d, TALLY_NOT_SEALED, KXI_NOWHERE);
}

static kx_status
finish(kx_scheme *scheme, const kxi_tally *tally, kx_result **out, kxi_diag *d)
{
    kxi_score *score;
    kx_status st = kxi_score_make(scheme->ctx, scheme->rules, tally, &score, d);
    return st == KX_OK ? kxi_api_result_new(scheme, score, out, d) : st;
}

kx_status
kx_evaluate(kx_dataset *dataset, const kx_eval_options *options, kx_result **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(dataset ? dataset->ctx : NULL, err);
    kx_eval_options o;
    kxi_tally *tally;
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, dataset);
    kx_scheme *scheme = kxi_api_scheme_of(dataset);
    kx_status st = check_sealed(dataset, &d);
    if (st == KX_OK)
        st = kxi_api_eval_options(scheme->rules, options, &o, __func__, &d);
    if (st == KX_OK)
        st = kxi_tally_new(scheme->ctx, scheme->rules, o.as_of, &tally, &d);
    if (st != KX_OK)
        return st;
    st = kxi_tally_add(tally, dataset, KXI_STR("all"), o.threads, o.progress, o.progress_user, &d);
    if (st == KX_OK)
        st = finish(scheme, tally, out, &d);
    kxi_tally_free(tally);
    return kxi_api_done(&d, st);
}

kx_status
kx_tally_new(kx_scheme *scheme, const kx_eval_options *options, kx_tally **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(scheme ? scheme->ctx : NULL, err);
    kx_eval_options o;
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, scheme);
    kx_status st = kxi_api_eval_options(scheme->rules, options, &o, __func__, &d);
    if (st != KX_OK)
        return st;
    kx_tally *tally = kxi_alloc_zero(&scheme->ctx->mem, sizeof(*tally));
    if (!tally)
        return kxi_nomem(&d);
    st = kxi_tally_new(scheme->ctx, scheme->rules, o.as_of, &tally->tally, &d);
    if (st != KX_OK) {
        kxi_free(&scheme->ctx->mem, tally, sizeof(*tally));
        return kxi_api_done(&d, st);
    }
    tally->scheme = kx_scheme_ref(scheme);
    tally->options = o;
    *out = tally;
    return KX_OK;
}

void
kx_tally_free(kx_tally *tally)
{
    if (!tally)
        return;
    kx_scheme *scheme = tally->scheme;
    kxi_tally_free(tally->tally);
    kxi_free(&scheme->ctx->mem, tally, sizeof(*tally));
    kx_scheme_unref(scheme);
}

kx_status
kx_tally_add(kx_tally *tally, kx_dataset *dataset, const char *part, kx_error *err)
{
    kxi_diag d = kxi_api_diag(tally ? tally->scheme->ctx : NULL, err);
    KXI_NEED(&d, tally);
    KXI_NEED(&d, dataset);
    KXI_NEED(&d, part);
    kx_status st = check_sealed(dataset, &d);
    if (st == KX_OK && kxi_api_scheme_of(dataset) != tally->scheme)
        st = KXI_FAIL(&d, TALLY_OTHER_SCHEME, KXI_NOWHERE, KXI_A_CSTR(part));
    if (st != KX_OK)
        return st;
    const kx_eval_options *o = &tally->options;
    st = kxi_tally_add(tally->tally, dataset, kxi_str_of(part), o->threads, o->progress, o->progress_user, &d);
    return kxi_api_done(&d, st);
}

kx_status
kx_tally_merge(kx_tally *tally, const kx_tally *other, kx_error *err)
{
    kxi_diag d = kxi_api_diag(tally ? tally->scheme->ctx : NULL, err);
    KXI_NEED(&d, tally);
    KXI_NEED(&d, other);
    return kxi_api_done(&d, kxi_tally_merge(tally->tally, other->tally, &d));
}

kx_status
kx_tally_finish(const kx_tally *tally, kx_result **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(tally ? tally->scheme->ctx : NULL, err);
    KXI_NEED(&d, out);
    *out = NULL;
    KXI_NEED(&d, tally);
    if (!kxi_tally_universe(tally->tally))
        return KXI_FAIL0(&d, TALLY_EMPTY, KXI_NOWHERE);
    return kxi_api_done(&d, finish(tally->scheme, tally->tally, out, &d));
}
