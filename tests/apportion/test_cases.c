/* Every folder of cases/: rules.json applied to units.csv gives expected.txt, whose lines that begin with # work it out. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>

#include "suite.h"

static const char *const cases[] = {
    "r50-fixed",       "r51-proportional", "r52-increments", "r53-bands",  "r53-band-numbers",
    "r54-composition", "r55-ceilings",     "r56-surplus",    "r56-votes",  "r57-coupled",
    "r58-adjustments", "adjust-outside",   "tie-by-order",   "tie-by-lot", "tie-by-lot-decides",
};

static char *
read_part(const char *name, const char *file)
{
    char path[256];
    size_t n;
    snprintf(path, sizeof(path), "apportion/cases/%s/%s", name, file);
    return test_read(path, &n);
}

/* Without its comments, in place. */
static void
drop_comments(char *text)
{
    char *to = text;
    for (char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        n += line[n] == '\n';
        if (*line != '#') {
            memmove(to, line, n);
            to += n;
        }
        line += n;
    }
    *to = '\0';
}

START_TEST(case_folder)
{
    const char *name = cases[_i];
    char *rules = read_part(name, "rules.json"), *units = read_part(name, "units.csv");
    char *expected = read_part(name, "expected.txt");
    kx_context *ctx = new_context();
    kx_error err = KX_ERROR_INIT;
    kx_seats seats = KX_SEATS_INIT;
    drop_comments(expected);
    kx_status st = run_seats(ctx, rules, units, &seats, &err);
    ck_assert_msg(st == KX_OK, "%s: %s:%u: %s", name, err.input, err.line, err.message);
    char *got = seats_text(&seats);
    ck_assert_msg(strcmp(got, expected) == 0, "%s gives\n%s\ninstead of\n%s", name, got, expected);
    free(got);
    free(expected);
    free(units);
    free(rules);
    free_seats(&seats);
    kx_context_unref(ctx);
}
END_TEST

TCase *
seat_case_tests(void)
{
    TCase *tc = tcase_create("cases");
    tcase_add_loop_test(tc, case_folder, 0, COUNT(cases));
    return tc;
}
