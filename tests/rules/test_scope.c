/* What names mean at each grain: over rows, over cells, over subjects. */
#include "suite.h"

#include <stdio.h>

#include "expr/expr.h"

#define TABLES \
    DEFAULT_TABLES ", `units`: {`columns`: {`population`: `number`, `opened`: `date`, `good`: `bool`, `class`: `text`}}"

/* ---- rows ---- */

static const struct {
    const char *of, *over, *what; /* what: an expression that is just one name */
    int kind;
    const char *column, *then; /* of the source; of what the path leads to */
    size_t steps;
    enum kxi_vtype type;
    int domain; /* -1: entries of `column` */
} rows[] = {
    { "acts", "", "kind", KXI_ROW_COLUMN, "kind", NULL, 0, KXI_V_TEXT, -1 },
    { "acts", "", "people", KXI_ROW_COLUMN, "people", NULL, 0, KXI_V_NUMBER, KXI_DOMAIN_ROWS },
    { "acts", "", "date", KXI_ROW_COLUMN, "date", NULL, 0, KXI_V_DATE, KXI_DOMAIN_ROWS },
    { "acts", "", "ok", KXI_ROW_COLUMN, "ok", NULL, 0, KXI_V_BOOL, KXI_DOMAIN_ROWS },
    { "acts", "", "unit", KXI_ROW_COLUMN, "unit", NULL, 0, KXI_V_TEXT, -1 },
    { "acts", "", "unit.population", KXI_ROW_REF, "unit", "population", 0, KXI_V_NUMBER, -1 },
    { "acts", "", "unit.level", KXI_ROW_LEVEL, "unit", "level", 0, KXI_V_TEXT, -1 },
    { "acts", "", "unit.code", KXI_ROW_KEY, "unit", "code", 0, KXI_V_TEXT, -1 },
    { "acts", "", "unit.parent.name", KXI_ROW_REF, "unit", "name", 1, KXI_V_TEXT, -1 },
    { "visits", "", "thing.size", KXI_ROW_REF, "thing", "size", 0, KXI_V_NUMBER, -1 },
    { "visits", "", "thing.unit.parent.good", KXI_ROW_REF, "thing", "good", 2, KXI_V_BOOL, -1 },
    { "visits", "", "thing.code", KXI_ROW_KEY, "thing", "code", 0, KXI_V_TEXT, -1 },
    { "units", "", "level", KXI_ROW_LEVEL, "level", NULL, 0, KXI_V_TEXT, KXI_DOMAIN_ROWS },
    { "acts", "", "as_of", KXI_ROW_AS_OF, NULL, NULL, 0, KXI_V_DATE, KXI_DOMAIN_RUN },
    { "acts", "", "period.from", KXI_ROW_FROM, NULL, NULL, 0, KXI_V_DATE, KXI_DOMAIN_RUN },
    { "acts", "", "period.to", KXI_ROW_TO, NULL, NULL, 0, KXI_V_DATE, KXI_DOMAIN_RUN },
    { "acts", "", "alias", KXI_ROW_COLUMN, "people", NULL, 0, KXI_V_NUMBER, KXI_DOMAIN_ROWS }, /* a definition */
    { "acts", "", "ok2", KXI_ROW_COLUMN, "ok", NULL, 0, KXI_V_BOOL, KXI_DOMAIN_ROWS },         /* through another */
};

START_TEST(row_name)
{
    char measures[400];
    struct scheme s;
    const uint32_t *slots;
    snprintf(measures, sizeof(measures), "`n`: {`of`: `%s`, `distinct`: `%s`}", rows[_i].of, rows[_i].what);
    scheme_must(&s, &(struct parts){ .tables = TABLES,
                                     .measures = measures,
                                     .more = "`define`: {`alias`: `people`, `ok2`: `ok3`, `ok3`: `ok`}," });
    const kxi_measure *m = &s.rules->measures[0];
    ck_assert_uint_eq(kxi_expr_slots(m->value, &slots), 1);
    const kxi_row_slot *slot = &s.rules->row_slots[slots[0]];
    uint32_t source = table_of(&s, rows[_i].of);
    must((int)slot->kind == rows[_i].kind && slot->type == rows[_i].type, "%s: kind %d, type %d", rows[_i].what,
         (int)slot->kind, (int)slot->type);
    ck_assert_uint_eq(slot->table, source);
    uint32_t column = rows[_i].column ? column_of(&s, source, rows[_i].column) : KXI_NONE;
    ck_assert_uint_eq(slot->column, column);
    ck_assert_uint_eq(slot->domain, rows[_i].domain < 0 ? KXI_DOMAIN_FIRST + column : (uint32_t)rows[_i].domain);
    ck_assert_uint_eq(slot->path.step_count, rows[_i].steps);
    if (rows[_i].then)
        ck_assert_uint_eq(slot->then, column_of(&s, slot->path.target, rows[_i].then));
    scheme_free(&s);
}
END_TEST

