/* Parts together: sums, weights, the best and the worst, and what parts do that do not apply. x is 8, 12, 0, null, -3, each within 0
 * and 10 as points; Y applies where p is true (A, D), not where it is false (B, E), and is unknown where it is null (C). */
#include "suite.h"

#define X "{\"id\": \"X\", \"points\": 10, \"value\": \"subject.x\", \"missing\": \"zero\"}"
#define Y "{\"id\": \"Y\", \"points\": 4, \"for\": \"subject.p\", \"value\": \"true\"}"
#define BLOCK(keys, parts) "{\"id\": \"N\", " keys "\"parts\": [" parts "]}"

static const struct node_case cases[] = {
    /* full points of a block are those of its parts unless it says its own */
    { BLOCK("\"na\": \"zero\", ", X ", " Y),
      "A 12/14 lost 2: parts 12\n"
      "B 10/14 lost 4: parts 10\n"
      "C ?depends\n"
      "D 4/14 lost 10: parts 4\n"
      "E 0/14 lost 14: parts 0",
      NULL },
    { BLOCK("\"na\": \"full\", ", X ", " Y),
      "A 12/14 lost 2: parts 12\n"
      "B 14/14: parts 14\n"
      "C ?depends\n"
      "D 4/14 lost 10: parts 4\n"
      "E 4/14 lost 10: parts 4",
      NULL },
    { BLOCK("\"na\": \"leave\", \"points\": 14, ", X ", " Y),
      "A 12/14 lost 2: parts 12\n"
      "B 10/10: parts 10\n"
      "C ?depends\n"
      "D 4/14 lost 10: parts 4\n"
      "E 0/10 lost 10: parts 0",
      NULL },
    { BLOCK("\"na\": \"rescale\", \"points\": 14, ", X ", " Y),
      "A 12/14 lost 2: parts 12\n"
      "B 14/14: parts 10, rescale 1.4 = 14\n"
      "C ?depends\n"
      "D 4/14 lost 10: parts 4\n"
      "E 0/14 lost 14: parts 0, rescale 1.4 = 0",
      NULL },
/* weights: 0.3 x + 0.5 Y; a part that does not apply has its weight too */
#define WEIGHTED(na)                                                                                           \
    BLOCK("\"combine\": \"weighted\", \"na\": \"" na "\", ",                                                   \
          "{\"id\": \"X\", \"points\": 10, \"weight\": 0.3, \"value\": \"subject.x\", \"missing\": \"zero\"}," \
          " {\"id\": \"Y\", \"points\": 4, \"weight\": 0.5, \"for\": \"subject.p\", \"value\": \"true\"}")
    { WEIGHTED("zero"),
      "A 4.4/5 lost 0.6: parts 4.4\n"
      "B 3/5 lost 2: parts 3\n"
      "C ?depends\n"
      "D 2/5 lost 3: parts 2\n"
      "E 0/5 lost 5: parts 0",
      NULL },
    { WEIGHTED("full"),
      "A 4.4/5 lost 0.6: parts 4.4\n"
      "B 5/5: parts 5\n"
      "C ?depends\n"
      "D 2/5 lost 3: parts 2\n"
      "E 2/5 lost 3: parts 2",
      NULL },
    { WEIGHTED("leave"),
      "A 4.4/5 lost 0.6: parts 4.4\n"
      "B 3/3: parts 3\n"
      "C ?depends\n"
      "D 2/5 lost 3: parts 2\n"
      "E 0/3 lost 3: parts 0",
      NULL },
    { WEIGHTED("rescale"),
      "A 4.4/5 lost 0.6: parts 4.4\n"
      "B 5/5: parts 3, rescale 5/3 = 5\n"
      "C ?depends\n"
      "D 2/5 lost 3: parts 2\n"
      "E 0/5 lost 5: parts 0, rescale 5/3 = 0",
      NULL },
    { BLOCK("\"combine\": \"weighted\", ",
            "{\"id\": \"X\", \"points\": 10, \"weight\": \"subject.y / 10\", \"value\": \"subject.x\","
            " \"missing\": \"zero\"}"),
      "A 8/10 lost 2: parts 8\n"
      "B 10/10: parts 10\n"
      "C 0: parts 0\n"
      "D 0/10 lost 10: parts 0\n"
      "E ?depends",
      NULL },
    /* the best and the worst, whatever the order of the parts; the first of equal ones */
    { BLOCK("\"combine\": \"max\", ", X ", " Y),
      "A 8/10 lost 2: parts X = 8\n"
      "B 10/10: parts X = 10\n"
      "C ?depends\n"
      "D 4/10 lost 6: parts Y = 4\n"
      "E 0/10 lost 10: parts X = 0",
      NULL },
    { BLOCK("\"combine\": \"max\", ", Y ", " X),
      "A 8/10 lost 2: parts X = 8\n"
      "B 10/10: parts X = 10\n"
      "C ?depends\n"
      "D 4/10 lost 6: parts Y = 4\n"
      "E 0/10 lost 10: parts Y = 0",
      NULL },
    { BLOCK("\"combine\": \"min\", \"na\": \"full\", ", X ", " Y),
      "A 4/4: parts Y = 4\n"
      "B 4/4: parts Y = 4\n"
      "C ?depends\n"
      "D 0/4 lost 4: parts X = 0\n"
      "E 0/4 lost 4: parts X = 0",
      NULL },
    { BLOCK("\"combine\": \"min\", \"na\": \"leave\", ", Y ", " X),
      "A 4/4: parts Y = 4\n"
      "B 10/10: parts X = 10\n"
      "C ?depends\n"
      "D 0/4 lost 4: parts X = 0\n"
      "E 0/10 lost 10: parts X = 0",
      NULL },
    /* what applies nowhere; and the steps of a block */
    { BLOCK("\"na\": \"leave\", ", Y),
      "A 4/4: parts 4\nB na 0/4 lost 4: na 0\nC ?depends\nD 4/4: parts 4\nE na 0/4 lost 4: na 0", NULL },
    { BLOCK("\"na\": \"full\", \"factor\": 0.25, \"cap\": 3, \"round\": {\"places\": 0, \"mode\": \"half-even\"}, ",
            X ", " Y),
      "A 3/14 lost 11: parts 12, factor 0.25 = 3\n"
      "B 3/14 lost 11: parts 14, factor 0.25 = 3.5, cap 3 = 3\n"
      "C ?depends\n"
      "D 1/14 lost 13: parts 4, factor 0.25 = 1\n"
      "E 1/14 lost 13: parts 4, factor 0.25 = 1",
      NULL },
    /* bonus and deduction are neither scaled nor part of the full points; those that do not apply give nothing */
    { BLOCK("\"na\": \"rescale\", \"floor\": 0, \"cap\": \"full\", ",
            X ", " Y
              ", {\"id\": \"Z\", \"kind\": \"bonus\", \"points\": 5, \"for\": \"!subject.p\", \"value\": \"true\"},"
              " {\"id\": \"W\", \"kind\": \"deduction\", \"points\": 5, \"value\": \"-2\"}"),
      "A 10/14 lost 4: parts 10\n"
      "B 14/14: parts 13, rescale 1.4 = 17, cap 14 = 14\n"
      "C ?depends\n"
      "D 2/14 lost 12: parts 2\n"
      "E 3/14 lost 11: parts 3, rescale 1.4 = 3",
      NULL },
};

