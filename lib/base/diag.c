#include "base/diag.h"

static const struct message {
    int32_t code;
    enum kxi_severity severity;
    kx_status status;
    const char *name, *en, *zh;
} messages[KXI_MSG_COUNT] = { [KXI_MSG_NONE] = { 0, KXI_NOTE, KX_OK, "NONE", "", "" },
#define X(code, name, severity, status, en, zh) [KXI_MSG_##name] = { code, KXI_##severity, status, #name, en, zh },
                              KXI_MESSAGES(X)
#undef X
};

int32_t
kxi_msg_code(enum kxi_msg msg)
{
    return messages[msg].code;
}

kx_status
kxi_msg_status(enum kxi_msg msg)
{
    return messages[msg].severity == KXI_ERROR ? messages[msg].status : KX_OK;
}

enum kxi_severity
kxi_msg_severity(enum kxi_msg msg)
{
    return messages[msg].severity;
}

const char *
kxi_msg_name(enum kxi_msg msg)
{
    return messages[msg].name;
}

const char *
kxi_msg_text(enum kxi_msg msg, int32_t language)
{
    return language == KX_LANG_EN ? messages[msg].en : messages[msg].zh;
}

const char *
kxi_severity_name(enum kxi_severity s)
{
    static const char *const names[] = { "note", "warning", "error" };
    return names[s];
}

/* Writes text that has to fit: `n` counts what was asked for, only what fits in `room` bytes is stored. */
struct writer {
    char *s; /* NULL: only count */
    size_t n, room;
};

static void
put(struct writer *w, const char *s, size_t n)
{
    if (w->s && w->n + n <= w->room)
        memcpy(w->s + w->n, s, n);
    else if (w->s)
        w->room = w->n < w->room ? w->n : w->room; /* a character that does not fit ends it */
    w->n += n;
}

/* The bytes of the character s begins with, 0 when they are not valid UTF-8. */
static size_t
char_bytes(const unsigned char *s, size_t n)
{
    size_t need = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;
    if (need > n)
        return 0;
    for (size_t i = 1; i < need; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) ||
        (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return need;
}

/* What came from outside stays one line of valid UTF-8: anything else is shown as \xNN. */
static void
put_text(struct writer *w, kxi_str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.s[i];
        size_t n = c < 0x20 || c == 0x7f ? 0 : char_bytes((const unsigned char *)s.s + i, s.n - i);
        if (n)
            put(w, s.s + i, n);
        else
            put(w, (char[]){ '\\', 'x', hex[c >> 4], hex[c & 15] }, 4);
        i += n ? n : 1;
    }
}

static void
put_int(struct writer *w, int64_t v)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0)
        digits[--at] = '-';
    put(w, digits + at, sizeof(digits) - at);
}

/* The pattern with {0} .. {9} replaced; a number without an argument stays as it is. */
static void
put_message(struct writer *w, const char *pattern, const kxi_arg *args, size_t count)
{
    for (const char *p = pattern; *p;) {
        size_t at = p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}' ? (size_t)(p[1] - '0') : count;
        if (at < count) {
            if (args[at].kind == KXI_ARG_INT)
                put_int(w, args[at].number);
            else
                put_text(w, args[at].str);
            p += 3;
            continue;
        }
        size_t n = char_bytes((const unsigned char *)p, strlen(p));
        put(w, p, n ? n : 1);
        p += n ? n : 1;
    }
}

struct wording {
    const char *pattern;
    const kxi_arg *args;
    size_t count;
    kxi_str plain; /* used when pattern is NULL */
};

static void
put_wording(struct writer *w, const struct wording *what)
{
    if (what->pattern)
        put_message(w, what->pattern, what->args, what->count);
    else
        put_text(w, what->plain);
}

/* Fill a field of size bytes, terminated; what is too long ends in "…" after its last whole character. */
static void
fill(char *field, size_t size, const struct wording *what)
{
    static const char dots[] = "…";
    if (size == 0)
        return;
    struct writer w = { NULL, 0, 0 };
    put_wording(&w, what);
    size_t length = w.n;
    bool cut = length > size - 1;
    size_t room = !cut ? size - 1 : size > sizeof(dots) ? size - sizeof(dots) : 0;
    w = (struct writer){ field, 0, room };
    put_wording(&w, what);
    size_t end = w.n < w.room ? w.n : w.room;
    if (cut && size > sizeof(dots)) {
        memcpy(field + end, dots, sizeof(dots) - 1);
        end += sizeof(dots) - 1;
    }
    field[end] = '\0';
}

