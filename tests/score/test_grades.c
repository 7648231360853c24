/* Grades, gates and places. Totals are A 11, B 15, C 3, D 0 in cohort P, E 0 in cohort Q. */
#include "suite.h"

#define N "{\"id\": \"N\", \"points\": 20, \"value\": \"subject.x + 3\", \"missing\": \"zero\"}"
#define RANK "\"rank\": {\"by\": [\"total\"], \"ties\": \"competition\"},"
#define BY_Y "\"rank\": {\"by\": [\"subject.y\"], \"ties\": \"competition\"},"
#define GRADES(best)                          \
    "\"grades\": [{\"name\": \"best\", " best \
    "}, {\"name\": \"good\", \"when\": \"total >= 3\"}, {\"name\": \"poor\"}],"

static const struct grade_case {
    const char *top, *expected;
} cases[] = {
    /* bands: the first whose condition holds */
    { GRADES("\"when\": \"total >= 11\""), "A 11 best\nB 15 best\nC 3 good\nD 0 poor\nE 0 poor" },
    { "\"grades\": [{\"name\": \"best\", \"when\": \"total > 11\"}, {\"name\": \"good\", \"when\": \"total > 3\"}],",
      "A 11 good\nB 15 best\nC 3\nD 0\nE 0" },
    /* forced, limited, not admitted, cancelled; a ceiling does not raise */
    { GRADES("\"when\": \"total >= 11\"") "\"gates\": [{\"id\": \"V\", \"when\": \"subject.p\", \"grade\": \"poor\"}],",
      "A 11 poor by score best V\nB 15 best\nC 3 good\nD 0 poor V\nE 0 poor" },
    { GRADES("\"when\": \"total >= 11\"") "\"gates\": [{\"id\": \"V\", \"when\": \"true\", \"ceiling\": \"good\"}],",
      "A 11 good by score best V\nB 15 good by score best V\nC 3 good V\nD 0 poor V\nE 0 poor V" },
    { GRADES("\"when\": \"total >= 11\"") RANK
      "\"gates\": [{\"id\": \"V\", \"when\": \"subject.x == 12\", \"admit\": false}],",
      "A 11 1 best\nB 15 out V\nC 3 2 good\nD 0 3 poor\nE 0 1 poor" },
    { GRADES("\"when\": \"total >= 11\"") RANK
      "\"gates\": [{\"id\": \"V\", \"when\": \"subject.x == 12\", \"cancel\": true}],",
      "A 11 2 best\nB 15 1 by score best cancelled V\nC 3 3 good\nD 0 4 poor\nE 0 1 poor" },
    /* places: one for the best; 25 % of 4 and of 1, rounded down and up; the rest try the next grade */
    { GRADES("\"places\": {\"number\": 1, \"ties\": \"out\"}") RANK,
      "A 11 2 good by score best missed\nB 15 1 best\nC 3 3 good by score best missed\nD 0 4 poor by score best missed\nE 0 1 best" },
    { GRADES("\"when\": \"total >= 3\", \"places\": {\"share\": 0.25, \"round\": \"floor\", \"ties\": \"out\"}") RANK,
      "A 11 2 good by score best missed\nB 15 1 best\nC 3 3 good by score best missed\nD 0 4 poor\nE 0 1 poor" },
    { GRADES("\"places\": {\"share\": 0.25, \"round\": \"floor\", \"ties\": \"out\"}") RANK,
      "A 11 2 good by score best missed\nB 15 1 best\nC 3 3 good by score best missed\nD 0 4 poor by score best missed\n"
      "E 0 1 poor by score best missed" },
    { GRADES("\"places\": {\"share\": 0.25, \"round\": \"ceil\", \"ties\": \"out\"}") RANK,
      "A 11 2 good by score best missed\nB 15 1 best\nC 3 3 good by score best missed\nD 0 4 poor by score best missed\nE 0 1 best" },
    /* of those who qualify: half of A, B and C is 1.5 */
    { GRADES(
          "\"when\": \"total >= 3\", \"places\": {\"share\": 0.5, \"of\": \"qualified\", \"round\": \"half-up\", \"ties\": \"out\"}")
          RANK,
      "A 11 2 best\nB 15 1 best\nC 3 3 good by score best missed\nD 0 4 poor\nE 0 1 poor" },
    /* A, B and D share the first rank by y: one place; E has no rank, so whether it would have one stays open */
    { GRADES("\"places\": {\"number\": 1, \"ties\": \"out\"}") BY_Y,
      "A 11 1= good by score best missed\nB 15 1= good by score best missed\nC 3 4 good by score best missed\n"
      "D 0 1= poor by score best missed\nE 0 poor by score best missed open" },
    { GRADES("\"places\": {\"number\": 1, \"ties\": \"in\"}") BY_Y,
      "A 11 1= best\nB 15 1= best\nC 3 4 good by score best missed\nD 0 1= best\nE 0 poor by score best missed open" },
    /* who is held down before the places leaves one to the next, who is held down after them does not */
    { GRADES("\"places\": {\"number\": 1, \"ties\": \"out\"}") RANK
      "\"gates\": [{\"id\": \"V\", \"when\": \"subject.x == 12\", \"ceiling\": \"good\"}],",
      "A 11 2 best\nB 15 1 good by score best V\nC 3 3 good by score best missed\nD 0 4 poor by score best missed\nE 0 1 best" },
    { GRADES("\"places\": {\"number\": 1, \"ties\": \"out\"}") RANK
      "\"gates\": [{\"id\": \"V\", \"when\": \"subject.x == 12\", \"ceiling\": \"good\", \"after\": \"places\"}],",
      "A 11 2 good by score best missed\nB 15 1 good by score best V\nC 3 3 good by score best missed\n"
      "D 0 4 poor by score best missed\nE 0 1 best" },
};

START_TEST(grade)
{
    struct course c;
    course_init(&c);
    course_run(&c, N, cases[_i].top, "");
    assert_text(show_standings(&c), cases[_i].expected, cases[_i].top);
    course_free(&c);
}
END_TEST

TCase *
grades_tests(void)
{
    TCase *tc = tcase_create("grades");
    tcase_add_loop_test(tc, grade, 0, COUNT(cases));
    return tc;
}
