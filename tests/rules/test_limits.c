/* Schemes of unreasonable size or depth, and texts that are no schemes at all. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- texts ---- */

struct text {
    char *s;
    size_t n, room;
};

static void
add(struct text *t, const char *s)
{
    size_t n = strlen(s);
    if (t->n + n + 1 > t->room) {
        t->room = (t->n + n + 1) * 2;
        t->s = realloc(t->s, t->room);
        ck_assert_ptr_nonnull(t->s);
    }
    memcpy(t->s + t->n, s, n + 1);
    t->n += n;
}

static void
repeat(struct text *t, const char *s, size_t times)
{
    for (size_t i = 0; i < times; i++)
        add(t, s);
}

/* format with one or two numbers */
#define PRINT(t, format, ...)                                \
    do {                                                     \
        char line_[256];                                     \
        snprintf(line_, sizeof(line_), format, __VA_ARGS__); \
        add((t), line_);                                     \
    } while (0)

static void
compile_text(struct scheme *s, struct text *t)
{
    scheme_compile(s, &(struct parts){ .all = t->s }, false);
    free(t->s);
}

#define HEAD "{" DEFAULT_TOP " `subjects`: {`of`: `units`}, `tables`: {" DEFAULT_TABLES "},"

/* ---- tests ---- */

static const struct {
    const char *text;
    kx_status status;
} not_json[] = {
    { "", KX_E_SYNTAX },
    { " \n\t", KX_E_SYNTAX },
    { "{`kexie`: 1", KX_E_SYNTAX },
    { "{`kexie`: 1, `kexie`: 1}", KX_E_SYNTAX },
    { "{`kexie`: 01}", KX_E_SYNTAX },
    { "kexie: 1", KX_E_SYNTAX },
    { "{`kexie`: 1, `id`: `\xff`}", KX_E_SYNTAX },
};

START_TEST(no_json)
{
    struct scheme s;
    scheme_compile(&s, &(struct parts){ .all = not_json[_i].text }, false);
    ck_assert_int_eq(s.status, not_json[_i].status);
    ck_assert(s.err.code != 0 && s.err.message[0]);
    scheme_free(&s);
}
END_TEST

START_TEST(nested_too_deep)
{
    static const char *const opens[] = { "[", "{`score`:", "{`parts`:[" };
    for (size_t i = 0; i < COUNT(opens); i++) {
        struct scheme s;
        struct text t = { NULL, 0, 0 };
        add(&t, "{`kexie`: 1, `score`: ");
        repeat(&t, opens[i], 10000);
        compile_text(&s, &t);
        ck_assert_int_eq(s.status, KX_E_LIMIT);
        ck_assert_uint_gt(s.err.line, 0);
        scheme_free(&s);
    }
}
END_TEST

START_TEST(blocks_in_blocks)
{
    enum { DEPTH = 25 }; /* an object and a list each, below the limit of 64 */
    struct scheme s;
    struct text t = { NULL, 0, 0 };
    add(&t, HEAD "`measures`: {`n`: {`of`: `acts`}}, `score`: {`parts`: [");
    for (int i = 0; i < DEPTH; i++)
        PRINT(&t, "{`id`: `B%d`, `parts`: [", i);
    add(&t, DEFAULT_NODES);
    repeat(&t, "]}", DEPTH);
    add(&t, "]}}");
    compile_text(&s, &t);
    must(s.status == KX_OK, "%s", s.err.message);
    ck_assert_uint_eq(s.rules->nodes[node_of(&s, "A1")].depth, DEPTH + 1);
    assert_str(s.rules->nodes[s.rules->order[0]].id, "A1");
    scheme_free(&s);
}
END_TEST

/* Expressions and what they are made of: a limit is named, the stack is not spent. */
static void
assert_deep(const char *define, size_t times, const char *middle, const char *close, const char *value)
{
    struct scheme s;
    struct text t = { NULL, 0, 0 };
    add(&t, HEAD "`measures`: {`n`: {`of`: `acts`}}, `define`: {`last`: 1");
    for (size_t i = 0; *define && i < times; i++) {
        PRINT(&t, ", `d%zu`: `", i);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        PRINT(&t, define, i + 1);
#pragma GCC diagnostic pop
        add(&t, "`");
    }
    PRINT(&t, ", `d%zu`: `n`}, `score`: {`parts`: [{`id`: `A1`, `points`: 1, `value`: `", times);
    repeat(&t, value, *define ? 1 : times);
    add(&t, middle);
    repeat(&t, close, times);
    add(&t, "`}]}}");
    compile_text(&s, &t);
    must(s.status == KX_E_LIMIT && s.err.code == kxi_msg_code(KXI_MSG_EXPR_DEPTH), "%d: %s", (int)s.status,
         s.err.message);
    ck_assert_uint_gt(s.err.line, 0);
    scheme_free(&s);
}

START_TEST(expressions_too_deep)
{
    assert_deep("", 10000, "n", ")", "(");
    assert_deep("", 10000, "n > 1", "", "!");
    assert_deep("d%zu + 1", 10000, "", "", "d0");
    assert_deep("cohort.mean(d%zu)", 10000, "", "", "d0");
    assert_deep("", 200, "n", ")", "cohort.mean(");
}
END_TEST

