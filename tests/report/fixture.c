#include "fixture.h"

#include <stdlib.h>

static kxi_day
day(int32_t year, int32_t month, int32_t d)
{
    kxi_day out;
    ck_assert(kxi_date_make(year, month, d, &out));
    return out;
}

static kxi_num
ratio(struct fixture *f, int64_t n, int64_t d)
{
    kxi_num out;
    ck_assert_int_eq(kxi_num_ratio(&f->num, n, d, &out), KX_OK);
    return out;
}

/* ---- the scheme ---- */

static void
make_rules(struct fixture *f)
{
    static const kxi_grade grades[] = { { .name = { "优秀", 6 } },
                                        { .name = { "合格", 6 } },
                                        { .name = { "不合格", 9 } } };
    static const kxi_gate gates[] = {
        { .id = { "V1", 2 }, .title = { "重大事件", 12 }, .clause = { "四", 3 }, .effect = KXI_GATE_GRADE, .grade = 2 },
    };
    static const kxi_measure measures[] = {
        { .name = { "heads", 5 }, .title = { "三长", 6 }, .responsible = { "leader", 6 } },
        { .name = { "severe", 6 }, .responsible = { "办公室", 9 } },
    };
    static const kxi_str tracks[] = { { "审核", 6 } };
    static const kxi_column_spec columns[] = { { .name = { "code", 4 } },
                                               { .name = { "name", 4 } },
                                               { .name = { "leader", 6 } } };
    static const kxi_table_spec tables[] = { { .name = { "units", 5 }, .columns = columns, .column_count = 3 } };
    static const kxi_rule_node nodes[NODES] = {
        [N_SCORE] = { .id = { "score", 5 }, .parent = KXI_NONE, .kind = KXI_ORDINARY },
        [N_A] = { .id = { "A", 1 }, .title = { "组织建设", 12 }, .parent = N_SCORE, .depth = 1 },
        [N_A1] = { .id = { "A1", 2 },
                   .title = { "三长吸纳", 12 },
                   .clause = { "三(一)1", 9 },
                   .parent = N_A,
                   .depth = 2,
                   .curve = { .kind = KXI_CURVE_RATIO },
                   .scored = true },
        [N_A2] = { .id = { "A2", 2 },
                   .title = { "含逗号,与\"引号\"", 21 },
                   .parent = N_A,
                   .depth = 2,
                   .mark = true,
                   .curve = { .kind = KXI_CURVE_CASES },
                   .scored = true },
        [N_P1] = { .id = { "P1", 2 }, .parent = N_SCORE, .depth = 1, .kind = KXI_BONUS, .scored = true },
        [N_N1] = { .id = { "N1", 2 }, .parent = N_SCORE, .depth = 1, .kind = KXI_DEDUCTION, .scored = true },
    };
    f->rules = (kxi_rules){
        .ctx = f->ctx,
        .id = KXI_STR("demo"),
        .title = KXI_STR("示范方案"),
        .source = KXI_STR("虚构"),
        .schema = { .tables = tables, .table_count = 1 },
        .period = { day(2025, 1, 1), day(2025, 12, 31) },
        .as_of = KX_DATE_NONE,
        .name_column = 1,
        .measures = measures,
        .measure_count = 2,
        .tracks = tracks,
        .track_count = 1,
        .nodes = nodes,
        .node_count = NODES,
        .gates = gates,
        .gate_count = 1,
        .grades = grades,
        .grade_count = 3,
        .show = 2,
    };
}

/* ---- who is scored ---- */

static kxi_column
text_column(struct fixture *f, const char *const *texts, size_t n)
{
    kxi_column c = { .type = KX_TEXT, .layout = KX_LAYOUT_CODE32, .rows = n, .count = n };
    int32_t *codes = kxi_arena_array(&f->arena, n, sizeof(*codes));
    uint8_t *validity = kxi_arena_zero(&f->arena, 1);
    ck_assert(codes && validity && kxi_dict_new(&f->ctx->mem, &c.dict) == KX_OK);
    for (size_t i = 0; i < n; i++) {
        uint32_t code = 0;
        if (texts[i])
            ck_assert_int_eq(kxi_dict_push(c.dict, kxi_str_of(texts[i]), &code), KX_OK);
        codes[i] = (int32_t)code;
        validity[0] |= (uint8_t)((texts[i] != NULL) << i);
    }
    c.values = codes;
    c.validity = validity;
    return c;
}

static kxi_column name_column, leader_column;