/* A name used twice is one slot. */
START_TEST(row_slots_are_shared)
{
    struct scheme s;
    scheme_must(
        &s, &(struct parts){ .subjects = "{`of`: `units`}",
                             .measures =
                                 "`n`: {`of`: `acts`, `where`: `kind == 'a' && people > 3`, `sum`: `people`},"
                                 "`m`: {`of`: `acts`, `where`: `kind == 'b' || unit.name == 'c' || unit.name == 'd'`}",
                             .nodes = "{`id`: `A1`, `points`: 10, `value`: `n + m`}" });
    ck_assert_uint_eq(s.rules->row_slot_count, 3); /* kind, people, unit.name */
    scheme_free(&s);
}
END_TEST

/* Over the cells of another measure: its dimensions, its value, and what rows know too. */
START_TEST(names_of_cells_as_rows)
{
    static const struct {
        const char *what;
        int kind;
        uint32_t column;
        enum kxi_vtype type;
    } wanted[] = {
        { "value", KXI_ROW_VALUE, KXI_NONE, KXI_V_NUMBER }, { "kind", KXI_ROW_DIM, 0, KXI_V_TEXT },
        { "people", KXI_ROW_DIM, 1, KXI_V_NUMBER },         { "township", KXI_ROW_DIM, 2, KXI_V_TEXT },
        { "quarter", KXI_ROW_DIM, 3, KXI_V_TEXT },          { "as_of", KXI_ROW_AS_OF, KXI_NONE, KXI_V_DATE },
    };
    for (size_t i = 0; i < COUNT(wanted); i++) {
        char measures[300];
        struct scheme s;
        const uint32_t *slots;
        snprintf(
            measures, sizeof(measures),
            "`c`: {`of`: `acts`, `per`: [`kind`, `people`, `township`, `quarter`]}, `n`: {`of`: `c`, `distinct`: `%s`}",
            wanted[i].what);
        scheme_must(&s, &(struct parts){ .measures = measures });
        ck_assert_uint_eq(kxi_expr_slots(s.rules->measures[1].value, &slots), 1);
        const kxi_row_slot *slot = &s.rules->row_slots[slots[0]];
        must((int)slot->kind == wanted[i].kind && slot->column == wanted[i].column && slot->type == wanted[i].type,
             "%s", wanted[i].what);
        ck_assert(slot->table == KXI_NONE && slot->measure == 0);
        scheme_free(&s);
    }
}
END_TEST

/* Dimensions are handed on: as they are, or narrowed to a list. */
START_TEST(inherited_dimensions)
{
    struct scheme s;
    scheme_must(
        &s,
        &(struct parts){
            .measures =
                "`c`: {`of`: `acts`, `per`: [`kind`, `quarter`, `township`]},"
                "`n`: {`of`: `c`, `per`: [`quarter`, {`kind`: [`a`, `b`]}], `sum`: `value > 2 ? 2 : value`, `at_least`: 1}",
            .nodes = "{`id`: `A1`, `points`: 10, `value`: `met(n)`}" });
    const kxi_measure *n = &s.rules->measures[1];
    ck_assert(n->dim_count == 2 && n->dims[0].kind == KXI_DIM_BUCKET && n->dims[0].column == 1);
    ck_assert(n->dims[1].kind == KXI_DIM_LIST && n->dims[1].column == 0 && n->dims[1].value_count == 2);
    ck_assert(n->subject.target == KXI_NONE && !n->over_all);
    fold_of(&s, "n", true, 0);
    fold_of(&s, "c", true, 0);
    ck_assert_uint_eq(s.rules->fold_count, 2);
    scheme_free(&s);
}
END_TEST

