/* Version, status names, contexts, dates. */
#include "api/api.h"

#include "text/date.h"

const char *
kx_version(void)
{
    return KX_VERSION_STRING;
}

const char *
kx_status_name(kx_status status)
{
#define NAME(code)  \
    {               \
        code, #code \
    }
    static const struct {
        kx_status status;
        const char *name;
    } names[] = {
        NAME(KX_OK),          NAME(KX_E_NOMEM),    NAME(KX_E_ARGUMENT), NAME(KX_E_UNSUPPORTED), NAME(KX_E_SYNTAX),
        NAME(KX_E_SCHEME),    NAME(KX_E_DATA),     NAME(KX_E_LIMIT),    NAME(KX_E_IO),          NAME(KX_E_MISMATCH),
        NAME(KX_E_CANCELLED), NAME(KX_E_NOTFOUND), NAME(KX_E_CALLBACK),
    };
#undef NAME
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].status == status)
            return names[i].name;
    return "KX_E_?";
}

kx_status
kx_context_new(const kx_context_options *options, kx_context **out, kx_error *err)
{
    kxi_diag d = kxi_api_diag(NULL, err);
    KXI_NEED(&d, out);
    return kxi_context_new(options, out, err);
}

kx_context *
kx_context_ref(kx_context *ctx)
{
    return ctx ? kxi_context_ref(ctx) : NULL;
}

void
kx_context_unref(kx_context *ctx)
{
    kxi_context_unref(ctx);
}

uint64_t
kx_context_memory(const kx_context *ctx, uint64_t *peak)
{
    if (peak)
        *peak = ctx ? atomic_load(&ctx->mem.peak) : 0;
    return ctx ? atomic_load(&ctx->mem.used) : 0;
}

kx_status
kx_date_parse(const char *text, size_t length, int32_t *days)
{
    if (!days)
        return KX_E_ARGUMENT;
    *days = 0;
    if (!text)
        return length ? KX_E_ARGUMENT : KX_E_SYNTAX;
    kxi_day day;
    if (!kxi_date_parse((kxi_str){ text, length }, &day))
        return KX_E_SYNTAX;
    *days = day;
    return KX_OK;
}

kx_status
kx_date_format(int32_t days, char out[11])
{
    if (!out)
        return KX_E_ARGUMENT;
    out[0] = '\0';
    if (days < KXI_DAY_MIN || days > KXI_DAY_MAX)
        return KX_E_ARGUMENT;
    kxi_date_print(days, out);
    return KX_OK;
}
