/* What falls short: which gaps there are, what they say, and which part of the loss each of them carries. */
#include "suite.h"

#include <stdio.h>

static const char acts[] = "\"acts\": ["
                           "{\"unit\": \"A\", \"date\": \"2025-01-01\", \"kind\": \"talk\", \"ok\": true, \"n\": 2},"
                           "{\"unit\": \"A\", \"date\": \"2025-02-10\", \"kind\": \"fair\", \"ok\": false, \"n\": 3},"
                           "{\"unit\": \"A\", \"date\": \"2025-07-01\", \"kind\": \"talk\", \"ok\": false, \"n\": 1},"
                           "{\"unit\": \"B\", \"date\": \"2025-09-30\", \"kind\": \"talk\", \"ok\": true, \"n\": 0}]";

static const char measures[] =
    "\"measures\": {\"all\": {\"of\": \"acts\"}, \"q\": {\"of\": \"acts\", \"per\": [\"quarter\"], \"at_least\": 1},"
    " \"k\": {\"of\": \"acts\", \"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"half\"], \"at_least\": 1},"
    " \"few\": {\"of\": \"acts\", \"per\": [\"half\"], \"at_most\": 1},"
    " \"bad\": {\"of\": \"acts\", \"where\": \"!ok\", \"keep\": [\"date\", \"kind\"]},"
    " \"worse\": {\"of\": \"acts\", \"where\": \"!ok\", \"sum\": \"n\", \"keep\": [\"date\"]},"
    " \"good\": {\"of\": \"acts\", \"where\": \"ok\", \"keep\": [\"date\"]}},";