/* ---- cells ---- */

static const struct {
    const char *what;
    int kind;
    uint32_t dim;
    const char *table, *column;
    enum kxi_vtype type;
} cells[] = {
    { "value", KXI_CELL_VALUE, 0, NULL, NULL, KXI_V_NUMBER },
    { "township", KXI_CELL_DIM, 0, NULL, NULL, KXI_V_TEXT },
    { "township.population", KXI_CELL_DIM_COLUMN, 0, "units", "population", KXI_V_NUMBER },
    { "township.good", KXI_CELL_DIM_COLUMN, 0, "units", "good", KXI_V_BOOL },
    { "quarter", KXI_CELL_DIM, 1, NULL, NULL, KXI_V_TEXT },
    { "quarter.from", KXI_CELL_DIM_FROM, 1, NULL, NULL, KXI_V_DATE },
    { "quarter.to", KXI_CELL_DIM_TO, 1, NULL, NULL, KXI_V_DATE },
    { "kind", KXI_CELL_DIM, 2, NULL, NULL, KXI_V_TEXT },
    { "w.to", KXI_CELL_DIM_TO, 3, NULL, NULL, KXI_V_DATE },
    { "w", KXI_CELL_DIM, 3, NULL, NULL, KXI_V_TEXT },
    { "thing", KXI_CELL_DIM, 4, NULL, NULL, KXI_V_TEXT },
    { "thing.made", KXI_CELL_DIM_COLUMN, 4, "things", "made", KXI_V_DATE },
    { "people", KXI_CELL_DIM, 5, NULL, NULL, KXI_V_NUMBER },
    { "subject.opened", KXI_CELL_SUBJECT_COLUMN, 0, "units", "opened", KXI_V_DATE },
    { "subject.class", KXI_CELL_SUBJECT_COLUMN, 0, "units", "class", KXI_V_TEXT },
    { "as_of", KXI_CELL_AS_OF, 0, NULL, NULL, KXI_V_DATE },
    { "period.from", KXI_CELL_FROM, 0, NULL, NULL, KXI_V_DATE },
    { "period.to", KXI_CELL_TO, 0, NULL, NULL, KXI_V_DATE },
};

START_TEST(cell_name)
{
    static const char *const forms[] = {
        [KXI_V_NUMBER] = "%s", [KXI_V_BOOL] = "%s ? 1 : 2", [KXI_V_DATE] = "year(%s)", [KXI_V_TEXT] = "size(%s)"
    };
    char bound[80], measures[400];
    struct scheme s;
    const uint32_t *slots;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(bound, sizeof(bound), forms[cells[_i].type], cells[_i].what);
#pragma GCC diagnostic pop
    snprintf(
        measures, sizeof(measures),
        "`n`: {`of`: `deeds`, `via`: `unit`, `per`: [`township`, `quarter`, {`kind`: [`a`]}, `w`, `thing`, `people`],"
        " `at_most`: `%s`}",
        bound);
    scheme_must(&s, &(struct parts){
                        .tables = TABLES
                        ", `deeds`: {`columns`: {`unit`: `units`, `date`: `date`, `kind`: `text`, `thing`: `things`,"
                        " `people`: `number`}, `date`: `date`}",
                        .measures = measures,
                        .nodes = "{`id`: `A1`, `points`: 10, `value`: `met(n)`}",
                        .more = "`windows`: {`w`: [{`name`: `x`, `from`: `2025-01-01`, `to`: `2025-02-01`}]}," });
    ck_assert_uint_eq(kxi_expr_slots(s.rules->measures[0].at_most, &slots), 1);
    const kxi_cell_slot *slot = &s.rules->cell_slots[slots[0]];
    must((int)slot->kind == cells[_i].kind && slot->type == cells[_i].type && slot->dim == cells[_i].dim, "%s: kind %d",
         cells[_i].what, (int)slot->kind);
    if (cells[_i].table)
        ck_assert_uint_eq(slot->column, column_of(&s, table_of(&s, cells[_i].table), cells[_i].column));
    scheme_free(&s);
}
END_TEST

