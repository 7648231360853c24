/* The splitter against a reader that looks at one character after the other, on text without pattern. */
#include "io/fixture.h"
#include "io/split.h"
#include "io/suite.h"

#include <stdlib.h>

enum { FIELDS_MAX = 6, TEXT_MAX = 4000 };

/* ---- the simple reader ---- */

struct reference {
    const char *s;
    size_t n, at;
    uint32_t line;
    char bytes[TEXT_MAX]; /* of the fields of one record */
    kxi_str fields[64];
    size_t count;
    size_t start;
    uint32_t start_line;
    enum kxi_msg msg;
};

static int
peek(const struct reference *r)
{
    return r->at < r->n ? (unsigned char)r->s[r->at] : -1;
}

static bool
at_line_end(const struct reference *r)
{
    return peek(r) == '\n' || (peek(r) == '\r' && (r->at + 1 == r->n || r->s[r->at + 1] == '\n'));
}

static void
skip_line_end(struct reference *r)
{
    r->at += peek(r) == '\r';
    r->at += peek(r) == '\n';
    r->line++;
}

static void
quoted(struct reference *r, char **to)
{
    for (r->at++;; r->at++) {
        if (peek(r) < 0) {
            r->msg = KXI_MSG_CSV_OPEN_QUOTE;
            return;
        }
        if (peek(r) == '"') {
            r->at++;
            if (peek(r) != '"')
                break;
        }
        r->line += peek(r) == '\n';
        *(*to)++ = (char)peek(r);
    }
    if (peek(r) >= 0 && peek(r) != ',' && !at_line_end(r))
        r->msg = KXI_MSG_CSV_AFTER_QUOTE;
}

static void
plain(struct reference *r, char **to)
{
    while (peek(r) >= 0 && peek(r) != ',' && !at_line_end(r)) {
        if (peek(r) == '"') {
            r->msg = KXI_MSG_CSV_STRAY_QUOTE;
            return;
        }
        *(*to)++ = (char)peek(r);
        r->at++;
    }
}

/* The next record; false at the end. */
static bool
reference_next(struct reference *r)
{
    char *to = r->bytes;
    while (at_line_end(r))
        skip_line_end(r);
    r->count = 0;
    r->start = r->at;
    r->start_line = r->line;
    if (peek(r) < 0)
        return false;
    for (;;) {
        char *field = to;
        if (peek(r) == '"')
            quoted(r, &to);
        else
            plain(r, &to);
        if (r->msg)
            return true;
        r->fields[r->count++] = (kxi_str){ field, (size_t)(to - field) };
        if (peek(r) != ',')
            break;
        r->at++;
    }
    if (peek(r) >= 0)
        skip_line_end(r);
    return true;
}

/* ---- text ---- */

/* Mostly sound CSV of so many fields, with commas, quotes and line ends inside quotes; now and then a character from
 * anywhere. */
static size_t
make_text(uint32_t *seed, size_t fields, char *out, bool spoil)
{
    static const char *const pieces[] = { "a", "bc", "中", "12.5", "", "科普讲座活动室", " ", "x\ry", "\"" };
    static const char *const inside[] = { ",", "\n", "\"\"", "\r\n", "q", "文", "" };
    size_t n = 0, records = next_random(seed, 30);
    for (size_t i = 0; i < records; i++) {
        for (size_t f = 0; f < fields; f++) {
            bool quote = next_random(seed, 4) == 0;
            if (f)
                out[n++] = ',';
            if (quote)
                out[n++] = '"';
            for (uint32_t parts = next_random(seed, 4); parts > 0; parts--) {
                const char *piece = quote ? inside[next_random(seed, COUNT(inside))]
                                          : pieces[next_random(seed, COUNT(pieces) - (spoil ? 0 : 1))];
                memcpy(out + n, piece, strlen(piece));
                n += strlen(piece);
            }
            if (quote)
                out[n++] = '"';
        }
        if (next_random(seed, 40) == 0 && spoil)
            out[n++] = ',';
        if (i + 1 < records || next_random(seed, 2)) {
            const char *ends[] = { "\n", "\r\n", "\n\n", "\r\n\n\r\n" };
            const char *end = ends[next_random(seed, 8) < 7 ? next_random(seed, 2) : 2 + next_random(seed, 2)];
            memcpy(out + n, end, strlen(end));
            n += strlen(end);
        }
    }
    if (spoil && n && next_random(seed, 3) == 0)
        out[next_random(seed, (uint32_t)n)] = "\",\n\r"[next_random(seed, 4)];
    return n;
}

