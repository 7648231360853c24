/* Every allocation may fail: nothing leaks, nothing is half done. */
#include "model/fixture.h"
#include "model/suite.h"

#include <stdio.h>

/* A failure must leave a dataset that can still be used: every step is tried again after one failure, as long as `once`
 * lets only one allocation fail. */
static kx_status
again(struct model *m, kx_status status, kx_status (*step)(struct model *))
{
    if (status != KX_E_NOMEM)
        return status;
    ck_assert_int_eq(m->err.status, KX_E_NOMEM);
    m->diag = kxi_context_diag(m->ctx, &m->err);
    return step(m) == KX_OK ? KX_E_NOMEM : status;
}

static kx_status
add_units(struct model *m)
{
    return add_text(m, UNITS,
                    "code,name,level,parent,from,to,into,population\nＡ64,宁夏,province,,,,,7.2\n"
                    "6401,银川,县,a64,,2024-12-31,6402,1\n6402,x,county,A64,2020-01-01,,,\n"
                    "640101,y,街道,6401,,,,2.25\n6401,银川,county,A64,2026-01-01,,,\n");
}

static kx_status
add_people(struct model *m)
{
    return add_text(m, PEOPLE, "id,born,a,b,c,d,e,f,g,h,i\nP1,1980-01-01,,,,,,,,,\np2,,x,,,,,,,,\n");
}

static kx_status
add_activities(struct model *m)
{
    return add_text(m, ACTIVITIES,
                    "unit,date,kind,people,open,leads,counts\n6401;６４０２,2025-01-01,科普 ,12.5,是,p1,1;2\n"
                    ",,,,,,\na64,2025-02-01,展览,3,0,Ｐ2,3\n");
}

static kx_status
add_posts(struct model *m)
{
    return add_text(m, POSTS,
                    "person,unit,title,role,from,to\np1,640101,街道主任,,2025-01-01,\np2,6401,秘书,,,\n"
                    "p2,6402,,院 长,,2025-12-31\np1,6401,主任,站长,,\n");
}

static kx_status
seal(struct model *m)
{
    return kxi_dataset_seal(m->ds, &m->diag);
}

static kx_status
use_tree(struct model *m)
{
    kxi_arena a;
    kxi_tree tree;
    kxi_day *days;
    size_t count;
    kxi_arena_init(&a, &m->ctx->mem);
    kx_status status = kxi_tree_epochs(m->ds, KXI_DAY_MIN, KXI_DAY_MAX, &a, &days, &count);
    for (size_t i = 0; i < count && status == KX_OK; i++)
        status = kxi_tree_make(m->ds, days[i], &a, &tree);
    kxi_arena_free(&a);
    if (status != KX_OK)
        m->err.status = status; /* these two report nothing themselves */
    return status;
}

static kx_status
dataset_scenario(kxi_mem *mem, void *user)
{
    kx_status (*const steps[])(struct model *) = { add_units, add_people, add_activities, add_posts, seal, use_tree };
    struct model m;
    bool once = *(bool *)user, failed = false;
    kx_status status = model_begin(&m, mem);
    for (size_t i = 0; i < COUNT(steps) && status == KX_OK; i++) {
        status = steps[i](&m);
        if (status != KX_OK && once && again(&m, status, steps[i]) == KX_E_NOMEM) {
            failed = true;
            status = KX_OK;
        }
    }
    if (status == KX_OK) {
        must(m.ds->sealed, "not sealed");
        must(kxi_dataset_units(m.ds)->count == 4, "units are lost");
        must(m.ds->findings.count == 10, "%zu findings", m.ds->findings.count); /* a to i, 秘书 */
        must(kxi_str_is(kxi_column_text(column_of(&m, POSTS, P_ROLE), 0), "院长"), "roles are lost");
    }
    model_end(&m);
    return failed ? KX_E_NOMEM : status;
}

START_TEST(dataset)
{
    bool once = _i;
    fault_each(once, dataset_scenario, &once);
}
END_TEST