/* ---- subjects ---- */

static const struct {
    const char *what;
    enum kxi_slot_kind kind;
    enum kxi_vtype type;
    const char *name; /* a measure, node or column */
    uint32_t group;
} subjects[] = {
    { "n", KXI_SLOT_FOLD, KXI_V_NUMBER, "n", 0 },
    { "prev(n)", KXI_SLOT_FOLD, KXI_V_NUMBER, "n", 0 },
    { "last", KXI_SLOT_FOLD, KXI_V_TEXT, "last", 0 },
    { "coverage(cov)", KXI_SLOT_COVERAGE, KXI_V_NUMBER, "cov", 0 },
    { "coverage(cov, township)", KXI_SLOT_COVERAGE, KXI_V_NUMBER, "cov", 1 },
    { "met(cov, quarter)", KXI_SLOT_MET, KXI_V_NUMBER, "cov", 2 },
    { "short(cov, quarter, township)", KXI_SLOT_SHORT, KXI_V_NUMBER, "cov", 3 },
    { "cells(cov)", KXI_SLOT_CELLS, KXI_V_NUMBER, "cov", 0 },
    { "cells(n)", KXI_SLOT_CELLS, KXI_V_NUMBER, "n", 0 }, /* counting cells needs no bound */
    { "A1", KXI_SLOT_POINTS, KXI_V_NUMBER, "A1", 0 },
    { "M1", KXI_SLOT_POINTS, KXI_V_NUMBER, "M1", 0 }, /* the points of a marked indicator, not its mark */
    { "A1.value", KXI_SLOT_VALUE, KXI_V_NUMBER, "A1", 0 },
    { "total", KXI_SLOT_TOTAL, KXI_V_NUMBER, NULL, 0 },
    { "rank", KXI_SLOT_RANK, KXI_V_NUMBER, NULL, 0 },
    { "subject.key", KXI_SLOT_KEY, KXI_V_TEXT, NULL, 0 },
    { "subject.level", KXI_SLOT_LEVEL, KXI_V_TEXT, NULL, 0 },
    { "subject.good", KXI_SLOT_COLUMN, KXI_V_BOOL, "good", 0 },
    { "subject.opened", KXI_SLOT_COLUMN, KXI_V_DATE, "opened", 0 },
    { "as_of", KXI_SLOT_AS_OF, KXI_V_DATE, NULL, 0 },
    { "period.from", KXI_SLOT_FROM, KXI_V_DATE, NULL, 0 },
    { "period.to", KXI_SLOT_TO, KXI_V_DATE, NULL, 0 },
    { "cohort.size", KXI_SLOT_COHORT_SIZE, KXI_V_NUMBER, NULL, 0 },
    { "cohort.rank(total)", KXI_SLOT_COHORT_RANK, KXI_V_NUMBER, NULL, 0 },
    { "cohort.mean(n / 2)", KXI_SLOT_COHORT_MEAN, KXI_V_NUMBER, NULL, 0 },
    { "cohort.sum(n)", KXI_SLOT_COHORT_SUM, KXI_V_NUMBER, NULL, 0 },
    { "cohort.max(A1)", KXI_SLOT_COHORT_MAX, KXI_V_NUMBER, NULL, 0 },
    { "cohort.min(n)", KXI_SLOT_COHORT_MIN, KXI_V_NUMBER, NULL, 0 },
};

