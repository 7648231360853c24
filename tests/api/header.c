/* The public header alone, first and twice, in every dialect it promises: strict C99, C11 and C++11. */
#include <kexie/kexie.h>

#include <kexie/kexie.h>

/* The macros are initialisers, and the types are complete where they have to be. */
static kx_error err = KX_ERROR_INIT;
static kx_context_options context_options = KX_CONTEXT_OPTIONS_INIT;
static kx_load_options load_options = KX_LOAD_OPTIONS_INIT;
static kx_eval_options eval_options = KX_EVAL_OPTIONS_INIT;
static kx_write_options write_options = KX_WRITE_OPTIONS_INIT;
static kx_column column = KX_COLUMN_INIT;
static kx_value value;

int
main(void)
{
    kx_context *ctx = NULL;
    kx_status st = kx_context_new(&context_options, &ctx, &err);
    int32_t days = 0;
    kx_context_unref(ctx);
    if (st != KX_OK || kx_date_parse("2025-01-31", 10, &days) != KX_OK || days != 20119)
        return 1;
    if (load_options.size != sizeof(kx_load_options) || eval_options.as_of != KX_DATE_NONE)
        return 1;
    if (write_options.size != sizeof(kx_write_options) || column.size != sizeof(kx_column) || value.type != 0)
        return 1;
    return kx_version()[0] == '0' + KX_VERSION_MAJOR ? 0 : 1;
}
