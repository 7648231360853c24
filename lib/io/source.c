#include "io/source.h"

#include <errno.h>
#include <unistd.h>

/* A record that is too long is cut a little behind the limit, lest the cut goes through a character before it. */
enum { BLOCK = 1 << 20, READ_MAX = 1 << 30, CUT_SPARE = 8 };

void
kxi_source_text(kxi_source *s, kxi_mem *mem, kxi_str name, kxi_str text)
{
    *s = (kxi_source){ .mem = mem, .name = name, .file = -1, .text = text, .size = text.n, .block = BLOCK };
    s->max_record = UINT64_MAX;
}

void
kxi_source_file(kxi_source *s, kxi_mem *mem, kxi_str name, int file, uint64_t size)
{
    *s = (kxi_source){ .mem = mem, .name = name, .file = file, .size = size, .block = BLOCK };
    s->max_record = UINT64_MAX;
}

void
kxi_source_free(kxi_source *s)
{
    if (s->file >= 0)
        close(s->file);
    kxi_free(s->mem, s->rest, s->rest_capacity);
    *s = (kxi_source){ .mem = s->mem, .file = -1 };
}

kx_status
kxi_source_rewind(kxi_source *s, int *error)
{
    if (s->file >= 0 && s->at && lseek(s->file, 0, SEEK_SET) != 0) {
        *error = errno;
        return KX_E_IO;
    }
    s->at = 0;
    s->rest_n = 0;
    s->ended = false;
    return KX_OK;
}

/* Up to n bytes; fewer only at the end. */
static kx_status
read_bytes(kxi_source *s, char *to, size_t n, size_t *got, int *error)
{
    *got = 0;
    if (s->file < 0) {
        *got = s->text.n - s->at < n ? (size_t)(s->text.n - s->at) : n;
        if (*got)
            memcpy(to, s->text.s + s->at, *got);
    }
    while (s->file >= 0 && *got < n) {
        ssize_t more = read(s->file, to + *got, n - *got < READ_MAX ? n - *got : READ_MAX);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0) {
            *error = errno;
            return KX_E_IO;
        }
        if (more == 0)
            break;
        *got += (size_t)more;
    }
    s->at += *got;
    s->ended = *got < n;
    return KX_OK;
}

/* n more bytes behind those there are. */
static kx_status
extend(kxi_source *s, kxi_raw *raw, size_t n, int *error)
{
    size_t got, need;
    if (!kxi_add_size(raw->n, n, &need) || !kxi_add_size(need, KXI_SPLIT_PAD, &need) ||
        !kxi_grow(raw->mem, &raw->s, &raw->capacity, need))
        return KX_E_NOMEM;
    kx_status status = read_bytes(s, raw->s + raw->n, n, &got, error);
    if (!status)
        raw->n += got;
    return status;
}

static bool
keep_rest(kxi_source *s, const char *rest, size_t n)
{
    if (n && !kxi_grow(s->mem, &s->rest, &s->rest_capacity, n))
        return false;
    if (n)
        memcpy(s->rest, rest, n);
    s->rest_n = n;
    return true;
}

/* Read until the end of a record is among the bytes, the record is too long, or the input is over; *whole is what
 * makes the block. */
static kx_status
read_records(kxi_source *s, kxi_raw *raw, size_t *whole, int *error)
{
    kx_status status = KX_OK;
    *whole = 0;
    while (!status && !s->ended && *whole == 0) {
        size_t more = raw->n > s->block ? raw->n : s->block;
        status = extend(s, raw, more, error);
        if (!status && !s->ended)
            *whole = kxi_split_boundary((kxi_str){ raw->s, raw->n });
        if (!status && !s->ended && *whole == 0 && raw->n > s->max_record + CUT_SPARE) {
            raw->n = *whole = (size_t)s->max_record + CUT_SPARE;
            raw->cut = KXI_CUT_LONG;
            s->ended = true;
        }
    }
    if (s->ended)
        *whole = raw->n;
    return status;
}

