/* A small complete scheme, and what it compiles to. */
#include "suite.h"

#include "expr/expr.h"

static const struct parts whole = {
    .all =
        "{`kexie`: 1, `id`: ` demo `, `title`: `演示`, `source`: `made up`, `note`: `anything`,\n"
        " `period`: {`from`: `2025-01-01`, `to`: `2025/12/31`}, `as_of`: `2025年11月30日`, `tree`: `row`,\n"
        " `levels`: {`city`: [`市`], `county`: [`县`, `区`], `township`: []},\n"
        " `headers`: {`单位`: `unit`, `备注`: `memo`},\n"
        " `tables`: {\n"
        "  `units`: {`columns`: {`population`: `number?`, `class`: `text`, `contact`: `text`, `fax`: `text`}},\n"
        "  `acts`: {`columns`: {`unit`: `units`, `date`: `date`, `kind`: `text`, `people`: `number`, `memo`: `text?`},"
        " `date`: `date`, `headers`: {`类 别`: `kind`, `单位`: `unit`}},\n"
        "  `clubs`: {`columns`: {`id`: `text`, `unit`: `units`, `founded`: `date`}, `key`: `id`},\n"
        "  `visits`: {`columns`: {`club`: `clubs`, `day`: `date`, `by`: `people[]`}, `date`: `day`}},\n"
        " `subjects`: {`of`: `units`, `where`: `level == 'county' && class in ['y', 'z']`, `cohort`: [`city`, `class`]},\n"
        " `roles`: {`院长`: [`卫生院院长`], `校长`: {`township`: [`中心小学校长`], `县`: [`中学校长`]}},\n"
        " `define`: {`worth`: {`省级`: 5, `国家级`: 10}, `many`: 30, `outside`: `basis in ['兼职', '挂职']`},\n"
        " `windows`: {`day`: [{`name`: `五月`, `from`: `2025-05-20`, `to`: `2025-06-01`}]},\n"
        " `measures`: {\n"
        "  `heads`: {`of`: `posts`, `title`: `三长`, `clause`: `一`, `where`: `outside`, `responsible`: `contact`,\n"
        "    `per`: [`township`, {`role`: [`院长`, ` 校长`]}], `at_least`: `township.population > many ? 2 : 1`},\n"
        "  `regular`: {`of`: `acts`, `per`: [`township`, `quarter`, `day`], `at_least`: 1, `expect`: `started`},\n"
        "  `crowd`: {`of`: `acts`, `peak`: 7, `per`: [`kind`], `at_most`: 5, `keep`: [`date`, `kind`]},\n"
        "  `club_visits`: {`of`: `visits`, `via`: `club.unit`, `per`: [`club`], `period`: {`back`: {`months`: 24}}},\n"
        "  `busy`: {`of`: `club_visits`, `where`: `value > 3`},\n"
        "  `served`: {`of`: `acts`, `sum`: `people`, `period`: {`from`: `2025-02-01`, `to`: `2025-03-01`}},\n"
        "  `last`: {`of`: `acts`, `latest`: `kind`, `then`: `people`, `period`: `all`},\n"
        "  `overall`: {`of`: `acts`, `mean`: `people`, `over`: `all`}},\n"
        " `tracks`: [`审核`, `自评`],\n"
        " `score`: {`points`: 100, `floor`: 0, `cap`: 105, `na`: `leave`, `parts`: [\n"
        "  {`id`: `A`, `title`: `甲`, `points`: 60, `na`: `rescale`, `parts`: [\n"
        "   {`id`: `A1`, `points`: 40, `value`: `coverage(heads, township)`, `curve`: `ratio`, `missing`: `zero`, `clause`: `三`},\n"
        "   {`id`: `A2`, `points`: 20, `for`: `subject.class == 'y'`, `value`: `served / prev(served)`, `missing`: `A1 / 2`,\n"
        "    `curve`: {`at`: 1.05, `base`: 8, `up`: [0.01, 0.5], `down`: [0.02, -1], `whole`: true}, `factor`: 0.5}]},\n"
        "  {`id`: `B`, `points`: 40, `combine`: `weighted`, `round`: {`to`: 0.5, `mode`: `half-even`}, `parts`: [\n"
        "   {`id`: `B1`, `weight`: 0.25, `points`: 100, `missing`: `na`, `cap`: null, `floor`: 1, `round`: null},\n"
        "   {`id`: `B2`, `weight`: 0.75, `points`: 100, `missing`: `full`, `curve`: {`map`: {`好`: 100, `差`: 0}, `else`: 60}},\n"
        "   {`id`: `B3`, `weight`: 0, `points`: 3, `checks`: [`busy > 1`, {`title`: `人多`, `when`: `overall > 9`}],\n"
        "    `curve`: {`each`: 1}, `zero_if`: `last == 'bad'`}]},\n"
        "  {`id`: `N`, `kind`: `deduction`, `points`: 3, `value`: `short(crowd) + met(regular, quarter) + cells(regular)`,\n"
        "   `curve`: {`each`: [2, -0.5]}}]},\n"
        " `round`: {`indicator`: {`places`: 3, `mode`: `half-up`}, `total`: {`places`: 1, `mode`: `floor`}},\n"
        " `rank`: {`by`: [`total`, `A`], `ties`: `dense`},\n"
        " `gates`: [{`id`: `V1`, `when`: `busy > 99`, `ceiling`: `合格`, `after`: `places`},\n"
        "  {`id`: `V2`, `title`: `否`, `clause`: `五`, `when`: `served == 0`, `admit`: false}],\n"
        " `grades`: [{`name`: `优秀`, `when`: `total >= 90`, `places`: {`share`: 0.3, `of`: `qualified`, `round`: `ceil`, `ties`: `in`}},"
        " {`name`: `合格`}]}"
};

