/* From a scheme and rows to results, through the public calls. */
#include "suite.h"

#include <stdlib.h>

static struct line l;

static void
setup(void)
{
    ck_assert_msg(line_open(&l, NULL) == KX_OK, "%s:%u:%u: %s", l.err.input, l.err.line, l.err.column, l.err.message);
}

static void
teardown(void)
{
    line_close(&l);
}

/* 1101: 1 of 2 townships has a head: 10; 3 activities: 1.5. 1102: 1 of 1: 20; 1 activity, severe. */
static const char scores[] = "subject,name,A1,A2,total,rank,grade\n"
                             "1101,甲县,10.00,1.50,11.50,2,合格\n"
                             "1102,乙县,20.00,0.50,20.50,1,不合格\n";

START_TEST(scores_as_worked_out_by_hand)
{
    char *csv = line_write(l.result, KX_WRITE_SCORES, KX_FORMAT_CSV);
    ck_assert_str_eq(csv, scores);
    free(csv);
}
END_TEST

START_TEST(gaps_as_worked_out_by_hand)
{
    char *csv = line_write(l.result, KX_WRITE_GAPS, KX_FORMAT_CSV);
    ck_assert_msg(strstr(csv, "\n1101,甲县,A1,,三长,一,cell,heads,110102,西乡,,,,0,1,at_least,10,\n") != NULL, "%s",
                  csv);
    ck_assert_msg(strstr(csv, "1102,乙县,A1") == NULL, "%s", csv);
    ck_assert_msg(strstr(csv, "\n1102,乙县,,V1,") != NULL, "%s", csv);
    free(csv);
}
END_TEST

START_TEST(result_outlives_all_it_was_made_from)
{
    char *before = line_write(l.result, KX_WRITE_RESULT, KX_FORMAT_JSON);
    kx_context_unref(l.ctx);
    kx_scheme_unref(l.scheme);
    kx_dataset_unref(l.data);
    l.ctx = NULL;
    l.scheme = NULL;
    l.data = NULL;
    char *after = line_write(l.result, KX_WRITE_RESULT, KX_FORMAT_JSON);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
}
END_TEST

START_TEST(table_outlives_its_result)
{
    kx_table *t;
    kx_column c = KX_COLUMN_INIT;
    ck_assert_int_eq(kx_result_table(l.result, KX_RESULT_SUBJECTS, &t, NULL), KX_OK);
    line_close(&l);
    ck_assert_uint_eq(kx_table_rows(t), 2);
    ck_assert_int_eq(kx_table_column(t, (size_t)kx_table_find(t, "total"), &c), KX_OK);
    ck_assert_int_eq(((const int64_t *)c.values)[0], 11500000);
    ck_assert_int_eq(c.scale, 6);
    ck_assert_int_eq(kx_table_find(t, "nothing"), -1);
    ck_assert_int_eq(kx_table_column(t, kx_table_columns(t), &c), KX_E_NOTFOUND);
    kx_table_unref(t);
}
END_TEST

START_TEST(references)
{
    ck_assert_ptr_eq(kx_context_ref(l.ctx), l.ctx);
    ck_assert_ptr_eq(kx_scheme_ref(l.scheme), l.scheme);
    ck_assert_ptr_eq(kx_dataset_ref(l.data), l.data);
    ck_assert_ptr_eq(kx_result_ref(l.result), l.result);
    kx_context_unref(l.ctx);
    kx_scheme_unref(l.scheme);
    kx_dataset_unref(l.data);
    kx_result_unref(l.result);
    ck_assert_str_eq(kx_scheme_id(l.scheme), "line");
}
END_TEST

START_TEST(described)
{
    kx_table *t;
    struct kept k = { NULL, 0 };
    kx_write_options options = KX_WRITE_OPTIONS_INIT;
    options.format = KX_FORMAT_CSV;
    ck_assert_int_eq(kx_scheme_describe(l.scheme, &t, NULL), KX_OK);
    ck_assert_int_eq(kx_table_write(t, &options, keep, &k, NULL), KX_OK);
    ck_assert_str_eq(k.s, "id,title,parent,kind,points,clause,value,curve,scored\n"
                          "total,,,ordinary,30,,,none,false\n"
                          "A1,三长,total,ordinary,20,一,coverage(heads),ratio,true\n"
                          "A2,,total,ordinary,10,,held,slope,true\n");
    free(k.s);
    kx_table_unref(t);
}
END_TEST

