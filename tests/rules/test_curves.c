/* Curves, roundings and tables of values as they are read. */
#include "suite.h"

#include <stdio.h>

#include "expr/expr.h"

static const kxi_rule_node *
only_node(struct scheme *s, const char *more)
{
    char node[400];
    snprintf(node, sizeof(node), "{`id`: `X`, `points`: 10, %s}", more);
    scheme_must(s, &(struct parts){ .measures = "`n`: {`of`: `acts`}",
                                    .nodes = node,
                                    .more = "`grades`: [{`name`: `a`, `when`: `n > 1`}]," });
    return &s->rules->nodes[node_of(s, "X")];
}

static void
assert_constant(const kxi_expr *e, const char *expected)
{
    kxi_num value;
    must(!e == !expected, "%s", expected ? "nothing said" : "something said");
    if (!expected)
        return;
    must(kxi_expr_constant_number(e, &value), "not a constant");
    assert_num(value, expected);
}

static const struct {
    const char *curve;
    enum kxi_curve_kind kind;
    size_t steps;
    const char *other, *at, *base, *up_q, *up, *down_q, *down;
    bool whole;
} cases[] = {
    { "`curve`: `none`", KXI_CURVE_NONE, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false },
    { "`curve`: `ratio`", KXI_CURVE_RATIO, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false },
    { "`curve`: {`each`: 0.5}", KXI_CURVE_SLOPE, 0, NULL, NULL, NULL, NULL, "0.5", NULL, NULL, false },
    { "`curve`: {`each`: [3000, 0.25], `whole`: true}", KXI_CURVE_SLOPE, 0, NULL, NULL, NULL, "3000", "0.25", NULL,
      NULL, true },
    { "`curve`: {`at`: 1.05, `base`: 8, `up`: [0.01, 0.5], `down`: [`1 / 50`, -1]}", KXI_CURVE_SLOPE, 0, NULL, "1.05",
      "8", "0.01", "0.5", "0.02", "-1", false },
    { "`curve`: {`at`: 5, `base`: 0, `whole`: false}", KXI_CURVE_SLOPE, 0, NULL, "5", "0", NULL, NULL, NULL, NULL,
      false },
    { "`curve`: {`steps`: [[0.95, 10], [0.8, 6]]}", KXI_CURVE_STEPS, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      false },
    { "`curve`: {`steps`: [[3, 10]], `else`: 1}", KXI_CURVE_STEPS, 1, "1", NULL, NULL, NULL, NULL, NULL, NULL, false },
    { "`curve`: {`steps`: [[`n + 1`, 10], [1, 6]]}", KXI_CURVE_STEPS, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      false },
    { "`curve`: {`line`: [[0.5, 0], [0.9, 4], [1, 10]]}", KXI_CURVE_LINE, 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      false },
    { "`curve`: {`cases`: [[`value > 3 && n < 9`, 10], [true, 1]], `else`: -1}", KXI_CURVE_CASES, 2, "-1", NULL, NULL,
      NULL, NULL, NULL, NULL, false },
};

START_TEST(curve_case)
{
    struct scheme s;
    char text[300];
    snprintf(text, sizeof(text), "`value`: `n`, %s", cases[_i].curve);
    const kxi_curve *c = &only_node(&s, text)->curve;
    ck_assert_int_eq(c->kind, cases[_i].kind);
    ck_assert_uint_eq(c->step_count, cases[_i].steps);
    ck_assert(c->whole == cases[_i].whole);
    assert_constant(c->other, cases[_i].other);
    assert_constant(c->at, cases[_i].at);
    assert_constant(c->base, cases[_i].base);
    assert_constant(c->up_q, cases[_i].up_q);
    assert_constant(c->up, cases[_i].up);
    assert_constant(c->down_q, cases[_i].down_q);
    assert_constant(c->down, cases[_i].down);
    for (size_t i = 0; i < c->step_count; i++)
        ck_assert(c->steps[i].points && !c->steps[i].when != !c->steps[i].at);
    scheme_free(&s);
}
END_TEST

/* Whatever order they are written in, tables are looked up by bytes. */
START_TEST(tables_of_values_are_sorted)
{
    struct scheme s;
    char text[2000] = "`missing`: `zero`, `curve`: {`map`: {";
    static const char *const names[] = { "国家级", "省级", "市级", "a", "b", "B", "", "县级", "乡级", "z", "zz", "y" };
    for (size_t i = 0; i < COUNT(names); i++) {
        size_t n = strlen(text);
        snprintf(text + n, sizeof(text) - n, "%s`%s`: %zu.5", i ? ", " : "", names[i], i);
    }
    strcat(text, "}}");
    char node[2100];
    snprintf(node, sizeof(node), "{`id`: `X`, `points`: 10, %s}", text);
    scheme_must(&s, &(struct parts){ .measures = "", .nodes = node });
    const kxi_map *map = s.rules->nodes[1].curve.map;
    ck_assert_uint_eq(map->count, COUNT(names));
    for (size_t i = 1; i < map->count; i++)
        ck_assert_int_lt(kxi_str_cmp(map->keys[i - 1], map->keys[i]), 0);
    for (size_t i = 0; i < COUNT(names); i++) {
        size_t at = 0;
        char value[16];
        while (at < map->count && !kxi_str_is(map->keys[at], names[i]))
            at++;
        ck_assert_uint_lt(at, map->count);
        snprintf(value, sizeof(value), "%zu.5", i);
        assert_num(map->values[at], value);
    }
    scheme_free(&s);
}
END_TEST

