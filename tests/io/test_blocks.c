/* Neither the size of blocks nor the number of threads changes anything: properties over text without pattern. */
#include "io/fixture.h"
#include "io/suite.h"

#include <stdio.h>
#include <stdlib.h>

/* Text with its end; as large as any test here needs. */
struct paper {
    char s[1 << 17];
    size_t n;
};

static void
put(struct paper *p, const char *s)
{
    size_t n = strlen(s);
    ensure(p->n + n < sizeof(p->s), "paper is too short");
    memcpy(p->s + p->n, s, n + 1);
    p->n += n;
}

/* One value as the input writes it and as show_rows prints it. */
struct value {
    char written[64], shown[64];
};

static void
set(struct value *v, const char *written, const char *shown)
{
    snprintf(v->written, sizeof(v->written), "%s", written);
    snprintf(v->shown, sizeof(v->shown), "%s", shown);
}

static void
make_id(uint32_t *seed, struct value *v)
{
    static const char *const texts[][2] = {
        { "a", "a" },         { "科普讲座", "科普讲座" }, { "\"x,y\"", "x,y" },           { "\"p\nq\"", "p\nq" },
        { "\"\"\"\"", "\"" }, { " left", "left" },        { "\"r\r\n\ns\"", "r\r\n\ns" }, { "", "~" },
    };
    uint32_t pick = next_random(seed, COUNT(texts) + 8);
    if (pick < COUNT(texts)) {
        set(v, texts[pick][0], texts[pick][1]);
        return;
    }
    snprintf(v->written, sizeof(v->written), "64%010u", next_random(seed, 50));
    memcpy(v->shown, v->written, sizeof(v->shown));
}

static void
make_amount(uint32_t *seed, struct value *v)
{
    uint32_t whole = next_random(seed, next_random(seed, 10) ? 100 : 3000000), cents = next_random(seed, 100);
    if (next_random(seed, 9) == 0) {
        set(v, "", "~");
        return;
    }
    snprintf(v->shown, sizeof(v->shown), "%u.%02u", whole, cents);
    if (cents % 10 == 0 && next_random(seed, 2))
        snprintf(v->written, sizeof(v->written), "%u.%u", whole, cents / 10);
    else
        snprintf(v->written, sizeof(v->written), next_random(seed, 5) ? "%u.%02u" : "\" %u.%02u0 \"", whole, cents);
}

static void
make_day(uint32_t *seed, struct value *v)
{
    char text[11];
    kxi_date_print((kxi_day)(19000 + (int)next_random(seed, 3000)), text);
    set(v, next_random(seed, 9) ? text : "", text);
    if (!v->written[0])
        set(v, "", "~");
}

static void
make_tags(uint32_t *seed, struct value *v)
{
    static const char *const texts[][2] = {
        { "", "[]" }, { "x;y", "[x;y]" }, { "民、农|x", "[民;农;x]" }, { "\"x;\nz\"", "[x;z]" }, { "y", "[y]" }
    };
    uint32_t pick = next_random(seed, COUNT(texts));
    set(v, texts[pick][0], texts[pick][1]);
}

static uint32_t
lines_in(const char *s)
{
    uint32_t n = 0;
    for (; *s; s++)
        n += *s == '\n';
    return n;
}

/* A file and what must come of it. */
static void
make_file(uint32_t *seed, uint32_t rows, struct paper *text, struct paper *shown)
{
    uint32_t line = 2;
    text->n = shown->n = 0;
    put(text, "");
    put(shown, "");
    put(text, "id,amount,note,day,tags\n");
    for (uint32_t i = 0; i < rows; i++) {
        struct value v[4];
        char at[16];
        make_id(seed, &v[0]);
        make_amount(seed, &v[1]);
        make_day(seed, &v[2]);
        make_tags(seed, &v[3]);
        while (next_random(seed, 12) == 0) {
            put(text, next_random(seed, 2) ? "\n" : "\r\n");
            line++;
        }
        snprintf(at, sizeof(at), "%u: ", line);
        put(shown, at);
        for (int c = 0; c < 4; c++) {
            const char *comma = c == 2 ? (next_random(seed, 5) ? ",," : ",\"\n,\",") : c ? "," : "";
            put(text, comma);
            put(text, v[c].written);
            line += lines_in(comma) + lines_in(v[c].written);
            put(shown, c ? "|" : "");
            put(shown, v[c].shown);
        }
        put(shown, "\n");
        if (i + 1 < rows || next_random(seed, 2))
            put(text, next_random(seed, 4) ? "\n" : "\r\n");
        line++;
    }
}

static void
read_with(struct io *io, const struct paper *text, size_t block, uint32_t threads)
{
    io->opt.block = block;
    io->opt.threads = threads;
    kx_status status = read_csv_bytes(io, text->s, text->n);
    ensure(status == KX_OK, "block %zu, %u threads: %u:%u %s\n%s", block, threads, io->err.line, io->err.column,
           io->err.message, text->s);
}

static struct paper text, shown;

START_TEST(rows_are_those_written)
{
    uint32_t seed = 7;
    struct io io;
    io_init(&io, NULL);
    for (int round = 0; round < 60; round++) {
        make_file(&seed, 1 + next_random(&seed, 40), &text, &shown);
        char *bytes = NULL;
        for (size_t block = 0; block <= 64; block += block < 4 ? 1 : 5) {
            read_with(&io, &text, block, 1 + (uint32_t)block % 2);
            ensure(strcmp(show_rows(&io, THINGS), shown.s) == 0, "block %zu of\n%s\ngives\n%s\nand not\n%s", block,
                   text.s, io.shown, shown.s);
            show_bytes(&io, THINGS);
            if (bytes)
                ensure(strcmp(io.shown, bytes) == 0, "block %zu of\n%s\ngives\n%s\nand not\n%s", block, text.s,
                       io.shown, bytes);
            else
                bytes = strdup(io.shown);
            io_again(&io);
        }
        free(bytes);
    }
    io_free(&io);
}
END_TEST