/* A measure over a measure over a measure ...: each needs the cells of the one before. */
START_TEST(measures_over_measures)
{
    enum { LENGTH = 1500 };
    struct scheme s;
    struct text t = { NULL, 0, 0 };
    add(&t, HEAD "`measures`: {`m0`: {`of`: `acts`, `per`: [`kind`]}");
    for (int i = 1; i <= LENGTH; i++)
        PRINT(&t, ", `m%d`: {`of`: `m%d`, `per`: [`kind`]}", i, i - 1);
    PRINT(&t, "}, `score`: {`parts`: [{`id`: `A1`, `points`: 1, `value`: `m%d`}]}}", LENGTH);
    compile_text(&s, &t);
    must(s.status == KX_OK, "%s", s.err.message);
    ck_assert_uint_eq(s.rules->fold_count, LENGTH + 1);
    scheme_free(&s);
}
END_TEST

/* More marks than any list of fixed length would have held. */
START_TEST(many_marks)
{
    enum { NODES = 1100 };
    struct scheme s;
    struct text t = { NULL, 0, 0 };
    add(&t, HEAD "`tracks`: [`a`, `b`], `measures`: {`n`: {`of`: `acts`}}, `score`: {`parts`: [" DEFAULT_NODES);
    for (int i = 0; i < NODES; i++)
        PRINT(&t, ", {`id`: `M%d`, `points`: 1, `missing`: `zero`, `curve`: {`map`: {`x`: %d}}}", i, i);
    add(&t, "]}}");
    compile_text(&s, &t);
    must(s.status == KX_OK, "%s", s.err.message);
    ck_assert_uint_eq(s.rules->measure_count, 1 + 4 * NODES);
    ck_assert_uint_eq(s.rules->fold_count, 1 + 4 * NODES);
    ck_assert_uint_eq(s.findings.count, 0);
    scheme_free(&s);
}
END_TEST

static const struct {
    struct parts parts;
    enum kxi_msg msg;
} too_long[] = {
    { { .nodes = "{`id`: `A1`, `points`: " AT "1e30000, `value`: `n`}" }, KXI_MSG_EXPR_DIGITS },
    { { .nodes = "{`id`: `A1`, `points`: 1, `curve`: {`map`: {`a`: " AT "1e30000}}}" }, KXI_MSG_TOO_MANY_DIGITS },
    { { .nodes = "{`id`: `A1`, `points`: 1, `curve`: {`range`: {`a`: " AT "[0, 1e30000]}}}" },
      KXI_MSG_TOO_MANY_DIGITS },
    { { .more = "`define`: {`w`: {`a`: " AT "1e-30000}}," }, KXI_MSG_TOO_MANY_DIGITS },
};

START_TEST(numbers_too_long)
{
    struct scheme s;
    scheme_compile(&s, &too_long[_i].parts, false);
    must(s.status == KX_E_LIMIT && s.err.code == kxi_msg_code(too_long[_i].msg), "%d: %s", (int)s.status,
         s.err.message);
    ck_assert(s.err.line == s.line && s.err.column == s.column);
    scheme_free(&s);
}
END_TEST

/* Points whose exact sum has more digits than allowed: said, and not taken for a lack of memory. */
START_TEST(sum_too_long)
{
    struct scheme s;
    struct text t = { NULL, 0, 0 };
    add(&t, HEAD "`measures`: {`n`: {`of`: `acts`}}, `score`: {`points`: 1, `parts`: [");
    for (int k = 0; k < 2; k++) {
        PRINT(&t, "%s{`id`: `A%d`, `value`: `n`, `points`: `1 / (1", k ? ", " : "", k);
        repeat(&t, "0", 15000);
        add(&t, k ? "1)`}" : "3)`}");
    }
    add(&t, "]}}");
    compile_text(&s, &t);
    must(s.status == KX_E_LIMIT && s.err.code == kxi_msg_code(KXI_MSG_TOO_MANY_DIGITS), "%d: %s", (int)s.status,
         s.err.message);
    scheme_free(&s);
}
END_TEST

START_TEST(levels_limit)
{
    struct scheme s;
    struct text t = { NULL, 0, 0 };
    add(&t, "{" DEFAULT_TOP " `subjects`: {`of`: `units`}, `levels`: [");
    for (int i = 0; i < 65; i++)
        PRINT(&t, "%s`l%d`", i ? ", " : "", i);
    add(&t, "]}");
    compile_text(&s, &t);
    must(s.status == KX_E_SCHEME && s.err.code == kxi_msg_code(KXI_MSG_ARGUMENTS), "%s", s.err.message);
    ck_assert_str_eq(s.err.pointer, "/levels");
    scheme_free(&s);
}
END_TEST

TCase *
limit_tests(void)
{
    TCase *group = tcase_create("limits");
    tcase_set_timeout(group, 60);
    tcase_add_loop_test(group, no_json, 0, COUNT(not_json));
    tcase_add_test(group, nested_too_deep);
    tcase_add_test(group, blocks_in_blocks);
    tcase_add_test(group, expressions_too_deep);
    tcase_add_test(group, measures_over_measures);
    tcase_add_test(group, many_marks);
    tcase_add_loop_test(group, numbers_too_long, 0, COUNT(too_long));
    tcase_add_test(group, sum_too_long);
    tcase_add_test(group, levels_limit);
    return group;
}
