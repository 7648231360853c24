/* How a run goes about its work: what it asks of the source and when, what it does with odd answers, and in which form
 * numbers come out. */
#include <stdlib.h>

#include "fixture.h"
#include "suite.h"

enum { ROWS = 3000, SLOTS = 7, KINDS = KXI_DOMAIN_FIRST + 3 };

/* A source of plain arrays that counts what it is asked. */
struct plain {
    kxi_vec slots[SLOTS]; /* over rows; slot 3 over the entries of KINDS; slot 4 of the run */
    uint32_t codes[ROWS];
    size_t size, rows_asked[SLOTS], entries_asked[SLOTS], codes_asked;
    kx_status fail; /* returned by every call when set */
};

static kx_status
plain_rows(void *user, uint32_t slot, size_t first, size_t n, kxi_arena *arena, kxi_vec *out)
{
    struct plain *p = user;
    (void)arena;
    (void)n;
    p->rows_asked[slot]++;
    *out = p->slots[slot];
    if (!out->constant && out->type != KXI_V_NULL) {
        out->count = out->count > first ? out->count - first : 0;
        if (out->state)
            out->state += first;
        if (out->type == KXI_V_BOOL)
            out->v.yes += first;
        else if (out->type == KXI_V_TEXT)
            out->v.texts += first;
        else
            out->v.ints += first;
    }
    return p->fail;
}

static kx_status
plain_entries(void *user, uint32_t slot, uint32_t domain, kxi_arena *arena, kxi_vec *out)
{
    struct plain *p = user;
    (void)arena;
    ck_assert_uint_eq(domain, slot == 3 ? KINDS : KXI_DOMAIN_RUN);
    p->entries_asked[slot]++;
    *out = p->slots[slot];
    return p->fail;
}

static kx_status
plain_codes(void *user, uint32_t domain, size_t first, size_t n, kxi_arena *arena, const uint32_t **out)
{
    struct plain *p = user;
    (void)arena;
    (void)n;
    ck_assert_uint_eq(domain, KINDS);
    p->codes_asked++;
    *out = p->codes + first;
    return p->fail;
}

static size_t
plain_size(void *user, uint32_t domain)
{
    struct plain *p = user;
    ck_assert_uint_eq(domain, KINDS);
    return p->size;
}

static const struct {
    const char *name;
    enum kxi_vtype type;
    uint32_t domain;
    bool nullable;
} plain_names[SLOTS] = {
    { "x", KXI_V_NUMBER, KXI_DOMAIN_ROWS, true },   { "y", KXI_V_NUMBER, KXI_DOMAIN_ROWS, true },
    { "when", KXI_V_DATE, KXI_DOMAIN_ROWS, true },  { "kind", KXI_V_TEXT, KINDS, true },
    { "as_of", KXI_V_DATE, KXI_DOMAIN_RUN, false }, { "flag", KXI_V_BOOL, KXI_DOMAIN_ROWS, true },
    { "tags", KXI_V_LIST, KXI_DOMAIN_ROWS, true },
};

static kx_status
plain_name(void *user, const kxi_str *path, size_t parts, kxi_place place, kxi_binding *out, kxi_diag *d)
{
    (void)user;
    (void)place;
    (void)d;
    for (uint32_t i = 0; i < SLOTS && parts == 1; i++)
        if (kxi_str_is(path[0], plain_names[i].name)) {
            *out = (kxi_binding){ .kind = KXI_BIND_SLOT,
                                  .slot = i,
                                  .type = plain_names[i].type,
                                  .item = KXI_V_TEXT,
                                  .domain = plain_names[i].domain,
                                  .nullable = plain_names[i].nullable };
            return KX_OK;
        }
    return KX_E_NOTFOUND;
}

struct stage {
    struct kit kit;
    struct plain plain;
    kxi_source source;
    const kxi_expr *e;
    const kxi_prepared *p;
    int64_t x[ROWS], y[ROWS], when[ROWS], as_of;
    uint8_t state[ROWS], flag[ROWS];
    kxi_str kinds[4];
};