static struct scheme s;
static const kxi_rules *r;

static void
compile_whole(void)
{
    scheme_must(&s, &whole);
    r = s.rules;
}

START_TEST(the_top)
{
    compile_whole();
    assert_str(r->id, "demo");
    assert_str(r->title, "演示");
    assert_str(r->source, "made up");
    ck_assert(r->period.from == day("2025-01-01") && r->period.to == day("2025-12-31"));
    ck_assert_int_eq(r->as_of, day("2025-11-30"));
    ck_assert(r->tree_by_row);
    ck_assert_int_eq(r->show, 3); /* as the indicators round */
    ck_assert_uint_eq(r->track_count, 2);
    assert_str(r->tracks[1], "自评");
    scheme_free(&s);
}
END_TEST

START_TEST(tables)
{
    compile_whole();
    const kxi_schema *schema = &r->schema;
    uint32_t units = table_of(&s, "units"), acts = table_of(&s, "acts"), clubs = table_of(&s, "clubs");
    uint32_t visits = table_of(&s, "visits"), posts = table_of(&s, "posts");
    const kxi_table_spec *t = schema->tables;
    ck_assert_uint_eq(schema->table_count, 8); /* five that are always there */
    ck_assert(t[units].kind == KXI_REFERENCE && t[acts].kind == KXI_EVENTS && t[posts].kind == KXI_STATES);
    ck_assert_int_eq(t[table_of(&s, "marks")].kind, KXI_PLAIN);
    ck_assert_uint_eq(t[units].key, column_of(&s, units, "code"));
    ck_assert_uint_eq(t[visits].date, column_of(&s, visits, "day"));
    ck_assert_uint_eq(t[posts].from, column_of(&s, posts, "from"));
    ck_assert_uint_eq(schema->units.parent, column_of(&s, units, "parent"));
    ck_assert_uint_eq(t[visits].columns[column_of(&s, visits, "club")].target, clubs);
    const kxi_column_spec *by = &t[visits].columns[column_of(&s, visits, "by")];
    ck_assert(by->list && by->target == table_of(&s, "people"));
    ck_assert_uint_eq(t[table_of(&s, "marks")].columns[0].target, units); /* whatever the subjects are */
    ck_assert(t[acts].needed && t[clubs].needed && t[units].needed && t[posts].needed &&
              t[table_of(&s, "marks")].needed);
    ck_assert(!t[table_of(&s, "tasks")].needed && !t[table_of(&s, "people")].needed);
    scheme_free(&s);
}
END_TEST

