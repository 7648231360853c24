#include "io/json_scan.h"

enum { FOUND_MAX = 12, NUMBER_SHOWN = 40 };

struct scanner {
    kx_context *ctx;
    kxi_diag *d;
    kxi_doc *doc;
    const char *s; /* the source; s[n] is 0 */
    size_t n, at;
    uint32_t depth;
};

static kxi_place
place_at(const struct scanner *sc, size_t offset)
{
    kxi_place place = { .input = sc->doc->name, .offset = offset };
    kxi_text_position(sc->doc->source, offset, &place.line, &place.column);
    return place;
}

static bool
is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
           c == '+' || c == '.';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How far the word goes that begins at offset. */
static size_t
word_end(const struct scanner *sc, size_t offset)
{
    while (offset < sc->n && is_word(sc->s[offset]))
        offset++;
    return offset;
}

/* Report msg at offset with a piece of the source quoted as its last argument, after `first` if that is given. */
static kx_status
fail_quoting(struct scanner *sc, enum kxi_msg msg, size_t offset, size_t end, size_t max, const kxi_arg *first)
{
    kxi_buf quoted;
    kxi_arg args[2];
    size_t count = 0;
    kxi_buf_init(&quoted, &sc->ctx->mem);
    kxi_text_quote(&quoted, (kxi_str){ sc->s + offset, end - offset }, max);
    if (first)
        args[count++] = *first;
    args[count++] = KXI_A_STR(kxi_buf_view(&quoted));
    kx_status status = quoted.failed ? kxi_nomem(sc->d) : kxi_diag_add(sc->d, msg, place_at(sc, offset), args, count);
    kxi_buf_free(&quoted);
    return status;
}

/* The text has ended inside of what began at start. */
static kx_status
fail_cut_off(struct scanner *sc, enum kxi_node_type type, size_t start)
{
    kxi_place begin = place_at(sc, start);
    const char *what = kxi_node_type_name(type, sc->d ? sc->d->language : KX_LANG_EN);
    return KXI_FAIL(sc->d, JSON_CUT_OFF, place_at(sc, sc->n), KXI_A_CSTR(what), KXI_A_INT(begin.line),
                    KXI_A_INT(begin.column));
}

/* Something else was expected at the cursor: show the word or the character that is there. */
static kx_status
fail_found(struct scanner *sc, enum kxi_msg msg, const kxi_arg *first)
{
    size_t end = word_end(sc, sc->at);
    if (end > sc->at)
        return fail_quoting(sc, msg, sc->at, end, FOUND_MAX, first);
    return fail_quoting(sc, msg, sc->at, sc->n, 1, first);
}

static void
skip_space(struct scanner *sc)
{
    while (sc->at < sc->n &&
           (sc->s[sc->at] == ' ' || sc->s[sc->at] == '\n' || sc->s[sc->at] == '\r' || sc->s[sc->at] == '\t'))
        sc->at++;
}

