/* One value of a table, as people and programs write it. The plain spellings come first: they are nearly all. */
#include "io/cells.h"

enum { DIGITS_SAFE = 18 }; /* that many digits always fit 64 bits */

/* -?digits[.digits], short; false when it is anything else. Zeros at the end of the fraction do not count. */
static inline bool
plain_number(kxi_str s, int64_t *v, uint8_t *scale)
{
    const char *p = s.s, *end = s.s + s.n, *point = NULL;
    uint64_t value = 0;
    bool negative = *p == '-';
    p += negative;
    if (end - p < 1 || end - p > DIGITS_SAFE)
        return false;
    for (; p < end; p++) {
        unsigned digit = (unsigned char)*p - (unsigned)'0';
        if (digit <= 9) {
            value = value * 10 + digit;
        } else {
            if (*p != '.' || point || p == s.s + negative || p + 1 == end)
                return false;
            point = p + 1;
        }
    }
    unsigned fraction = point ? (unsigned)(end - point) : 0;
    while (fraction && value % 10 == 0) {
        value /= 10;
        fraction--;
    }
    *v = negative ? -(int64_t)value : (int64_t)value;
    *scale = (uint8_t)fraction;
    return fraction <= KXI_SCALE;
}

/* Full-width digits, point and minus become what they mean; *comma: there is a sign that parts thousands. The result
 * lies in the arena or is s. */
static kx_status
half_width(kxi_arena *a, kxi_str s, kxi_str *out, bool *comma)
{
    char *to = kxi_arena_alloc(a, s.n + 1);
    size_t n = 0;
    if (!to)
        return KX_E_NOMEM;
    *comma = false;
    for (size_t at = 0, length; at < s.n; at += length) {
        int32_t cp = kxi_utf8_at(s, at, &length);
        *comma = *comma || cp == ',' || cp == 0xFF0C || cp == '\'' || kxi_text_is_space(cp);
        if ((cp >= 0xFF10 && cp <= 0xFF19) || cp == 0xFF0D || cp == 0xFF0E) {
            to[n++] = (char)(cp - 0xFF00 + 0x20);
        } else {
            memcpy(to + n, s.s + at, length);
            n += length;
        }
    }
    *out = (kxi_str){ to, n };
    return KX_OK;
}

static kx_status
other_number(kxi_arena *scratch, kxi_str s, int64_t *v, uint8_t *scale, enum kxi_msg *msg)
{
    bool comma = false;
    int digits;
    kx_status status = kxi_text_normalise(scratch, s, &s);
    if (!status && s.n)
        status = half_width(scratch, s, &s, &comma);
    if (status == KX_E_NOMEM || s.n == 0)
        return status;
    status = status ? status : kxi_dec_parse(s, v, &digits);
    if (!status)
        *scale = (uint8_t)digits;
    else
        *msg = status == KX_E_LIMIT ? KXI_MSG_CELL_DIGITS : comma ? KXI_MSG_CELL_THOUSANDS : KXI_MSG_CELL_NUMBER;
    return KX_OK;
}

kx_status
kxi_cell_number(kxi_arena *scratch, kxi_str s, int64_t *v, uint8_t *scale, enum kxi_msg *msg)
{
    *msg = KXI_MSG_NONE;
    if (s.n && plain_number(s, v, scale))
        return KX_OK;
    *v = 0;
    *scale = KXI_SCALE_NULL;
    return s.n ? other_number(scratch, s, v, scale, msg) : KX_OK;
}

kx_status
kxi_cell_date(kxi_arena *scratch, kxi_str s, int32_t *out, enum kxi_msg *msg)
{
    *msg = KXI_MSG_NONE;
    *out = KXI_CELL_NULL;
    if (s.n == 0)
        return KX_OK;
    if (kxi_date_parse(s, out))
        return KX_OK;
    kx_status status = kxi_text_normalise(scratch, s, &s); /* zero-width characters */
    *out = KXI_CELL_NULL;
    if (status == KX_E_NOMEM || (!status && s.n == 0))
        return status;
    if (status || !kxi_date_parse(s, out)) {
        *out = KXI_CELL_NULL;
        *msg = KXI_MSG_CELL_DATE;
    }
    return KX_OK;
}

kx_status
kxi_cell_bool(kxi_arena *scratch, kxi_str s, int32_t *out, enum kxi_msg *msg)
{
    static const char *const words[][2] = { { "0", "1" },    { "否", "是" }, { "无", "有" }, { "false", "true" },
                                            { "no", "yes" }, { "n", "y" },   { "×", "√" },   { "f", "t" } };
    *msg = KXI_MSG_NONE;
    *out = KXI_CELL_NULL;
    if (s.n == 1 && (s.s[0] == '0' || s.s[0] == '1')) {
        *out = s.s[0] - '0';
        return KX_OK;
    }
    kx_status status = s.n ? kxi_text_fold(scratch, s, &s) : KX_OK;
    if (status == KX_E_NOMEM || (!status && s.n == 0))
        return status;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        for (int32_t yes = 0; yes < 2; yes++)
            if (kxi_str_is(s, words[i][yes]))
                *out = yes;
    if (*out == KXI_CELL_NULL)
        *msg = KXI_MSG_CELL_BOOL;
    return KX_OK;
}

kxi_str
kxi_cell_print(char out[32], int64_t v, uint32_t scale)
{
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    size_t at = 32;
    for (uint32_t digit = 0; rest || digit <= scale; digit++) {
        if (digit == scale && scale)
            out[--at] = '.';
        out[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (v < 0)
        out[--at] = '-';
    return (kxi_str){ out + at, 32 - at };
}