START_TEST(ranges)
{
    struct scheme s;
    const kxi_curve *c =
        &only_node(
             &s,
             "`missing`: `zero`, `curve`: {`range`: {`良`: [0.7, 0.9], `优`: [0.9, 1], `差`: [0, 0.7]}, `pick`: `middle`}")
             ->curve;
    ck_assert(c->kind == KXI_CURVE_RANGE && c->pick == KXI_PICK_MIDDLE && c->low->count == 3 && c->high->count == 3);
    for (size_t i = 0; i < 3; i++) {
        bool best = kxi_str_is(c->low->keys[i], "优"), good = kxi_str_is(c->low->keys[i], "良");
        ck_assert(kxi_str_eq(c->low->keys[i], c->high->keys[i]));
        assert_num(c->low->values[i], best ? "0.9" : good ? "0.7" : "0");
        assert_num(c->high->values[i], best ? "1" : good ? "0.9" : "0.7");
    }
    scheme_free(&s);
}
END_TEST

/* An indicator rounds as it says, else as the scheme does; null is: not at all. */
START_TEST(rounding)
{
    static const struct {
        const char *own, *all;
        bool rounds, interval;
        enum kxi_round_mode mode;
        int places;
    } wanted[] = {
        { "", "", false, false, KXI_ROUND_NONE, 0 },
        { "", "`round`: {`block`: {`places`: 1, `mode`: `ceil`}},", false, false, KXI_ROUND_NONE, 0 },
        { "", "`round`: {`indicator`: {`places`: 1, `mode`: `ceil`}},", true, false, KXI_ROUND_CEIL, 1 },
        { ", `round`: null", "`round`: {`indicator`: {`places`: 1, `mode`: `ceil`}},", false, false, KXI_ROUND_NONE,
          0 },
        { ", `round`: {`mode`: `none`}", "`round`: {`indicator`: {`places`: 1, `mode`: `ceil`}},", false, false,
          KXI_ROUND_NONE, 0 },
        { ", `round`: {`places`: 0, `mode`: `truncate`}", "", true, false, KXI_ROUND_TRUNCATE, 0 },
        { ", `round`: {`to`: 0.2, `mode`: `half-even`}", "", true, true, KXI_ROUND_HALF_EVEN, 0 },
    };
    for (size_t i = 0; i < COUNT(wanted); i++) {
        struct scheme s;
        char node[200];
        snprintf(node, sizeof(node), "{`id`: `X`, `points`: 10, `value`: `n`%s}", wanted[i].own);
        scheme_must(&s, &(struct parts){ .measures = "`n`: {`of`: `acts`}", .nodes = node, .more = wanted[i].all });
        const kxi_rule_node *n = &s.rules->nodes[1];
        must(n->rounds == wanted[i].rounds && n->round.interval == wanted[i].interval, "%s %s", wanted[i].own,
             wanted[i].all);
        ck_assert_int_eq(n->round.mode, wanted[i].mode);
        ck_assert_int_eq(n->round.places, wanted[i].places);
        if (n->round.interval)
            assert_num(n->round.step, "1/5");
        scheme_free(&s);
    }
}
END_TEST

/* Digits that are shown: said, else those of the first indicator that rounds to places, else 2. */
START_TEST(shown_digits)
{
    static const struct {
        const char *nodes, *more;
        int show;
    } wanted[] = {
        { "{`id`: `X`, `points`: 10, `value`: `n`}", "", 2 },
        { "{`id`: `X`, `points`: 10, `value`: `n`}", "`show`: 0,", 0 },
        { "{`id`: `X`, `points`: 10, `value`: `n`, `round`: {`to`: 0.5, `mode`: `floor`}}", "", 2 },
        { "{`id`: `X`, `points`: 10, `value`: `n`, `round`: {`places`: 4, `mode`: `floor`}}", "", 4 },
        { "{`id`: `X`, `points`: 10, `value`: `n`, `round`: {`places`: 4, `mode`: `floor`}}", "`show`: 12,", 12 },
    };
    for (size_t i = 0; i < COUNT(wanted); i++) {
        struct scheme s;
        scheme_must(
            &s, &(struct parts){ .measures = "`n`: {`of`: `acts`}", .nodes = wanted[i].nodes, .more = wanted[i].more });
        ck_assert_int_eq(s.rules->show, wanted[i].show);
        scheme_free(&s);
    }
}
END_TEST

TCase *
curve_tests(void)
{
    TCase *group = tcase_create("curves");
    tcase_add_loop_test(group, curve_case, 0, COUNT(cases));
    tcase_add_test(group, tables_of_values_are_sorted);
    tcase_add_test(group, ranges);
    tcase_add_test(group, rounding);
    tcase_add_test(group, shown_digits);
    return group;
}