/* Which columns are read, and which of them have to be there. */
START_TEST(columns)
{
    static const struct {
        const char *table, *column;
        bool used, required;
    } wanted[] = {
        { "units", "code", true, true },        { "units", "parent", true, false },
        { "units", "population", true, false }, { "units", "contact", true, true },
        { "units", "fax", false, false },       { "units", "class", true, true },
        { "acts", "unit", true, true },         { "acts", "kind", true, true },
        { "acts", "memo", false, false },       { "posts", "basis", true, true },
        { "posts", "filed", false, false },     { "posts", "title", false, false },
        { "posts", "role", true, false },       { "posts", "person", false, false },
        { "clubs", "unit", true, true },        { "clubs", "founded", false, false },
        { "visits", "by", false, false },       { "marks", "indicator", true, true },
        { "marks", "track", true, false },      { "marks", "label", true, false },
        { "marks", "reason", true, false },
    };
    compile_whole();
    for (size_t i = 0; i < COUNT(wanted); i++) {
        uint32_t t = table_of(&s, wanted[i].table);
        const kxi_column_spec *c = &r->schema.tables[t].columns[column_of(&s, t, wanted[i].column)];
        must(c->used == wanted[i].used && c->required == wanted[i].required, "%s.%s: used %d, required %d",
             wanted[i].table, wanted[i].column, c->used, c->required);
    }
    scheme_free(&s);
}
END_TEST

static uint32_t
header_column(const char *table, const char *header)
{
    uint32_t column;
    kxi_arena scratch;
    kxi_arena_init(&scratch, &s.ctx->mem);
    ck_assert_int_eq(kxi_spec_header(&r->schema.tables[table_of(&s, table)], &scratch, kxi_str_of(header), &column),
                     KX_OK);
    kxi_arena_free(&scratch);
    return column;
}

START_TEST(headers)
{
    compile_whole();
    uint32_t acts = table_of(&s, "acts"), clubs = table_of(&s, "clubs");
    ck_assert_uint_eq(header_column("acts", "类别"), column_of(&s, acts, "kind"));
    ck_assert_uint_eq(header_column("acts", " 单 位"), column_of(&s, acts, "unit"));
    ck_assert_uint_eq(header_column("acts", "备注"), column_of(&s, acts, "memo")); /* for all tables, where it fits */
    ck_assert_uint_eq(header_column("clubs", "单位"), column_of(&s, clubs, "unit"));
    ck_assert_uint_eq(header_column("clubs", "备注"), KXI_NONE);
    ck_assert_uint_eq(header_column("acts", "ＫＩＮＤ"), column_of(&s, acts, "kind")); /* a column's own name */
    scheme_free(&s);
}
END_TEST

START_TEST(levels_and_roles)
{
    kxi_arena scratch;
    uint32_t level;
    compile_whole();
    kxi_arena_init(&scratch, &s.ctx->mem);
    ck_assert_uint_eq(r->schema.level_count, 3);
    ck_assert_int_eq(kxi_schema_level(&r->schema, &scratch, KXI_STR("区"), &level), KX_OK);
    ck_assert_uint_eq(level, 1);
    ck_assert_int_eq(kxi_schema_level(&r->schema, &scratch, KXI_STR("乡镇"), &level), KX_OK);
    ck_assert_uint_eq(level, KXI_NONE); /* the scheme has levels of its own */
    kxi_arena_free(&scratch);
    ck_assert_uint_eq(r->schema.role_count, 2);
    ck_assert_uint_eq(r->schema.title_count, 3);
    ck_assert_uint_eq(r->schema.titles[0].level, KXI_NONE);
    ck_assert(r->schema.titles[2].role == 1 && r->schema.titles[2].level == 1);
    ck_assert_uint_eq(r->schema.role_column_count, 1);
    ck_assert_uint_eq(r->schema.role_columns[0].table, table_of(&s, "posts"));
    scheme_free(&s);
}
END_TEST

