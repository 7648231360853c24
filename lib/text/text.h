/* text/text.h: Unicode text as tables and schemes have it. The only layer that sees utf8proc.
 *
 *   normalise  what enters: valid UTF-8, NFC, trimmed (all kinds of spaces), zero-width characters and BOM removed
 *   fold       what keys, headers and titles match on: normalised, full width to half (NFKC), lower case, no spaces inside
 *   width      columns on a terminal: Chinese takes two
 *   decode     GB18030 to UTF-8 with a table of our own (iconv reads the environment and may lack the module)
 *
 * Layer: text. May include: base.
 */
#ifndef KXI_TEXT_TEXT_H
#define KXI_TEXT_TEXT_H

#include "base/diag.h"

/* The byte offset of the first byte that is not valid UTF-8 (no surrogates, nothing over U+10FFFF, no overlong form), or
 * s.n. In a broken sequence that is its first byte, as it is for one cut off at the end. Pure ASCII runs at memory speed. */
size_t kxi_utf8_check(kxi_str s);
/* Characters (code points) in valid UTF-8. */
size_t kxi_utf8_count(kxi_str s);
/* The code point at byte `at` < s.n and its length in bytes; -1 and 1 when there is none. */
int32_t kxi_utf8_at(kxi_str s, size_t at, size_t *length);
/* The bytes of a code point (no surrogate, at most U+10FFFF); how many there are. */
size_t kxi_utf8_put(char out[4], int32_t cp);
/* Unicode White_Space, the ideographic space U+3000 included. */
bool kxi_text_is_space(int32_t cp);

/* The result is s, a part of s when only the ends had to go, or else lives in the arena. KX_E_SYNTAX: invalid UTF-8 (no
 * message; kxi_utf8_check knows where). KX_E_NOMEM. Zero-width are U+200B..200D, U+2060, U+FEFF and the soft hyphen. Doing it
 * twice changes nothing. */
kx_status kxi_text_normalise(kxi_arena *a, kxi_str s, kxi_str *out);
/* As Unicode's NFKC_Casefold (which drops all that is invisible by default, variation selectors too), without spaces. */
kx_status kxi_text_fold(kxi_arena *a, kxi_str s, kxi_str *out);
/* Columns on a terminal, for valid UTF-8. Characters of ambiguous width (East Asian Width A: quotation marks, "…", box
 * drawing) count one, combining and control characters none. */
size_t kxi_text_width(kxi_str s);

/* GB18030 to UTF-8, appended to out. *bad is the offset of the first byte that is not GB18030 when KX_E_SYNTAX is returned:
 * the first of its sequence. What came before it is then in out, so that line and column can be told. */
kx_status kxi_gb18030_decode(kxi_str in, kxi_buf *out, size_t *bad);
/* The same, a piece at a time: stops before a character cut off at the end; *used says how much was taken. */
kx_status kxi_gb18030_decode_part(kxi_str in, kxi_buf *out, size_t *used, size_t *bad);

/* Line and column (1-based, column in characters) of a byte offset; counts \n, and \r\n as one. Offsets past the end are
 * the end. Invalid bytes count as one character each. A byte order mark at the start takes no column. */
void kxi_text_position(kxi_str text, size_t offset, uint32_t *line, uint32_t *column);

/* Append s to b with control characters and invalid bytes made visible as \xNN, and what is invisible (zero-width, direction
 * marks, line separators) as \u{NNNN}; cut to at most max characters of s with "…": for showing what the user wrote inside
 * a message. */
void kxi_text_quote(kxi_buf *b, kxi_str s, size_t max);

#endif