static void
make_universe(struct fixture *f)
{
    static kxi_str keys[] = { { "640104", 6 }, { "640105", 6 }, { "640106", 6 } };
    static kxi_bound bounds[3];
    static kxi_version versions[] = { { .row = 0 }, { .row = 1 }, { .row = 2 } };
    static const uint32_t same[] = { 0, 1, 2 }, cohorts[] = { 0, 0, 0 };
    static const kxi_str cohort_names[] = { { "", 0 } };
    name_column = text_column(f, (const char *[]){ "甲县", "乙\"县\"", NULL }, 3);
    leader_column = text_column(f, (const char *[]){ "P001", NULL, "P003" }, 3);
    bounds[1].column = &name_column;
    bounds[2].column = &leader_column;
    f->table = (kxi_bound_table){ .columns = bounds, .rows = 3, .entities = { .count = 3, .keys = keys } };
    f->dataset = (kx_dataset){ .ctx = f->ctx, .schema = &f->rules.schema, .tables = &f->table, .versions = versions };
    f->universe = (kxi_universe){ .dataset = &f->dataset,
                                  .rules = &f->rules,
                                  .as_of = day(2025, 12, 31),
                                  .count = SUBJECTS,
                                  .entities = same,
                                  .cohorts = cohorts,
                                  .cohort_count = 1,
                                  .cohort_names = cohort_names,
                                  .tree = { .version = same } };
}

/* ---- the facts ---- */

static kxi_fact
known(kxi_num full, kxi_num points, kxi_num lost)
{
    return (kxi_fact){ .full = full, .points = points, .lost = lost, .track = KXI_NONE };
}

static const kxi_step_fact *
steps(struct fixture *f, const kxi_step_fact *list, size_t n)
{
    kxi_step_fact *copy = kxi_arena_array(&f->arena, n, sizeof(*copy));
    ck_assert(copy != NULL);
    memcpy(copy, list, n * sizeof(*copy));
    return copy;
}
#define STEPS(f, fact, ...)                                                                            \
    do {                                                                                               \
        (fact)->steps = steps((f), (const kxi_step_fact[]){ __VA_ARGS__ },                             \
                              sizeof((const kxi_step_fact[]){ __VA_ARGS__ }) / sizeof(kxi_step_fact)); \
        (fact)->step_count = sizeof((const kxi_step_fact[]){ __VA_ARGS__ }) / sizeof(kxi_step_fact);   \
    } while (0)

static void
make_a1(struct fixture *f, kxi_fact *facts)
{
    kxi_num n15 = kxi_num_int(15), n20 = kxi_num_int(20), third = ratio(f, 40, 3);
    facts[S_104] = known(n20, n15, kxi_num_int(5));
    facts[S_104].has_value = facts[S_104].fraction = true;
    facts[S_104].value_type = KXI_V_NUMBER;
    facts[S_104].value = ratio(f, 3, 4);
    facts[S_104].numerator = kxi_num_int(3);
    facts[S_104].denominator = kxi_num_int(4);
    STEPS(f, &facts[S_104], { KXI_STEP_CURVE, KXI_NONE, kxi_num_int(0), n15 });
    facts[S_105] = known(n20, ratio(f, 1333, 100), ratio(f, 667, 100));
    facts[S_105].has_value = facts[S_105].fraction = true;
    facts[S_105].value_type = KXI_V_NUMBER;
    facts[S_105].value = ratio(f, 2, 3);
    facts[S_105].numerator = kxi_num_int(2);
    facts[S_105].denominator = kxi_num_int(3);
    STEPS(f, &facts[S_105], { KXI_STEP_CURVE, KXI_NONE, kxi_num_int(0), third },
          { KXI_STEP_ROUND, KXI_NONE, third, ratio(f, 1333, 100) });
    facts[S_106] = known(n20, kxi_num_int(0), kxi_num_int(0));
    facts[S_106].state = KXI_FACT_NA;
    facts[S_106].left_out = true;
}