/* ---- the comparison ---- */

struct bench {
    struct kit k;
    kxi_str cells[FIELDS_MAX][KXI_CELLS_BATCH];
    kxi_str *slots[FIELDS_MAX];
    char *text; /* with the bytes behind it that a splitter may read */
    kxi_split split;
    struct reference ref;
};

static void
bench_begin(struct bench *b, const char *text, size_t n, size_t fields)
{
    kit_init(&b->k);
    b->text = malloc(n + KXI_SPLIT_PAD);
    memcpy(b->text, text, n);
    memset(b->text + n, '\n', KXI_SPLIT_PAD);
    for (size_t i = 0; i < FIELDS_MAX; i++)
        b->slots[i] = b->cells[i];
    memset(&b->split, 0, sizeof(b->split));
    b->split.p = b->text;
    b->split.end = b->text + n;
    b->split.max_field = 1000;
    b->split.max_record = 16000;
    b->split.copies = &b->k.arena;
    b->split.fields = fields;
    b->split.slots = b->slots;
    memset(&b->ref, 0, sizeof(b->ref));
    b->ref.s = b->text;
    b->ref.n = n;
}

static void
bench_end(struct bench *b)
{
    free(b->text);
    kit_free(&b->k);
}

/* One record of the batch, or the fault behind it; false when the two no longer have anything to compare. */
static void
compare_record(struct bench *b, size_t i, const char *text)
{
    const kxi_split *s = &b->split;
    ensure(b->ref.msg == KXI_MSG_NONE && b->ref.count == s->fields, "the reader finds fault with record %zu of\n%s", i,
           text);
    ensure(s->start[i] == b->text + b->ref.start && s->lines[i] == b->ref.start_line,
           "record %zu starts elsewhere in\n%s", i, text);
    for (size_t f = 0; f < s->fields; f++) {
        kxi_str got = b->cells[f][i];
        ensure(kxi_str_eq(got, b->ref.fields[f]), "field %zu of record %zu is \"%.*s\" in\n%s", f, i, (int)got.n, got.s,
               text);
    }
}

static void
compare(struct bench *b, const char *text)
{
    kxi_split *s = &b->split;
    for (bool more = true; more;) {
        ensure(kxi_split_batch(s) == KX_OK, "no memory");
        for (size_t i = 0; i < s->n; i++) {
            ensure(reference_next(&b->ref), "a record too many in\n%s", text);
            compare_record(b, i, text);
        }
        more = s->n > 0 || s->msg == KXI_MSG_CSV_FIELDS;
        if (!s->msg)
            continue;
        ensure(reference_next(&b->ref), "a fault where nothing is in\n%s", text);
        ensure(s->fault_start == b->text + b->ref.start && s->fault_line == b->ref.start_line, "fault elsewhere in\n%s",
               text);
        if (s->msg == KXI_MSG_CSV_FIELDS) {
            ensure(!b->ref.msg && b->ref.count == s->fault_fields && b->ref.count != s->fields, "wrong count in\n%s",
                   text);
            continue;
        }
        ensure(s->msg == b->ref.msg, "%s instead of %s in\n%s", kxi_msg_name(s->msg), kxi_msg_name(b->ref.msg), text);
        ensure(s->p == s->end, "goes on");
        return;
    }
    ensure(!reference_next(&b->ref), "records are missing in\n%s", text);
}

START_TEST(splits_as_a_simple_reader_does)
{
    static char text[TEXT_MAX * 4];
    static struct bench b;
    uint32_t seed = 1 + (uint32_t)_i;
    for (int round = 0; round < 4000; round++) {
        size_t fields = 1 + next_random(&seed, FIELDS_MAX);
        size_t n = make_text(&seed, fields, text, _i == 1);
        text[n] = '\0';
        bench_begin(&b, text, n, fields);
        compare(&b, text);
        bench_end(&b);
    }
}
END_TEST