START_TEST(subject_name)
{
    char more[300];
    struct scheme s;
    uint32_t index;
    snprintf(more, sizeof(more),
             "`rank`: {`by`: [`total`], `ties`: `open`}, `gates`: [{`id`: `V`, `when`: `has(%s)`, `cancel`: true}],",
             subjects[_i].what);
    scheme_compile(&s,
                   &(struct parts){
                       .tables = TABLES,
                       .measures = DEFAULT_MEASURES ", `last`: {`of`: `acts`, `latest`: `kind`}",
                       .nodes = "{`id`: `A1`, `points`: 7, `value`: `n`}, {`id`: `M1`, `points`: 3, `missing`: `zero`}",
                       .more = more },
                   false);
    must(s.status == KX_OK, "%s", s.err.message);
    const uint32_t *slots;
    ck_assert_uint_eq(kxi_expr_slots(s.rules->gates[0].when, &slots), 1);
    index = slots[0];
    const kxi_slot *slot = &s.rules->slots[index];
    must(slot->kind == subjects[_i].kind && slot->type == subjects[_i].type && slot->group == subjects[_i].group,
         "%s: kind %d", subjects[_i].what, (int)slot->kind);
    ck_assert(!slot->arg == !(slot->kind >= KXI_SLOT_COHORT_RANK && slot->kind <= KXI_SLOT_COHORT_MIN));
    if (slot->kind == KXI_SLOT_COLUMN)
        ck_assert_uint_eq(slot->column, column_of(&s, table_of(&s, "units"), subjects[_i].name));
    else if (slot->kind == KXI_SLOT_POINTS || slot->kind == KXI_SLOT_VALUE)
        ck_assert_uint_eq(slot->node, node_of(&s, subjects[_i].name));
    else if (subjects[_i].name)
        ck_assert_uint_eq(slot->fold,
                          fold_of(&s, subjects[_i].name, slot->kind != KXI_SLOT_FOLD && subjects[_i].name[0] == 'c',
                                  subjects[_i].what[0] == 'p'));
    scheme_free(&s);
}
END_TEST

/* `value`, `mark`, `label` and `full` are those of the node at hand, and of the type it has. */
static const struct {
    const char *node;
    enum kxi_slot_kind kind;
    enum kxi_vtype type;
} own[] = {
    { "{`id`: `X`, `points`: 10, `value`: `n`, `cap`: `value * 2`}", KXI_SLOT_VALUE, KXI_V_NUMBER },
    { "{`id`: `X`, `points`: 10, `value`: `n > 3`, `cap`: `value ? 1 : 2`}", KXI_SLOT_VALUE, KXI_V_BOOL },
    { "{`id`: `X`, `points`: 10, `value`: `subject.name`, `missing`: `zero`, `curve`: {`map`: {`a`: 1}}, `cap`: `value == 'a' ? 1 : 2`}",
      KXI_SLOT_VALUE, KXI_V_TEXT },
    { "{`id`: `X`, `points`: 10, `checks`: [`n > 1`], `cap`: `value`}", KXI_SLOT_VALUE, KXI_V_NUMBER },
    { "{`id`: `X`, `points`: 10, `missing`: `zero`, `cap`: `mark + 1`}", KXI_SLOT_MARK, KXI_V_NUMBER },
    { "{`id`: `X`, `points`: 10, `missing`: `zero`, `cap`: `value + 1`}", KXI_SLOT_VALUE, KXI_V_NUMBER },
    { "{`id`: `X`, `points`: 10, `missing`: `zero`, `curve`: {`map`: {`a`: 1}}, `cap`: `label == 'a' ? 1 : 2`}",
      KXI_SLOT_LABEL, KXI_V_TEXT },
    { "{`id`: `X`, `points`: 10, `missing`: `zero`, `curve`: {`range`: {`a`: [0, 1]}}, `cap`: `mark`}", KXI_SLOT_MARK,
      KXI_V_NUMBER },
    { "{`id`: `X`, `points`: 10, `missing`: `zero`, `curve`: {`range`: {`a`: [0, 1]}}, `cap`: `size(value)`}",
      KXI_SLOT_VALUE, KXI_V_TEXT },
    { "{`id`: `X`, `points`: 10, `value`: `n`, `cap`: `full / 2`}", KXI_SLOT_FULL, KXI_V_NUMBER },
    { "{`id`: `X`, `points`: 10, `cap`: `full / 2`, `parts`: [{`id`: `Y`, `points`: 10, `value`: `n`}]}", KXI_SLOT_FULL,
      KXI_V_NUMBER },
};