static bool
hex4(const char *s, size_t left, uint32_t *out)
{
    *out = 0;
    if (left < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = s[i];
        int digit = is_digit(c)            ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* \uXXXX at the cursor, or the two of a pair. */
static kx_status
scan_unicode(struct scanner *sc)
{
    uint32_t unit, second;
    size_t start = sc->at, left = sc->n - start;
    if (!hex4(sc->s + start + 2, left - 2, &unit))
        return fail_quoting(sc, KXI_MSG_JSON_ESCAPE, start, sc->n, 6, NULL);
    if (unit == 0)
        return KXI_FAIL0(sc->d, JSON_NUL, place_at(sc, start));
    sc->at += 6;
    if (unit < 0xD800 || unit > 0xDFFF)
        return KX_OK;
    bool paired = unit < 0xDC00 && left >= 12 && sc->s[start + 6] == '\\' && sc->s[start + 7] == 'u' &&
                  hex4(sc->s + start + 8, left - 8, &second) && second >= 0xDC00 && second <= 0xDFFF;
    if (!paired)
        return fail_quoting(sc, KXI_MSG_JSON_SURROGATE, start, start + 6, 6, NULL);
    sc->at += 6;
    return KX_OK;
}

static kx_status
scan_escape(struct scanner *sc, size_t string_start)
{
    if (sc->at + 1 >= sc->n)
        return fail_cut_off(sc, KXI_NODE_STRING, string_start);
    char c = sc->s[sc->at + 1];
    if (c == 'u')
        return scan_unicode(sc);
    if (c == '\0' || !strchr("\"\\/bfnrt", c))
        return fail_quoting(sc, KXI_MSG_JSON_ESCAPE, sc->at, sc->n, 2, NULL);
    sc->at += 2;
    return KX_OK;
}

/* From the opening quote at the cursor to behind the closing one. */
static kx_status
scan_string(struct scanner *sc)
{
    size_t start = sc->at++;
    while (sc->at < sc->n) {
        unsigned char c = (unsigned char)sc->s[sc->at];
        kx_status status = KX_OK;
        if (c == '"') {
            sc->at++;
            return KX_OK;
        }
        if (c < 0x20)
            return KXI_FAIL0(sc->d, JSON_CONTROL, place_at(sc, sc->at));
        if (c == '\\')
            status = scan_escape(sc, start);
        else
            sc->at++;
        if (status)
            return status;
    }
    return fail_cut_off(sc, KXI_NODE_STRING, start);
}

static bool
skip_digits(const char **p)
{
    const char *start = *p;
    while (is_digit(**p))
        (*p)++;
    return *p > start;
}

/* The end of the number at s, which some character ends that is part of no number; NULL when it is none. */
static const char *
number_end(const char *s)
{
    s += *s == '-';
    if (*s == '0')
        s++;
    else if (!skip_digits(&s))
        return NULL;
    if (*s == '.') {
        s++;
        if (!skip_digits(&s))
            return NULL;
    }
    if (*s == 'e' || *s == 'E') {
        s++;
        s += *s == '+' || *s == '-';
        if (!skip_digits(&s))
            return NULL;
    }
    return s;
}

static kx_status
scan_number(struct scanner *sc, kxi_node *node)
{
    const char *start = sc->s + sc->at, *end = number_end(start);
    size_t word = word_end(sc, sc->at);
    if (!end || end != sc->s + word)
        return fail_quoting(sc, KXI_MSG_JSON_NUMBER, sc->at, word, NUMBER_SHOWN, NULL);
    if (word - sc->at > KXI_JSON_NUMBER_MAX)
        return KXI_FAIL(sc->d, JSON_NUMBER_LONG, place_at(sc, sc->at), KXI_A_INT(word - sc->at),
                        KXI_A_INT(KXI_JSON_NUMBER_MAX));
    node->type = KXI_NODE_NUMBER;
    node->text = (kxi_str){ start, word - sc->at };
    sc->at = word;
    return KX_OK;
}

static kx_status
scan_word(struct scanner *sc, kxi_node *node)
{
    kxi_str word = { sc->s + sc->at, word_end(sc, sc->at) - sc->at };
    if (kxi_str_is(word, "null"))
        node->type = KXI_NODE_NULL;
    else if (kxi_str_is(word, "true") || kxi_str_is(word, "false"))
        node->type = KXI_NODE_BOOL;
    else
        return fail_found(sc, KXI_MSG_JSON_VALUE, NULL);
    node->yes = word.n == 4 && node->type == KXI_NODE_BOOL;
    sc->at += word.n;
    return KX_OK;
}

static kx_status scan_value(struct scanner *sc, kxi_node *node);

static kx_status
scan_key(struct scanner *sc, kxi_node *item, size_t start)
{
    if (sc->at >= sc->n)
        return fail_cut_off(sc, KXI_NODE_OBJECT, start);
    if (sc->s[sc->at] != '"')
        return fail_found(sc, KXI_MSG_JSON_KEY, NULL);
    item->key_offset = sc->at;
    kx_status status = scan_string(sc);
    if (status)
        return status;
    kxi_arg key = KXI_A_STR(((kxi_str){ sc->s + item->key_offset + 1, sc->at - item->key_offset - 2 }));
    skip_space(sc);
    if (sc->at >= sc->n)
        return fail_cut_off(sc, KXI_NODE_OBJECT, start);
    if (sc->s[sc->at] != ':')
        return fail_found(sc, KXI_MSG_JSON_COLON, &key);
    sc->at++;
    skip_space(sc);
    return KX_OK;
}

/* One item and what follows it; *more says whether there is another one. */
static kx_status
scan_item(struct scanner *sc, kxi_node *parent, kxi_node *item, bool *more)
{
    const char *closer = parent->type == KXI_NODE_OBJECT ? "}" : "]";
    kx_status status = parent->type == KXI_NODE_OBJECT ? scan_key(sc, item, parent->offset) : KX_OK;
    if (!status && sc->at >= sc->n)
        status = fail_cut_off(sc, parent->type, parent->offset);
    if (!status)
        status = scan_value(sc, item);
    if (status)
        return status;
    skip_space(sc);
    if (sc->at >= sc->n)
        return fail_cut_off(sc, parent->type, parent->offset);
    *more = sc->s[sc->at] == ',';
    if (!*more && sc->s[sc->at] != *closer) {
        kxi_arg expected = KXI_A_CSTR(closer);
        return fail_found(sc, KXI_MSG_JSON_COMMA, &expected);
    }
    size_t comma = sc->at++;
    if (*more)
        skip_space(sc);
    if (*more && sc->at < sc->n && sc->s[sc->at] == *closer)
        return KXI_FAIL(sc->d, JSON_EXTRA_COMMA, place_at(sc, comma), KXI_A_CSTR(closer));
    return KX_OK;
}

static kx_status
scan_items(struct scanner *sc, kxi_node *parent)
{
    const kxi_node **link = &parent->child;
    for (bool more = true; more;) {
        kxi_node *item = kxi_arena_new(&sc->doc->arena, kxi_node);
        if (!item)
            return kxi_nomem(sc->d);
        item->doc = sc->doc;
        item->parent = parent;
        item->index = parent->count++;
        *link = item;
        link = &item->next;
        kx_status status = scan_item(sc, parent, item, &more);
        if (status)
            return status;
    }
    return KX_OK;
}

static kx_status
scan_container(struct scanner *sc, kxi_node *node)
{
    char closer = sc->s[sc->at] == '{' ? '}' : ']';
    node->type = closer == '}' ? KXI_NODE_OBJECT : KXI_NODE_ARRAY;
    if (sc->depth >= sc->ctx->max_depth)
        return KXI_FAIL(sc->d, JSON_DEPTH, place_at(sc, sc->at), KXI_A_INT(sc->ctx->max_depth));
    sc->at++;
    skip_space(sc);
    if (sc->at >= sc->n)
        return fail_cut_off(sc, node->type, node->offset);
    if (sc->s[sc->at] == closer) {
        sc->at++;
        return KX_OK;
    }
    sc->depth++;
    kx_status status = scan_items(sc, node);
    sc->depth--;
    return status;
}

/* The value that begins at the cursor, before the end. */
static kx_status
scan_value(struct scanner *sc, kxi_node *node)
{
    kx_status status;
    char c = sc->s[sc->at];
    node->offset = sc->at;
    if (c == '{' || c == '[') {
        status = scan_container(sc, node);
    } else if (c == '"') {
        node->type = KXI_NODE_STRING;
        status = scan_string(sc);
    } else if (is_digit(c) ||
               ((c == '-' || c == '+' || c == '.') && sc->at + 1 < sc->n && is_word(sc->s[sc->at + 1]))) {
        status = scan_number(sc, node);
    } else {
        status = scan_word(sc, node);
    }
    node->end = sc->at;
    return status;
}

kx_status
kxi_json_scan(kx_context *ctx, kxi_doc *doc, kxi_diag *d)
{
    struct scanner sc = { ctx, d, doc, doc->source.s, doc->source.n, kxi_json_start(doc->source), 0 };
    size_t bad = kxi_utf8_check(doc->source);
    if (bad < doc->source.n)
        return fail_quoting(&sc, KXI_MSG_JSON_UTF8, bad, doc->source.n, 1, NULL);
    kxi_node *root = kxi_arena_new(&doc->arena, kxi_node);
    if (!root)
        return kxi_nomem(d);
    root->doc = doc;
    doc->root = root;
    skip_space(&sc);
    if (sc.at >= sc.n)
        return KXI_FAIL0(d, JSON_EMPTY, place_at(&sc, sc.at));
    kx_status status = scan_value(&sc, root);
    if (status)
        return status;
    skip_space(&sc);
    return sc.at < sc.n ? fail_found(&sc, KXI_MSG_JSON_TRAILING, NULL) : KX_OK;
}