START_TEST(subjects)
{
    compile_whole();
    uint32_t units = table_of(&s, "units");
    ck_assert_uint_eq(r->subjects, units);
    ck_assert_uint_eq(r->name_column, column_of(&s, units, "name"));
    ck_assert_ptr_nonnull(r->subject_where);
    ck_assert_uint_eq(r->cohort_count, 2);
    ck_assert(r->cohort[0].level == 0 && r->cohort[0].column == KXI_NONE);
    ck_assert(r->cohort[1].level == KXI_NONE && r->cohort[1].column == column_of(&s, units, "class"));
    scheme_free(&s);
}
END_TEST

START_TEST(measures)
{
    compile_whole();
    const kxi_measure *heads = &r->measures[measure_of(&s, "heads")], *busy = &r->measures[measure_of(&s, "busy")];
    ck_assert_uint_eq(measure_of(&s, "heads"), 0); /* scheme order */
    assert_str(heads->title, "三长");
    assert_str(heads->clause, "一");
    assert_str(heads->responsible, "contact");
    ck_assert(heads->op == KXI_OP_COUNT && heads->type == KXI_V_NUMBER && !heads->value && heads->where);
    ck_assert(heads->period == KXI_PERIOD_SCHEME && heads->expect == KXI_EXPECT_WHOLE && !heads->over_all);
    ck_assert(heads->subject.target == r->subjects && heads->subject.step_count == 0);
    ck_assert(heads->unit.column == heads->subject.column); /* a unit on the way to a unit */
    ck_assert(heads->at_least && !heads->at_most);
    const kxi_measure *crowd = &r->measures[measure_of(&s, "crowd")];
    ck_assert(crowd->op == KXI_OP_PEAK && crowd->days == 7 && crowd->at_most && crowd->keep_count == 2);
    ck_assert_uint_eq(crowd->keep[1], column_of(&s, crowd->table, "kind"));
    const kxi_measure *visits = &r->measures[measure_of(&s, "club_visits")];
    ck_assert(visits->period == KXI_PERIOD_BACK && visits->back_months == 24 && visits->subject.step_count == 1);
    ck_assert_uint_eq(visits->subject.steps[0], column_of(&s, table_of(&s, "clubs"), "unit"));
    ck_assert(busy->table == KXI_NONE && busy->measure == measure_of(&s, "club_visits") && busy->where);
    const kxi_measure *served = &r->measures[measure_of(&s, "served")];
    ck_assert(served->op == KXI_OP_SUM && served->period == KXI_PERIOD_FIXED && served->span.to == day("2025-03-01"));
    const kxi_measure *last = &r->measures[measure_of(&s, "last")];
    ck_assert(last->op == KXI_OP_LATEST && last->type == KXI_V_TEXT && last->then && last->period == KXI_PERIOD_ALL);
    ck_assert(r->measures[measure_of(&s, "overall")].over_all &&
              r->measures[measure_of(&s, "regular")].expect == KXI_EXPECT_STARTED);
    scheme_free(&s);
}
END_TEST

START_TEST(dimensions)
{
    compile_whole();
    const kxi_measure *heads = &r->measures[measure_of(&s, "heads")],
                      *regular = &r->measures[measure_of(&s, "regular")];
    ck_assert_uint_eq(heads->dim_count, 2);
    ck_assert(heads->dims[0].kind == KXI_DIM_LEVEL && heads->dims[0].level == 2);
    assert_str(heads->dims[0].name, "township");
    ck_assert(heads->dims[1].kind == KXI_DIM_LIST && heads->dims[1].value_count == 2);
    assert_str(heads->dims[1].values[1], "校长"); /* normalised */
    ck_assert_uint_eq(heads->dims[1].column, column_of(&s, heads->table, "role"));
    ck_assert(regular->dims[1].kind == KXI_DIM_BUCKET && regular->dims[1].bucket == KXI_BUCKET_QUARTER);
    ck_assert(regular->dims[2].kind == KXI_DIM_WINDOWS && regular->dims[2].window_count == 1);
    assert_str(regular->dims[2].windows[0].name, "五月");
    ck_assert_int_eq(regular->dims[2].windows[0].span.from, day("2025-05-20"));
    const kxi_dim *kind = &r->measures[measure_of(&s, "crowd")].dims[0],
                  *club = r->measures[measure_of(&s, "club_visits")].dims;
    ck_assert(kind->kind == KXI_DIM_COLUMN && kind->type == KX_TEXT && !KXI_DIM_CLOSED(kind));
    ck_assert(club->kind == KXI_DIM_REF && KXI_DIM_CLOSED(club) && club->target == table_of(&s, "clubs"));
    ck_assert(club->owner.target == r->subjects && club->owner.step_count == 0);
    ck_assert_uint_eq(club->owner.column, column_of(&s, club->target, "unit"));
    scheme_free(&s);
}
END_TEST

