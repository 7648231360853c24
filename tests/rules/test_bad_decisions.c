/* Schemes that are refused: rank, gates, grades; circles among values. */
#include "suite.h"

#define MORE(text) .more = text
#define E KX_E_SCHEME
#define RANK "`rank`: {`by`: [`total`], `ties`: `open`}, "
#define GRADES "`grades`: [{`name`: `good`, `when`: `total >= 6`}, {`name`: `poor`}], "

static const struct bad_case cases[] = {
    /* rank */
    { { MORE("`rank`: " AT "[],") }, E, KXI_MSG_EXPECTED_TYPE, "/rank", "an object" },
    { { MORE("`rank`: " AT "{`by`: [`total`]},") },
      E,
      KXI_MSG_TIES_NOT_SAID,
      "/rank",
      "'rank'|competition, dense, modified, open" },
    { { MORE("`rank`: " AT "{`ties`: `open`},") }, E, KXI_MSG_MISSING_KEY, "/rank", "rank|by" },
    { { MORE("`rank`: {`by`: " AT "`total`, `ties`: `open`},") }, E, KXI_MSG_EXPECTED_TYPE, "/rank/by", "by|a list" },
    { { MORE("`rank`: {`by`: " AT "[], `ties`: `open`},") }, E, KXI_MSG_EMPTY_LIST, "/rank/by", "'by'" },
    { { MORE("`rank`: {`by`: [`total`], `ties`: " AT "`share`},") }, E, KXI_MSG_UNKNOWN_CHOICE, "/rank/ties", "share" },
    { { MORE("`rank`: {`by`: [`total`, `" AT "A2`], `ties`: `open`},") },
      E,
      KXI_MSG_EXPR_UNKNOWN_NAME_NEAR,
      "/rank/by/1",
      "'A2'|'A1'" },
    { { MORE("`rank`: {`by`: [`" AT "subject.name`], `ties`: `open`},") },
      E,
      KXI_MSG_EXPR_WANT,
      "/rank/by/0",
      "a number" },
    { { MORE("`rank`: {`by`: [`" AT "value`], `ties`: `open`},") }, E, KXI_MSG_OWN_NAME, "/rank/by/0", "'value'" },

    /* grades and places */
    { { MORE("`grades`: " AT "{},") }, E, KXI_MSG_EXPECTED_TYPE, "/grades", "a list" },
    { { MORE("`grades`: [" AT "`优秀`],") }, E, KXI_MSG_EXPECTED_TYPE, "/grades/0", "an object" },
    { { MORE("`grades`: [" AT "{`when`: `total > 1`}],") }, E, KXI_MSG_MISSING_KEY, "/grades/0", "grade|name" },
    { { MORE("`grades`: [{`name`: `a`, `when`: `" AT "total`}],") }, E, KXI_MSG_EXPR_WANT, "/grades/0/when", "" },
    { { MORE("`grades`: [{`name`: `a`, `when`: `total > 1`}, " AT "{`name`: ` a`}],") },
      E,
      KXI_MSG_DUPLICATE_NAME,
      "/grades/1",
      "'a'|grades" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: " AT "3}],") },
      E,
      KXI_MSG_EXPECTED_TYPE,
      "/grades/0/places",
      "an object" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: " AT "{`ties`: `in`}}],") },
      E,
      KXI_MSG_PLACES_FORM,
      "/grades/0/places",
      "\"share\" and \"number\"" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: " AT "{`share`: 0.3, `number`: 3, `ties`: `in`}}],") },
      E,
      KXI_MSG_PLACES_FORM,
      "/grades/0/places",
      "" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: " AT "{`number`: 3}}],") },
      E,
      KXI_MSG_TIES_NOT_SAID,
      "/grades/0/places",
      "'places'|out, in, open" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: " AT "{`share`: 0.3, `ties`: `in`}}],") },
      E,
      KXI_MSG_MISSING_KEY,
      "/grades/0/places",
      "places|round" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: {`share`: " AT "30, `ties`: `in`, `round`: `ceil`}}],") },
      E,
      KXI_MSG_PLACES_RANGE,
      "/grades/0/places/share",
      "30" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: {`number`: " AT "`1 - 2`, `ties`: `in`}}],") },
      E,
      KXI_MSG_PLACES_RANGE,
      "/grades/0/places/number",
      "1 - 2" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: {`share`: 0.3, `ties`: `in`, `round`: " AT "`none`}}],") },
      E,
      KXI_MSG_UNKNOWN_CHOICE,
      "/grades/0/places/round",
      "none" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: {`share`: 0.3, `ties`: `in`, `round`: " AT "`up`}}],") },
      E,
      KXI_MSG_UNKNOWN_CHOICE,
      "/grades/0/places/round",
      "ceil" },
    { { MORE(RANK "`grades`: [{`name`: `a`, `places`: {`number`: 3, `ties`: `in`, `of`: " AT "`all`}}],") },
      E,
      KXI_MSG_UNKNOWN_CHOICE,
      "/grades/0/places/of",
      "admitted, qualified" },
    { { MORE("`grades`: [{`name`: `a`, `places`: " AT "{`number`: 3, `ties`: `in`}}],") },
      E,
      KXI_MSG_RANK_NOT_SAID,
      "/grades/0/places",
      "'places'" },

    /* gates */
    { { MORE("`gates`: " AT "{},") }, E, KXI_MSG_EXPECTED_TYPE, "/gates", "a list" },
    { { MORE("`gates`: [" AT "{`when`: `n > 1`, `cancel`: true}],") }, E, KXI_MSG_MISSING_KEY, "/gates/0", "gate|id" },
    { { MORE("`gates`: [" AT "{`id`: `V`, `cancel`: true}],") }, E, KXI_MSG_MISSING_KEY, "/gates/0", "gate|when" },
    { { MORE("`gates`: [" AT "{`id`: `V`, `when`: `n > 1`}],") }, E, KXI_MSG_GATE_EFFECT, "/gates/0", "'V'" },
    { { MORE("`gates`: [" AT "{`id`: `V`, `when`: `n > 1`, `cancel`: true, `admit`: false}],") },
      E,
      KXI_MSG_GATE_EFFECT,
      "/gates/0",
      "'V'" },
    { { MORE("`gates`: [" AT "{`id`: `V`, `when`: `n > 1`, `admit`: true}],") },
      E,
      KXI_MSG_GATE_EFFECT,
      "/gates/0",
      "'V'" },
    { { MORE("`gates`: [" AT "{`id`: `V`, `when`: `n > 1`, `cancel`: false}],") },
      E,
      KXI_MSG_GATE_EFFECT,
      "/gates/0",
      "'V'" },
    { { MORE("`gates`: [{`id`: `V`, `when`: `n > 1`, `cancel`: " AT "`yes`}],") },
      E,
      KXI_MSG_EXPECTED_TYPE,
      "/gates/0/cancel",
      "true or false" },
    { { MORE("`gates`: [{`id`: `V`, `when`: `n > 1`, `cancel`: true, " AT "`after`: `places`}],") },
      E,
      KXI_MSG_KEY_NOT_HERE,
      "/gates/0/after",
      "'after'|grade, ceiling" },
    { { MORE(GRADES "`gates`: [{`id`: `V`, `when`: `n > 1`, `grade`: " AT "`bad`}],") },
      E,
      KXI_MSG_UNKNOWN_GRADE,
      "/gates/0/grade",
      "'bad'|good, poor" },
    { { MORE(GRADES "`gates`: [{`id`: `V`, `when`: `n > 1`, `ceiling`: " AT "1}],") },
      E,
      KXI_MSG_EXPECTED_TYPE,
      "/gates/0/ceiling",
      "ceiling" },
    { { MORE(GRADES "`gates`: [{`id`: `V`, `when`: `n > 1`, `grade`: `poor`, `after`: " AT "`rank`}],") },
      E,
      KXI_MSG_UNKNOWN_CHOICE,
      "/gates/0/after",
      "places" },
    { { MORE(GRADES "`gates`: [{`id`: `V`, `when`: `n > 1`, `grade`: `poor`}, " AT
                    "{`id`: `V`, `when`: `n > 2`, `cancel`: true}],") },
      E,
      KXI_MSG_DUPLICATE_NAME,
      "/gates/1",
      "'V'|gates" },
    { { MORE("`gates`: [{`id`: `V`, `when`: `" AT "rank > 3`, `cancel`: true}],") },
      E,
      KXI_MSG_RANK_NOT_SAID,
      "/gates/0/when",
      "rank" },

    /* circles */
    { { .nodes = AT "{`id`: `A1`, `points`: 10, `value`: `A1`}" }, E, KXI_MSG_CIRCLE, "/score/parts/0", ": A1 -> A1" },
    { { .nodes = AT "{`id`: `A1`, `points`: 5, `value`: `A2`}, {`id`: `A2`, `points`: 5, `value`: `A1.value`}" },
      E,
      KXI_MSG_CIRCLE,
      "/score/parts/0",
      ": A1 -> A2 -> A1" },
    { { .nodes = "",
        .more = "`score`: " AT "{`points`: 10, `parts`: [{`id`: `A1`, `points`: 10, `value`: `total`}]}," },
      E,
      KXI_MSG_CIRCLE,
      "/score",
      ": total -> A1 -> total" },
    { { .nodes = "{`id`: `B`, `points`: 5, `value`: `n`}," AT
                 "{`id`: `A`, `points`: 5, `parts`: [{`id`: `A1`, `points`: 5, `value`: `n`, `factor`: `A / 2`}]}" },
      E,
      KXI_MSG_CIRCLE,
      "/score/parts/1",
      ": A -> A1 -> A" },
    { { .nodes = "",
        .more = RANK "`score`: " AT "{`points`: 10, `parts`: [{`id`: `A1`, `points`: 10, `value`: `rank`}]}," },
      E,
      KXI_MSG_CIRCLE,
      "/score",
      ": total -> A1 -> rank -> total" },
    { { .nodes = "",
        .more =
            "`score`: " AT "{`points`: 10, `parts`: [{`id`: `A1`, `points`: 10, `value`: `cohort.rank(total)`}]}," },
      E,
      KXI_MSG_CIRCLE,
      "/score",
      ": total -> A1 -> cohort.rank(total) -> total" },
    { { .nodes = AT "{`id`: `A1`, `points`: 10, `value`: `n`, `cap`: `cohort.max(A1)`}" },
      E,
      KXI_MSG_CIRCLE,
      "/score/parts/0",
      ": A1 -> cohort.max(A1) -> A1" },
    { { MORE("`define`: {`a`: `n / " AT "cohort.mean(a)`},"),
        .nodes = "{`id`: `A1`, `points`: 10, `value`: `cohort.mean(a)`}" },
      E,
      KXI_MSG_CIRCLE,
      "/define/a",
      "cohort.mean(a) -> cohort.mean(a)" },

    /* an admission that goes by what only the admitted have */
    { { MORE("`rank`: " AT "{`by`: [`total`], `ties`: `open`},"
             "`gates`: [{`id`: `V`, `when`: `rank > 3`, `admit`: false}],") },
      E,
      KXI_MSG_CIRCLE,
      "/rank",
      ": rank -> admit -> rank" },
    { { MORE("`gates`: " AT "[{`id`: `V`, `when`: `cohort.rank(n) > 3`, `admit`: false}],"),
        .nodes = "{`id`: `A1`, `points`: 10, `value`: `n / cohort.size`}" },
      E,
      KXI_MSG_CIRCLE,
      "/gates",
      ": admit -> cohort.rank(n) -> admit" },
    { { MORE("`rank`: {`by`: [`total`], `ties`: `open`}, `gates`: " AT
             "[{`id`: `V`, `when`: `n < 2 * cohort.size`, `admit`: false}],") },
      E,
      KXI_MSG_CIRCLE,
      "/gates",
      ": admit -> cohort.size -> admit" },
    { { .nodes = AT "{`id`: `A1`, `points`: 10, `value`: `n / cohort.size`, `missing`: `zero`}",
        MORE("`gates`: [{`id`: `V`, `when`: `A1 < 3`, `admit`: false}],") },
      E,
      KXI_MSG_CIRCLE,
      "/score/parts/0",
      ": A1 -> cohort.size -> admit -> A1" },
    { { .nodes = "",
        MORE("`score`: " AT
             "{`points`: 10, `parts`: [{`id`: `A1`, `points`: 10, `value`: `n / cohort.max(n)`, `missing`: `zero`}]},"
             "`gates`: [{`id`: `V`, `when`: `total < 3`, `admit`: false}],") },
      E,
      KXI_MSG_CIRCLE,
      "/score",
      ": total -> A1 -> cohort.max(n) -> admit -> total" },
};

