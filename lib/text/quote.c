#include "text/text.h"

#include <utf8proc.h>

static const char hex[] = "0123456789ABCDEF";

static void
add_byte(kxi_buf *b, unsigned char c)
{
    char text[4] = { '\\', 'x', hex[c >> 4], hex[c & 15] };
    kxi_buf_add(b, text, sizeof(text));
}

static void
add_code_point(kxi_buf *b, int32_t cp)
{
    char digits[6];
    int n = 0;
    do {
        digits[n++] = hex[cp & 15];
        cp >>= 4;
    } while (cp || n < 4);
    kxi_buf_cstr(b, "\\u{");
    while (n)
        kxi_buf_char(b, digits[--n]);
    kxi_buf_char(b, '}');
}

/* What would not be seen, or would change how the rest is shown. */
static bool
is_invisible(int32_t cp)
{
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return false;
    }
}

static bool
is_control(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0); /* -1, an invalid byte, is among them */
}

void
kxi_text_quote(kxi_buf *b, kxi_str s, size_t max)
{
    size_t at = 0;
    for (size_t shown = 0; at < s.n; shown++) {
        size_t length;
        int32_t cp = kxi_utf8_at(s, at, &length);
        if (shown == max) {
            kxi_buf_cstr(b, "…");
            return;
        }
        if (is_control(cp)) {
            for (size_t i = 0; i < length; i++)
                add_byte(b, (unsigned char)s.s[at + i]);
        } else if (is_invisible(cp)) {
            add_code_point(b, cp);
        } else {
            kxi_buf_add(b, s.s + at, length);
        }
        at += length;
    }
}
