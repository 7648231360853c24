/* Every allocation may fail: the score is not made, and nothing leaks. */
#include "suite.h"

static const char parts[] =
    "{\"id\": \"A\", \"na\": \"rescale\", \"points\": 30, \"round\": {\"places\": 1, \"mode\": \"half-up\"}, \"parts\": ["
    " {\"id\": \"A1\", \"points\": 12, \"value\": \"coverage(q, quarter)\", \"curve\": \"ratio\", \"missing\": \"zero\"},"
    " {\"id\": \"A2\", \"points\": 8, \"for\": \"subject.p\", \"value\": \"subject.x / subject.y\","
    "  \"curve\": {\"line\": [[0, 0], [1, 8]]}, \"missing\": \"na\"},"
    " {\"id\": \"A3\", \"points\": 5, \"checks\": [\"bad == 0\", \"m > cohort.mean(m)\"], \"curve\": \"ratio\"},"
    " {\"id\": \"A4\", \"points\": 5, \"curve\": {\"map\": {\"good\": 5, \"fair\": 3}, \"else\": 1}, \"missing\": \"zero\"}]},"
    "{\"id\": \"B\", \"combine\": \"max\", \"parts\": ["
    " {\"id\": \"B1\", \"points\": 9, \"value\": \"best\", \"missing\": \"zero\"},"
    " {\"id\": \"B2\", \"points\": 7, \"value\": \"prev(m) + short(few)\", \"factor\": \"1 / 3\"}]},"
    "{\"id\": \"C\", \"kind\": \"deduction\", \"points\": 9, \"value\": \"bad\", \"curve\": {\"each\": -1}}";

static const char top[] =
    "\"tracks\": [\"city\", \"self\"],"
    "\"measures\": {\"m\": {\"of\": \"acts\", \"sum\": \"n\"},"
    " \"q\": {\"of\": \"acts\", \"per\": [{\"kind\": [\"talk\", \"fair\"]}, \"quarter\"], \"at_least\": \"subject.x / 8\"},"
    " \"few\": {\"of\": \"acts\", \"per\": [\"kind\"], \"at_most\": 1},"
    " \"bad\": {\"of\": \"acts\", \"where\": \"!ok\", \"keep\": [\"date\", \"kind\"]},"
    " \"by_kind\": {\"of\": \"acts\", \"sum\": \"n\", \"per\": [\"kind\"]}, \"best\": {\"of\": \"by_kind\", \"max\": \"value\"}},"
    "\"rank\": {\"by\": [\"total\", \"A\"], \"ties\": \"competition\"},"
    "\"gates\": [{\"id\": \"V\", \"title\": \"bad\", \"when\": \"bad > 1\", \"ceiling\": \"good\"}],"
    "\"grades\": [{\"name\": \"best\", \"places\": {\"share\": 0.5, \"round\": \"ceil\", \"ties\": \"in\"}}, {\"name\": \"good\"}],";

static const char data[] =
    "\"acts\": ["
    "{\"unit\": \"A\", \"date\": \"2025-01-01\", \"kind\": \"talk\", \"ok\": true, \"n\": 5},"
    "{\"unit\": \"A\", \"date\": \"2025-02-10\", \"kind\": \"talk\", \"ok\": false, \"n\": null},"
    "{\"unit\": \"A\", \"date\": \"2025-07-01\", \"kind\": \"fair\", \"ok\": false, \"n\": 1},"
    "{\"unit\": \"B\", \"date\": \"2024-09-30\", \"kind\": \"talk\", \"ok\": true, \"n\": 3},"
    "{\"unit\": \"E\", \"date\": \"2025-09-30\", \"kind\": \"talk\", \"ok\": null, \"n\": 2}],"
    "\"marks\": ["
    "{\"subject\": \"A\", \"indicator\": \"A4\", \"track\": \"city\", \"label\": \"good\", \"reason\": \"seen\"},"
    "{\"subject\": \"A\", \"indicator\": \"A4\", \"track\": \"self\", \"label\": \"fair\"},"
    "{\"subject\": \"B\", \"indicator\": \"A4\", \"track\": \"self\", \"label\": \"odd\"}]";

/* The course that was made before is scored again, on memory that fails. */
static kx_status
again(kxi_mem *mem, void *user)
{
    const struct course *made = user;
    kxi_diag d = { .language = KX_LANG_EN };
    kxi_mem was = made->ctx->mem;
    kxi_score *score;
    made->ctx->mem = *mem;
    kx_status st = kxi_score_make(made->ctx, made->rules, made->tally, &score, &d);
    kxi_score_free(score);
    made->ctx->mem = was;
    return st;
}

START_TEST(score_fails)
{
    struct course c;
    course_init(&c);
    course_run(&c, parts, top, data);
    fault_each(_i, again, &c);
    course_free(&c);
}
END_TEST

/* From the text to the score. */
static kx_status
all_of_it(kxi_mem *mem, void *user)
{
    struct course *c = user;
    kx_status st = course_begin(c, mem);
    if (st == KX_OK)
        st = course_try(c, parts, top, data);
    course_end(c);
    return st;
}

START_TEST(line_fails)
{
    struct course c;
    fault_each(_i, all_of_it, &c);
}
END_TEST

/* Digits have a limit, and meeting it is an error that says what to do. */
START_TEST(too_many_digits)
{
    struct course c;
    course_init(&c);
    c.ctx->max_digits = 40;
    ck_assert_int_eq(
        course_try(&c,
                   "{\"id\": \"N\", \"cap\": null, \"value\": \"subject.x / 999999999989 / 999999999961 / 999999999937"
                   " / 999999999899\", \"missing\": \"zero\"}",
                   "", ""),
        KX_E_LIMIT);
    ck_assert_msg(strstr(c.err.message, "40 digits"), "%s", c.err.message);
    course_free(&c);
}
END_TEST

TCase *
faults_tests(void)
{
    TCase *tc = tcase_create("faults");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, score_fails, 0, 2);
    tcase_add_loop_test(tc, line_fails, 0, 2);
    tcase_add_test(tc, too_many_digits);
    return tc;
}