static void
stage_init(struct stage *s)
{
    *s = (struct stage){ .as_of = 20000 };
    kit_init(&s->kit);
    s->source = (kxi_source){ &s->plain, plain_rows, plain_entries, plain_codes, plain_size };
    for (size_t i = 0; i < ROWS; i++) {
        s->x[i] = (int64_t)i;
        s->y[i] = 2 * (int64_t)i;
        s->when[i] = 19000 + (int64_t)(i * 7 % 800);
        s->flag[i] = i % 2;
        s->plain.codes[i] = (uint32_t)(i % 4);
    }
    s->kinds[0] = KXI_STR("讲座");
    s->kinds[1] = KXI_STR("培训");
    s->kinds[2] = KXI_STR("讲解");
    static const uint8_t last_null[] = { 0, 0, 0, KXI_IS_NULL };
    kxi_vec *v = s->plain.slots;
    v[0] = (kxi_vec){ .type = KXI_V_NUMBER, .count = ROWS, .v.ints = s->x };
    v[1] = (kxi_vec){ .type = KXI_V_NUMBER, .scale = 1, .count = ROWS, .v.ints = s->y };
    v[2] = (kxi_vec){ .type = KXI_V_DATE, .count = ROWS, .v.ints = s->when };
    v[3] = (kxi_vec){ .type = KXI_V_TEXT, .count = 4, .state = last_null, .v.texts = s->kinds };
    v[4] = (kxi_vec){ .type = KXI_V_DATE, .constant = true, .count = 1, .v.ints = &s->as_of };
    v[5] = (kxi_vec){ .type = KXI_V_BOOL, .count = ROWS, .v.yes = s->flag };
    s->plain.size = 3;
}

static kx_status
stage_prepare(struct stage *s, const char *text)
{
    kxi_scope scope = { .user = s, .name = plain_name };
    kxi_compile c = { .arena = &s->kit.arena,
                      .scope = &scope,
                      .max_depth = 64,
                      .max_digits = s->kit.num.max_digits,
                      .diag = &s->kit.diag };
    kx_status st = kxi_expr_compile_text(&c, kxi_str_of(text), KXI_V_NULL, &s->e);
    ck_assert_msg(st == KX_OK, "%s: %s", text, s->kit.err.message);
    return kxi_expr_prepare(s->e, &s->source, &s->kit.arena, s->kit.num.max_digits, &s->p);
}

static kx_status
stage_run(struct stage *s, size_t first, size_t n, kxi_vec *out)
{
    return kxi_expr_run(s->p, &s->source, first, n, &s->kit.arena, out);
}

/* Conditions on one domain are decided once for each entry and only looked up by rows. */
START_TEST(once_per_entry)
{
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    uint32_t domain;
    const kxi_vec *lanes;
    stage_init(s);
    ck_assert_int_eq(stage_prepare(s, "kind.startsWith('讲') && as_of > date('2020-01-01')"), KX_OK);
    ck_assert_uint_eq(s->plain.entries_asked[3], 1);
    ck_assert_uint_eq(s->plain.entries_asked[4], 1);
    ck_assert(kxi_prepared_table(s->p, &domain, &lanes));
    ck_assert_uint_eq(domain, KINDS);
    ck_assert_uint_eq(lanes->count, 4);
    ck_assert(kxi_vec_true(lanes, 0) && !kxi_vec_true(lanes, 1) && kxi_vec_true(lanes, 2) && !kxi_vec_true(lanes, 3));
    ck_assert_uint_eq(kxi_vec_state(lanes, 3), KXI_IS_NULL_OPERAND);
    for (size_t first = 0; first < ROWS; first += 1000) {
        ck_assert_int_eq(stage_run(s, first, 1000, &v), KX_OK);
        for (size_t i = 0; i < 1000; i++)
            ck_assert_int_eq(kxi_vec_true(&v, i), (first + i) % 4 == 0 || (first + i) % 4 == 2);
    }
    ck_assert_uint_eq(s->plain.codes_asked, 3);
    ck_assert_uint_eq(s->plain.entries_asked[3], 1);
    for (size_t i = 0; i < SLOTS; i++)
        ck_assert_uint_eq(s->plain.rows_asked[i], 0);
    kit_free(&s->kit);
    free(s);
}
END_TEST

