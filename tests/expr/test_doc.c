/* doc/expressions.md: every operator, function and reason is there, and its examples come to what it says. */
#include <stdio.h>
#include <stdlib.h>

#include "expr/compiler.h"
#include "fixture.h"
#include "suite.h"

static char *
page(void)
{
    size_t n;
    return test_read("../doc/expressions.md", &n);
}

static enum kxi_vtype
type_named(const char *name)
{
    static const struct {
        const char *name;
        enum kxi_vtype type;
    } types[] = {
        { "number", KXI_V_NUMBER }, { "text", KXI_V_TEXT }, { "bool", KXI_V_BOOL },
        { "date", KXI_V_DATE },     { "list", KXI_V_LIST },
    };
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(name, types[i].name) == 0)
            return types[i].type;
    ck_abort_msg("the page has a value of type %s", name);
    return KXI_V_NULL;
}

/* The table of example values, a line each: "| `people` | number | 120 |". */
static size_t
read_columns(char *at, struct column *columns, size_t max)
{
    size_t count = 0;
    at = strstr(at, "| name | type | value |");
    ck_assert_ptr_nonnull(at);
    at = strchr(strchr(at, '\n') + 1, '\n') + 1;
    for (char *next; strncmp(at, "| `", 3) == 0 && count < max; at = next) {
        next = strchr(at, '\n');
        *next++ = '\0';
        char *type = strstr(at, "` | "), *value = type ? strstr(type + 4, " | ") : NULL;
        char *end = value ? strstr(value + 3, " |") : NULL;
        ck_assert_msg(end != NULL, "no row of values: %s", at);
        *type = *value = *end = '\0';
        columns[count++] =
            (struct column){ .name = at + 3, .type = type_named(type + 4), .item = KXI_V_TEXT, .lanes = value + 3 };
    }
    return count;
}

static void
run_example(const struct column *columns, size_t count, char *text, const char *expected, bool fails)
{
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    const char *got;
    kit_init(&kit);
    f = (struct fixture){ .kit = &kit, .columns = columns, .count = count, .rows = 1 };
    f.maps[0] = make_map(&kit, "国家级=10;市级=2;省级=5");
    f.map_names[0] = "worth";
    kx_status st = fixture_compile(&f, text, KXI_V_NULL, &e);
    if (fails) {
        enum kxi_msg msg = KXI_MSG_NONE;
        while (msg < KXI_MSG_COUNT && kxi_msg_code(msg) != kit.err.code)
            msg++;
        ck_assert_msg(msg < KXI_MSG_COUNT && st != KX_OK && strcmp(kxi_msg_name(msg), expected) == 0, "%s: %s (%d)",
                      text, kit.err.message, (int)st);
    } else {
        ck_assert_msg(st == KX_OK, "%s: %s", text, kit.err.message);
        ck_assert_int_eq(fixture_run(&f, e, &got), KX_OK);
        ck_assert_msg(strcmp(got, expected) == 0, "%s: %s, the page says %s", text, got, expected);
    }
    kit_free(&kit);
}

START_TEST(examples)
{
    struct column columns[32];
    char *text = page(), *copy = page();
    size_t count = read_columns(copy, columns, COUNT(columns)), run = 0;
    ck_assert_uint_eq(count, 15);
    for (char *block = strstr(text, "```expr\n"); block; block = strstr(block, "```expr\n")) {
        char *line = block + strlen("```expr\n");
        while (strncmp(line, "```", 3) != 0) {
            char *end = strchr(line, '\n'), *arrow;
            *end = '\0';
            arrow = strstr(line, " => ");
            bool fails = !arrow;
            arrow = fails ? strstr(line, " !! ") : arrow;
            ck_assert_msg(arrow != NULL, "no example: %s", line);
            *arrow = '\0';
            run_example(columns, count, line, arrow + 4, fails);
            run++;
            line = end + 1;
        }
        block = line;
    }
    ck_assert_uint_ge(run, 60);
    free(text);
    free(copy);
}
END_TEST

START_TEST(complete)
{
    static const char *const operators[] = {
#define X(name, text, power) text,
        KXI_BINARY_OPERATORS(X)
#undef X
#define X(name, text) text,
            KXI_UNARY_OPERATORS(X)
#undef X
    };
    static const char *const states[] = {
#define X(name, en, zh) #name,
        KXI_STATES(X)
#undef X
    };
    char *text = page(), wanted[64];
    kxi_str names[64];
    for (size_t i = 0; i < COUNT(operators); i++) {
        snprintf(wanted, sizeof(wanted), "`%s`", strcmp(operators[i], "||") == 0 ? "\\|\\|" : operators[i]);
        ck_assert_msg(strstr(text, wanted) != NULL, "the page lacks the operator %s", wanted);
    }
    size_t count = kxi_function_names(names, COUNT(names), false);
    ck_assert_uint_gt(count, 20);
    for (size_t i = 0; i < count; i++) {
        snprintf(wanted, sizeof(wanted), "`%.*s(", (int)names[i].n, names[i].s);
        ck_assert_msg(strstr(text, wanted) != NULL, "the page lacks the function %s", wanted);
    }
    for (size_t i = KXI_IS_NULL_OPERAND; i < COUNT(states); i++) {
        snprintf(wanted, sizeof(wanted), "`%s`", states[i]);
        ck_assert_msg(strstr(text, wanted) != NULL, "the page lacks the reason %s", wanted);
    }
    free(text);
}
END_TEST

TCase *
doc_tests(void)
{
    TCase *t = tcase_create("doc");
    tcase_add_test(t, examples);
    tcase_add_test(t, complete);
    return t;
}
