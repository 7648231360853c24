/* The arithmetic of base/num.h against Python's fractions, by the lines of num_vectors.txt (see make_num_vectors.py). */
#include <stdio.h>
#include <stdlib.h>

#include "suite.h"

enum { FIELDS_MAX = 200 };

/* One line, cut at its spaces. */
struct line {
    const char *field[FIELDS_MAX];
    size_t count;
    size_t number;
};

static kxi_num
number(struct kit *k, const struct line *l, size_t i)
{
    kxi_num x = kxi_num_int(0);
    kx_status status = kxi_num_parse(&k->num, kxi_str_of(l->field[i]), &x);
    must(status == KX_OK, "line %zu: cannot read %.60s: %d", l->number, l->field[i], (int)status);
    return x;
}

static int
integer(const struct line *l, size_t i)
{
    return (int)strtol(l->field[i], NULL, 10);
}

static enum kxi_round_mode
mode(const struct line *l, size_t i)
{
    enum kxi_round_mode found = KXI_ROUND_COUNT;
    must(kxi_round_mode_find(kxi_str_of(l->field[i]), &found), "line %zu: mode", l->number);
    return found;
}

/* Digits are compared as text, so that neither the reader nor kxi_num_eq is trusted; eq then has to agree. */
static void
same(struct kit *k, const struct line *l, kxi_num got, const char *expected)
{
    kxi_str n, d;
    char text[32000];
    must(kxi_num_parts(&k->num, got, &n, &d) == KX_OK, "line %zu", l->number);
    snprintf(text, sizeof(text), kxi_num_is_int(got) ? "%s" : "%s/%s", n.s, d.s);
    must(strcmp(text, expected) == 0, "line %zu: %.300s instead of %.300s", l->number, text, expected);
    kxi_num again;
    must(kxi_num_parse(&k->num, kxi_str_of(text), &again) == KX_OK, "line %zu", l->number);
    must(kxi_num_eq(got, again) && (got.big != NULL) == (again.big != NULL), "line %zu: two faces", l->number);
    must(kxi_num_sign(got) == (text[0] == '-' ? -1 : text[0] != '0'), "line %zu: sign", l->number);
}

static void
op_binary(struct kit *k, const struct line *l)
{
    static const struct {
        const char *name;
        kx_status (*op)(kxi_numctx *, kxi_num, kxi_num, kxi_num *);
    } ops[] = { { "add", kxi_num_add }, { "sub", kxi_num_sub }, { "mul", kxi_num_mul }, { "div", kxi_num_div } };
    for (size_t i = 0; i < COUNT(ops); i++)
        if (strcmp(l->field[0], ops[i].name) == 0) {
            kxi_num got;
            kx_status status = ops[i].op(&k->num, number(k, l, 1), number(k, l, 2), &got);
            must(status == KX_OK, "line %zu: status %d", l->number, (int)status);
            same(k, l, got, l->field[3]);
        }
}

static void
op_cmp(struct kit *k, const struct line *l)
{
    kxi_num x = number(k, l, 1), y = number(k, l, 2);
    int got, expected = integer(l, 3);
    must(kxi_num_cmp(&k->num, x, y, &got) == KX_OK, "line %zu", l->number);
    must(got == expected, "line %zu: %d", l->number, got);
    must(kxi_num_cmp(&k->num, y, x, &got) == KX_OK, "line %zu", l->number);
    must(got == -expected, "line %zu: %d the other way", l->number, got);
    must(kxi_num_eq(x, y) == (expected == 0), "line %zu: eq", l->number);
}

/* The terms added up, in both directions, and taken off again. */
static void
op_sum(struct kit *k, const struct line *l)
{
    kxi_num up = kxi_num_int(0), down = kxi_num_int(0);
    for (size_t i = 2; i < l->count; i++) {
        must(kxi_num_add(&k->num, up, number(k, l, i), &up) == KX_OK, "line %zu", l->number);
        must(kxi_num_add(&k->num, down, number(k, l, l->count + 1 - i), &down) == KX_OK, "line %zu", l->number);
    }
    same(k, l, up, l->field[1]);
    same(k, l, down, l->field[1]);
    for (size_t i = 2; i < l->count; i++)
        must(kxi_num_sub(&k->num, up, number(k, l, i), &up) == KX_OK, "line %zu", l->number);
    ck_assert(kxi_num_eq(up, kxi_num_int(0)));
}