/* Data that is wrong in many ways, collected. */
static kx_status
collect_scenario(kxi_mem *mem, void *user)
{
    struct model m;
    (void)user;
    kx_status status = model_begin(&m, mem);
    if (status == KX_OK) {
        m.ds->collect = true;
        m.tables[PEOPLE].needed = true;
        status = add_text(
            &m, UNITS,
            "code,level,parent,into,to\na,county,b,,\nb,county,a,x,\nc,卫,a,,\nc,county,c,,2025-01-01\n,,,,\n");
    }
    if (status == KX_OK)
        status = add_text(&m, ACTIVITIES, "unit,date\nzz;a,\nzz,\n");
    if (status == KX_OK && (status = add_text(&m, PEOPLE, "id,born\np,never\n")) == KX_E_DATA)
        status = add_text(&m, POSTS, "unit,from,to\na,2025-01-02,2025-01-01\n");
    if (status == KX_OK) {
        status = kxi_dataset_seal(m.ds, &m.diag);
        must(status != KX_OK, "sealed in spite of errors");
        if (status == KX_E_DATA)
            must(m.ds->findings.errors == 9, "%zu errors", m.ds->findings.errors);
    }
    model_end(&m);
    return status == KX_E_DATA ? KX_OK : status;
}

START_TEST(collect)
{
    fault_each(_i, collect_scenario, NULL);
}
END_TEST

static void
released(void *user)
{
    ++*(int *)user;
}

/* Columns of all kinds, copied or lent, rows appended, everything looked at. */
static kx_status
table_scenario(kxi_mem *mem, void *user)
{
    static const char *const texts[] = { "Ａ ", NULL, "b" };
    static const int16_t codes[] = { 1, 0, 1 };
    static const int64_t offsets[] = { 0, 1, 2 }, lists[] = { 0, 0, 1, 3 };
    static const int64_t numbers[] = { 1, 2, 3 };
    static const uint8_t valid[] = { 0x05 };
    bool lent = *(bool *)user;
    int count = 0, taken = 0;
    bool failed = false; /* an allocation, after which it went on */
    struct model m;
    kx_table *t = NULL;
    kx_column views[] = {
        view_of("text", KX_TEXT, KX_LAYOUT_CSTR, 3, texts),
        view_of("codes", KX_TEXT, KX_LAYOUT_CODE16, 3, codes),
        view_of("n", KX_NUMBER, KX_LAYOUT_I64, 3, numbers),
        view_of("lists", KX_NUMBER, KX_LAYOUT_I64, 3, numbers),
    };
    views[1].pool = 2;
    views[1].pool_offsets = offsets;
    views[1].pool_bytes = "x ";
    views[1].validity = views[2].validity = valid;
    views[3].lists = lists;
    kx_status status = model_begin(&m, mem);
    if (status == KX_OK)
        status = kxi_table_new(m.ctx, KXI_STR("表"), &t, &m.diag);
    for (size_t i = 0; i < COUNT(views) - !lent && status == KX_OK; i++) {
        status = kxi_table_add_view(t, &views[i], lent ? released : NULL, &count, &m.diag);
        taken += lent && status == KX_OK;
    }
    kx_value row[] = { { KX_TEXT, 0, 0, "c", 1 }, { 0, 0, 0, NULL, 0 }, { KX_NUMBER, 1, 5, NULL, 0 } };
    for (size_t i = 0; i < 100 && status == KX_OK && !lent; i++) {
        size_t rows = t->rows;
        char text[8];
        row[0].text = text;
        row[0].length = (size_t)snprintf(text, sizeof(text), "c%zu", i % 40);
        status = kxi_table_append(t, row, 3, sizeof(row[0]), &m.diag);
        must(t->rows == rows + (status == KX_OK), "rows after a failure");
        if (status == KX_E_NOMEM && (status = kxi_table_append(t, row, 3, sizeof(row[0]), &m.diag)) == KX_OK)
            failed = true;
    }
    for (size_t i = 0; t && i < t->column_count && status == KX_OK; i++) {
        kx_column out = KX_COLUMN_INIT;
        status = kxi_table_view(t, i, &out);
    }
    must(count == 0, "released too early");
    if (status == KX_OK && !lent) {
        must(t->rows == 103 && t->columns[0].dict->count == 42, "%zu rows, %u texts", t->rows,
             t->columns[0].dict->count);
        must(kxi_str_is(kxi_column_text(&t->columns[0], 102), "c19"), "the last row");
    }
    kxi_table_unref(t);
    must(count == taken, "%d of %d released", count, taken);
    model_end(&m);
    return failed && status == KX_OK ? KX_E_NOMEM : status;
}

START_TEST(table)
{
    bool lent = _i / 2;
    fault_each(_i % 2, table_scenario, &lent);
}
END_TEST

TCase *
fault_tests(void)
{
    TCase *t = tcase_create("faults");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, dataset, 0, 2);
    tcase_add_loop_test(t, collect, 0, 2);
    tcase_add_loop_test(t, table, 0, 4);
    return t;
}
