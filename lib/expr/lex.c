/* The lexer. Texts are valid UTF-8 (kxi_parse has checked) and no longer than 32 bits can count. */
#include "expr/syntax.h"

static const struct symbol {
    const char *text;
    enum kxi_token_kind kind;
    enum kxi_operator op;
} symbols[] = {
#define X(name, text, power) { text, KXI_TOKEN_OPERATOR, KXI_OPERATOR_##name },
    KXI_BINARY_OPERATORS(X)
#undef X
#define X(name, text) { text, KXI_TOKEN_##name, KXI_OPERATOR_NOT },
        KXI_PUNCTUATION(X)
#undef X
};

const char *
kxi_operator_text(enum kxi_operator op)
{
    static const char *const texts[KXI_OPERATOR_COUNT] = {
#define X(name, text, power) [KXI_OPERATOR_##name] = text,
        KXI_BINARY_OPERATORS(X)
#undef X
#define X(name, text) [KXI_OPERATOR_##name] = text,
            KXI_UNARY_OPERATORS(X)
#undef X
    };
    return texts[op];
}

static kxi_place
place_of(kxi_lexer *l, size_t at)
{
    return kxi_written_place(l->num.arena, l->source, at);
}

static kxi_str
rest(const kxi_lexer *l, size_t at)
{
    return (kxi_str){ l->source->text.s + at, l->source->text.n - at };
}

/* The end of the run of name characters that begins at `at`. */
static size_t
name_end(const kxi_lexer *l, size_t at)
{
    size_t bytes;
    while (at < l->source->text.n && kxi_char_is_name(kxi_char_at(rest(l, at), &bytes)))
        at += bytes;
    return at;
}

static size_t
digits_end(const kxi_lexer *l, size_t at)
{
    kxi_str s = l->source->text;
    while (at < s.n && s.s[at] >= '0' && s.s[at] <= '9')
        at++;
    return at;
}

/* digits [ "." digits ] [ ("e" | "E") [ "+" | "-" ] digits ], and no letter right after it. */
static kx_status
read_number(kxi_lexer *l)
{
    kxi_str s = l->source->text;
    size_t start = l->at, at = digits_end(l, start);
    bool good = true;
    if (at < s.n && s.s[at] == '.') {
        size_t end = digits_end(l, at + 1);
        good = end > at + 1;
        at = end;
    }
    if (at < s.n && (s.s[at] == 'e' || s.s[at] == 'E')) {
        size_t digits = at + 1 + (at + 1 < s.n && (s.s[at + 1] == '+' || s.s[at + 1] == '-'));
        size_t end = digits_end(l, digits);
        good = good && end > digits;
        at = end;
    }
    size_t end = name_end(l, at);
    bool point = at < s.n && s.s[at] == '.';
    kxi_str text = { s.s + start, end - start + point };
    if (!good || end > at || point)
        return KXI_FAIL(l->diag, EXPR_NUMBER, place_of(l, start), KXI_A_STR(text));
    kx_status st = kxi_num_parse(&l->num, text, &l->token.number);
    if (st == KX_E_LIMIT)
        return KXI_FAIL(l->diag, EXPR_DIGITS, place_of(l, start), KXI_A_INT(l->num.max_digits));
    if (st == KX_E_NOMEM)
        return kxi_nomem(l->diag);
    if (st != KX_OK)
        return KXI_FAIL(l->diag, EXPR_NUMBER, place_of(l, start), KXI_A_STR(text));
    l->token.kind = KXI_TOKEN_NUMBER;
    l->at = end;
    return KX_OK;
}

/* Four hexadecimal digits of a character that may stand in a text; 0 when they are not. */
static uint32_t
read_hex(kxi_str s)
{
    uint32_t c = 0;
    if (s.n < 4)
        return 0;
    for (size_t i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF", *d = s.s[i] ? strchr(digits, s.s[i]) : NULL;
        if (!d)
            return 0;
        c = c << 4 | (uint32_t)((d - digits) & 15);
    }
    return c >= 0xd800 && c <= 0xdfff ? 0 : c;
}

static size_t
put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : 3;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)((n == 2 ? 0xc0 : 0xe0) | c);
    return n;
}

/* One escape at s (which begins with a backslash) into out; how many bytes it took, 0 when it is none. */
static size_t
read_escape(kxi_str s, char *out, size_t *n)
{
    static const char letters[] = "\\'\"nt", means[] = "\\'\"\n\t";
    const char *letter = s.n > 1 && s.s[1] ? strchr(letters, s.s[1]) : NULL;
    if (letter) {
        out[(*n)++] = means[letter - letters];
        return 2;
    }
    uint32_t c = s.n > 1 && s.s[1] == 'u' ? read_hex((kxi_str){ s.s + 2, s.n - 2 }) : 0;
    if (c)
        *n += put_utf8(out + *n, c);
    return c ? 6 : 0;
}