START_TEST(threads_give_the_same_bytes)
{
    static const uint32_t threads[] = { 1, 2, 3, 5, 16 };
    uint32_t seed = 11;
    struct io io;
    io_init(&io, NULL);
    for (int round = 0; round < 12; round++) {
        char *bytes = NULL;
        make_file(&seed, 600, &text, &shown);
        for (size_t i = 0; i < COUNT(threads); i++) {
            read_with(&io, &text, 97, threads[i]);
            show_bytes(&io, THINGS);
            if (bytes)
                ensure(strcmp(io.shown, bytes) == 0, "%u threads give other bytes", threads[i]);
            else
                bytes = strdup(io.shown);
            io_again(&io);
        }
        free(bytes);
    }
    io_free(&io);
}
END_TEST

/* Put something wrong, or only strange, into a file. */
static void
spoil(uint32_t *seed, struct paper *p)
{
    static const char wrong[] = "\",\n\rx;-\xFF\xE4";
    for (uint32_t times = 1 + next_random(seed, 3); times > 0; times--)
        p->s[next_random(seed, (uint32_t)p->n)] = wrong[next_random(seed, sizeof(wrong) - 1)];
}

/* Everything a call leaves: its error, rows, findings. */
static char *
outcome(struct io *io, const struct paper *p, size_t block, uint32_t threads)
{
    static struct paper all;
    char line[1024];
    all.n = 0;
    io->opt.block = block;
    io->opt.threads = threads;
    kx_status status = read_csv_bytes(io, p->s, p->n);
    snprintf(line, sizeof(line), "%d %d %d %u:%u %llu %s\n", (int)status, (int)io->err.status, (int)io->err.code,
             io->err.line, io->err.column, (unsigned long long)io->err.offset, io->err.message);
    put(&all, line);
    put(&all, show_rows(io, THINGS));
    put(&all, show_findings(io));
    io_again(io);
    return strdup(all.s);
}

START_TEST(faults_are_the_same) /* looped: _i 0 stops at the first, _i 1 collects; 2 and 3 with the encoding told */
{
    uint32_t seed = 13 + (uint32_t)_i;
    int failures = 0;
    struct io io;
    io_init(&io, NULL);
    io.ds->collect = _i % 2 == 1;
    io.opt.encoding = _i >= 2 ? KX_ENCODING_UTF8 : KX_ENCODING_DETECT;
    for (int round = 0; round < 250; round++) {
        make_file(&seed, 30, &text, &shown);
        spoil(&seed, &text);
        char *first = outcome(&io, &text, 0, 1);
        failures += first[0] != '0' || strstr(first, "\nCELL_") || strstr(first, "\nCSV_");
        for (size_t i = 0; i < 6; i++) {
            static const size_t blocks[] = { 1, 7, 33, 64, 200, 1000 };
            char *again = outcome(&io, &text, blocks[i], 1 + (uint32_t)i % 3);
            ensure(strcmp(first, again) == 0, "blocks of %zu bytes:\n%s\nand not\n%s\nfrom\n%s", blocks[i], again,
                   first, text.s);
            free(again);
        }
        free(first);
    }
    ck_assert_int_gt(failures, 100);
    io_free(&io);
}
END_TEST

START_TEST(limits_are_the_same)
{
    uint32_t seed = 17;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_field = 12;
    struct io io;
    io_init(&io, &options);
    for (int round = 0; round < 150; round++) {
        make_file(&seed, 30, &text, &shown);
        if (round % 2)
            spoil(&seed, &text);
        char *first = outcome(&io, &text, 0, 1);
        for (size_t block = 1; block < 300; block += 1 + block / 2) {
            char *again = outcome(&io, &text, block, 1);
            ensure(strcmp(first, again) == 0, "blocks of %zu bytes:\n%s\nand not\n%s\nfrom\n%s", block, again, first,
                   text.s);
            free(again);
        }
        free(first);
    }
    io_free(&io);
}
END_TEST

/* Codes are numbered by first use in the file, whichever thread met a text first. */
START_TEST(codes_follow_the_input)
{
    struct io io;
    io_init(&io, NULL);
    text.n = 0;
    put(&text, "id\n");
    for (int i = 0; i < 3000; i++) {
        char line[16];
        snprintf(line, sizeof(line), "%d\n", i % 7 ? i / 7 : 999999 - i);
        put(&text, line);
    }
    for (uint32_t threads = 1; threads <= 5; threads++) {
        read_with(&io, &text, 50, threads);
        const kxi_column *c = &io.ds->tables[THINGS].table->columns[0];
        uint32_t next = 0;
        for (size_t row = 0; row < c->rows; row++) {
            uint32_t code = kxi_column_code(c, row);
            ensure(code <= next, "row %zu has code %u before %u", row, code, next);
            next += code == next;
        }
        ck_assert_uint_eq(next, c->dict->count);
        io_again(&io);
    }
    io_free(&io);
}
END_TEST

TCase *
blocks_tests(void)
{
    TCase *t = tcase_create("blocks");
    tcase_add_test(t, rows_are_those_written);
    tcase_add_test(t, threads_give_the_same_bytes);
    tcase_add_loop_test(t, faults_are_the_same, 0, 4);
    tcase_add_test(t, limits_are_the_same);
    tcase_add_test(t, codes_follow_the_input);
    tcase_set_timeout(t, 120);
    return t;
}