START_TEST(own_name)
{
    struct scheme s;
    const uint32_t *slots;
    scheme_must(&s, &(struct parts){ .measures = "`n`: {`of`: `acts`}",
                                     .nodes = own[_i].node,
                                     .more = "`grades`: [{`name`: `a`, `when`: `n > 1`}]," });
    uint32_t x = node_of(&s, "X");
    ck_assert_uint_eq(kxi_expr_slots(s.rules->nodes[x].cap, &slots), 1);
    const kxi_slot *slot = &s.rules->slots[slots[0]];
    must(slot->kind == own[_i].kind && slot->type == own[_i].type && slot->node == x, "%s: kind %d, type %d",
         own[_i].node, (int)slot->kind, (int)slot->type);
    scheme_free(&s);
}
END_TEST

/* The value of one indicator as others see it is a number, also where it is true or false to itself. */
START_TEST(value_of_another)
{
    struct scheme s;
    size_t numbers = 0, bools = 0;
    scheme_must(&s, &(struct parts){ .measures = "`n`: {`of`: `acts`}",
                                     .nodes = "{`id`: `A`, `points`: 4, `value`: `n > 3`, `cap`: `value ? 3 : 4`},"
                                              "{`id`: `B`, `points`: 6, `value`: `A.value + 1`, `missing`: `zero`}" });
    for (size_t i = 0; i < s.rules->slot_count; i++) {
        numbers += s.rules->slots[i].kind == KXI_SLOT_VALUE && s.rules->slots[i].type == KXI_V_NUMBER;
        bools += s.rules->slots[i].kind == KXI_SLOT_VALUE && s.rules->slots[i].type == KXI_V_BOOL;
    }
    ck_assert(numbers == 1 && bools == 1);
    scheme_free(&s);
}
END_TEST

static size_t
cohort_slots(const struct scheme *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->rules->slot_count; i++)
        n += s->rules->slots[i].arg != NULL;
    return n;
}

/* The same call is computed once, however often it is named; one of another node's own value is another. */
START_TEST(cohort_calls_are_shared)
{
    struct scheme s;
    scheme_must(
        &s,
        &(struct parts){
            .measures = "`n`: {`of`: `acts`}",
            .more = "`define`: {`m`: `cohort.mean(n)`},",
            .nodes =
                "{`id`: `A`, `points`: 4, `value`: `m + cohort.mean(n) + cohort.mean(n)`, `missing`: `zero`, `cap`: `cohort.max(value)`},"
                "{`id`: `B`, `points`: 6, `value`: `n`, `cap`: `cohort.max(value)`}" });
    ck_assert_uint_eq(cohort_slots(&s), 3); /* the mean once for A; each its own maximum */
    scheme_free(&s);
}
END_TEST

/* Definitions that each name the one before twice, over the cohort: the work grows with their number, not with 2^40. */
START_TEST(cohort_calls_do_not_multiply)
{
    char define[4000] = "`define`: {`d0`: `n`";
    struct scheme s;
    for (int i = 1; i <= 40; i++) {
        size_t n = strlen(define);
        snprintf(define + n, sizeof(define) - n, ", `d%d`: `cohort.mean(d%d) + cohort.sum(d%d) + cohort.mean(d%d)`", i,
                 i - 1, i - 1, i - 1);
    }
    strcat(define, "},");
    scheme_must(&s, &(struct parts){ .measures = "`n`: {`of`: `acts`}",
                                     .more = define,
                                     .nodes = "{`id`: `A`, `points`: 10, `value`: `d40`, `missing`: `zero`}" });
    ck_assert_uint_eq(cohort_slots(&s), 80);
    scheme_free(&s);
}
END_TEST

TCase *
scope_tests(void)
{
    TCase *group = tcase_create("names");
    tcase_add_loop_test(group, row_name, 0, COUNT(rows));
    tcase_add_test(group, row_slots_are_shared);
    tcase_add_test(group, names_of_cells_as_rows);
    tcase_add_test(group, inherited_dimensions);
    tcase_add_loop_test(group, cell_name, 0, COUNT(cells));
    tcase_add_loop_test(group, subject_name, 0, COUNT(subjects));
    tcase_add_loop_test(group, own_name, 0, COUNT(own));
    tcase_add_test(group, value_of_another);
    tcase_add_test(group, cohort_calls_are_shared);
    tcase_add_test(group, cohort_calls_do_not_multiply);
    return group;
}
