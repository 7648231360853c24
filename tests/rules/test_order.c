/* The order in which nodes are scored. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    struct parts parts;
    const char *order; /* names with a space between them */
} cases[] = {
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n`}, {`id`: `B`, `points`: 5, `value`: `n`}" }, "A B total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `B`}, {`id`: `B`, `points`: 5, `value`: `n`}" }, "B A total rank" },
    /* by every key that can name another node */
    { { .nodes = "{`id`: `A`, `points`: `B`, `value`: `n`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `for`: `B > 1`, `value`: `n`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n`, `missing`: `B`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n`, `factor`: `B`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n`, `floor`: `B`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n`, `cap`: `B`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes =
            "{`id`: `A`, `points`: 5, `value`: `n`, `zero_if`: `B.value > 1`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `checks`: [`n > 1`, `B > 1`]}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes =
            "{`id`: `A`, `points`: 5, `value`: `n`, `curve`: {`steps`: [[9, `B`]]}}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes =
            "{`id`: `A`, `points`: 5, `value`: `n`, `curve`: {`cases`: [[`B > 1`, 3]]}}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n`, `curve`: {`at`: 1, `base`: 1, `down`: [`B`, -1]}},"
                 "{`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    /* a weight belongs to the block: A need not wait for B, but their block has to */
    { { .nodes =
            "{`id`: `Z`, `points`: 5, `combine`: `weighted`, `parts`: [{`id`: `A`, `points`: 5, `weight`: `B`, `value`: `n`}]},"
            "{`id`: `B`, `points`: 5, `value`: `n`}" },
      "A B Z total rank" },
    /* through the cohort, and through definitions */
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n / cohort.mean(B)`}, {`id`: `B`, `points`: 5, `value`: `n`}" },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `d`}, {`id`: `B`, `points`: 5, `value`: `n`}",
        .more = "`define`: {`d`: `B * 2`}," },
      "B A total rank" },
    /* a cohort is the admitted: what admission goes by comes first */
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n - cohort.mean(n)`}, {`id`: `B`, `points`: 5, `value`: `n`}",
        .more = "`gates`: [{`id`: `V`, `when`: `B < 1`, `admit`: false}]," },
      "B A total rank" },
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n / cohort.size`}, {`id`: `B`, `points`: 5, `value`: `n`}",
        .more = "`gates`: [{`id`: `V`, `when`: `B < 1`, `admit`: false}]," },
      "B A total rank" },
    /* other gates come after all points */
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `n / cohort.size`}, {`id`: `B`, `points`: 5, `value`: `n`}",
        .more = "`gates`: [{`id`: `V`, `when`: `total < 1`, `cancel`: true}]," },
      "A B total rank" },
    /* rank within the tree: by a part of it */
    { { .nodes = "{`id`: `A`, `points`: 5, `value`: `rank`}, {`id`: `B`, `points`: 5, `value`: `n`}",
        .more = "`rank`: {`by`: [`B`, `n`], `ties`: `dense`}," },
      "B rank A total" },
    /* its own value is known to a node */
    { { .nodes = "{`id`: `A`, `points`: 10, `value`: `n`, `cap`: `value`, `factor`: `value / cohort.max(value)`}" },
      "A total rank" },
};

START_TEST(order_case)
{
    struct scheme s;
    char got[200] = "";
    scheme_compile(&s, &cases[_i].parts, false);
    must(s.status == KX_OK, "%s\n%s", s.err.message, s.text);
    for (size_t i = 0; i < s.rules->order_count; i++) {
        uint32_t at = s.rules->order[i];
        kxi_str name = at == KXI_ORDER_RANK ? KXI_STR("rank") : s.rules->nodes[at].id;
        size_t n = strlen(got);
        snprintf(got + n, sizeof(got) - n, "%s%.*s", n ? " " : "", (int)name.n, name.s);
    }
    must(strcmp(got, cases[_i].order) == 0, "%s instead of %s", got, cases[_i].order);
    scheme_free(&s);
}
END_TEST

/* A chain of indicators each of which names the next: as long as one likes, the stack does not grow with it. */
START_TEST(long_chains)
{
    enum { LENGTH = 3000, ROOM = LENGTH * 80 };
    char *text = malloc(ROOM);
    struct scheme s;
    ck_assert_ptr_nonnull(text);
    size_t n =
        (size_t)snprintf(text, ROOM, "{%s \"subjects\": {\"of\": \"units\"}, \"score\": {\"parts\": [", DEFAULT_TOP);
    for (int i = 0; i < LENGTH; i++)
        n += (size_t)snprintf(text + n, ROOM - n, "{`id`: `N%d`, `points`: 1, `value`: `%sN%d%s`},\n", i,
                              i % 2 ? "cohort.mean(" : "", i + 1, i % 2 ? ")" : "");
    snprintf(text + n, ROOM - n, "{`id`: `N%d`, `points`: 1, `value`: 1}]}}", LENGTH);
    scheme_compile(&s, &(struct parts){ .all = text }, false);
    must(s.status == KX_OK, "%s", s.err.message);
    ck_assert_uint_eq(s.rules->order_count, LENGTH + 3);
    for (uint32_t i = 0; i <= LENGTH; i++)
        must(s.rules->order[i] == LENGTH + 1 - i, "node %u at place %u", s.rules->order[i], i);
    scheme_free(&s);
    free(text);
}
END_TEST

TCase *
order_tests(void)
{
    TCase *group = tcase_create("order");
    tcase_add_loop_test(group, order_case, 0, COUNT(cases));
    tcase_add_test(group, long_chains);
    return group;
}