/* ---- shards ---- */

static kx_dataset *
shard(const char *csv)
{
    kx_dataset *data;
    kx_error err = KX_ERROR_INIT;
    ck_assert_int_eq(kx_dataset_new(l.scheme, &data, &err), KX_OK);
    ck_assert_int_eq(kx_dataset_read_json(data, "data.json", line_json, strlen(line_json), NULL, &err), KX_OK);
    ck_assert_msg(kx_dataset_read_csv(data, "activities", "part.csv", csv, strlen(csv), NULL, &err) == KX_OK, "%s",
                  err.message);
    ck_assert_int_eq(kx_dataset_seal(data, &err), KX_OK);
    return data;
}

/* The records of posts are in every shard's JSON: here they come once, with the first. */
static kx_dataset *
activities_only(const char *csv)
{
    static const char units[] =
        "{\"units\": [{\"code\": \"11\", \"name\": \"某市\", \"level\": \"city\"},"
        " {\"code\": \"1101\", \"name\": \"甲县\", \"level\": \"county\", \"parent\": \"11\"},"
        " {\"code\": \"110101\", \"name\": \"东乡\", \"level\": \"township\", \"parent\": \"1101\"},"
        " {\"code\": \"110102\", \"name\": \"西乡\", \"level\": \"township\", \"parent\": \"1101\"},"
        " {\"code\": \"1102\", \"name\": \"乙县\", \"level\": \"county\", \"parent\": \"11\"},"
        " {\"code\": \"110201\", \"name\": \"南乡\", \"level\": \"township\", \"parent\": \"1102\"}],"
        " \"posts\": {\"person\": [], \"unit\": [], \"role\": [], \"from\": []}}";
    kx_dataset *data;
    kx_error err = KX_ERROR_INIT;
    ck_assert_int_eq(kx_dataset_new(l.scheme, &data, &err), KX_OK);
    ck_assert_msg(kx_dataset_read_json(data, "units.json", units, strlen(units), NULL, &err) == KX_OK, "%s",
                  err.message);
    ck_assert_msg(kx_dataset_read_csv(data, "activities", "part.csv", csv, strlen(csv), NULL, &err) == KX_OK, "%s",
                  err.message);
    ck_assert_msg(kx_dataset_seal(data, &err) == KX_OK, "%s", err.message);
    return data;
}

START_TEST(shards_add_up_to_the_same_bytes)
{
    kx_error err = KX_ERROR_INIT;
    kx_dataset *first = shard("单位,date,kind,people,severe\n110201,2025-06-01,讲座,100,1\n");
    kx_dataset *second =
        activities_only("单位,date,kind,people,severe\n110102,2025/4/1,讲座,30.5,\n110102,2025年5月1日,展览,7,0\n"
                        "110101,2025-03-01,讲座,20,0\n");
    kx_tally *a, *b;
    kx_result *result;
    ck_assert_int_eq(kx_tally_new(l.scheme, NULL, &a, &err), KX_OK);
    ck_assert_int_eq(kx_tally_new(l.scheme, NULL, &b, &err), KX_OK);
    ck_assert_int_eq(kx_tally_finish(a, &result, &err), KX_E_ARGUMENT);
    ck_assert_ptr_null(result);
    ck_assert_msg(kx_tally_add(a, first, "one", &err) == KX_OK, "%s", err.message);
    ck_assert_int_eq(kx_tally_add(a, first, "one", &err), KX_E_MISMATCH);
    ck_assert_msg(kx_tally_add(b, second, "two", &err) == KX_OK, "%s", err.message);
    ck_assert_msg(kx_tally_merge(b, a, &err) == KX_OK, "%s", err.message);
    ck_assert_int_eq(kx_tally_merge(b, a, &err), KX_E_MISMATCH);
    ck_assert_msg(kx_tally_finish(b, &result, &err) == KX_OK, "%s", err.message);
    char *whole = line_write(l.result, KX_WRITE_RESULT, KX_FORMAT_JSON);
    char *parts = line_write(result, KX_WRITE_RESULT, KX_FORMAT_JSON);
    ck_assert_str_eq(whole, parts);
    free(whole);
    free(parts);
    kx_result_unref(result);
    kx_tally_free(a);
    kx_tally_free(b);
    kx_dataset_unref(first);
    kx_dataset_unref(second);
}
END_TEST