/* How much of a field the caller's struct, perhaps an older and shorter one, has room for. */
static size_t
room_of(const kx_error *err, size_t offset, size_t size)
{
    return err->size <= offset ? 0 : err->size - offset < size ? err->size - offset : size;
}

#define HAS(err, field) (room_of((err), offsetof(kx_error, field), sizeof((err)->field)) == sizeof((err)->field))
#define FILL(err, field, ...)                                                           \
    fill((err)->field, room_of((err), offsetof(kx_error, field), sizeof((err)->field)), \
         &(struct wording){ __VA_ARGS__ })

static void
error_fill(kx_error *err, int32_t language, enum kxi_msg msg, kxi_place place, const kxi_arg *args, size_t count)
{
    if (HAS(err, status))
        err->status = kxi_msg_status(msg);
    if (HAS(err, code))
        err->code = kxi_msg_code(msg);
    if (HAS(err, offset))
        err->offset = place.line ? place.offset : 0;
    if (HAS(err, line))
        err->line = place.line;
    if (HAS(err, column))
        err->column = place.line ? place.column : 0;
    FILL(err, input, .plain = place.input);
    FILL(err, pointer, .plain = place.pointer);
    FILL(err, message, kxi_msg_text(msg, language), args, count, { NULL, 0 });
}

void
kxi_findings_init(kxi_findings *f, kxi_mem *mem, size_t limit)
{
    *f = (kxi_findings){ .limit = limit };
    kxi_arena_init(&f->arena, mem);
}

void
kxi_findings_free(kxi_findings *f)
{
    kxi_free(f->arena.mem, f->items, f->capacity * sizeof(*f->items));
    kxi_arena_free(&f->arena);
    kxi_findings_init(f, f->arena.mem, f->limit);
}

/* The whole wording, terminated, in the arena. */
static bool
keep_text(kxi_arena *a, const struct wording *what, kxi_str *out)
{
    struct writer w = { NULL, 0, 0 };
    put_wording(&w, what);
    char *s = kxi_arena_alloc(a, w.n + 1);
    if (!s)
        return false;
    w = (struct writer){ s, 0, w.n };
    put_wording(&w, what);
    s[w.n] = '\0';
    *out = (kxi_str){ s, w.n };
    return true;
}

static kx_status
findings_add(kxi_findings *f, enum kxi_msg msg, kxi_place place, const struct wording *what)
{
    bool is_error = kxi_msg_severity(msg) == KXI_ERROR;
    if (f->count >= f->limit) {
        f->left_out++;
        f->errors += is_error;
        return KX_OK;
    }
    kxi_finding item = { msg, kxi_msg_severity(msg), place, { NULL, 0 } };
    if (!kxi_grow(f->arena.mem, &f->items, &f->capacity, f->count + 1) || !keep_text(&f->arena, what, &item.text) ||
        !keep_text(&f->arena, &(struct wording){ .plain = place.input }, &item.place.input) ||
        !keep_text(&f->arena, &(struct wording){ .plain = place.pointer }, &item.place.pointer))
        return KX_E_NOMEM;
    f->items[f->count++] = item;
    f->errors += is_error;
    return KX_OK;
}

kx_status
kxi_nomem(kxi_diag *d)
{
    if (d) {
        if (d->err)
            error_fill(d->err, d->language, KXI_MSG_NOMEM, KXI_NOWHERE, NULL, 0);
        d->failed = true;
    }
    return KX_E_NOMEM;
}

kx_status
kxi_diag_add(kxi_diag *d, enum kxi_msg msg, kxi_place place, const kxi_arg *args, size_t count)
{
    kx_status status = kxi_msg_status(msg);
    if (!d)
        return status;
    struct wording what = { kxi_msg_text(msg, d->language), args, count, { NULL, 0 } };
    bool is_error = kxi_msg_severity(msg) == KXI_ERROR;
    if (d->all && (!is_error || d->collect) && findings_add(d->all, msg, place, &what) != KX_OK)
        return kxi_nomem(d);
    if (is_error && !d->failed && d->err)
        error_fill(d->err, d->language, msg, place, args, count);
    if (is_error)
        d->failed = true;
    return status;
}

kxi_str
kxi_nearest(kxi_str s, const kxi_str *list, size_t count)
{
    kxi_str best = { NULL, 0 };
    size_t limit = s.n / 3 > 1 ? s.n / 3 : 1;
    for (size_t i = 0; i < count; i++) {
        size_t longer = s.n > list[i].n ? s.n : list[i].n;
        size_t distance = kxi_str_distance(s, list[i], limit);
        if (distance > limit || distance >= longer)
            continue; /* too far, or nothing in common */
        best = list[i];
        if (distance == 0)
            break;
        limit = distance - 1;
    }
    return best;
}