/* One fold for each grain and shift a measure is used at; what a fold over cells needs is there too. */
START_TEST(folds)
{
    static const struct {
        const char *measure;
        bool by_dims;
        uint32_t shift;
    } wanted[] = {
        { "heads", true, 0 },       { "served", false, 0 }, { "served", false, 1 },
        { "crowd", true, 0 },       { "regular", true, 0 }, { "busy", false, 0 },
        { "club_visits", true, 0 }, { "last", false, 0 },   { "overall", false, 0 },
    };
    size_t marks = 0;
    compile_whole();
    for (size_t i = 0; i < COUNT(wanted); i++)
        fold_of(&s, wanted[i].measure, wanted[i].by_dims, wanted[i].shift);
    for (size_t i = 0; i < r->fold_count; i++)
        marks += r->measures[r->folds[i].measure].op == KXI_OP_ONE;
    ck_assert_uint_eq(marks, 2 + 4); /* two tracks: B1 a number, B2 a number and a label */
    ck_assert_uint_eq(r->fold_count, COUNT(wanted) + marks);
    for (size_t i = 0; i < r->fold_count; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert(r->folds[i].measure != r->folds[k].measure || r->folds[i].by_dims != r->folds[k].by_dims ||
                      r->folds[i].shift != r->folds[k].shift);
    scheme_free(&s);
}
END_TEST

START_TEST(nodes)
{
    static const char *const ids[] = { "total", "A", "A1", "A2", "B", "B1", "B2", "B3", "N" };
    compile_whole();
    const kxi_rule_node *n = r->nodes;
    ck_assert_uint_eq(r->node_count, COUNT(ids));
    for (uint32_t i = 0; i < COUNT(ids); i++)
        assert_str(n[i].id, ids[i]);
    ck_assert(n[0].parent == KXI_NONE && n[0].first == 1 && n[1].next == 4 && n[4].next == 8 && n[8].next == KXI_NONE);
    ck_assert(n[2].parent == 1 && n[2].next == 3 && n[2].depth == 2 && n[2].scored && !n[1].scored);
    ck_assert(n[0].na == KXI_NA_LEAVE && n[1].na == KXI_NA_RESCALE && n[4].combine == KXI_WEIGHTED);
    ck_assert(n[2].missing == KXI_MISSING_ZERO && n[3].missing == KXI_MISSING_VALUE && n[3].missing_value);
    ck_assert(n[5].missing == KXI_MISSING_NA && n[6].missing == KXI_MISSING_FULL &&
              n[7].missing == KXI_MISSING_UNKNOWN);
    ck_assert(n[2].curve.kind == KXI_CURVE_RATIO && n[3].curve.kind == KXI_CURVE_SLOPE && n[3].curve.whole);
    ck_assert(n[3].applies && n[3].factor && n[7].zero_if && n[8].kind == KXI_DEDUCTION);
    ck_assert(n[5].mark && n[5].cap_open && !n[5].cap && n[5].floor && !n[5].floor_open && !n[2].mark);
    ck_assert(!n[5].rounds && n[2].rounds && n[2].round.places == 3 && n[2].round.mode == KXI_ROUND_HALF_UP);
    ck_assert(n[4].rounds && n[4].round.interval && n[4].round.mode == KXI_ROUND_HALF_EVEN && !n[1].rounds);
    assert_num(n[4].round.step, "0.5");
    ck_assert(n[0].rounds && n[0].round.mode == KXI_ROUND_FLOOR && n[0].round.places == 1);
    ck_assert(n[7].check_count == 2 && kxi_str_is(n[7].check_texts[0], "busy > 1") &&
              kxi_str_is(n[7].check_texts[1], "人多"));
    ck_assert_uint_eq(n[6].curve.map->count, 2);
    scheme_free(&s);
}
END_TEST

/* Marks: a fold a track, of the number; of the label too where labels count. */
START_TEST(marks)
{
    compile_whole();
    const kxi_rule_node *number = &r->nodes[node_of(&s, "B1")], *label = &r->nodes[node_of(&s, "B2")];
    ck_assert(number->marks[0] != KXI_NONE && number->marks[1] != KXI_NONE);
    ck_assert(number->marks[2] == KXI_NONE && number->marks[3] == KXI_NONE);
    for (size_t i = 0; i < 4; i++) {
        const kxi_fold *f = &r->folds[label->marks[i]];
        const kxi_measure *m = &r->measures[f->measure];
        ck_assert(!f->by_dims && m->op == KXI_OP_ONE && m->period == KXI_PERIOD_ALL && m->where);
        ck_assert_int_eq(m->type, i < 2 ? KXI_V_NUMBER : KXI_V_TEXT);
        ck_assert(m->table == table_of(&s, "marks") && m->subject.column == column_of(&s, m->table, "subject"));
        ck_assert(m->keep_count == 1 && m->keep[0] == column_of(&s, m->table, "reason"));
        assert_str(kxi_expr_source_text(m->where),
                   i % 2 ? "indicator == 'B2' && track == '自评'" : "indicator == 'B2' && track == '审核'");
    }
    scheme_free(&s);
}
END_TEST

/* Parts before their block, A1 before A2 that names it, rank when all it goes by is known. */
START_TEST(order)
{
    static const char *const wanted[] = { "A1", "A2", "A", "B1", "B2", "B3", "B", "N", "total", "rank" };
    compile_whole();
    ck_assert_uint_eq(r->order_count, COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++)
        assert_str(r->order[i] == KXI_ORDER_RANK ? KXI_STR("rank") : r->nodes[r->order[i]].id, wanted[i]);
    scheme_free(&s);
}
END_TEST

START_TEST(decisions)
{
    compile_whole();
    ck_assert(r->rank_by_count == 2 && r->ties == KXI_TIES_DENSE);
    ck_assert_uint_eq(r->gate_count, 2);
    ck_assert(r->gates[0].effect == KXI_GATE_CEILING && r->gates[0].grade == 1 && r->gates[0].after);
    ck_assert(r->gates[1].effect == KXI_GATE_ADMIT && !r->gates[1].after && r->gates[1].grade == KXI_NONE);
    assert_str(r->gates[1].clause, "五");
    ck_assert_uint_eq(r->grade_count, 2);
    ck_assert(r->grades[0].when && r->grades[0].places && r->grades[0].share && !r->grades[0].number);
    ck_assert(!r->grades[0].of_admitted && r->grades[0].round == KXI_ROUND_CEIL && r->grades[0].ties == KXI_CUT_IN);
    ck_assert(!r->grades[1].when && !r->grades[1].places);
    scheme_free(&s);
}
END_TEST

TCase *
structure_tests(void)
{
    TCase *group = tcase_create("structure");
    tcase_add_test(group, the_top);
    tcase_add_test(group, tables);
    tcase_add_test(group, columns);
    tcase_add_test(group, headers);
    tcase_add_test(group, levels_and_roles);
    tcase_add_test(group, subjects);
    tcase_add_test(group, measures);
    tcase_add_test(group, dimensions);
    tcase_add_test(group, folds);
    tcase_add_test(group, nodes);
    tcase_add_test(group, marks);
    tcase_add_test(group, order);
    tcase_add_test(group, decisions);
    return group;
}