/* ---- states of objects ---- */

START_TEST(sealed_is_sealed)
{
    kx_error err = KX_ERROR_INIT;
    kx_table *t;
    ck_assert_int_eq(kx_dataset_seal(l.data, &err), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_dataset_read_json(l.data, "x", "{}", 2, NULL, &err), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_dataset_read_csv(l.data, "activities", "x", "", 0, NULL, &err), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_dataset_load(l.data, "nowhere", NULL, &err), KX_E_ARGUMENT);
    ck_assert_int_eq(kx_table_new(l.ctx, "t", &t, NULL), KX_OK);
    ck_assert_int_eq(kx_dataset_add(l.data, "activities", t, &err), KX_E_ARGUMENT);
    kx_table_unref(t);
    ck_assert_int_eq(kx_dataset_findings(l.data, &t, NULL), KX_OK);
    kx_column severity = KX_COLUMN_INIT;
    ck_assert_int_eq(kx_table_column(t, 0, &severity), KX_OK);
    for (uint64_t i = 0; i < severity.pool; i++)
        ck_assert_msg(strncmp(severity.pool_bytes + severity.pool_offsets[i], "error", 5) != 0,
                      "a wrong call became a finding");
    kx_table_unref(t);
}
END_TEST

START_TEST(not_sealed)
{
    kx_error err = KX_ERROR_INIT;
    kx_dataset *data;
    kx_tally *tally;
    kx_result *result;
    ck_assert_int_eq(kx_dataset_new(l.scheme, &data, &err), KX_OK);
    ck_assert_int_eq(kx_evaluate(data, NULL, &result, &err), KX_E_ARGUMENT);
    ck_assert_ptr_null(result);
    ck_assert_int_eq(kx_tally_new(l.scheme, NULL, &tally, &err), KX_OK);
    ck_assert_int_eq(kx_tally_add(tally, data, "x", &err), KX_E_ARGUMENT);
    kx_tally_free(tally);
    kx_dataset_unref(data);
}
END_TEST

START_TEST(another_scheme)
{
    struct line other;
    kx_error err = KX_ERROR_INIT;
    kx_tally *tally;
    ck_assert_int_eq(line_open(&other, NULL), KX_OK);
    ck_assert_int_eq(kx_tally_new(l.scheme, NULL, &tally, &err), KX_OK);
    ck_assert_int_eq(kx_tally_add(tally, other.data, "x", &err), KX_E_MISMATCH);
    kx_tally_free(tally);
    line_close(&other);
}
END_TEST

static const struct {
    const char *name, *says;
} names[] = {
    { "activity", "activities" }, { "Units", "units" }, { "something else", "posts, marks" }, { "", "units" }
};

START_TEST(no_such_table)
{
    kx_error err = KX_ERROR_INIT;
    kx_dataset *data;
    ck_assert_int_eq(kx_dataset_new(l.scheme, &data, &err), KX_OK);
    ck_assert_int_eq(kx_dataset_read_csv(data, names[_i].name, "x.csv", "a\n1\n", 4, NULL, &err), KX_E_NOTFOUND);
    ck_assert_msg(strstr(err.message, names[_i].says) != NULL, "%s", err.message);
    kx_dataset_unref(data);
}
END_TEST

/* ---- errors with their places ---- */

START_TEST(error_has_its_place)
{
    static const char text[] = "{\"kexie\": 1,\n  \"id\": \"x\",,\n}";
    kx_error err = KX_ERROR_INIT;
    kx_scheme *scheme = l.scheme;
    ck_assert_int_eq(kx_scheme_parse(l.ctx, "bad.json", text, sizeof(text) - 1, &scheme, &err), KX_E_SYNTAX);
    ck_assert_ptr_null(scheme);
    ck_assert_str_eq(err.input, "bad.json");
    ck_assert_uint_eq(err.line, 2);
    ck_assert_uint_eq(err.column, 13);
    ck_assert_uint_eq(err.offset, 25);
    ck_assert_int_eq(err.status, KX_E_SYNTAX);
    ck_assert_int_ne(err.code, 0);
}
END_TEST

