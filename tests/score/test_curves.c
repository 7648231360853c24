/* From values to points, for the subjects of fixture_units: x is 8, 12, 0, null, -3. Expected points are worked out by hand. */
#include "suite.h"

static const struct node_case cases[] = {
    /* none: a number is itself, true is full points */
    { "{\"id\": \"N\", \"points\": 10, \"value\": \"subject.x\", \"missing\": \"zero\"}",
      "A 8/10 lost 2: curve 8\n"
      "B 10/10: curve 12, cap 10 = 10\n"
      "C 0/10 lost 10: curve 0\n"
      "D 0/10 lost 10: missing 0\n"
      "E 0/10 lost 10: curve -3, floor 0 = 0",
      NULL },
    { "{\"id\": \"N\", \"points\": 4, \"value\": \"subject.p\", \"missing\": \"full\"}",
      "A 4/4: curve 4\n"
      "B 0/4 lost 4: curve 0\n"
      "C 4/4: missing 4\n"
      "D 4/4: curve 4\n"
      "E 0/4 lost 4: curve 0",
      NULL },
    /* ratio: 8/10, 12/10, 0/0, null/10, -3/null */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.x / subject.y\", \"curve\": \"ratio\"}",
      "A 4/5 lost 1: curve 4\n"
      "B 5/5: curve 6, cap 5 = 5\n"
      "C ?division\n"
      "D ?null_operand\n"
      "E ?null_operand",
      NULL },
    { "{\"id\": \"N\", \"points\": 5, \"cap\": null, \"floor\": null, \"value\": \"subject.x / 10\", \"curve\": \"ratio\","
      " \"missing\": \"zero\"}",
      "A 4/5 lost 1: curve 4\n"
      "B 6/5 lost -1: curve 6\n"
      "C 0/5 lost 5: curve 0\n"
      "D 0/5 lost 5: missing 0\n"
      "E -1.5/5 lost 6.5: curve -1.5",
      NULL },
    /* steps: closed below, the first that holds; bounds and points may be expressions */
    { "{\"id\": \"N\", \"points\": 6, \"floor\": null, \"value\": \"subject.x\","
      " \"curve\": {\"steps\": [[12, 6], [8, 4], [0, 1]], \"else\": -1}}",
      "A 4/6 lost 2: curve #2 = 4\n"
      "B 6/6: curve #1 = 6\n"
      "C 1/6 lost 5: curve #3 = 1\n"
      "D ?null\n"
      "E -1/6 lost 7: curve -1",
      NULL },
    { "{\"id\": \"N\", \"points\": 6, \"value\": \"subject.x\", \"curve\": {\"steps\": [[\"subject.y\", \"full\"], [8, \"full / 2\"]]}}",
      "A 3/6 lost 3: curve #2 = 3\n"
      "B 6/6: curve #1 = 6\n"
      "C 6/6: curve #1 = 6\n"
      "D ?null\n"
      "E ?depends",
      NULL },
    /* cases: any condition, in their order; one that cannot be decided stops them */
    { "{\"id\": \"N\", \"points\": 6, \"value\": \"subject.x\", \"curve\": {\"cases\": [[\"value > 8\", 6], [\"value == 8\", 3]],"
      " \"else\": 1}, \"missing\": \"zero\"}",
      "A 3/6 lost 3: curve #2 = 3\n"
      "B 6/6: curve #1 = 6\n"
      "C 1/6 lost 5: curve 1\n"
      "D 0/6 lost 6: missing 0\n"
      "E 1/6 lost 5: curve 1",
      NULL },
    { "{\"id\": \"N\", \"points\": 6, \"value\": \"subject.x\", \"curve\": {\"cases\": [[\"subject.p\", 6], [\"true\", 2]]}}",
      "A 6/6: curve #1 = 6\n"
      "B 2/6 lost 4: curve #2 = 2\n"
      "C ?null\n"
      "D ?null\n"
      "E 2/6 lost 4: curve #2 = 2",
      NULL },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.d\", \"curve\": {\"cases\": [[\"value <= date('2025-04-01')\", 5]]},"
      " \"missing\": \"zero\"}",
      "A 5/5: curve #1 = 5\n"
      "B 5/5: curve #1 = 5\n"
      "C 0/5 lost 5: curve 0\n"
      "D 0/5 lost 5: missing 0\n"
      "E 0/5 lost 5: curve 0",
      NULL },
    /* slopes: 10 is the target; 2 below 4, 2 above 6, 10 below 0, 13 below -1.5 */
    { "{\"id\": \"N\", \"points\": 10, \"value\": \"subject.x\", \"missing\": \"zero\","
      " \"curve\": {\"at\": 10, \"base\": 5, \"up\": [2, 1], \"down\": [2, -1]}}",
      "A 4/10 lost 6: curve 4\n"
      "B 6/10 lost 4: curve 6\n"
      "C 0/10 lost 10: curve 0\n"
      "D 0/10 lost 10: missing 0\n"
      "E 0/10 lost 10: curve -1.5, floor 0 = 0",
      NULL },
    { "{\"id\": \"N\", \"points\": 10, \"floor\": null, \"value\": \"subject.x\", \"missing\": \"zero\","
      " \"curve\": {\"at\": 10, \"base\": 5, \"up\": [3, 1], \"down\": [3, -1], \"whole\": true}}",
      "A 5/10 lost 5: curve 5\n"
      "B 5/10 lost 5: curve 5\n"
      "C 2/10 lost 8: curve 2\n"
      "D 0/10 lost 10: missing 0\n"
      "E 1/10 lost 9: curve 1",
      NULL },
    { "{\"id\": \"N\", \"points\": 10, \"value\": \"subject.x\", \"missing\": \"zero\", \"curve\": {\"each\": [5, 2], \"whole\": true}}",
      "A 2/10 lost 8: curve 2\n"
      "B 4/10 lost 6: curve 4\n"
      "C 0/10 lost 10: curve 0\n"
      "D 0/10 lost 10: missing 0\n"
      "E 0/10 lost 10: curve 0",
      NULL },
    /* the step of a slope must be above 0 where it is needed */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.x\", \"curve\": {\"at\": 10, \"base\": 5, \"down\": [\"subject.y\", -1]}}",
      "A 4.8/5 lost 0.2: curve 4.8\n"
      "B 5/5: curve 5\n"
      "C ?division\n"
      "D ?null\n"
      "E ?depends",
      NULL },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.x\", \"curve\": {\"at\": 10, \"base\": 5, \"down\": [\"0 - subject.y\", -1]}}",
      "A ?range\n"
      "B 5/5: curve 5\n"
      "C ?division\n"
      "D ?null\n"
      "E ?depends",
      NULL },
    /* a line: 0 below it, its last points above; the row is the point to the right */
    { "{\"id\": \"N\", \"points\": 10, \"value\": \"subject.x\", \"curve\": {\"line\": [[0, 1], [10, 5], [11, 9]]}}",
      "A 4.2/10 lost 5.8: curve #2 = 4.2\n"
      "B 9/10 lost 1: curve #3 = 9\n"
      "C 1/10 lost 9: curve #2 = 1\n"
      "D ?null\n"
      "E 0/10 lost 10: curve 0",
      NULL },
    /* labels, numbered as the scheme has them; one it does not know is not missing */
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.t\", \"curve\": {\"map\": {\"good\": 5, \"fair\": 3, \"bad\": 1}},"
      " \"missing\": \"zero\"}",
      "A 5/5: curve #1 = 5\n"
      "B 3/5 lost 2: curve #2 = 3\n"
      "C 1/5 lost 4: curve #3 = 1\n"
      "D 0/5 lost 5: missing 0\n"
      "E ?lookup",
      NULL },
    { "{\"id\": \"N\", \"points\": 5, \"value\": \"subject.t\", \"curve\": {\"map\": {\"good\": 5}, \"else\": 2}, \"missing\": \"zero\"}",
      "A 5/5: curve #1 = 5\n"
      "B 2/5 lost 3: curve 2\n"
      "C 2/5 lost 3: curve 2\n"
      "D 0/5 lost 5: missing 0\n"
      "E 2/5 lost 3: curve 2",
      NULL },
};

START_TEST(curve)
{
    run_node_case(&cases[_i]);
}
END_TEST

TCase *
curves_tests(void)
{
    TCase *tc = tcase_create("curves");
    tcase_add_loop_test(tc, curve, 0, COUNT(cases));
    return tc;
}
