/* What a node does beside its curve: whether it applies, what is missing, and the steps after the curve, in their order. */
#include "suite.h"

#include <stdio.h>

static const struct node_case cases[] = {
    /* factor - floor, cap - round - zero_if */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.x\", \"factor\": 0.5, \"missing\": \"zero\"}",
      "A 4/5 lost 1: curve 8, factor 0.5 = 4\n"
      "B 5/5: curve 12, factor 0.5 = 6, cap 5 = 5\n"
      "C 0/5 lost 5: curve 0, factor 0.5 = 0\n"
      "D 0/5 lost 5: missing 0, factor 0.5 = 0\n"
      "E 0/5 lost 5: curve -3, factor 0.5 = -1.5, floor 0 = 0",
      NULL },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.x\", \"factor\": \"subject.y / 7\", \"cap\": null, \"missing\": \"zero\","
      " \"round\": {\"places\": 2, \"mode\": \"half-up\"}, \"zero_if\": \"x_of > 10\"}",
      "A 11.43/5 lost -6.43: curve 8, factor 10/7 = 80/7, round 11.43\n"
      "B 0/5 lost 5: curve 12, factor 10/7 = 120/7, round 17.14, zero_if 0\n"
      "C 0/5 lost 5: curve 0, factor 0 = 0\n"
      "D ?depends\n"
      "E ?depends",
      "\"define\": {\"x_of\": \"subject.x\"}," },
    { "{\"id\": \"N\", \"points\": 9, \"value\": \"subject.x\", \"floor\": 1, \"cap\": \"subject.y - 1\", \"missing\": \"zero\"}",
      "A 8/9 lost 1: curve 8\n"
      "B 9/9: curve 12, cap 9 = 9\n"
      "C -1/9 lost 10: curve 0, floor 1 = 1, cap -1 = -1\n"
      "D 1/9 lost 8: missing 0, floor 1 = 1\n"
      "E ?depends",
      NULL },
    { "{\"id\": \"N\", \"points\": 9, \"value\": \"subject.x / 7\", \"round\": {\"to\": 0.5, \"mode\": \"ceil\"}, \"missing\": \"zero\"}",
      "A 1.5/9 lost 7.5: curve 8/7, round 1.5\n"
      "B 2/9 lost 7: curve 12/7, round 2\n"
      "C 0/9 lost 9: curve 0\n"
      "D 0/9 lost 9: missing 0\n"
      "E 0/9 lost 9: curve -3/7, floor 0 = 0",
      NULL },
    { "{\"id\": \"N\", \"points\": 10, \"value\": \"subject.x\", \"zero_if\": \"subject.p\", \"missing\": \"full\"}",
      "A 0/10 lost 10: curve 8, zero_if 0\n"
      "B 10/10: curve 12, cap 10 = 10\n"
      "C ?depends\n"
      "D 0/10 lost 10: missing 10, zero_if 0\n"
      "E 0/10 lost 10: curve -3, floor 0 = 0",
      NULL },
    /* bonus and deduction lose nothing; a deduction stays between minus its points and 0 */
    { "{\"id\": \"N\", \"kind\": \"deduction\", \"points\": 10, \"value\": \"subject.x\", \"curve\": {\"each\": -1}, \"missing\": \"zero\"}",
      "A -8/10: curve -8\n"
      "B -10/10: curve -12, floor -10 = -10\n"
      "C 0/10: curve 0\n"
      "D 0/10: missing 0\n"
      "E 0/10: curve 0",
      NULL },
    { "{\"id\": \"N\", \"kind\": \"deduction\", \"floor\": null, \"value\": \"subject.x\", \"missing\": \"zero\"}",
      "A 0: curve 8, cap 0 = 0\n"
      "B 0: curve 12, cap 0 = 0\n"
      "C 0: curve 0\n"
      "D 0: missing 0\n"
      "E -3: curve -3",
      NULL },
    { "{\"id\": \"N\", \"kind\": \"bonus\", \"cap\": null, \"value\": \"subject.x\", \"missing\": \"zero\"}",
      "A 8: curve 8\n"
      "B 12: curve 12\n"
      "C 0: curve 0\n"
      "D 0: missing 0\n"
      "E 0: curve -3, floor 0 = 0",
      NULL },
    /* missing */
    { "{\"id\": \"N\", \"points\": 10, \"value\": \"subject.x\", \"missing\": \"subject.y / 4\"}",
      "A 8/10 lost 2: curve 8\n"
      "B 10/10: curve 12, cap 10 = 10\n"
      "C 0/10 lost 10: curve 0\n"
      "D 2.5/10 lost 7.5: missing 2.5\n"
      "E 0/10 lost 10: curve -3, floor 0 = 0",
      NULL },
    { "{\"id\": \"N\", \"points\": 10, \"value\": \"subject.y\", \"missing\": \"subject.q ? 1 : 2\"}",
      "A 10/10: curve 10\n"
      "B 10/10: curve 10\n"
      "C 0/10 lost 10: curve 0\n"
      "D 10/10: curve 10\n"
      "E ?null",
      NULL },
    /* for, and points that depend on the subject */
    { "{\"id\": \"N\", \"points\": 10, \"for\": \"subject.p\", \"value\": \"subject.x\", \"missing\": \"na\"}",
      "A 8/10 lost 2: curve 8\n"
      "B na 0/10 lost 10: na 0\n"
      "C ?null\n"
      "D na 0/10 lost 10: na 0\n"
      "E na 0/10 lost 10: na 0",
      NULL },
    { "{\"id\": \"N\", \"points\": \"subject.y\", \"value\": \"subject.x / 20\", \"curve\": \"ratio\", \"missing\": \"full\"}",
      "A 4/10 lost 6: curve 4\n"
      "B 6/10 lost 4: curve 6\n"
      "C 0: curve 0\n"
      "D 10/10: missing 10\n"
      "E ?null",
      NULL },
    /* a checklist: 3 conditions, of which one that cannot be decided does not hold */
    { "{\"id\": \"N\", \"points\": 6, \"checks\": [\"subject.p\", \"subject.x > 5\", \"has(subject.y)\"], \"curve\": \"ratio\"}",
      "A 6/6: curve 6\n"
      "B 4/6 lost 2: curve 4\n"
      "C 2/6 lost 4: curve 2\n"
      "D 4/6 lost 2: curve 4\n"
      "E 0/6 lost 6: curve 0",
      NULL },
    /* a value and points of other nodes, in whatever order they stand */
    { "{\"id\": \"N\", \"points\": 20, \"value\": \"M + M.value\", \"missing\": \"zero\"},"
      " {\"id\": \"M\", \"points\": 10, \"value\": \"subject.x\"}",
      "A 16/20 lost 4: curve 16\n"
      "B 20/20: curve 22, cap 20 = 20\n"
      "C 0/20 lost 20: curve 0\n"
      "D 0/20 lost 20: missing 0\n"
      "E 0/20 lost 20: curve -3, floor 0 = 0",
      NULL },
};