START_TEST(check_lists_everything)
{
    static const char text[] =
        "{\"kexie\": 1, \"id\": \"x\", \"period\": {\"from\": \"2025-01-01\", \"to\": \"2025-12-31\"},\n"
        "\"subjects\": {\"of\": \"units\"},\n"
        "\"measures\": {\"a\": {\"of\": \"postss\"},\n"
        "\"b\": {\"of\": \"posts\", \"where\": \"rol == 'x'\"}},\n"
        "\"score\": {\"points\": 1, \"parts\": [{\"id\": \"A\", \"points\": 1, \"value\": \"b + (\"}]}}";
    kx_table *t;
    kx_error err = KX_ERROR_INIT;
    kx_column line = KX_COLUMN_INIT;
    ck_assert_int_eq(kx_scheme_check(l.ctx, "bad.json", text, sizeof(text) - 1, &t, &err), KX_OK);
    ck_assert_uint_ge(kx_table_rows(t), 3);
    ck_assert_int_eq(kx_table_column(t, (size_t)kx_table_find(t, "line"), &line), KX_OK);
    ck_assert_int_eq(((const int64_t *)line.values)[0], 3);
    ck_assert_int_eq(((const int64_t *)line.values)[1], 4);
    ck_assert_int_eq(((const int64_t *)line.values)[2], 5);
    kx_table_unref(t);
    ck_assert_int_eq(kx_scheme_check(l.ctx, "bad.json", "{", 1, &t, &err), KX_OK);
    ck_assert_uint_eq(kx_table_rows(t), 1);
    kx_table_unref(t);
    ck_assert_int_eq(kx_scheme_check(l.ctx, "empty.json", NULL, 0, &t, &err), KX_OK);
    ck_assert_uint_eq(kx_table_rows(t), 1);
    kx_table_unref(t);
}
END_TEST

START_TEST(nothing_is_held_afterwards)
{
    struct fault f = FAULT_NONE;
    struct line other;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    uint64_t peak = 0;
    options.alloc = fault_alloc;
    options.alloc_user = &f;
    ck_assert_int_eq(line_open(&other, &options), KX_OK);
    ck_assert_uint_gt(kx_context_memory(other.ctx, &peak), 0);
    ck_assert_uint_ge(peak, kx_context_memory(other.ctx, NULL));
    line_close(&other);
    ck_assert_uint_eq(f.live, 0);
    ck_assert(!f.wrong);
}
END_TEST

static int
refuse(void *user, uint64_t done, uint64_t total)
{
    (void)done;
    (void)total;
    ++*(int *)user;
    return 1;
}

START_TEST(cancelled)
{
    kx_eval_options options = KX_EVAL_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    kx_result *result = l.result;
    int calls = 0;
    options.progress = refuse;
    options.progress_user = &calls;
    kx_status st = kx_evaluate(l.data, &options, &result, &err);
    ck_assert_int_gt(calls, 0);
    ck_assert_int_eq(st, KX_E_CANCELLED);
    ck_assert_ptr_null(result);
}
END_TEST

TCase *
line_tests(void)
{
    TCase *t = tcase_create("line");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, scores_as_worked_out_by_hand);
    tcase_add_test(t, gaps_as_worked_out_by_hand);
    tcase_add_test(t, result_outlives_all_it_was_made_from);
    tcase_add_test(t, table_outlives_its_result);
    tcase_add_test(t, references);
    tcase_add_test(t, described);
    tcase_add_test(t, shards_add_up_to_the_same_bytes);
    tcase_add_test(t, sealed_is_sealed);
    tcase_add_test(t, not_sealed);
    tcase_add_test(t, another_scheme);
    tcase_add_loop_test(t, no_such_table, 0, COUNT(names));
    tcase_add_test(t, error_has_its_place);
    tcase_add_test(t, check_lists_everything);
    tcase_add_test(t, nothing_is_held_afterwards);
    tcase_add_test(t, cancelled);
    return t;
}