static void
make_a2(struct fixture *f, kxi_fact *facts)
{
    kxi_num n8 = kxi_num_int(8), n10 = kxi_num_int(10);
    facts[S_104] = known(n10, kxi_num_int(0), kxi_num_int(0));
    facts[S_104].state = KXI_FACT_UNKNOWN;
    facts[S_104].reason = facts[S_104].value_state = KXI_IS_NULL;
    facts[S_105] = known(n10, n8, kxi_num_int(2));
    facts[S_105].has_value = true;
    facts[S_105].value_type = KXI_V_TEXT;
    facts[S_105].label = KXI_STR("好");
    facts[S_105].track = 0;
    facts[S_105].reason_text = KXI_STR("查阅资料");
    STEPS(f, &facts[S_105], { KXI_STEP_CURVE, 1, kxi_num_int(0), n8 });
    facts[S_106] = known(n10, n10, kxi_num_int(0));
    facts[S_106].has_value = true;
    facts[S_106].value_type = KXI_V_BOOL;
    facts[S_106].value = kxi_num_int(1);
    STEPS(f, &facts[S_106], { KXI_STEP_CURVE, KXI_NONE, kxi_num_int(0), n10 });
}

static void
make_rest(struct fixture *f, kxi_fact *all)
{
    kxi_num zero = kxi_num_int(0), n5 = kxi_num_int(5), n30 = kxi_num_int(30), n10 = kxi_num_int(10),
            n100 = kxi_num_int(100);
    kxi_num a = ratio(f, 2133, 100), half = ratio(f, -1, 2), total = ratio(f, 2583, 100);
    for (int i = 0; i < SUBJECTS; i++) {
        all[N_P1 * SUBJECTS + i] = known(n5, zero, zero);
        all[N_N1 * SUBJECTS + i] = known(kxi_num_int(3), zero, zero);
    }
    all[N_P1 * SUBJECTS + S_105].points = n5;
    STEPS(f, &all[N_P1 * SUBJECTS + S_105], { KXI_STEP_CURVE, KXI_NONE, zero, kxi_num_int(7) },
          { KXI_STEP_CAP, KXI_NONE, n5, n5 });
    all[N_N1 * SUBJECTS + S_105].points = half;
    all[N_A * SUBJECTS + S_104] = known(n30, zero, zero);
    all[N_A * SUBJECTS + S_104].state = KXI_FACT_UNKNOWN;
    all[N_A * SUBJECTS + S_104].reason = KXI_IS_DEPENDS;
    all[N_SCORE * SUBJECTS + S_104] = all[N_A * SUBJECTS + S_104];
    all[N_SCORE * SUBJECTS + S_104].full = n100;
    all[N_A * SUBJECTS + S_105] = known(n30, a, ratio(f, 867, 100));
    STEPS(f, &all[N_A * SUBJECTS + S_105], { KXI_STEP_PARTS, KXI_NONE, zero, a });
    all[N_SCORE * SUBJECTS + S_105] = known(n100, total, ratio(f, 7417, 100));
    all[N_A * SUBJECTS + S_106] = known(n10, n10, zero);
    all[N_SCORE * SUBJECTS + S_106] = known(n100, n10, kxi_num_int(90));
}

static void
make_standings(struct fixture *f, kxi_standing *s)
{
    static const uint32_t gates[] = { 0 };
    s[S_104] = (kxi_standing){ .admitted = true, .grade = KXI_NONE, .grade_by_score = KXI_NONE };
    s[S_105] = (kxi_standing){ .admitted = true,
                               .complete = true,
                               .has_rank = true,
                               .rank = 1,
                               .grade = 2,
                               .grade_by_score = 1,
                               .total = ratio(f, 2583, 100),
                               .gates = gates,
                               .gate_count = 1 };
    s[S_106] = (kxi_standing){ .admitted = true,
                               .complete = true,
                               .has_rank = true,
                               .rank = 2,
                               .tied = true,
                               .grade = 2,
                               .grade_by_score = 2,
                               .total = kxi_num_int(10),
                               .missed_place = true };
}

static void
make_gaps(struct fixture *f)
{
    kxi_gap *g = kxi_arena_array(&f->arena, 4, sizeof(*g));
    ck_assert(g != NULL);
    g[0] = (kxi_gap){ .kind = KXI_GAP_CELL,
                      .subject = S_104,
                      .node = N_A1,
                      .gate = KXI_NONE,
                      .measure = 0,
                      .unit = 0,
                      .unit_key = KXI_STR("640104001"),
                      .unit_name = KXI_STR("东街"),
                      .where = KXI_STR("院长"),
                      .has_bucket = true,
                      .bucket = { day(2025, 1, 1), day(2025, 3, 31) },
                      .has_known = true,
                      .needs_known = true,
                      .has = kxi_num_int(0),
                      .needs = kxi_num_int(1),
                      .loss_known = true,
                      .loss = ratio(f, 5, 3) };
    g[1] = (kxi_gap){
        .kind = KXI_GAP_MISSING, .subject = S_104, .node = N_A2, .gate = KXI_NONE, .measure = KXI_NONE, .unit = KXI_NONE
    };
    g[2] = (kxi_gap){ .kind = KXI_GAP_CELL,
                      .subject = S_105,
                      .node = N_A1,
                      .gate = KXI_NONE,
                      .measure = 0,
                      .unit = 1,
                      .unit_key = KXI_STR("640105002"),
                      .where = KXI_STR("a,b"),
                      .has_known = true,
                      .needs_known = true,
                      .upper = true,
                      .has = kxi_num_int(7),
                      .needs = kxi_num_int(5) };
    g[3] = (kxi_gap){ .kind = KXI_GAP_RECORD,
                      .subject = S_105,
                      .node = KXI_NONE,
                      .gate = 0,
                      .measure = 1,
                      .unit = KXI_NONE,
                      .where = KXI_STR("2025-06-01"),
                      .has_text = KXI_STR("是") };
    f->score.gaps = g;
    f->score.gap_count = 4;
}