static void
op_round(struct kit *k, const struct line *l)
{
    kxi_num got;
    kx_status status = kxi_num_round(&k->num, number(k, l, 3), mode(l, 1), integer(l, 2), &got);
    must(status == KX_OK, "line %zu: status %d", l->number, (int)status);
    same(k, l, got, l->field[4]);
}

static void
op_step(struct kit *k, const struct line *l)
{
    kxi_num got;
    kx_status status = kxi_num_round_to(&k->num, number(k, l, 3), mode(l, 1), number(k, l, 2), &got);
    must(status == KX_OK, "line %zu: status %d", l->number, (int)status);
    same(k, l, got, l->field[4]);
}

static void
op_fixed(struct kit *k, const struct line *l)
{
    kxi_str got;
    must(kxi_num_print_fixed(&k->num, number(k, l, 3), integer(l, 2), mode(l, 1), &got) == KX_OK, "line %zu",
         l->number);
    must(kxi_str_is(got, l->field[4]), "line %zu: %s instead of %s", l->number, got.s, l->field[4]);
}

static void
op_print(struct kit *k, const struct line *l)
{
    kxi_str got;
    must(kxi_num_print(&k->num, number(k, l, 1), &got) == KX_OK, "line %zu", l->number);
    must(kxi_str_is(got, l->field[2]), "line %zu: %s instead of %s", l->number, got.s, l->field[2]);
}

static void
op_parse(struct kit *k, const struct line *l)
{
    same(k, l, number(k, l, 1), l->field[2]);
}

static void
op_dec(struct kit *k, const struct line *l)
{
    int64_t v, back;
    int scale;
    kxi_num x;
    must(kxi_dec_parse(kxi_str_of(l->field[1]), &v, &scale) == KX_OK, "line %zu", l->number);
    must(v == strtoll(l->field[2], NULL, 10) && scale == integer(l, 3), "line %zu: %lld at %d", l->number, (long long)v,
         scale);
    must(kxi_num_dec(&k->num, v, scale, &x) == KX_OK, "line %zu", l->number);
    must(kxi_num_eq(x, number(k, l, 1)), "line %zu: not what parse reads", l->number);
    must(kxi_num_to_dec(x, scale, &back) && back == v, "line %zu: no way back", l->number);
}

static const struct {
    const char *name;
    void (*run)(struct kit *, const struct line *);
    size_t fields; /* at least */
} ops[] = {
    { "add", op_binary, 4 },  { "sub", op_binary, 4 },  { "mul", op_binary, 4 },  { "div", op_binary, 4 },
    { "cmp", op_cmp, 4 },     { "sum", op_sum, 4 },     { "round", op_round, 5 }, { "step", op_step, 5 },
    { "fixed", op_fixed, 5 }, { "print", op_print, 3 }, { "parse", op_parse, 3 }, { "dec", op_dec, 4 },
};

static void
cut(char *text, struct line *l)
{
    l->count = 0;
    for (char *p = strtok(text, " "); p; p = strtok(NULL, " ")) {
        must(l->count < FIELDS_MAX, "line %zu is too long", l->number);
        l->field[l->count++] = p;
    }
}

/* Each operation runs all of its lines; a line nobody knows, or none at all, fails. */
START_TEST(vectors)
{
    struct kit k;
    struct line l = { .number = 0 };
    size_t size, ran = 0;
    char *text = test_read("base/num_vectors.txt", &size);
    kit_init(&k);
    for (char *at = text, *end; at < text + size; at = end + 1) {
        end = strchr(at, '\n');
        must(end != NULL, "the last line is cut");
        *end = '\0';
        l.number++;
        cut(at, &l);
        size_t op = 0;
        while (op < COUNT(ops) && (l.count == 0 || strcmp(l.field[0], ops[op].name) != 0))
            op++;
        must(op < COUNT(ops) && l.count >= ops[op].fields, "line %zu cannot be read", l.number);
        if (op != (size_t)_i)
            continue;
        ops[op].run(&k, &l);
        ran++;
        kxi_arena_reset(&k.arena);
    }
    must(ran > 0, "no line of %s", ops[_i].name);
    free(text);
    kit_free(&k);
}
END_TEST

TCase *
num_vector_tests(void)
{
    TCase *group = tcase_create("num_vectors");
    tcase_set_timeout(group, 120);
    tcase_add_loop_test(group, vectors, 0, COUNT(ops));
    return group;
}