/* Several tables of one domain are gathered with one question for codes; slots that rows do not need are not read. */
START_TEST(asks_little)
{
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    uint32_t domain;
    const kxi_vec *lanes;
    stage_init(s);
    ck_assert_int_eq(stage_prepare(s, "kind == '讲座' && x > 1 || size(kind) == 2 && x < y || (false && flag)"), KX_OK);
    ck_assert(!kxi_prepared_table(s->p, &domain, &lanes));
    ck_assert_int_eq(stage_run(s, 0, ROWS, &v), KX_OK);
    ck_assert_uint_eq(v.count, ROWS);
    ck_assert_uint_eq(s->plain.codes_asked, 1);
    ck_assert_uint_eq(s->plain.rows_asked[0], 1);
    ck_assert_uint_eq(s->plain.rows_asked[1], 1);
    ck_assert_uint_eq(s->plain.rows_asked[5], 0);
    kit_free(&s->kit);
    free(s);
}
END_TEST

static const struct {
    const char *text;
    bool table;
    uint32_t domain;
} tables[] = {
    { "1 + 2", true, KXI_DOMAIN_RUN },
    { "year(as_of)", true, KXI_DOMAIN_RUN },
    { "as_of + days(1) > date('2024-01-01')", true, KXI_DOMAIN_RUN },
    { "kind", true, KINDS },
    { "kind == '讲座' ? year(as_of) : 0", true, KINDS },
    { "coalesce(null, 'a') + kind", true, KINDS },
    { "x", false, 0 },
    { "x + size(kind)", false, 0 },
    { "when <= as_of", false, 0 },
};

START_TEST(table_case)
{
    struct stage *s = malloc(sizeof(*s));
    uint32_t domain = 99;
    const kxi_vec *lanes = NULL;
    kxi_vec v;
    stage_init(s);
    ck_assert_int_eq(stage_prepare(s, tables[_i].text), KX_OK);
    ck_assert_msg(kxi_prepared_table(s->p, &domain, &lanes) == tables[_i].table, "%s", tables[_i].text);
    if (tables[_i].table) {
        ck_assert_uint_eq(domain, tables[_i].domain);
        ck_assert_uint_eq(lanes->count, domain == KINDS ? 4 : 1);
        ck_assert_int_eq(lanes->constant, domain != KINDS);
    }
    ck_assert_int_eq(stage_run(s, 10, 20, &v), KX_OK);
    ck_assert(v.constant ? v.count == 1 : v.count == 20);
    kit_free(&s->kit);
    free(s);
}
END_TEST

/* In which form numbers come out: as integers as long as all known lanes fit. */
static const struct {
    const char *text;
    int64_t x, y, scale_x, scale_y, null_x; /* in every row; null_x: what lies at row 1, which is null */
    bool ints;
    int scale;
} forms[] = {
    { "x + y", 1, 2, 0, 1, 0, true, 1 },
    { "x + y", INT64_MAX, 10, 0, 1, 0, false, 0 },
    { "x + y", 5, 10, 0, 6, INT64_MAX, true, 6 },
    { "x + y", 5, 10, 0, 6, INT64_MIN, true, 6 },
    { "x - y", INT64_MIN, 1, 0, 0, 0, false, 0 },
    { "x - y", 3, 1, 0, 0, INT64_MIN, true, 0 },
    { "x * y", 1000000, 2500000, 6, 6, 3, true, 6 },
    { "x * y", 1000001, 2500000, 6, 6, 3, false, 0 },
    { "x * y", 4, 5, 2, 3, INT64_MAX, true, 5 },
    { "x * y", INT64_MAX, 2, 0, 0, 0, false, 0 },
    { "x / y", 4, 2, 0, 0, 0, false, 0 },
    { "x % y", -7, 2, 0, 0, INT64_MIN, true, 0 },
    { "-x", 7, 0, 2, 0, 1, true, 2 },
    { "-x", INT64_MIN, 0, 2, 0, 1, false, 0 },
    { "abs(x)", -7, 0, 2, 0, INT64_MIN, true, 2 },
    { "max(x, y)", 7, 2, 2, 3, 0, true, 3 },
    { "round(x / y, 2)", 1, 3, 0, 0, 0, true, 2 },
    { "round(x, 1)", 12345, 0, 4, 0, 0, true, 1 },
    { "flag ? x : y", 1, 2, 0, 3, 0, true, 3 },
    { "x * 0.5", 7, 0, 0, 0, 0, true, 1 },
};