/* An escaped text: what stands between the quotes, shorter than it is written. */
static kx_status
unescape(kxi_lexer *l, size_t start, size_t end)
{
    char *out = kxi_arena_alloc(l->num.arena, end - start + 1);
    if (!out)
        return kxi_nomem(l->diag);
    size_t n = 0;
    for (size_t at = start; at < end;) {
        const char *s = l->source->text.s + at;
        if (*s != '\\') {
            out[n++] = *s;
            at++;
            continue;
        }
        size_t taken = read_escape((kxi_str){ s, end - at }, out, &n);
        if (!taken) {
            size_t bytes;
            kxi_char_at(rest(l, at + 1), &bytes);
            return KXI_FAIL(l->diag, EXPR_ESCAPE, place_of(l, at), KXI_A_STR(((kxi_str){ s, 1 + bytes })));
        }
        at += taken;
    }
    out[n] = '\0';
    l->token.text = (kxi_str){ out, n };
    return KX_OK;
}

static kx_status
read_text(kxi_lexer *l)
{
    kxi_str s = l->source->text;
    char quote = s.s[l->at];
    size_t start = l->at + 1, at = start;
    bool escaped = false;
    for (; at < s.n && s.s[at] != quote; at++)
        if (s.s[at] == '\\') {
            escaped = true;
            at++;
        }
    if (at >= s.n)
        return KXI_FAIL(l->diag, EXPR_OPEN_TEXT, place_of(l, l->at), KXI_A_STR(((kxi_str){ s.s + l->at, 1 })));
    l->token.kind = KXI_TOKEN_TEXT;
    l->token.text = (kxi_str){ s.s + start, at - start };
    l->at = at + 1;
    return escaped ? unescape(l, start, at) : KX_OK;
}

static kx_status
fail_instead(kxi_lexer *l, const char *write, size_t bytes)
{
    kxi_str found = { l->source->text.s + l->at, bytes };
    return KXI_FAIL(l->diag, EXPR_INSTEAD, place_of(l, l->at), KXI_A_STR(found), KXI_A_CSTR(write));
}

static kx_status
read_symbol(kxi_lexer *l)
{
    kxi_str s = rest(l, l->at);
    const struct symbol *best = NULL;
    size_t length = 0, bytes;
    for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
        size_t n = strlen(symbols[i].text);
        if (n > length && n <= s.n && memcmp(symbols[i].text, s.s, n) == 0) {
            best = &symbols[i];
            length = n;
        }
    }
    const char *write = kxi_char_instead(s, &bytes);
    if (write && (!best || bytes > length)) /* longer: `<>` is not `<` */
        return fail_instead(l, write, bytes);
    if (!best) {
        kxi_char_at(s, &bytes);
        return KXI_FAIL(l->diag, EXPR_CHARACTER, place_of(l, l->at), KXI_A_STR(((kxi_str){ s.s, bytes })));
    }
    l->token.kind = best->kind;
    l->token.op = best->op;
    l->at += length;
    return KX_OK;
}

static kx_status
read_name(kxi_lexer *l)
{
    size_t end = name_end(l, l->at);
    l->token.kind = KXI_TOKEN_NAME;
    l->token.text = (kxi_str){ l->source->text.s + l->at, end - l->at };
    l->at = end;
    if (kxi_str_is(l->token.text, "in")) {
        l->token.kind = KXI_TOKEN_OPERATOR;
        l->token.op = KXI_OPERATOR_IN;
    }
    return KX_OK;
}

kx_status
kxi_lexer_next(kxi_lexer *l)
{
    kxi_str s = l->source->text;
    size_t bytes;
    while (l->at < s.n && kxi_char_is_space(kxi_char_at(rest(l, l->at), &bytes)))
        l->at += bytes;
    l->token = (kxi_token){ .kind = KXI_TOKEN_END, .start = (uint32_t)l->at };
    kx_status st = KX_OK;
    if (l->at < s.n) {
        uint32_t c = kxi_char_at(rest(l, l->at), &bytes);
        if (c >= '0' && c <= '9')
            st = read_number(l);
        else if (c == '\'' || c == '"')
            st = read_text(l);
        else if (kxi_char_is_name(c))
            st = read_name(l);
        else
            st = read_symbol(l);
    }
    l->token.end = (uint32_t)l->at;
    return st;
}
