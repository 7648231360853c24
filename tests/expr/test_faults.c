/* Memory gone at every point: compiling, preparing, running, and saying what is wrong. */
#include "fixture.h"
#include "suite.h"
#include "table.h"

struct play {
    const char *text;
    enum mode mode;
    kx_status status; /* when nothing is refused */
    size_t rows;
};

static const struct play plays[] = {
    { "one + two * half_ - neg / third", MODE_ROWS, KX_OK, 3 },
    { "most * most + micro > least", MODE_ROWS, KX_OK, 3 },
    { "abc + 名称 == 'abc' && level in worth || worth[level] > 5", MODE_TABLE, KX_OK, 3 },
    { "one in [1, 2, null] && two in [half_, nn] && 'a' in tags && abc in ['b', 'a']", MODE_ROWS, KX_OK, 3 },
    { "d1 + months(two) > max(d2, nd) + days(3) ? year(d1) : coalesce(nn, un, weekday(ud))", MODE_TABLE, KX_OK, 40 },
    { "month(d1) + day(d2 + months(1))", MODE_ROWS, KX_OK, 40 },
    { "round(third, 2, 'half-even') + round_to(neg, 0.5) + abs(least) + number(ten)", MODE_NUMS, KX_OK, 3 },
    { "!(nb && ub) || has(nt) || size(tags) == 2 || 名称.startsWith('\\u53bf') || 1 / 0 > 1", MODE_RUN, KX_OK, 1 },
    { "9223372036854775807 * 9223372036854775807 % 1000000007 in [1 / 3, 2, 1 / 7]", MODE_ROWS, KX_OK, 1 },
    { "-days3 + days(one) < weeks(2) || d1 - d2 > date(2025, two, 3) - d2", MODE_ROWS, KX_OK, 2 },
    { "ones + 1", MODE_ROWS, KX_E_SCHEME, 1 },
    { "abc.contain('x')", MODE_ROWS, KX_E_SCHEME, 1 },
    { "min(size(one, 2))", MODE_ROWS, KX_E_SCHEME, 1 },
    { "worth['省級']", MODE_ROWS, KX_E_SCHEME, 1 },
    { "one +", MODE_ROWS, KX_E_SYNTAX, 1 },
};

static kx_status
scenario(kxi_mem *mem, void *user)
{
    const struct play *play = user;
    struct kit kit;
    struct fixture f;
    const kxi_expr *e;
    const char *shown;
    kit_begin(&kit, mem);
    fixture_single(&f, &kit);
    f.mode = play->mode;
    f.rows = play->rows;
    kx_status st = f.maps[0] && f.maps[1] ? fixture_compile(&f, play->text, KXI_V_NULL, &e) : KX_E_NOMEM;
    if (st == KX_OK)
        st = fixture_run(&f, e, &shown);
    else if (f.maps[0] && f.maps[1])
        ck_assert_int_eq(kit.err.status, st);
    kit_end(&kit);
    return st == play->status ? KX_OK : st;
}

START_TEST(every_allocation_may_fail)
{
    struct play play = plays[_i / 2];
    fault_each(_i % 2 == 1, scenario, &play);
}
END_TEST

TCase *
fault_tests(void)
{
    TCase *t = tcase_create("faults");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, every_allocation_may_fail, 0, 2 * COUNT(plays));
    return t;
}
