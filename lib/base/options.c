/* Options of callers older and newer than this library, see base/diag.h. */
#include "base/diag.h"

/* No options struct will ever be larger; a size beyond is a struct whose size was never set. */
enum { OPTIONS_MAX = 4096 };

kx_status
kxi_options_read(void *local, size_t known, size_t v1, const void *given)
{
    size_t size;
    if (!given)
        return KX_OK;
    memcpy(&size, given, sizeof(size));
    if (size < v1 || size > OPTIONS_MAX)
        return KX_E_ARGUMENT;
    for (size_t i = known; i < size; i++)
        if (((const unsigned char *)given)[i] != 0)
            return KX_E_UNSUPPORTED;
    memcpy(local, given, size < known ? size : known);
    memcpy(local, &known, sizeof(known));
    return KX_OK;
}
