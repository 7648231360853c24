#include "api/api.h"

kxi_diag
kxi_api_diag(const kx_context *ctx, kx_error *err)
{
    return ctx ? kxi_context_diag(ctx, err) : (kxi_diag){ .language = KX_LANG_ZH, .err = err };
}

kxi_diag
kxi_api_dataset_diag(kx_dataset *ds, kx_error *err)
{
    kxi_diag d = kxi_context_diag(ds->ctx, err);
    d.all = &ds->findings;
    d.collect = ds->collect;
    return d;
}

kx_status
kxi_api_done(kxi_diag *d, kx_status st)
{
    if (st == KX_OK || d->failed)
        return st;
    if (st == KX_E_NOMEM)
        return kxi_nomem(d);
    KXI_FAIL(d, INTERNAL, KXI_NOWHERE, KXI_A_CSTR(kx_status_name(st)));
    return st;
}

kx_status
kxi_api_null(kxi_diag *d, const char *function, const char *argument)
{
    d->all = NULL; /* a wrong call is no finding about the data */
    return KXI_FAIL(d, ARG_NULL, KXI_NOWHERE, KXI_A_CSTR(function), KXI_A_CSTR(argument));
}

kx_status
kxi_api_options(void *local, size_t known, const void *given, const char *type, const char *init, kxi_diag *d)
{
    switch (kxi_options_read(local, known, known, given)) {
    case KX_OK:
        return KX_OK;
    case KX_E_UNSUPPORTED:
        return KXI_FAIL(d, STRUCT_NEWER, KXI_NOWHERE, KXI_A_CSTR(type));
    default:
        return KXI_FAIL(d, STRUCT_SIZE, KXI_NOWHERE, KXI_A_CSTR(type), KXI_A_CSTR(init));
    }
}
