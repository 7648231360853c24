#include "text/text.h"

#include <utf8proc.h>

/* Most text is plain: every character stays what it is and where it is, so that nothing is copied. What is not goes through
 * code points: decompose without what is dropped, trim, put marks into canonical order, compose, and back to UTF-8. */

enum { SMALL = 256 }; /* code points that need no memory */

/* How a form differs; both are steps of the same walk. */
typedef struct form {
    utf8proc_option_t options;
    bool (*is_plain)(int32_t cp);
    bool keeps_ascii, drops_spaces;
} form;

typedef struct range {
    int32_t first, last;
} range;

/* Code points being worked on. */
typedef struct points {
    int32_t small[SMALL];
    int32_t *at;
    size_t n, capacity;
} points;

static bool
in_ranges(int32_t cp, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cp <= ranges[i].last)
            return cp >= ranges[i].first;
    return false;
}

static bool
is_zero_width(int32_t cp)
{
    return cp == 0x00AD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF;
}

/* Characters, by far not all, that NFC leaves alone whatever stands before them, and that are kept. A test holds this table
 * against utf8proc. Without: the soft hyphen, combining marks, U+2000..200D, and what has a canonical decomposition. */
static bool
is_plain_nfc(int32_t cp)
{
    static const range plain[] = {
        { 0x0000, 0x00AC },   { 0x00AE, 0x02FF },   { 0x2010, 0x2027 }, { 0x2030, 0x205E }, { 0x2190, 0x2199 },
        { 0x2460, 0x26FF },   { 0x2E80, 0x2FD5 },   { 0x2FF0, 0x3029 }, { 0x3030, 0x304B }, { 0x309B, 0x309D },
        { 0x309F, 0x30AB },   { 0x30FF, 0x9FFF },   { 0xE000, 0xF8FF }, { 0xFF01, 0xFFEE }, { 0x1F300, 0x1FAFF },
        { 0x20000, 0x2EBE0 }, { 0x30000, 0x3134A },
    };
    return (cp >= 0x4E00 && cp <= 0x9FFF) || in_ranges(cp, plain, sizeof(plain) / sizeof(plain[0]));
}

/* The same for the folded form: no capitals, no spaces, nothing of full width. */
static bool
is_plain_folded(int32_t cp)
{
    static const range plain[] = {
        { 0x0021, 0x0040 }, { 0x005B, 0x007E },   { 0x3001, 0x3003 },   { 0x3007, 0x3011 },
        { 0x3400, 0x9FFF }, { 0x20000, 0x2EBE0 }, { 0x30000, 0x3134A },
    };
    return in_ranges(cp, plain, sizeof(plain) / sizeof(plain[0]));
}

static const form nfc = { UTF8PROC_STABLE | UTF8PROC_COMPOSE, is_plain_nfc, true, false };
static const form folded = {
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
    is_plain_folded,
    false,
    true,
};

/* Whether s is all plain; false with *bad when it is not even UTF-8. */
static bool
all_plain(const form *f, kxi_str s, bool *bad)
{
    bool plain = true;
    *bad = false;
    size_t at = 0, length;
    while (at < s.n) {
        if (f->keeps_ascii && (unsigned char)s.s[at] < 0x80) {
            at++;
            continue;
        }
        int32_t cp = kxi_utf8_at(s, at, &length);
        *bad = cp < 0;
        if (*bad)
            return false;
        plain = plain && f->is_plain(cp);
        at += length;
    }
    return plain;
}

/* Without the spaces at both ends, for valid UTF-8. */
static kxi_str
trim(kxi_str s)
{
    size_t start = 0, length;
    while (start < s.n && kxi_text_is_space(kxi_utf8_at(s, start, &length)))
        start += length;
    size_t end = s.n;
    while (end > start) {
        size_t last = end - 1;
        while ((s.s[last] & 0xC0) == 0x80)
            last--;
        if (!kxi_text_is_space(kxi_utf8_at(s, last, &length)))
            break;
        end = last;
    }
    return s.n ? (kxi_str){ s.s + start, end - start } : s;
}

/* Write the decomposition of cp at out, of which `left` are free; how many it takes even when they do not fit. */
static size_t
decompose_one(const form *f, int32_t cp, int32_t *out, size_t left)
{
    int boundclass = UTF8PROC_BOUNDCLASS_START;
    if (is_zero_width(cp))
        return 0;
    utf8proc_ssize_t need = utf8proc_decompose_char(cp, out, (utf8proc_ssize_t)left, f->options, &boundclass);
    if (need < 0 || !f->drops_spaces || (size_t)need > left)
        return need < 0 ? 0 : (size_t)need;
    size_t kept = 0;
    for (size_t i = 0; i < (size_t)need; i++)
        if (!kxi_text_is_space(out[i]))
            out[kept++] = out[i];
    return kept;
}