START_TEST(form_case)
{
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    stage_init(s);
    for (size_t i = 0; i < ROWS; i++) {
        s->x[i] = i == 1 ? forms[_i].null_x : forms[_i].x;
        s->y[i] = forms[_i].y;
    }
    s->state[1] = KXI_IS_NULL;
    s->plain.slots[0].state = s->state;
    s->plain.slots[0].scale = (uint8_t)forms[_i].scale_x;
    s->plain.slots[1].scale = (uint8_t)forms[_i].scale_y;
    ck_assert_int_eq(stage_prepare(s, forms[_i].text), KX_OK);
    ck_assert_int_eq(stage_run(s, 0, 100, &v), KX_OK);
    ck_assert_msg((v.rep == KXI_REP_INT) == forms[_i].ints, "%s", forms[_i].text);
    ck_assert_msg(!forms[_i].ints || v.scale == forms[_i].scale, "%s: scale %d", forms[_i].text, v.scale);
    ck_assert_uint_eq(kxi_vec_state(&v, 1), strchr(forms[_i].text, '?') ? KXI_IS_NULL : KXI_IS_NULL_OPERAND);
    kit_free(&s->kit);
    free(s);
}
END_TEST

/* Parts of dates and added months, through a table of days and day by day, against the calendar itself. */
START_TEST(calendar)
{
    static const size_t batches[] = { ROWS, 100, 1 };
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    int64_t step = _i == 0 ? 1 : _i == 1 ? 0 : 5000;
    stage_init(s);
    for (size_t i = 0; i < ROWS; i++) {
        s->when[i] = _i == 1 ? KXI_DAY_MAX - (int64_t)(i % 60) : KXI_DAY_MIN / 50 + (int64_t)(i * 37 % 900) * step;
        s->state[i] = i % 5 == 0 ? KXI_IS_NULL : 0;
        if (s->state[i])
            s->when[i] = INT64_MAX - (int64_t)i; /* rubbish */
    }
    s->plain.slots[2].state = s->state;
    for (size_t b = 0; b < COUNT(batches); b++) {
        size_t n = batches[b];
        ck_assert_int_eq(stage_prepare(s, "year(when) * 10000 + month(when) * 100 + day(when)"), KX_OK);
        ck_assert_int_eq(stage_run(s, 0, n, &v), KX_OK);
        for (size_t i = 0; i < n; i++) {
            if (s->state[i]) {
                ck_assert_uint_eq(kxi_vec_state(&v, i), KXI_IS_NULL_OPERAND);
                continue;
            }
            kxi_civil c = kxi_date_civil((kxi_day)s->when[i]);
            ck_assert_int_eq(v.v.ints[i], c.year * 10000 + c.month * 100 + c.day);
        }
        ck_assert_int_eq(stage_prepare(s, "when + months(1)"), KX_OK);
        ck_assert_int_eq(stage_run(s, 0, n, &v), KX_OK);
        for (size_t i = 0; i < n; i++) {
            kxi_day day;
            if (s->state[i])
                ck_assert_uint_eq(kxi_vec_state(&v, i), KXI_IS_NULL_OPERAND);
            else if (!kxi_date_add_months((kxi_day)s->when[i], 1, KXI_MONTH_CLIP, &day))
                ck_assert_uint_eq(kxi_vec_state(&v, i), KXI_IS_RANGE);
            else
                ck_assert(kxi_vec_state(&v, i) == KXI_IS_KNOWN && v.v.ints[i] == day);
        }
    }
    kit_free(&s->kit);
    free(s);
}
END_TEST

