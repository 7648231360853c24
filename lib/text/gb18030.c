#include "text/text.h"

#include "text/gb18030_table.h"

enum {
    BMP_END = 39420,  /* one past the linear index of U+FFFF */
    BEYOND = 189000,  /* the linear index of U+10000 */
    CUT_OFF = -2,     /* the input ends within a character */
    NOT_GB18030 = -1, /* no character begins here */
    CHUNK = 1024      /* bytes gathered before they go to the buffer */
};

/* What has been decoded and is not yet in the buffer. */
typedef struct sink {
    kxi_buf *out;
    size_t n;
    char bytes[CHUNK];
} sink;

static bool
is_lead(unsigned char c)
{
    return c >= 0x81 && c <= 0xFE;
}

static bool
is_digit(unsigned char c)
{
    return c >= 0x30 && c <= 0x39;
}

static int32_t
decode_pair(unsigned char lead, unsigned char trail)
{
    if (trail < 0x40 || trail == 0x7F || trail == 0xFF)
        return NOT_GB18030;
    unsigned index = (lead - 0x81u) * 190 + trail - 0x40u - (trail > 0x7F);
    if (kxi_gb18030_pairs[index])
        return kxi_gb18030_pairs[index];
    for (int i = 0; i < KXI_GB18030_BEYONDS; i++)
        if (kxi_gb18030_beyonds[i].pair == index)
            return kxi_gb18030_beyonds[i].code_point;
    return NOT_GB18030;
}

/* The last run that begins at or before linear; the first begins at 0. */
static int32_t
decode_bmp(int32_t linear)
{
    int low = 0, high = KXI_GB18030_RUNS;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (kxi_gb18030_runs[middle].linear <= linear)
            low = middle;
        else
            high = middle;
    }
    return kxi_gb18030_runs[low].code_point + linear - kxi_gb18030_runs[low].linear;
}

static int32_t
decode_four(const unsigned char *p)
{
    int32_t linear = (((p[0] - 0x81) * 10 + p[1] - 0x30) * 126 + p[2] - 0x81) * 10 + p[3] - 0x30;
    if (linear < BMP_END)
        return decode_bmp(linear);
    if (linear >= BEYOND && linear < BEYOND + 0x100000)
        return linear - BEYOND + 0x10000;
    return NOT_GB18030;
}

/* The character at p, `left` > 0 bytes before the end, that is not ASCII. */
static int32_t
decode_one(const unsigned char *p, size_t left, size_t *length)
{
    if (!is_lead(p[0]))
        return NOT_GB18030;
    if (left < 2)
        return CUT_OFF;
    *length = 2;
    if (!is_digit(p[1]))
        return decode_pair(p[0], p[1]);
    *length = 4;
    if ((left > 2 && !is_lead(p[2])) || (left > 3 && !is_digit(p[3])))
        return NOT_GB18030;
    return left < 4 ? CUT_OFF : decode_four(p);
}

static void
sink_flush(sink *s)
{
    kxi_buf_add(s->out, s->bytes, s->n);
    s->n = 0;
}

static void
sink_code_point(sink *s, int32_t cp)
{
    if (s->n + 4 > CHUNK)
        sink_flush(s);
    s->n += kxi_utf8_put(s->bytes + s->n, cp);
}

/* Runs of ASCII go as they are. */
static size_t
sink_ascii(sink *s, kxi_str in, size_t at)
{
    size_t end = at;
    while (end < in.n && (unsigned char)in.s[end] < 0x80)
        end++;
    if (end - at > CHUNK - s->n)
        sink_flush(s);
    if (end - at > CHUNK) {
        kxi_buf_add(s->out, in.s + at, end - at);
    } else if (end > at) {
        memcpy(s->bytes + s->n, in.s + at, end - at);
        s->n += end - at;
    }
    return end;
}

kx_status
kxi_gb18030_decode_part(kxi_str in, kxi_buf *out, size_t *used, size_t *bad)
{
    sink s = { .out = out, .n = 0 };
    int32_t cp = 0;
    size_t at = sink_ascii(&s, in, 0), length = 0;
    while (at < in.n) {
        cp = decode_one((const unsigned char *)in.s + at, in.n - at, &length);
        if (cp < 0)
            break;
        sink_code_point(&s, cp);
        at = sink_ascii(&s, in, at + length);
    }
    sink_flush(&s);
    *used = at;
    *bad = cp == NOT_GB18030 ? at : 0;
    if (out->failed)
        return KX_E_NOMEM;
    return cp == NOT_GB18030 ? KX_E_SYNTAX : KX_OK;
}

kx_status
kxi_gb18030_decode(kxi_str in, kxi_buf *out, size_t *bad)
{
    size_t used;
    kx_status status = kxi_gb18030_decode_part(in, out, &used, bad);
    if (status || used == in.n)
        return status;
    *bad = used;
    return KX_E_SYNTAX;
}
