#include "io/split.h"

#if defined(__SSE2__) && !defined(KXI_NO_SIMD)
#include <emmintrin.h>
#endif

/* Commas, line feeds and quotes among the 64 bytes at p, as bits. */
#if defined(__SSE2__) && !defined(KXI_NO_SIMD)
static inline uint64_t
stops_of_chunk(const char *p)
{
    const __m128i comma = _mm_set1_epi8(','), feed = _mm_set1_epi8('\n'), quote = _mm_set1_epi8('"');
    uint64_t bits = 0;
    for (int i = 0; i < 4; i++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
        __m128i equal = _mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, feed));
        equal = _mm_or_si128(equal, _mm_cmpeq_epi8(bytes, quote));
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(equal) << 16 * i;
    }
    return bits;
}
#else
#define ONES UINT64_C(0x0101010101010101)
#define LOW7 UINT64_C(0x7f7f7f7f7f7f7f7f)

/* Of eight bytes. A byte that equals c becomes 0 by xor, and adding 7f leaves the top bit clear only for 0; the product
 * gathers the eight top bits. */
static inline uint64_t
stops_of_word(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    uint64_t low = word & LOW7;
    uint64_t differs = ((low ^ ONES * ',') + LOW7) & ((low ^ ONES * '\n') + LOW7) & ((low ^ ONES * '"') + LOW7);
    uint64_t stops = ~(differs | word) & ~LOW7;
    return (stops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline uint64_t
stops_of_chunk(const char *p)
{
    uint64_t bits = 0;
    for (int i = 0; i < 8; i++)
        bits |= stops_of_word(p + 8 * i) << 8 * i;
    return bits;
}
#endif

/* The stops of the text, found 64 bytes at a time: none of them waits for another. */
struct stops {
    const char *base;
    uint64_t bits; /* of base[0] .. base[63], those not yet taken */
};

/* There is always one more, at the latest behind the text. */
static inline const char *
next_stop(struct stops *s)
{
    while (!s->bits) {
        s->base += 64;
        s->bits = stops_of_chunk(s->base);
    }
    const char *at = s->base + __builtin_ctzll(s->bits);
    s->bits &= s->bits - 1;
    return at;
}

static const char *
find_stop(const char *p)
{
    while (*p != ',' && *p != '\n' && *p != '"')
        p++;
    return p;
}

/* The closing quote of the field that opens at p, or NULL; *doubled: there are quotes inside. */
static const char *
closing_quote(const char *p, const char *end, bool *doubled)
{
    *doubled = false;
    for (p++; (p = memchr(p, '"', (size_t)(end - p))) != NULL; p += 2) {
        if (p + 1 >= end || p[1] != '"')
            return p;
        *doubled = true;
    }
    return NULL;
}

static uint32_t
count_lines(const char *p, const char *end)
{
    uint32_t n = 0;
    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        n++;
        p++;
    }
    return n;
}

/* The text with each pair of quotes as one. */
static bool
undouble(kxi_arena *a, kxi_str *text)
{
    char *copy = kxi_arena_alloc(a, text->n + 1);
    size_t n = 0;
    if (!copy)
        return false;
    for (size_t i = 0; i < text->n; i++) {
        copy[n++] = text->s[i];
        i += text->s[i] == '"';
    }
    *text = (kxi_str){ copy, n };
    return true;
}

static kx_status
fault(kxi_split *s, enum kxi_msg msg, const char *at)
{
    s->msg = msg;
    s->fault_at = at;
    return KX_OK;
}

/* Where the field that begins at p ends, whatever is wrong with it, but not behind end. */
static const char *
skip_field(const char *p, const char *end)
{
    bool doubled;
    if (p < end && *p == '"') {
        const char *close = closing_quote(p, end, &doubled);
        p = close ? close + 1 : end;
    }
    while (p < end && *p != ',' && *p != '\n')
        p++;
    return p;
}

/* A record of too many bytes, or one with a field of too many. */
static kx_status
check_length(kxi_split *s, const char *record, const char *end)
{
    const char *limit = (uint64_t)(end - record) > s->max_record ? record + s->max_record : end;
    for (const char *p = record; p <= limit; p++) {
        const char *start = p;
        p = skip_field(p, limit);
        if ((uint64_t)(p - start) > s->max_field)
            return fault(s, KXI_MSG_CSV_FIELD_LONG, start);
    }
    return limit < end ? fault(s, KXI_MSG_CSV_RECORD_LONG, record) : KX_OK;
}

/* The text ends within a record; open is where a quote was opened and not closed, or NULL. */
static kx_status
fault_cut(kxi_split *s, const char *record, const char *open)
{
    if (s->cut == KXI_CUT_ENCODING)
        return fault(s, KXI_MSG_CSV_ENCODING, s->end);
    check_length(s, record, s->end);
    if (s->msg)
        return KX_OK;
    if (s->cut == KXI_CUT_LONG) /* decoding has made it shorter */
        return fault(s, KXI_MSG_CSV_RECORD_LONG, record);
    return open ? fault(s, KXI_MSG_CSV_OPEN_QUOTE, open) : KX_OK;
}

/* The field that begins with the quote at p; *stop is what ended it, NULL after a fault. */
static kx_status
quoted_field(kxi_split *s, const char *record, const char *p, kxi_str *field, const char **stop)
{
    bool doubled;
    const char *close = closing_quote(p, s->end, &doubled);
    *stop = NULL;
    if (!close)
        return fault_cut(s, record, p);
    const char *after = close + 1;
    if (after < s->end && *after == '\r' && after[1] == '\n') /* '\n' also stands behind the end */
        after++;
    if (after < s->end && *after != ',' && *after != '\n')
        return fault(s, KXI_MSG_CSV_AFTER_QUOTE, after);
    *field = (kxi_str){ p + 1, (size_t)(close - p) - 1 };
    s->line += count_lines(p + 1, close);
    *stop = after;
    return doubled && !undouble(s->copies, field) ? KX_E_NOMEM : KX_OK;
}

static kx_status
plain_field(kxi_split *s, const char *p, kxi_str *field, const char **stop)
{
    const char *at = find_stop(p);
    *field = (kxi_str){ p, (size_t)(at - p) };
    if (*at == '"') {
        *stop = NULL;
        return fault(s, KXI_MSG_CSV_STRAY_QUOTE, at);
    }
    if (*at == '\n' && at > p && at[-1] == '\r')
        field->n--;
    *stop = at;
    return KX_OK;
}

/* A field at p and what comes after it. *next is NULL when the record is over or broken. */
static kx_status
take_field(kxi_split *s, const char *record, const char *p, kxi_str *field, const char **next)
{
    const char *stop;
    kx_status status =
        *p == '"' && p < s->end ? quoted_field(s, record, p, field, &stop) : plain_field(s, p, field, &stop);
    *next = NULL;
    if (status || !stop)
        return status;
    if (stop >= s->end) {
        s->p = s->end;
        return s->cut ? fault_cut(s, record, NULL) : KX_OK;
    }
    s->p = stop + 1;
    if (*stop == ',')
        *next = stop + 1;
    return KX_OK;
}

static bool
skip_blank_lines(kxi_split *s)
{
    while (s->p < s->end && (*s->p == '\n' || (*s->p == '\r' && s->p[1] == '\n'))) {
        s->p += *s->p == '\r' ? 2 : 1;
        s->line++;
    }
    if (s->p > s->end)
        s->p = s->end;
    return s->p < s->end;
}

/* A limit that was passed before the fault comes first: whether the text goes on behind it must not matter. */
static void
begin_fault(kxi_split *s, const char *record, uint32_t line)
{
    if ((uint64_t)(s->fault_at - record) > s->max_field && s->msg != KXI_MSG_CSV_FIELDS)
        check_length(s, record, s->fault_at);
    s->fault_start = record;
    s->fault_line = line;
    if (s->msg != KXI_MSG_CSV_FIELDS)
        s->p = s->end;
}

/* A record as nearly all are: no quotes, as many fields as the header, whole, not too long, not blank. False when it
 * is not: it is then looked at with more care. */
static inline bool
plain_record(kxi_split *s, struct stops *stops)
{
    const char *record = s->p, *p = record, *stop = p;
    size_t n = s->n, fields = s->fields;
    for (size_t f = 0; f < fields; f++, p = stop + 1) {
        stop = next_stop(stops);
        s->slots[f][n] = (kxi_str){ p, (size_t)(stop - p) };
        if (*stop != ',' && (*stop != '\n' || f + 1 < fields))
            return false;
    }
    if (*stop != '\n' || stop >= s->end || (uint64_t)(stop - record) > s->max_field)
        return false;
    kxi_str *last = &s->slots[fields - 1][n];
    if (last->n && stop[-1] == '\r')
        last->n--;
    if (fields == 1 && last->n == 0)
        return false;
    s->start[n] = record;
    s->lines[n] = s->line++;
    s->n = n + 1;
    s->p = stop + 1;
    return true;
}

/* One record into row n of the batch. */
static kx_status
split_record(kxi_split *s)
{
    const char *record = s->p, *next = record, *extra = NULL;
    uint32_t line = s->line;
    size_t count = 0;
    kx_status status = KX_OK;
    kxi_str surplus;
    while (next && !status) {
        const char *at = next;
        if (count == s->fields)
            extra = at;
        status = take_field(s, record, at, count < s->fields ? &s->slots[count][s->n] : &surplus, &next);
        count++;
    }
    if (status)
        return status;
    s->line++;
    if (!s->msg && (uint64_t)(s->p - record) > s->max_field)
        check_length(s, record, s->p[-1] == '\n' ? s->p - 1 : s->p);
    if (!s->msg && count != s->fields) {
        fault(s, KXI_MSG_CSV_FIELDS, extra ? extra : s->p - (s->p > record && s->p[-1] == '\n'));
        s->fault_fields = count;
    }
    if (s->msg) {
        begin_fault(s, record, line);
        return KX_OK;
    }
    s->start[s->n] = record;
    s->lines[s->n] = line;
    s->n++;
    return KX_OK;
}

/* The text ends before a byte that does not decode, and no record has met that end. */
static void
check_end(kxi_split *s)
{
    if (s->msg || s->p < s->end || s->cut != KXI_CUT_ENCODING)
        return;
    fault(s, KXI_MSG_CSV_ENCODING, s->end);
    begin_fault(s, s->end, s->line);
}

kx_status
kxi_split_batch(kxi_split *s)
{
    struct stops stops = { s->p, s->p < s->end ? stops_of_chunk(s->p) : 0 };
    kx_status status = KX_OK;
    s->n = 0;
    s->msg = KXI_MSG_NONE;
    while (s->n < KXI_CELLS_BATCH && s->p < s->end && !s->msg && !status) {
        if (plain_record(s, &stops))
            continue;
        if (skip_blank_lines(s))
            status = split_record(s);
        stops = (struct stops){ s->p, s->p < s->end ? stops_of_chunk(s->p) : 0 };
    }
    if (!status)
        check_end(s);
    return status;
}

const char *
kxi_split_find(const kxi_split *s, const char *record, size_t field)
{
    const char *p = record;
    while (field--)
        p = skip_field(p, s->end) + 1;
    return p;
}

static size_t
count_fields(const char *record, const char *end)
{
    size_t n = 1;
    for (const char *p = skip_field(record, end); p < end && *p == ','; p = skip_field(p + 1, end))
        n++;
    return n;
}

kx_status
kxi_split_header(kxi_split *s, kxi_arena *a, kxi_str **fields, size_t *count)
{
    const char *record, *next;
    kx_status status = KX_OK;
    *count = 0;
    s->n = 0;
    s->msg = KXI_MSG_NONE;
    if (!skip_blank_lines(s)) {
        check_end(s);
        return KX_OK;
    }
    record = next = s->start[0] = s->p;
    uint32_t line = s->lines[0] = s->line;
    *fields = kxi_arena_array(a, count_fields(record, s->end), sizeof(**fields));
    if (!*fields)
        return KX_E_NOMEM;
    while (next && !status)
        status = take_field(s, record, next, &(*fields)[(*count)++], &next);
    s->line++;
    if (!status && !s->msg && (uint64_t)(s->p - record) > s->max_field)
        check_length(s, record, s->p[-1] == '\n' ? s->p - 1 : s->p);
    if (s->msg)
        begin_fault(s, record, line);
    return status;
}

static size_t
count_quotes(const char *p, const char *end)
{
    size_t n = 0;
    if (!(p = memchr(p, '"', (size_t)(end - p))))
        return 0;
    for (; p < end; p++)
        n += *p == '"';
    return n;
}

/* From the end backwards: a line feed ends a record when the quotes before it are even in number. */
size_t
kxi_split_boundary(kxi_str s)
{
    size_t at = s.n, quotes = s.n ? count_quotes(s.s, s.s + s.n) : 0;
    while (at > 0) {
        size_t line = at;
        while (line > 0 && s.s[line - 1] != '\n')
            line--;
        if (line == 0)
            return 0;
        if (quotes)
            quotes -= count_quotes(s.s + line, s.s + at);
        if (quotes % 2 == 0)
            return line;
        at = line - 1;
    }
    return 0;
}