START_TEST(node)
{
    run_node_case(&cases[_i]);
}
END_TEST

/* ---- marks ---- */

static const char marks[] =
    "\"marks\": ["
    "{\"subject\": \"A\", \"indicator\": \"N\", \"track\": \"self\", \"value\": 9},"
    "{\"subject\": \"A\", \"indicator\": \"N\", \"track\": \"city\", \"value\": 7, \"reason\": \"late\"},"
    "{\"subject\": \"B\", \"indicator\": \"N\", \"track\": \"self\", \"value\": 12},"
    "{\"subject\": \"C\", \"indicator\": \"N\", \"track\": \"city\", \"value\": 3},"
    "{\"subject\": \"C\", \"indicator\": \"N\", \"track\": \"city\", \"value\": 4},"
    "{\"subject\": \"C\", \"indicator\": \"N\", \"track\": \"self\", \"value\": 9},"
    "{\"subject\": \"D\", \"indicator\": \"M\", \"track\": \"city\", \"value\": 5}]";

/* The first track that entered anything is official, also when it contradicts itself; others that differ are told. */
START_TEST(tracks)
{
    struct course c;
    course_init(&c);
    course_run(&c, "{\"id\": \"N\", \"points\": 10, \"missing\": \"zero\"}", "\"tracks\": [\"city\", \"self\"],",
               marks);
    assert_text(show_node(&c, "N"),
                "A 7/10 lost 3: curve 7\n"
                "B 10/10: curve 12, cap 10 = 10\n"
                "C ?tied\n"
                "D 0/10 lost 10: missing 0\n"
                "E 0/10 lost 10: missing 0",
                "tracks");
    const kxi_fact *a = kxi_score_fact(c.score, 1, 0), *d = kxi_score_fact(c.score, 1, 3);
    ck_assert_uint_eq(a->track, 0);
    assert_str(a->reason_text, "late");
    ck_assert_uint_eq(d->track, KXI_NONE);
    assert_text(show_notes(&c), "7008 7002", "notes");
    course_free(&c);
}
END_TEST