/* ---- sources that answer oddly ---- */

START_TEST(empty)
{
    static const char *const texts[] = {
        "x + y", "kind == 'a'", "size(kind) + x > 3", "as_of",         "month(when)",     "flag ? x : y",
        "x / y", "1",           "x in [1, 2]",        "kind in ['a']", "round_to(x, 0.5)"
    };
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    stage_init(s);
    s->plain.size = 0; /* nothing but null in the dictionary */
    s->kinds[0] = (kxi_str){ NULL, 0 };
    static const uint8_t null = KXI_IS_NULL;
    s->plain.slots[3].state = &null;
    s->plain.slots[3].count = 1;
    memset(s->plain.codes, 0, sizeof(s->plain.codes));
    for (size_t i = 0; i < COUNT(texts); i++) {
        ck_assert_int_eq(stage_prepare(s, texts[i]), KX_OK);
        ck_assert_int_eq(stage_run(s, 0, 0, &v), KX_OK);
        ck_assert(v.constant || v.count == 0);
        ck_assert_int_eq(stage_run(s, 5, 2, &v), KX_OK);
    }
    kit_free(&s->kit);
    free(s);
}
END_TEST

/* A column the data do not have is all nulls, of no type; a constant may stand for rows. */
START_TEST(absent_columns)
{
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    stage_init(s);
    for (size_t i = 0; i < SLOTS; i++)
        s->plain.slots[i] = (kxi_vec){ .type = KXI_V_NULL };
    static const struct {
        const char *text;
        uint8_t state;
        bool yes;
    } cases[] = {
        { "x == null", KXI_IS_KNOWN, true },
        { "kind == null", KXI_IS_KNOWN, true },
        { "when == null", KXI_IS_KNOWN, true },
        { "x > 1", KXI_IS_NULL_OPERAND, false },
        { "kind == 'a'", KXI_IS_KNOWN, false },
        { "flag", KXI_IS_NULL, false },
        { "as_of > when", KXI_IS_NULL_OPERAND, false },
        { "has(x) || has(kind)", KXI_IS_KNOWN, false },
        { "kind + 'a' == 'a'", KXI_IS_NULL_OPERAND, false },
        { "x in [1, null]", KXI_IS_KNOWN, true },
        { "has(tags)", KXI_IS_KNOWN, false },
        { "'a' in tags", KXI_IS_NULL_OPERAND, false },
        { "size(tags) > 0", KXI_IS_NULL_OPERAND, false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ck_assert_int_eq(stage_prepare(s, cases[i].text), KX_OK);
        ck_assert_int_eq(stage_run(s, 0, 4, &v), KX_OK);
        ck_assert_msg(kxi_vec_state(&v, 3) == cases[i].state, "%s: %d", cases[i].text, kxi_vec_state(&v, 3));
        ck_assert_msg(kxi_vec_true(&v, 3) == cases[i].yes, "%s", cases[i].text);
    }
    kit_free(&s->kit);
    free(s);
}
END_TEST

/* Wrong types and too few lanes are refused, failures are handed on. */
START_TEST(odd_sources)
{
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    stage_init(s);
    ck_assert_int_eq(stage_prepare(s, "x > 0 && when < as_of && kind == 'a'"), KX_OK);
    s->plain.fail = KX_E_CANCELLED;
    ck_assert_int_eq(stage_run(s, 0, 5, &v), KX_E_CANCELLED);
    ck_assert_int_eq(stage_prepare(s, "kind == 'a'"), KX_E_CANCELLED);
    ck_assert_ptr_null(s->p);
    s->plain.fail = KX_OK;
    ck_assert_int_eq(stage_prepare(s, "x > 0"), KX_OK);
    ck_assert_int_eq(stage_run(s, ROWS - 4, 5, &v), KX_E_ARGUMENT);
    s->plain.slots[0] = s->plain.slots[2];
    ck_assert_int_eq(stage_run(s, 0, 5, &v), KX_E_ARGUMENT);
    s->plain.slots[3].count = 3; /* the lane for null is missing */
    ck_assert_int_eq(stage_prepare(s, "kind == 'a'"), KX_E_ARGUMENT);
    s->plain.slots[4] = s->plain.slots[5];
    ck_assert_int_eq(stage_prepare(s, "as_of == null"), KX_E_ARGUMENT);
    kit_free(&s->kit);
    free(s);
}
END_TEST

/* Numbers without end stop at max_digits, at compile as well as in a run. */
START_TEST(digits)
{
    struct stage *s = malloc(sizeof(*s));
    kxi_vec v;
    stage_init(s);
    s->kit.num.max_digits = 50;
    ck_assert_int_eq(stage_prepare(s, "(x + 9000000000000000000) * (x + 9000000000000000000) * 9000000000000000000"),
                     KX_OK);
    ck_assert_int_eq(stage_run(s, 0, 5, &v), KX_E_LIMIT);
    kxi_compile c = { .arena = &s->kit.arena, .max_depth = 64, .max_digits = 50, .diag = &s->kit.diag };
    kxi_str text = KXI_STR("1 + 9e18 * 9e18 * 9e18");
    ck_assert_int_eq(kxi_expr_compile_text(&c, text, KXI_V_NUMBER, &s->e), KX_E_LIMIT);
    ck_assert_int_eq(s->kit.err.code, kxi_msg_code(KXI_MSG_EXPR_DIGITS));
    ck_assert_uint_eq(s->kit.err.column, 5);
    kit_free(&s->kit);
    free(s);
}
END_TEST

START_TEST(lanes)
{
    struct kit kit;
    kxi_num x;
    kit_init(&kit);
    static const uint8_t state[] = { 0, KXI_IS_NULL };
    static const int64_t ints[] = { 15, 3 };
    kxi_vec v = { .type = KXI_V_NUMBER, .scale = 1, .count = 2, .state = state, .v.ints = ints };
    ck_assert_int_eq(kxi_vec_num(&kit.num, &v, 0, &x), KX_OK);
    ck_assert(x.n == 3 && x.d == 2);
    ck_assert_int_eq(kxi_vec_num(&kit.num, &v, 1, &x), KX_E_ARGUMENT);
    v.type = KXI_V_DATE;
    ck_assert_int_eq(kxi_vec_num(&kit.num, &v, 0, &x), KX_E_ARGUMENT);
    ck_assert_str_eq(kxi_state_text(KXI_IS_DIVISION, KX_LANG_EN), "division by zero");
    ck_assert_str_eq(kxi_state_text(KXI_IS_DIVISION, KX_LANG_ZH), "除数为零");
    ck_assert_str_eq(kxi_state_text(KXI_STATE_COUNT, KX_LANG_ZH), "?");
    kit_free(&kit);
}
END_TEST

TCase *
run_tests(void)
{
    TCase *t = tcase_create("run");
    tcase_add_test(t, once_per_entry);
    tcase_add_test(t, asks_little);
    tcase_add_loop_test(t, table_case, 0, COUNT(tables));
    tcase_add_loop_test(t, form_case, 0, COUNT(forms));
    tcase_add_loop_test(t, calendar, 0, 3);
    tcase_add_test(t, empty);
    tcase_add_test(t, absent_columns);
    tcase_add_test(t, odd_sources);
    tcase_add_test(t, digits);
    tcase_add_test(t, lanes);
    return t;
}