START_TEST(bad_decision)
{
    assert_bad(&cases[_i]);
}
END_TEST

/* Every message of the layer is told by a bad scheme or a warning, so none can go stale unseen. */
START_TEST(every_message_is_reached)
{
    static const enum kxi_msg all[] = {
#define X(code, name, severity, status, en, zh) KXI_MSG_##name,
        KXI_MESSAGES_RULES(X)
#undef X
    };
    const struct bad_list lists[] = { bad_tables(), bad_measures(), bad_nodes(), bad_decisions(), warned() };
    for (size_t i = 0; i < COUNT(all); i++) {
        bool reached = false;
        for (size_t l = 0; l < COUNT(lists); l++)
            for (size_t k = 0; k < lists[l].count; k++)
                reached |= lists[l].cases[k].msg == all[i];
        ck_assert_msg(reached, "no case leads to %d %s", (int)kxi_msg_code(all[i]), kxi_msg_name(all[i]));
        ck_assert_int_eq(kxi_msg_code(all[i]) / 1000, 5);
    }
}
END_TEST

struct bad_list
bad_decisions(void)
{
    return (struct bad_list){ cases, COUNT(cases) };
}

TCase *
bad_decision_tests(void)
{
    TCase *group = tcase_create("bad decisions");
    tcase_add_loop_test(group, bad_decision, 0, COUNT(cases));
    tcase_add_test(group, every_message_is_reached);
    return group;
}