START_TEST(one_track)
{
    struct course c;
    course_init(&c);
    course_run(&c, "{\"id\": \"N\", \"points\": 10, \"missing\": \"zero\"}", "", marks);
    assert_text(show_node(&c, "N"),
                "A ?tied\n"
                "B 10/10: curve 12, cap 10 = 10\n"
                "C ?tied\n"
                "D 0/10 lost 10: missing 0\n"
                "E 0/10 lost 10: missing 0",
                "without tracks all marks are of one");
    ck_assert_uint_eq(kxi_score_fact(c.score, 1, 1)->track, KXI_NONE);
    course_free(&c);
}
END_TEST

static const char labels[] = "\"marks\": ["
                             "{\"subject\": \"A\", \"indicator\": \"N\", \"label\": \"good\"},"
                             "{\"subject\": \"B\", \"indicator\": \"N\", \"label\": \"good\", \"value\": 8},"
                             "{\"subject\": \"C\", \"indicator\": \"N\", \"label\": \"good\", \"value\": 7.9},"
                             "{\"subject\": \"D\", \"indicator\": \"N\", \"label\": \"fine\"},"
                             "{\"subject\": \"E\", \"indicator\": \"N\", \"value\": 9}]";

/* good opens 8 to 10 of 10 points. */
START_TEST(ranges)
{
    static const struct {
        const char *pick, *a;
    } picks[] = { { "none", "A 0/10 lost 10: missing 0" },
                  { "low", "A 8/10 lost 2: curve #2 = 8" },
                  { "middle", "A 9/10 lost 1: curve #2 = 9" },
                  { "high", "A 10/10: curve #2 = 10" } };
    char part[256], expected[256];
    struct course c;
    course_init(&c);
    snprintf(
        part, sizeof(part),
        "{\"id\": \"N\", \"points\": 10, \"missing\": \"zero\", \"curve\": {\"range\": {\"poor\": [0, 0.8], \"good\": [0.8, 1]},"
        " \"pick\": \"%s\"}}",
        picks[_i].pick);
    course_run(&c, part, "", labels);
    snprintf(expected, sizeof(expected), "%s\nB 8/10 lost 2: curve #2 = 8\nC ?range\nD ?lookup\nE ?lookup",
             picks[_i].a);
    assert_text(show_node(&c, "N"), expected, picks[_i].pick);
    course_free(&c);
}
END_TEST

/* What is not known is told once a subject, with the node that is the cause. */
START_TEST(notes)
{
    struct course c;
    course_init(&c);
    course_run(
        &c,
        "{\"id\": \"B\", \"factor\": \"subject.y / subject.y\", \"parts\": [{\"id\": \"N\", \"points\": \"subject.y + 1\","
        " \"value\": \"subject.x\", \"missing\": \"zero\"}]}",
        "", "");
    assert_text(show_node(&c, "B"),
                "A 8/11 lost 3: parts 8, factor 1 = 8\n"
                "B 11/11: parts 11, factor 1 = 11\n"
                "C ?depends\n"
                "D 0/11 lost 11: parts 0, factor 1 = 0\n"
                "E ?depends",
                "a factor that is not known");
    assert_text(show_notes(&c), "7009 7002 7002", "the points of N for E, then C because of B, E because of N");
    course_free(&c);
}
END_TEST

TCase *
nodes_tests(void)
{
    TCase *tc = tcase_create("nodes");
    tcase_add_loop_test(tc, node, 0, COUNT(cases));
    tcase_add_test(tc, tracks);
    tcase_add_test(tc, one_track);
    tcase_add_loop_test(tc, ranges, 0, 4);
    tcase_add_test(tc, notes);
    return tc;
}