/* expected: the gaps of the first subject or two; the rest have no acts and are left out of the text. */
struct gap_case {
    const char *part, *expected;
};
static const struct gap_case cases[] = {
    /* coverage in proportion: 12 points over 4 quarters */
    { "{\"id\": \"N\", \"points\": 12, \"value\": \"coverage(q)\", \"curve\": \"ratio\", \"for\": \"all > 0\"}",
      "A cell 2025-Q2 0<1 costs 3\nA cell 2025-Q4 0<1 costs 3\n"
      "B cell 2025-Q1 0<1 costs 3\nB cell 2025-Q2 0<1 costs 3\nB cell 2025-Q4 0<1 costs 3" },
    /* groups: each half costs 6, shared among what is not met in it */
    { "{\"id\": \"N\", \"points\": 12, \"value\": \"coverage(k, half)\", \"curve\": \"ratio\", \"for\": \"all > 0\"}",
      "A cell fair / 2025-H2 0<1 costs 6\n"
      "B cell talk / 2025-H1 0<1 costs 3\nB cell fair / 2025-H1 0<1 costs 3\nB cell fair / 2025-H2 0<1 costs 6" },
    /* so much for each that is short, or for each that is met */
    { "{\"id\": \"N\", \"points\": 8, \"value\": \"short(q)\", \"curve\": {\"at\": 0, \"base\": 8, \"up\": [1, -2]}, \"for\": \"all > 0\"}",
      "A cell 2025-Q2 0<1 costs 2\nA cell 2025-Q4 0<1 costs 2\n"
      "B cell 2025-Q1 0<1 costs 2\nB cell 2025-Q2 0<1 costs 2\nB cell 2025-Q4 0<1 costs 2" },
    { "{\"id\": \"N\", \"points\": 4, \"value\": \"met(q)\", \"curve\": {\"each\": 1}, \"for\": \"all > 0\"}",
      "A cell 2025-Q2 0<1 costs 1\nA cell 2025-Q4 0<1 costs 1\n"
      "B cell 2025-Q1 0<1 costs 1\nB cell 2025-Q2 0<1 costs 1\nB cell 2025-Q4 0<1 costs 1" },
    { "{\"id\": \"N\", \"kind\": \"deduction\", \"points\": 9, \"value\": \"short(few)\", \"curve\": {\"each\": -1.5}}",
      "A cell 2025-H1 2>1 costs 1.5" },
    /* where the parts are not the loss, the list stands against all of it: more met than points, a bound, steps */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"met(q)\", \"curve\": {\"each\": 1}, \"for\": \"all > 1\"}",
      "A cell 2025-Q2 0<1\nA cell 2025-Q4 0<1" },
    { "{\"id\": \"N\", \"points\": 8, \"floor\": 5, \"value\": \"short(q)\","
      " \"curve\": {\"at\": 0, \"base\": 8, \"up\": [1, -2]}, \"for\": \"all > 1\"}",
      "A cell 2025-Q2 0<1\nA cell 2025-Q4 0<1" },
    { "{\"id\": \"N\", \"points\": 8, \"value\": \"met(q)\", \"curve\": {\"steps\": [[4, 8], [2, 3]]}, \"for\": \"all > 1\"}",
      "A cell 2025-Q2 0<1\nA cell 2025-Q4 0<1" },
    /* records that a measure keeps */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"bad\", \"curve\": {\"at\": 0, \"base\": 5, \"up\": [1, -2]}}",
      "A record 2025-02-10 / fair costs 2\nA record 2025-07-01 / talk costs 2" },
    { "{\"id\": \"N\", \"kind\": \"deduction\", \"points\": 3, \"value\": \"bad\", \"curve\": {\"each\": -2}}",
      "A record 2025-02-10 / fair\nA record 2025-07-01 / talk" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"worse\", \"curve\": {\"at\": 0, \"base\": 5, \"up\": [1, -1]}}",
      "A record 2025-02-10\nA record 2025-07-01" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"true\", \"zero_if\": \"bad > 0\"}",
      "A record 2025-02-10 / fair\nA record 2025-07-01 / talk" },
    /* of records that earn points none is a gap; what is short of full points is */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"good\", \"curve\": {\"each\": 2}, \"for\": \"all > 0\"}",
      "A value 1<2.5 costs 3\nB value 1<2.5 costs 3" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"good\", \"curve\": {\"steps\": [[3, 5], [1, 2]]}, \"for\": \"all > 1\"}",
      "A value 1<3 costs 3" },
    /* what full points need: along each curve */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"all / 4\", \"curve\": \"ratio\", \"for\": \"all > 1\"}",
      "A value 0.75<1 costs 1.25" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"all\", \"curve\": {\"at\": 2, \"base\": 1, \"up\": [1, 2], \"whole\": true},"
      " \"for\": \"all > 1\"}",
      "A value 3<4 costs 2" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"all\", \"curve\": {\"at\": 1, \"base\": 5, \"up\": [1, -1]}, \"for\": \"all > 1\"}",
      "A value 3>1 costs 2" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"all\", \"curve\": {\"line\": [[0, 0], [10, 5], [20, 5]]}, \"for\": \"all > 1\"}",
      "A value 3<10 costs 3.5" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"all\", \"curve\": {\"cases\": [[\"value > 9\", 5], [\"value > 2\", 1]]}, \"for\": \"all > 1\"}",
      "A value 3<value > 9 costs 4" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.t\", \"curve\": {\"map\": {\"bad\": 1, \"good\": 5, \"best\": 6}, \"else\": 0},"
      " \"missing\": \"zero\", \"for\": \"subject.x == 0 || subject.x == null\"}",
      "C value bad<good costs 4\nD missing ?<good costs 5" },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"all > 5\", \"for\": \"all > 1\"}", "A value false<true costs 5" },
    /* nothing is named when a factor or a bound stands between the value and full points */
    { "{\"id\": \"N\", \"points\": 9, \"value\": \"all\", \"factor\": 0.5, \"for\": \"all > 1\"}",
      "A value 3<? costs 7.5" },
    { "{\"id\": \"N\", \"points\": 9, \"cap\": 2, \"value\": \"all\", \"for\": \"all > 1\"}", "A value 3<? costs 7" },
    /* a checklist, and what its conditions count */
    { "{\"id\": \"N\", \"points\": 6, \"checks\": [{\"title\": \"every quarter\", \"when\": \"met(q) == 4\"},"
      " {\"title\": \"three\", \"when\": \"all >= 3\"}, \"bad == 0\"], \"curve\": \"ratio\", \"for\": \"all > 1\"}",
      "A check every quarter costs 2\nA cell 2025-Q2 0<1\nA cell 2025-Q4 0<1\n"
      "A check bad == 0 costs 2\nA record 2025-02-10 / fair\nA record 2025-07-01 / talk" },
    /* unknown: something is missing; when it is not the value, nobody can say what it should be */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.x\", \"for\": \"subject.y == 10\"}", "D missing ?<5" },
    { "{\"id\": \"N\", \"points\": \"subject.y\", \"value\": \"subject.x + 3\", \"curve\": \"ratio\", \"for\": \"subject.y == null\"}",
      "E value 0<?" },
    /* full points, nothing lost: no gap; a bonus has none */
    { "{\"id\": \"N\", \"points\": 3, \"value\": \"all\", \"for\": \"all > 1\"}", "" },
    { "{\"id\": \"N\", \"kind\": \"bonus\", \"points\": 9, \"value\": \"met(q)\"}", "" },
};