/* A boundary is where the reader, too, has finished a record; and none is overlooked. */
START_TEST(boundaries_are_ends_of_records)
{
    static char text[TEXT_MAX * 4];
    static struct bench b;
    uint32_t seed = 99;
    for (int round = 0; round < 1500; round++) {
        size_t fields = 1 + next_random(&seed, FIELDS_MAX), n = make_text(&seed, fields, text, false);
        text[n] = '\0';
        for (size_t part = 0; part <= n; part += 1 + next_random(&seed, 7)) {
            size_t end = 0, got = kxi_split_boundary((kxi_str){ text, part });
            bench_begin(&b, text, n, fields);
            while (b.ref.at <= part && reference_next(&b.ref))
                if (b.ref.at <= part && b.ref.at && text[b.ref.at - 1] == '\n')
                    end = b.ref.at;
            /* blank lines behind a record may or may not go with it */
            ensure(got >= end || part < n, "%zu instead of %zu of %zu bytes of\n%s", got, end, part, text);
            for (size_t i = end; i < got; i++)
                ensure(text[i] == '\n' || text[i] == '\r', "%zu instead of %zu of %zu bytes of\n%s", got, end, part,
                       text);
            ensure(got >= end, "%zu instead of %zu of %zu bytes of\n%s", got, end, part, text);
            bench_end(&b);
        }
    }
}
END_TEST

START_TEST(fields_are_found_again)
{
    static const char text[] = "a,\"b,\n\"\"\",c\n";
    static struct bench b;
    bench_begin(&b, text, sizeof(text) - 1, 3);
    ck_assert_int_eq(kxi_split_batch(&b.split), KX_OK);
    ck_assert_uint_eq(b.split.n, 1);
    ck_assert_ptr_eq(kxi_split_find(&b.split, b.split.start[0], 0), b.text);
    ck_assert_ptr_eq(kxi_split_find(&b.split, b.split.start[0], 1), b.text + 2);
    ck_assert_ptr_eq(kxi_split_find(&b.split, b.split.start[0], 2), b.text + 10);
    assert_str(b.cells[1][0], "b,\n\"");
    ck_assert_uint_eq(b.split.line, 2);
    bench_end(&b);
}
END_TEST

static const struct {
    const char *text; /* max_field 4, max_record 9 */
    enum kxi_msg msg;
    size_t at;
} limits[] = {
    { "abcd,efgh\n", KXI_MSG_NONE, 0 },
    { "ab,\"de\"\n", KXI_MSG_NONE, 0 },
    { "ab,cdefg\n", KXI_MSG_CSV_FIELD_LONG, 3 },
    { "ab,\"cde\"\n", KXI_MSG_CSV_FIELD_LONG, 3 },
    { "abcde,f\n", KXI_MSG_CSV_FIELD_LONG, 0 },
    { "a,\"bcdefghijklmnop", KXI_MSG_CSV_FIELD_LONG, 2 },
    { "ab,c\n,abcde\"\n", KXI_MSG_CSV_FIELD_LONG, 6 },
    { "abc,def,ghi\n", KXI_MSG_CSV_RECORD_LONG, 0 },
    { "abc,def,g\"i\n", KXI_MSG_CSV_STRAY_QUOTE, 9 },
    { "abc,def,gh\"i\n", KXI_MSG_CSV_RECORD_LONG, 0 },
    { "a,\"b", KXI_MSG_CSV_OPEN_QUOTE, 2 },
};

START_TEST(limits_are_kept)
{
    static struct bench b;
    bench_begin(&b, limits[_i].text, strlen(limits[_i].text), 2);
    b.split.max_field = 4;
    b.split.max_record = 9;
    enum kxi_msg msg = KXI_MSG_NONE;
    while (!msg && b.split.p < b.split.end) {
        ck_assert_int_eq(kxi_split_batch(&b.split), KX_OK);
        msg = b.split.msg;
    }
    ck_assert_msg(msg == limits[_i].msg, "%s: %s", limits[_i].text, kxi_msg_name(msg));
    ck_assert_msg(!msg || b.split.fault_at == b.text + limits[_i].at, "%s: at %td", limits[_i].text,
                  b.split.fault_at - b.text);
    bench_end(&b);
}
END_TEST

TCase *
split_tests(void)
{
    TCase *t = tcase_create("split");
    tcase_add_loop_test(t, splits_as_a_simple_reader_does, 0, 2);
    tcase_add_test(t, boundaries_are_ends_of_records);
    tcase_add_test(t, fields_are_found_again);
    tcase_add_loop_test(t, limits_are_kept, 0, COUNT(limits));
    tcase_set_timeout(t, 60);
    return t;
}
