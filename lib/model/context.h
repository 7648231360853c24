/* model/context.h: the library instance everything hangs off.
 *
 * Layer: model. May include: base, text.
 */
#ifndef KXI_MODEL_CONTEXT_H
#define KXI_MODEL_CONTEXT_H

#include "base/diag.h"
#include "base/num.h"

struct kx_context {
    atomic_uint refs;
    kxi_mem mem;
    int32_t language;
    uint32_t max_depth, max_digits, max_findings;
    uint64_t max_text, max_field, max_rows, max_cells;
};

/* Defaults filled in and checked; *out owns one reference. The context's own block comes from its own allocator. */
kx_status kxi_context_new(const kx_context_options *options, kx_context **out, kx_error *err);
kx_context *kxi_context_ref(kx_context *ctx);
void kxi_context_unref(kx_context *ctx);
/* A diag for one call: first error into err, nothing collected. */
static inline kxi_diag
kxi_context_diag(const kx_context *ctx, kx_error *err)
{
    return (kxi_diag){ .language = ctx->language, .err = err };
}

#endif