START_TEST(gap)
{
    struct course c;
    course_init(&c);
    course_run(&c, cases[_i].part, measures, acts);
    assert_text(show_gaps(&c, "N"), cases[_i].expected, cases[_i].part);
    course_free(&c);
}
END_TEST

/* A label and its number: full points are those of the best label; a number that is wrong has to lie where its label says. */
START_TEST(ranges)
{
    struct course c;
    course_init(&c);
    course_run(&c,
               "{\"id\": \"N\", \"points\": 10, \"missing\": \"zero\","
               " \"curve\": {\"range\": {\"poor\": [0, 0.8], \"good\": [0.8, 1]}}}",
               "",
               "\"marks\": [{\"subject\": \"A\", \"indicator\": \"N\", \"label\": \"good\", \"value\": 9},"
               "{\"subject\": \"B\", \"indicator\": \"N\", \"label\": \"poor\", \"value\": 9},"
               "{\"subject\": \"C\", \"indicator\": \"N\", \"label\": \"fine\"},"
               "{\"subject\": \"D\", \"indicator\": \"N\", \"label\": \"good\"},"
               "{\"subject\": \"E\", \"indicator\": \"N\", \"label\": \"good\", \"value\": 10}]");
    assert_text(show_gaps(&c, "N"),
                "A value good 9<good 10 costs 1\n"
                "B value poor 9<0 .. 8\n"
                "C value fine<good 10\n"
                "D value good<good 10 costs 10",
                "ranges");
    course_free(&c);
}
END_TEST

/* A gate names its records; a row that two gates count is told for each. */
START_TEST(gates)
{
    struct course c;
    char top[2048];
    course_init(&c);
    snprintf(top, sizeof(top),
             "%s \"gates\": [{\"id\": \"V\", \"title\": \"bad\", \"when\": \"bad > 1\", \"cancel\": true},"
             " {\"id\": \"W\", \"when\": \"all > 9\", \"cancel\": true}],",
             measures);
    course_run(&c, "{\"id\": \"N\", \"points\": 3, \"value\": \"all\"}", top, acts);
    assert_text(show_gaps(&c, NULL), "A gate bad\nA record 2025-02-10 / fair\nA record 2025-07-01 / talk", "gates");
    course_free(&c);
}
END_TEST

TCase *
gaps_tests(void)
{
    TCase *tc = tcase_create("gaps");
    tcase_add_loop_test(tc, gap, 0, COUNT(cases));
    tcase_add_test(tc, ranges);
    tcase_add_test(tc, gates);
    return tc;
}
