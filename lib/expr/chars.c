/* Characters: which of them names are made of, and which ones people type where the language wants another. */
#include "expr/syntax.h"

uint32_t
kxi_char_at(kxi_str s, size_t *bytes)
{
    const unsigned char *p = (const unsigned char *)s.s;
    if (p[0] < 0x80) {
        *bytes = 1;
        return p[0];
    }
    *bytes = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    uint32_t c = p[0] & (0xffu >> (*bytes + 1));
    for (size_t i = 1; i < *bytes; i++)
        c = c << 6 | (p[i] & 0x3f);
    return c;
}

bool
kxi_char_is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x3000;
}

/* Blocks beyond ASCII that hold punctuation, symbols, controls or nothing: no part of a name. Ascending. The rest is
 * letters, marks and digits of some script; what is rare among it does no harm in a name, which must be known anyway. */
static const struct range {
    uint32_t first, last;
} no_name[] = { { 0x0080, 0x00a9 },   { 0x00ab, 0x00b4 },   { 0x00b6, 0x00b9 },   { 0x00bb, 0x00bf },
                { 0x00d7, 0x00d7 },   { 0x00f7, 0x00f7 },   { 0x02c2, 0x02c5 },   { 0x02d2, 0x02df },
                { 0x037e, 0x037e },   { 0x0387, 0x0387 },   { 0x055a, 0x055f },   { 0x0589, 0x058f },
                { 0x060c, 0x060f },   { 0x061b, 0x061f },   { 0x066a, 0x066d },   { 0x1680, 0x1680 },
                { 0x180b, 0x180e },   { 0x2000, 0x203e },   { 0x2041, 0x2053 },   { 0x2055, 0x206f },
                { 0x207a, 0x207e },   { 0x208a, 0x208e },   { 0x20a0, 0x20cf },   { 0x2190, 0x245f },
                { 0x249c, 0x24e9 },   { 0x2500, 0x2bff },   { 0x2e00, 0x2e7f },   { 0x2ff0, 0x3004 },
                { 0x3008, 0x3020 },   { 0x3030, 0x3030 },   { 0x3036, 0x3037 },   { 0x303d, 0x3040 },
                { 0x30a0, 0x30a0 },   { 0x30fb, 0x30fb },   { 0x3200, 0x321f },   { 0x322a, 0x3247 },
                { 0x3260, 0x327f },   { 0x328a, 0x32b0 },   { 0x32c0, 0x33ff },   { 0x4dc0, 0x4dff },
                { 0xd800, 0xf8ff },   { 0xfd3e, 0xfd3f },   { 0xfe00, 0xfe6f },   { 0xfeff, 0xff0f },
                { 0xff1a, 0xff20 },   { 0xff3b, 0xff40 },   { 0xff5b, 0xff65 },   { 0xffe0, 0xffff },
                { 0x1d000, 0x1d2ff }, { 0x1f000, 0x1faff }, { 0xe0000, 0x10ffff } };

bool
kxi_char_is_name(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    size_t low = 0, high = sizeof(no_name) / sizeof(no_name[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > no_name[middle].last)
            low = middle + 1;
        else if (c < no_name[middle].first)
            high = middle;
        else
            return false;
    }
    return true;
}

static const struct instead {
    const char *found, *write;
    bool word;
} insteads[] = {
    { "（", "(", false },   { "）", ")", false },   { "［", "[", false }, { "］", "]", false },   { "【", "[", false },
    { "】", "]", false },   { "，", ",", false },   { "、", ",", false }, { "。", ".", false },   { "．", ".", false },
    { "：", ":", false },   { "？", "?", false },   { "！", "!", false }, { "＋", "+", false },   { "－", "-", false },
    { "—", "-", false },    { "–", "-", false },    { "−", "-", false },  { "＊", "*", false },   { "×", "*", false },
    { "／", "/", false },   { "÷", "/", false },    { "％", "%", false }, { "＝", "==", false },  { "＜", "<", false },
    { "＞", ">", false },   { "≤", "<=", false },   { "≥", ">=", false }, { "≦", "<=", false },   { "≧", ">=", false },
    { "≠", "!=", false },   { "‘", "'", false },    { "’", "'", false },  { "“", "\"", false },   { "”", "\"", false },
    { "＂", "\"", false },  { "＇", "'", false },   { "∈", "in", false }, { "＆", "&&", false },  { "｜", "||", false },
    { "<>", "!=", false },  { "===", "==", false }, { "=", "==", false }, { "&", "&&", false },   { "|", "||", false },
    { "and", "&&", true },  { "AND", "&&", true },  { "or", "||", true }, { "OR", "||", true },   { "not", "!", true },
    { "NOT", "!", true },   { "IN", "in", true },   { "且", "&&", true }, { "并且", "&&", true }, { "或", "||", true },
    { "或者", "||", true }, { "非", "!", true }
};

const char *
kxi_char_instead(kxi_str s, size_t *bytes)
{
    for (size_t i = 0; i < sizeof(insteads) / sizeof(insteads[0]); i++) {
        size_t n = strlen(insteads[i].found);
        if (n > s.n || memcmp(insteads[i].found, s.s, n) != 0 || (insteads[i].word && n != s.n))
            continue;
        *bytes = n;
        return insteads[i].write;
    }
    return NULL;
}
