#include "text/text.h"

/* The top bit of eight bytes at once, and the lowest. */
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x0101010101010101)

static inline uint64_t
load8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof(word));
    return word;
}

static inline bool
is_trail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Where the run of ASCII that starts at `at` ends. */
static size_t
skip_ascii(kxi_str s, size_t at)
{
    while (s.n - at >= 8 && !(load8(s.s + at) & HIGH_BITS))
        at += 8;
    while (at < s.n && (unsigned char)s.s[at] < 0x80)
        at++;
    return at;
}

/* The length of the well-formed sequence at p with `left` bytes to go, or 0: table 3-7 of the Unicode standard. Only the
 * second byte has a range of its own, which keeps out overlong forms (E0, F0), surrogates (ED) and what is too large (F4). */
static inline size_t
well_formed(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    if (c < 0x80)
        return 1;
    if (c < 0xC2 || c > 0xF4 || left < 2)
        return 0;
    if (c < 0xE0)
        return is_trail(p[1]) ? 2 : 0;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high || left < 3 || !is_trail(p[2]))
        return 0;
    if (c < 0xF0)
        return 3;
    return left >= 4 && is_trail(p[3]) ? 4 : 0;
}

/* Most of what is Chinese: three bytes whose first leaves the second its whole range. */
static inline bool
is_common_three(const unsigned char *p, size_t left)
{
    return left >= 3 && (p[0] & 0xF0) == 0xE0 && p[0] != 0xE0 && p[0] != 0xED && is_trail(p[1]) && is_trail(p[2]);
}

size_t
kxi_utf8_check(kxi_str s)
{
    const unsigned char *p = (const unsigned char *)s.s;
    size_t at = 0;
    while (at < s.n) {
        if (p[at] < 0x80) {
            at = skip_ascii(s, at);
            continue;
        }
        if (is_common_three(p + at, s.n - at)) {
            at += 3;
            continue;
        }
        size_t length = well_formed(p + at, s.n - at);
        if (!length)
            return at;
        at += length;
    }
    return at;
}

/* Every byte but the trailing ones (10xxxxxx) begins a character; eight at a time, trailing bytes are counted. */
size_t
kxi_utf8_count(kxi_str s)
{
    size_t at = 0, trailing = 0;
    for (; s.n - at >= 8; at += 8) {
        uint64_t word = load8(s.s + at);
        trailing += (size_t)__builtin_popcountll((word >> 7) & ~(word >> 6) & LOW_BITS);
    }
    for (; at < s.n; at++)
        trailing += is_trail((unsigned char)s.s[at]);
    return s.n - trailing;
}

int32_t
kxi_utf8_at(kxi_str s, size_t at, size_t *length)
{
    const unsigned char *p = (const unsigned char *)s.s + at;
    size_t n = well_formed(p, s.n - at);
    *length = n ? n : 1;
    switch (n) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (p[0] & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    default:
        return -1;
    }
}

size_t
kxi_utf8_put(char out[4], int32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

bool
kxi_text_is_space(int32_t cp)
{
    if (cp <= 0x20)
        return cp == 0x20 || (cp >= 0x09 && cp <= 0x0D);
    switch (cp) {
    case 0x0085:
    case 0x00A0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
        return true;
    default:
        return cp >= 0x2000 && cp <= 0x200A;
    }
}
