/* The whole line under an allocator that fails: create, load, evaluate, explain, release. */
#include "suite.h"

static int
take(void *user, const char *bytes, size_t length)
{
    *(size_t *)user += length;
    (void)bytes;
    return 0;
}

static kx_status
write_all(struct line *l)
{
    static const struct {
        int32_t what, format;
    } outputs[] = {
        { KX_WRITE_SCORES, KX_FORMAT_TEXT }, { KX_WRITE_SCORES, KX_FORMAT_CSV },  { KX_WRITE_EXPLAIN, KX_FORMAT_TEXT },
        { KX_WRITE_GAPS, KX_FORMAT_TEXT },   { KX_WRITE_RESULT, KX_FORMAT_JSON },
    };
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    size_t bytes = 0;
    kx_status st = KX_OK;
    for (size_t i = 0; i < COUNT(outputs) && st == KX_OK; i++) {
        options.what = outputs[i].what;
        options.format = outputs[i].format;
        st = kx_result_write(l->result, &options, take, &bytes, &l->err);
    }
    return st;
}

static kx_status
make_tables(struct line *l)
{
    kx_status st = KX_OK;
    for (int32_t which = KX_RESULT_SUBJECTS; which <= KX_RESULT_FINDINGS && st == KX_OK; which++) {
        kx_table *t;
        kx_column c = KX_COLUMN_INIT;
        st = kx_result_table(l->result, which, &t, &l->err);
        for (size_t i = 0; st == KX_OK && i < kx_table_columns(t); i++) {
            st = kx_table_column(t, i, &c);
            l->err.status = st; /* this call has no error of its own */
        }
        kx_table_unref(t);
    }
    return st;
}

static kx_status
whole_line(kxi_mem *mem, void *user)
{
    struct line l;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    (void)user;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    kx_status st = line_open(&l, &options);
    if (st == KX_OK)
        st = write_all(&l);
    if (st == KX_OK)
        st = make_tables(&l);
    ck_assert_msg(st == l.err.status, "status %d, the error says %d", (int)st, (int)l.err.status);
    ck_assert_msg(st == KX_OK || l.result || !l.err.line, "running out of memory has no place in a text");
    line_close(&l);
    return st;
}

static kx_status
check_and_describe(kxi_mem *mem, void *user)
{
    static const char bad[] =
        "{\"kexie\": 1, \"id\": 7, \"period\": {\"from\": \"2025-01-01\", \"to\": \"2024-12-31\"}, \"odd\": 1}";
    struct line l;
    kx_table *t = NULL;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    (void)user;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    kx_status st = line_scheme_of(&l, &options);
    if (st == KX_OK)
        st = kx_scheme_describe(l.scheme, &t, &l.err);
    kx_table_unref(t);
    t = NULL;
    if (st == KX_OK)
        st = kx_scheme_check(l.ctx, "bad.json", bad, sizeof(bad) - 1, &t, &l.err);
    kx_table_unref(t);
    ck_assert_msg(st == l.err.status, "status %d, the error says %d", (int)st, (int)l.err.status);
    line_close(&l);
    return st;
}

static kx_status
tally_and_merge(kxi_mem *mem, void *user)
{
    struct line l;
    kx_tally *a = NULL, *b = NULL;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    (void)user;
    options.alloc = mem->alloc;
    options.alloc_user = mem->user;
    kx_status st = line_scheme_of(&l, &options);
    if (st == KX_OK)
        st = line_load(&l);
    if (st == KX_OK)
        st = kx_tally_new(l.scheme, NULL, &a, &l.err);
    if (st == KX_OK)
        st = kx_tally_new(l.scheme, NULL, &b, &l.err);
    if (st == KX_OK)
        st = kx_tally_add(a, l.data, "a", &l.err);
    if (st == KX_OK)
        st = kx_tally_add(b, l.data, "b", &l.err);
    if (st == KX_OK)
        st = kx_tally_merge(a, b, &l.err);
    if (st == KX_OK)
        st = kx_tally_finish(a, &l.result, &l.err);
    ck_assert_msg(st == l.err.status, "status %d, the error says %d", (int)st, (int)l.err.status);
    kx_tally_free(a);
    kx_tally_free(b);
    line_close(&l);
    return st;
}

/* once: only that allocation fails. A check goes on after an error, and a finding whose JSON pointer got no memory does without
 * it; so a check is tried with all later allocations failing. */
static const struct {
    kx_status (*run)(kxi_mem *, void *);
    bool once;
} scenarios[] = {
    { whole_line, false },     { whole_line, true },          { tally_and_merge, false },
    { tally_and_merge, true }, { check_and_describe, false },
};

START_TEST(every_allocation_may_fail)
{
    fault_each(scenarios[_i].once, scenarios[_i].run, NULL);
}
END_TEST

/* The same by the context's own limit: whatever the limit, an answer or KX_E_NOMEM. */
START_TEST(any_memory_limit)
{
    uint64_t peak = 0;
    struct line l;
    ck_assert_int_eq(line_open(&l, NULL), KX_OK);
    kx_context_memory(l.ctx, &peak);
    line_close(&l);
    for (uint64_t limit = 64; limit < peak; limit += 1 + limit / 3) {
        kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
        options.max_memory = limit;
        kx_status st = line_open(&l, &options);
        ck_assert_msg(st == KX_E_NOMEM || st == KX_OK, "limit %llu: %s", (unsigned long long)limit, l.err.message);
        line_close(&l);
    }
}
END_TEST

TCase *
faults_tests(void)
{
    TCase *t = tcase_create("faults");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, every_allocation_may_fail, 0, COUNT(scenarios));
    tcase_add_test(t, any_memory_limit);
    return t;
}