/* Decompose valid s into p; how many code points that takes, which may be more than p has room for. */
static size_t
decompose(const form *f, kxi_str s, points *p)
{
    size_t need = 0;
    for (size_t at = 0, length; at < s.n; at += length) {
        int32_t cp = kxi_utf8_at(s, at, &length);
        size_t written = need < p->capacity ? need : p->capacity;
        need += decompose_one(f, cp, p->at + written, p->capacity - written);
    }
    p->n = need < p->capacity ? need : p->capacity;
    return need;
}

static kx_status
points_read(kxi_arena *a, const form *f, kxi_str s, points *p)
{
    p->at = p->small;
    p->capacity = SMALL;
    size_t need = decompose(f, s, p);
    if (need <= SMALL)
        return KX_OK;
    p->at = kxi_arena_array(a, need, sizeof(*p->at));
    if (!p->at)
        return KX_E_NOMEM;
    p->capacity = need;
    decompose(f, s, p);
    return KX_OK;
}

static unsigned
mark_class(int32_t cp)
{
    return cp < 0x300 ? 0 : utf8proc_get_property(cp)->combining_class;
}

/* Sort a run of marks by class, equal ones as they stand. */
static void
sort_short(int32_t *marks, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int32_t mark = marks[i];
        size_t j = i;
        for (; j > 0 && mark_class(marks[j - 1]) > mark_class(mark); j--)
            marks[j] = marks[j - 1];
        marks[j] = mark;
    }
}

/* The same by counting, so that a text of nothing but marks takes no longer than another. */
static kx_status
sort_long(kxi_arena *a, int32_t *marks, size_t n)
{
    size_t starts[256] = { 0 }, next = 0;
    int32_t *sorted = kxi_arena_array(a, n, sizeof(*sorted));
    if (!sorted)
        return KX_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        starts[mark_class(marks[i]) & 255]++;
    for (size_t i = 0; i < 256; i++) {
        size_t count = starts[i];
        starts[i] = next;
        next += count;
    }
    for (size_t i = 0; i < n; i++)
        sorted[starts[mark_class(marks[i]) & 255]++] = marks[i];
    memcpy(marks, sorted, n * sizeof(*marks));
    return KX_OK;
}

/* Canonical order: between characters of class 0, marks stand by class. */
static kx_status
points_order(kxi_arena *a, points *p)
{
    kx_status status = KX_OK;
    for (size_t i = 0; i < p->n && !status; i++) {
        size_t first = i;
        while (i < p->n && mark_class(p->at[i]))
            i++;
        if (i - first > 32)
            status = sort_long(a, p->at + first, i - first);
        else
            sort_short(p->at + first, i - first);
    }
    return status;
}

static void
points_trim(points *p)
{
    while (p->n && kxi_text_is_space(p->at[0])) {
        p->at++;
        p->n--;
    }
    while (p->n && kxi_text_is_space(p->at[p->n - 1]))
        p->n--;
}

/* Compose and write UTF-8 over the code points themselves, which is never longer. */
static kxi_str
points_write(const form *f, points *p)
{
    char *out = (char *)p->at;
    size_t bytes = 0;
    utf8proc_ssize_t n = utf8proc_normalize_utf32(p->at, (utf8proc_ssize_t)p->n, f->options);
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        char one[4];
        size_t length = kxi_utf8_put(one, p->at[i]);
        memcpy(out + bytes, one, length);
        bytes += length;
    }
    return (kxi_str){ out, bytes };
}

static kx_status
transform(kxi_arena *a, const form *f, kxi_str s, kxi_str *out)
{
    points p;
    kx_status status = points_read(a, f, s, &p);
    if (status)
        return status;
    points_trim(&p);
    status = points_order(a, &p);
    if (status)
        return status;
    kxi_str text = points_write(f, &p);
    if (kxi_str_eq(text, s))
        text = s;
    else if (p.capacity == SMALL)
        text = kxi_str_copy(a, text);
    if (!text.s)
        return KX_E_NOMEM;
    *out = text;
    return KX_OK;
}

static kx_status
apply(kxi_arena *a, const form *f, kxi_str s, kxi_str *out)
{
    bool bad;
    *out = (kxi_str){ NULL, 0 };
    if (all_plain(f, s, &bad)) {
        *out = f->drops_spaces ? s : trim(s);
        return KX_OK;
    }
    return bad ? KX_E_SYNTAX : transform(a, f, s, out);
}

kx_status
kxi_text_normalise(kxi_arena *a, kxi_str s, kxi_str *out)
{
    return apply(a, &nfc, s, out);
}

kx_status
kxi_text_fold(kxi_arena *a, kxi_str s, kxi_str *out)
{
    return apply(a, &folded, s, out);
}
