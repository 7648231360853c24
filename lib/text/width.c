#include "text/text.h"

#include <utf8proc.h>

size_t
kxi_text_width(kxi_str s)
{
    size_t width = 0;
    for (size_t at = 0, length; at < s.n; at += length) {
        int32_t cp = kxi_utf8_at(s, at, &length);
        if (cp >= 0x20 && cp < 0x7F)
            width++;
        else
            width += cp < 0 ? 1 : (size_t)utf8proc_charwidth(cp);
    }
    return width;
}