static void
make_cells(struct fixture *f)
{
    kxi_cell_fact *c = kxi_arena_array(&f->arena, 2, sizeof(*c));
    ck_assert(c != NULL);
    c[0] = (kxi_cell_fact){ .subject = S_104,
                            .unit_key = KXI_STR("640104001"),
                            .unit_name = KXI_STR("东街"),
                            .where = KXI_STR("院长"),
                            .has_bucket = true,
                            .bucket = { day(2025, 1, 1), day(2025, 3, 31) },
                            .has = kxi_num_int(0),
                            .min_known = true,
                            .min = kxi_num_int(1) };
    c[1] = (kxi_cell_fact){ .subject = S_105,
                            .unit_key = KXI_STR("640105002"),
                            .state = KXI_IS_NO_ROWS,
                            .max_known = true,
                            .has = kxi_num_int(0),
                            .max = ratio(f, 16, 3),
                            .met = true };
    f->score.cells = c;
    f->score.cell_count = 2;
}

void
fixture_init(struct fixture *f, int32_t language)
{
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    memset(f, 0, sizeof(*f));
    f->fault = (struct fault)FAULT_NONE;
    options.alloc = fault_alloc;
    options.alloc_user = &f->fault;
    options.language = language;
    ck_assert_int_eq(kxi_context_new(&options, &f->ctx, NULL), KX_OK);
    kxi_arena_init(&f->arena, &f->ctx->mem);
    f->num = (kxi_numctx){ &f->arena, 20000 };
    make_rules(f);
    make_universe(f);
    kxi_fact *facts = kxi_arena_array(&f->arena, NODES * SUBJECTS, sizeof(*facts));
    kxi_standing *standings = kxi_arena_array(&f->arena, SUBJECTS, sizeof(*standings));
    ck_assert(facts && standings);
    make_a1(f, facts + N_A1 * SUBJECTS);
    make_a2(f, facts + N_A2 * SUBJECTS);
    make_rest(f, facts);
    make_standings(f, standings);
    f->score = (kxi_score){
        .rules = &f->rules, .universe = &f->universe, .subject_count = SUBJECTS, .facts = facts, .standings = standings
    };
    make_gaps(f);
    make_cells(f);
    kxi_findings_init(&f->score.findings, &f->ctx->mem, 10);
}

void
fixture_free(struct fixture *f)
{
    kxi_findings_free(&f->score.findings);
    kxi_dict_free(name_column.dict);
    kxi_dict_free(leader_column.dict);
    kxi_arena_free(&f->arena);
    kxi_context_unref(f->ctx);
    ck_assert_msg(f->fault.live == 0, "%zu blocks leak", (size_t)f->fault.live);
    ck_assert_msg(!f->fault.wrong, "a block came back with a wrong size");
}

int
keep_bytes(void *user, const char *bytes, size_t length)
{
    struct written *w = user;
    char *grown = realloc(w->s, w->n + length + 1);
    ck_assert(grown != NULL);
    w->s = grown;
    memcpy(w->s + w->n, bytes, length);
    w->n += length;
    w->s[w->n] = '\0';
    w->pieces++;
    return w->stop_after && w->pieces >= w->stop_after;
}

kx_status
write_result(const kxi_score *score, const kx_write_options *options, struct written *w, kx_error *err)
{
    kxi_diag d = { .language = KX_LANG_EN, .err = err };
    *w = (struct written){ NULL, 0, 0, w->stop_after };
    return kxi_report_write(score, options, keep_bytes, w, &d);
}