kx_status
kxi_source_next(kxi_source *s, kxi_raw *raw, int *error)
{
    size_t whole;
    raw->n = 0;
    raw->cut = KXI_CUT_NONE;
    raw->offset = s->at - s->rest_n;
    if (!kxi_grow(raw->mem, &raw->s, &raw->capacity, s->rest_n + KXI_SPLIT_PAD))
        return KX_E_NOMEM;
    if (s->rest_n)
        memcpy(raw->s, s->rest, s->rest_n);
    raw->n = s->rest_n;
    s->rest_n = 0;
    kx_status status = read_records(s, raw, &whole, error);
    if (!status && !keep_rest(s, raw->s + whole, raw->n - whole))
        status = KX_E_NOMEM;
    raw->n = status ? 0 : whole;
    memset(raw->s + raw->n, '\n', KXI_SPLIT_PAD);
    return status;
}

kx_status
kxi_source_peek(const kxi_source *s, char *to, size_t n, bool *there, int *error)
{
    ssize_t got = (ssize_t)(s->text.n < n ? s->text.n : n);
    if (s->file >= 0)
        do
            got = pread(s->file, to, n, 0);
        while (got < 0 && errno == EINTR);
    else if (got)
        memcpy(to, s->text.s, (size_t)got);
    *there = got == (ssize_t)n;
    *error = errno;
    return got < 0 ? KX_E_IO : KX_OK;
}

/* How much of the bytes decodes. */
static kx_status
decodable(kxi_str s, bool gb18030, kxi_buf *decoded, size_t *good)
{
    size_t bad;
    if (!gb18030) {
        *good = kxi_utf8_check(s);
        return KX_OK;
    }
    decoded->n = 0;
    kx_status status = kxi_gb18030_decode_part(s, decoded, good, &bad);
    return status == KX_E_SYNTAX ? KX_OK : status;
}

/* Move the place over text that was found good. */
static void
advance(kxi_place *place, kxi_str text)
{
    size_t line = 0;
    if (place->offset == 0 && text.n >= 3 && memcmp(text.s, "\xEF\xBB\xBF", 3) == 0)
        line = 3;
    for (size_t i = line; i < text.n; i++) {
        if (text.s[i] != '\n')
            continue;
        place->line += place->line < UINT32_MAX;
        place->column = 1;
        line = i + 1;
    }
    place->column += (uint32_t)kxi_utf8_count((kxi_str){ text.s + line, text.n - line });
    place->offset += text.n;
}

/* A piece at a time; what does not decode may be a character whose other half comes with the next piece. */
static kx_status
check_pieces(kxi_source *s, bool gb18030, kxi_raw *raw, kxi_buf *decoded, kxi_place *place, int *error)
{
    kx_status status = KX_OK;
    while (!status && !s->ended) {
        size_t good;
        status = extend(s, raw, s->block, error);
        if (!status)
            status = decodable((kxi_str){ raw->s, raw->n }, gb18030, decoded, &good);
        if (status)
            return status;
        advance(place, (kxi_str){ raw->s, good });
        raw->n -= good;
        memmove(raw->s, raw->s + good, raw->n);
        if (raw->n >= 4)
            return KX_OK;
    }
    return status;
}

kx_status
kxi_source_check(kxi_source *s, bool gb18030, bool *sound, kxi_place *bad, unsigned char *byte, int *error)
{
    kxi_raw raw;
    kxi_buf decoded;
    kx_status status = kxi_source_rewind(s, error);
    *bad = (kxi_place){ .input = s->name, .line = 1, .column = 1 };
    if (status)
        return status;
    kxi_raw_init(&raw, s->mem);
    kxi_buf_init(&decoded, s->mem);
    status = check_pieces(s, gb18030, &raw, &decoded, bad, error);
    *sound = !status && raw.n == 0;
    if (!status && raw.n)
        *byte = (unsigned char)raw.s[0];
    kxi_raw_free(&raw);
    kxi_buf_free(&decoded);
    return status;
}

void
kxi_raw_init(kxi_raw *raw, kxi_mem *mem)
{
    *raw = (kxi_raw){ .mem = mem };
}

void
kxi_raw_free(kxi_raw *raw)
{
    kxi_free(raw->mem, raw->s, raw->capacity);
    kxi_raw_init(raw, raw->mem);
}
