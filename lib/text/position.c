#include "text/text.h"

static size_t
skip_bom(kxi_str text)
{
    return text.n >= 3 && memcmp(text.s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

void
kxi_text_position(kxi_str text, size_t offset, uint32_t *line, uint32_t *column)
{
    size_t start = skip_bom(text), end = offset < text.n ? offset : text.n;
    uint64_t lines = 1, columns = 1;
    while (start < end) {
        const char *newline = memchr(text.s + start, '\n', end - start);
        if (!newline)
            break;
        start = (size_t)(newline - text.s) + 1;
        lines++;
    }
    /* Of a character, or \r\n, that the offset lies within, the column is its own. */
    while (start < end) {
        size_t length;
        kxi_utf8_at(text, start, &length);
        if (text.s[start] == '\r' && start + 1 < text.n && text.s[start + 1] == '\n')
            length = 2;
        if (start + length > end)
            break;
        start += length;
        columns++;
    }
    *line = lines < UINT32_MAX ? (uint32_t)lines : UINT32_MAX;
    *column = columns < UINT32_MAX ? (uint32_t)columns : UINT32_MAX;
}
