#include "report/out.h"

#include "text/text.h"

enum { PIECE = 64 * 1024 };

void
kxi_out_begin(kxi_out *o, kxi_mem *mem, kx_write_fn write, void *user)
{
    *o = (kxi_out){ .write = write, .user = user };
    kxi_buf_init(&o->buf, mem);
}

char
kxi_out_last(const kxi_out *o)
{
    return o->buf.n ? o->buf.s[o->buf.n - 1] : o->last;
}

static void
pass_on(kxi_out *o)
{
    if (o->buf.n == 0 || o->buf.failed || o->stopped)
        return;
    o->last = kxi_out_last(o);
    o->stopped = o->write(o->user, o->buf.s, o->buf.n) != 0;
    o->buf.n = 0;
}

bool
kxi_out_step(kxi_out *o)
{
    if (o->buf.n >= PIECE)
        pass_on(o);
    return !o->buf.failed && !o->stopped;
}

kx_status
kxi_out_end(kxi_out *o, kxi_diag *d)
{
    pass_on(o);
    bool failed = o->buf.failed, stopped = o->stopped;
    kxi_buf_free(&o->buf);
    if (failed)
        return kxi_nomem(d);
    return stopped ? KXI_FAIL0(d, WRITE_STOPPED, KXI_NOWHERE) : KX_OK;
}

/* ---- CSV ---- */

void
kxi_csv_field(kxi_out *o, kxi_str s, bool first)
{
    if (!first)
        kxi_buf_char(&o->buf, ',');
    bool quote = false;
    for (size_t i = 0; i < s.n && !quote; i++)
        quote = s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' || s.s[i] == '\r';
    if (!quote) {
        kxi_buf_str(&o->buf, s);
        return;
    }
    kxi_buf_char(&o->buf, '"');
    for (size_t from = 0; from < s.n;) {
        const char *q = memchr(s.s + from, '"', s.n - from);
        size_t to = q ? (size_t)(q - s.s) + 1 : s.n;
        kxi_buf_add(&o->buf, s.s + from, to - from);
        if (q)
            kxi_buf_char(&o->buf, '"');
        from = to;
    }
    kxi_buf_char(&o->buf, '"');
}

void
kxi_csv_line(kxi_out *o)
{
    kxi_buf_char(&o->buf, '\n');
}

/* ---- JSON ---- */

static void
separate(kxi_out *o)
{
    char last = kxi_out_last(o);
    if (last && last != '{' && last != '[' && last != ':' && last != '\n')
        kxi_buf_char(&o->buf, ',');
}

void
kxi_json_open(kxi_out *o, char bracket)
{
    separate(o);
    kxi_buf_char(&o->buf, bracket);
}

void
kxi_json_close(kxi_out *o, char bracket)
{
    kxi_buf_char(&o->buf, bracket);
}

void
kxi_json_line(kxi_out *o)
{
    separate(o);
    kxi_buf_char(&o->buf, '\n');
}

/* A control character, or a byte that belongs to no character (file names may have them). */
static void
add_escape(kxi_out *o, unsigned char c)
{
    static const char hex[] = "0123456789abcdef", named[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
    const char *at = c ? strchr(named, c) : NULL;
    if (at) {
        kxi_buf_add(&o->buf, (char[]){ '\\', letters[at - named] }, 2);
    } else if (c < 0x80) {
        kxi_buf_add(&o->buf, (char[]){ '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6);
    } else {
        kxi_buf_cstr(&o->buf, "\xef\xbf\xbd");
    }
}

/* The bytes from `at` on that can stand in a string as they are. */
static size_t
plain_bytes(kxi_str s, size_t at, size_t valid)
{
    size_t end = at;
    while (end < valid && (unsigned char)s.s[end] >= 0x20 && s.s[end] != '"' && s.s[end] != '\\' && s.s[end] != 0x7f)
        end++;
    return end - at;
}

void
kxi_json_str(kxi_out *o, kxi_str s)
{
    if (!s.s) {
        kxi_json_null(o);
        return;
    }
    separate(o);
    kxi_buf_char(&o->buf, '"');
    size_t valid = kxi_utf8_check(s);
    for (size_t at = 0; at < s.n;) {
        size_t n = plain_bytes(s, at, valid);
        kxi_buf_add(&o->buf, s.s + at, n);
        at += n;
        if (at == s.n)
            break;
        add_escape(o, (unsigned char)s.s[at]);
        at++;
        if (at > valid)
            valid = at + kxi_utf8_check((kxi_str){ s.s + at, s.n - at });
    }
    kxi_buf_char(&o->buf, '"');
}

void
kxi_json_key(kxi_out *o, const char *key)
{
    kxi_json_str(o, kxi_str_of(key));
    kxi_buf_char(&o->buf, ':');
}

void
kxi_json_int(kxi_out *o, int64_t v)
{
    separate(o);
    kxi_buf_int(&o->buf, v);
}

void
kxi_json_bool(kxi_out *o, bool yes)
{
    kxi_json_raw(o, yes ? KXI_STR("true") : KXI_STR("false"));
}

void
kxi_json_null(kxi_out *o)
{
    kxi_json_raw(o, KXI_STR("null"));
}

void
kxi_json_raw(kxi_out *o, kxi_str s)
{
    separate(o);
    kxi_buf_str(&o->buf, s);
}
