/* api/api.h: what stands behind the opaque types of the public header, and what its functions have in common.
 *
 * A kx_ function checks its arguments, reads its options, makes one call into a layer below, and lets a diag fill the
 * caller's error. Nothing is decided here.
 *
 *   kx_result --counts--> kx_scheme --counts--> kx_context        kx_dataset --counts--> kx_scheme
 *
 * Layer: api, and only there.
 */
#ifndef KXI_API_API_H
#define KXI_API_API_H

#include "score/score.h"

struct kx_scheme {
    atomic_uint refs;
    kx_context *ctx;  /* counted: outlives the scheme */
    kxi_rules *rules; /* owned */
};

struct kx_tally {
    kx_scheme *scheme; /* counted */
    kxi_tally *tally;  /* owned */
    kx_eval_options options;
};

struct kx_result {
    atomic_uint refs;
    kx_scheme *scheme; /* counted: the rules the score points into */
    kxi_score *score;  /* owned */
};

/* A diag for one call; ctx may be NULL when the argument it should come from is. */
kxi_diag kxi_api_diag(const kx_context *ctx, kx_error *err);
/* The same for a call that adds to a dataset: its findings are gathered there. */
kxi_diag kxi_api_dataset_diag(kx_dataset *ds, kx_error *err);

/* What a call returns, after the error has surely been filled. */
kx_status kxi_api_done(kxi_diag *d, kx_status st);
kx_status kxi_api_null(kxi_diag *d, const char *function, const char *argument);
/* Return from the function when the argument is NULL. */
#define KXI_NEED(diag, argument)                              \
    do {                                                      \
        if (!(argument))                                      \
            return kxi_api_null((diag), __func__, #argument); \
    } while (0)
/* Text with a length: NULL only when it is empty. */
#define KXI_NEED_TEXT(diag, text, length)                 \
    do {                                                  \
        if (!(text) && (length))                          \
            return kxi_api_null((diag), __func__, #text); \
    } while (0)

/* kxi_options_read with its failures reported; the first version of each struct is what it is today. */
kx_status kxi_api_options(void *local, size_t known, const void *given, const char *type, const char *init,
                          kxi_diag *d);
#define KXI_OPTIONS(local, given, type, diag) \
    kxi_api_options((local), sizeof(*(local)), (given), #type, KXI_INIT_##type, (diag))
#define KXI_INIT_kx_load_options "KX_LOAD_OPTIONS_INIT"
#define KXI_INIT_kx_eval_options "KX_EVAL_OPTIONS_INIT"
#define KXI_INIT_kx_write_options "KX_WRITE_OPTIONS_INIT"

/* The scheme a dataset was made for. */
static inline kx_scheme *
kxi_api_scheme_of(const kx_dataset *ds)
{
    return ds->owner;
}

/* A result that owns the score; frees the score when it fails. */
kx_status kxi_api_result_new(kx_scheme *scheme, kxi_score *score, kx_result **out, kxi_diag *d);
/* Options of an evaluation checked, as_of a day. */
kx_status kxi_api_eval_options(const kxi_rules *rules, const kx_eval_options *given, kx_eval_options *out,
                               const char *function, kxi_diag *d);

#endif