START_TEST(block)
{
    run_node_case(&cases[_i]);
}
END_TEST

/* The full points of a block are known though points of a part are not. */
START_TEST(full_of_unknown)
{
    struct course c;
    course_init(&c);
    course_run(&c, BLOCK("\"na\": \"leave\", ", X ", " Y), "", "");
    const kxi_fact *f = kxi_score_fact(c.score, 1, 2);
    ck_assert_int_eq(f->state, KXI_FACT_UNKNOWN);
    ck_assert(kxi_num_eq(f->full, kxi_num_int(14)));
    course_free(&c);
}
END_TEST

/* What stands in a block that does not apply does not apply either. */
START_TEST(within)
{
    struct course c;
    course_init(&c);
    course_run(&c, BLOCK("\"for\": \"subject.x > 0\", ", X ", {\"id\": \"M\", \"parts\": [" Y "]}"), "", "");
    assert_text(show_node(&c, "X"),
                "A 8/10 lost 2: curve 8\nB 10/10: curve 12, cap 10 = 10\nC na\nD 0/10 lost 10: missing 0\nE na",
                "a part");
    assert_text(show_node(&c, "Y"), "A 4/4: curve 4\nB na 0/4 lost 4: na 0\nC na\nD 4/4: curve 4\nE na",
                "a part of a part");
    assert_text(
        show_node(&c, "N"),
        "A 12/14 lost 2: parts 12\nB 10/14 lost 4: parts 10\nC na 0/14 lost 14: na 0\nD ?null_operand\nE na 0/14 lost 14: na 0",
        "the block");
    course_free(&c);
}
END_TEST

TCase *
blocks_tests(void)
{
    TCase *tc = tcase_create("blocks");
    tcase_add_loop_test(tc, block, 0, COUNT(cases));
    tcase_add_test(tc, full_of_unknown);
    tcase_add_test(tc, within);
    return tc;
}
