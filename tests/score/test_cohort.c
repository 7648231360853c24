/* The cohort: ranks and their ties, values over all of it, admission, and the order in which they become known.
 *
 * Points are x + 3, at least 0: A 11, B 15, C 3, D unknown or 0, E 0 (the only one of its cohort Q). */
#include "suite.h"

#include <stdio.h>

#define N "{\"id\": \"N\", \"points\": 20, \"value\": \"subject.x + 3\", \"missing\": \"zero\"}"
#define UNKNOWN "{\"id\": \"N\", \"points\": 20, \"value\": \"subject.x + 3\"}"

struct standing_case {
    const char *top, *parts, *expected;
};

static const struct standing_case ranks[] = {
    { "", N, "A 11\nB 15\nC 3\nD 0\nE 0" },
    { "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"},", N, "A 11 2\nB 15 1\nC 3 3\nD 0 4\nE 0 1" },
    { "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"},", UNKNOWN, "A 11 2\nB 15 1\nC 3 3\nD ?\nE 0 1" },
    /* y is 10, 10, 0, 10, null: E cannot be ranked by it */
    { "\"rank\": {\"by\": [\"subject.y\"], \"ties\": \"competition\"},", N, "A 11 1=\nB 15 1=\nC 3 4\nD 0 1=\nE 0" },
    { "\"rank\": {\"by\": [\"subject.y\"], \"ties\": \"dense\"},", N, "A 11 1=\nB 15 1=\nC 3 2\nD 0 1=\nE 0" },
    { "\"rank\": {\"by\": [\"subject.y\"], \"ties\": \"modified\"},", N, "A 11 3=\nB 15 3=\nC 3 4\nD 0 3=\nE 0" },
    { "\"rank\": {\"by\": [\"0 - subject.y\"], \"ties\": \"competition\"},", N,
      "A 11 2=\nB 15 2=\nC 3 1\nD 0 2=\nE 0" },
    /* a chain breaks ties */
    { "\"rank\": {\"by\": [\"subject.y\", \"total\"], \"ties\": \"competition\"},", N,
      "A 11 2\nB 15 1\nC 3 4\nD 0 3\nE 0" },
    /* who is not admitted has no rank and leaves no hole */
    { "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"},"
      " \"gates\": [{\"id\": \"V\", \"when\": \"subject.x == 12\", \"admit\": false}],",
      N, "A 11 1\nB 15 out V\nC 3 2\nD 0 3\nE 0 1" },
    /* a gate that cannot be decided does not apply, and is told */
    { "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"},"
      " \"gates\": [{\"id\": \"V\", \"when\": \"subject.x < 5\", \"admit\": false}],",
      N, "A 11 2\nB 15 1\nC 3 out V\nD 0 3\nE 0 out V" },
};

START_TEST(rank)
{
    struct course c;
    course_init(&c);
    course_run(&c, ranks[_i].parts, ranks[_i].top, "");
    assert_text(show_standings(&c), ranks[_i].expected, ranks[_i].top);
    course_free(&c);
}
END_TEST

/* x: 8, 12, 0, null and, in a cohort of its own, -3. */
static const struct node_case values[] = {
    { "{\"id\": \"N\", \"cap\": null, \"value\": \"cohort.size\"}",
      "A 4: curve 4\nB 4: curve 4\nC 4: curve 4\nD 4: curve 4\nE 1: curve 1", NULL },
    { "{\"id\": \"N\", \"cap\": null, \"floor\": null, \"value\": \"cohort.sum(subject.x)\"}",
      "A 20: curve 20\nB 20: curve 20\nC 20: curve 20\nD 20: curve 20\nE -3: curve -3", NULL },
    { "{\"id\": \"N\", \"cap\": null, \"floor\": null, \"value\": \"cohort.mean(subject.x)\"}",
      "A 20/3: curve 20/3\nB 20/3: curve 20/3\nC 20/3: curve 20/3\nD 20/3: curve 20/3\nE -3: curve -3", NULL },
    { "{\"id\": \"N\", \"cap\": null, \"floor\": null, \"value\": \"cohort.max(subject.x) - cohort.min(subject.x)\"}",
      "A 12: curve 12\nB 12: curve 12\nC 12: curve 12\nD 12: curve 12\nE 0: curve 0", NULL },
    { "{\"id\": \"N\", \"cap\": null, \"value\": \"cohort.rank(subject.x)\"}",
      "A 2: curve 2\nB 1: curve 1\nC 3: curve 3\nD ?depends\nE 1: curve 1",
      "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"}," },
    /* null of all of Q: nothing to take the mean of */
    { "{\"id\": \"N\", \"cap\": null, \"value\": \"cohort.mean(subject.y)\"}",
      "A 7.5: curve 7.5\nB 7.5: curve 7.5\nC 7.5: curve 7.5\nD 7.5: curve 7.5\nE ?division", NULL },
    /* over points of another node, which are known before */
    { "{\"id\": \"N\", \"cap\": null, \"value\": \"M / cohort.max(M)\", \"missing\": \"zero\"},"
      " {\"id\": \"M\", \"points\": 10, \"value\": \"subject.x\", \"missing\": \"zero\"}",
      "A 0.8: curve 0.8\nB 1: curve 1\nC 0: curve 0\nD 0: curve 0\nE 0: missing 0", NULL },
    /* over the admitted only */
    { "{\"id\": \"N\", \"cap\": null, \"value\": \"cohort.max(subject.x)\", \"missing\": \"zero\"}",
      "A 8: curve 8\nB 8: curve 8\nC 8: curve 8\nD 8: curve 8\nE 0: curve -3, floor 0 = 0",
      "\"gates\": [{\"id\": \"V\", \"when\": \"subject.x == 12\", \"admit\": false}]," },
    /* points that go by a rank that goes by other points */
    { "{\"id\": \"N\", \"kind\": \"bonus\", \"points\": 3, \"value\": \"rank == 1 ? 3 : 0\", \"missing\": \"zero\"},"
      " {\"id\": \"M\", \"points\": 10, \"value\": \"subject.x\", \"missing\": \"zero\"}",
      "A 0/3: curve 0\nB 3/3: curve 3\nC 0/3: curve 0\nD 0/3: curve 0\nE 3/3: curve 3",
      "\"rank\": {\"by\": [\"M\"], \"ties\": \"competition\"}," },
};

START_TEST(value)
{
    run_node_case(&values[_i]);
}
END_TEST

/* Ties are told with their number; those that a chain breaks are none. */
START_TEST(ties)
{
    struct course c;
    course_init(&c);
    course_run(&c, N, "\"rank\": {\"by\": [\"subject.y\"], \"ties\": \"competition\"},", "");
    assert_text(show_notes(&c), "7013 7003", "E cannot be ranked; one tie of three");
    ck_assert_ptr_nonnull(strstr(c.score->findings.items[1].text.s, "3 subjects share rank 1"));
    course_run(&c, N, "\"rank\": {\"by\": [\"subject.y\", \"total\"], \"ties\": \"competition\"},", "");
    assert_text(show_notes(&c), "7013", "none");
    course_free(&c);
}
END_TEST

/* What depends on itself is refused, with the way round. */
START_TEST(circles)
{
    static const struct {
        const char *parts, *top, *words;
    } bad[] = {
        { "{\"id\": \"N\", \"points\": 1, \"value\": \"M\"}, {\"id\": \"M\", \"points\": 1, \"value\": \"N\"}", "",
          "N -> M -> N" },
        { "{\"id\": \"N\", \"points\": 1, \"value\": \"total\"}", "", "total -> N -> total" },
        { "{\"id\": \"N\", \"points\": 1, \"value\": \"rank\"}", "\"rank\": {\"by\": [\"total\"], \"ties\": \"open\"},",
          "rank" },
        { "{\"id\": \"N\", \"points\": 1, \"value\": \"cohort.mean(N)\"}", "", "N -> cohort.mean(N) -> N" },
    };
    struct course c;
    course_init(&c);
    ck_assert_int_eq(course_try(&c, bad[_i].parts, bad[_i].top, ""), KX_E_SCHEME);
    ck_assert_msg(strstr(c.err.message, bad[_i].words), "%s", c.err.message);
    course_free(&c);
}
END_TEST

/* No subjects at all: a finding, no division by nothing. */
START_TEST(nobody)
{
    struct course c;
    course_init(&c);
    course_run(&c, N, "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"},",
               "\"units\": [{\"code\": \"P\", \"level\": \"province\"}]");
    ck_assert_uint_eq(c.score->subject_count, 0);
    assert_text(show_notes(&c), "7001", "nobody");
    course_free(&c);
}
END_TEST

TCase *
cohort_tests(void)
{
    TCase *tc = tcase_create("cohort");
    tcase_add_loop_test(tc, rank, 0, COUNT(ranks));
    tcase_add_loop_test(tc, value, 0, COUNT(values));
    tcase_add_test(tc, ties);
    tcase_add_loop_test(tc, circles, 0, 4);
    tcase_add_test(tc, nobody);
    return tc;
}
