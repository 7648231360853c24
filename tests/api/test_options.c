/* Callers built against an older or newer header, and options that make no sense. */
#include "suite.h"

#include <stdlib.h>

static struct line l;
static kx_dataset *open_data; /* not sealed */

static void
setup(void)
{
    ck_assert_msg(line_open(&l, NULL) == KX_OK, "%s", l.err.message);
    ck_assert_int_eq(kx_dataset_new(l.scheme, &open_data, NULL), KX_OK);
}

static void
teardown(void)
{
    kx_dataset_unref(open_data);
    line_close(&l);
}

static int
take(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return 0;
}

/* Each call with a struct of this size, its fields as the macro sets them, whatever follows filled with `tail`. */
union larger {
    size_t size;
    kx_context_options context;
    kx_load_options load;
    kx_eval_options eval;
    kx_write_options write;
    unsigned char bytes[8192];
};

static kx_status
call(int which, union larger *o, kx_error *err)
{
    kx_context *ctx = NULL;
    kx_result *result = NULL;
    kx_tally *tally = NULL;
    kx_status st;
    switch (which) {
    case 0:
        st = kx_context_new(&o->context, &ctx, err);
        kx_context_unref(ctx);
        return st;
    case 1:
        return kx_dataset_read_json(open_data, "x", "{}", 2, &o->load, err);
    case 2:
        st = kx_evaluate(l.data, &o->eval, &result, err);
        kx_result_unref(result);
        return st;
    case 3:
        st = kx_tally_new(l.scheme, &o->eval, &tally, err);
        kx_tally_free(tally);
        return st;
    default:
        return kx_result_write(l.result, &o->write, take, NULL, err);
    }
}

static size_t
fill(int which, union larger *o, int tail)
{
    static const kx_context_options context = KX_CONTEXT_OPTIONS_INIT;
    static const kx_load_options load = KX_LOAD_OPTIONS_INIT;
    static const kx_eval_options eval = KX_EVAL_OPTIONS_INIT;
    static const kx_write_options write = KX_WRITE_OPTIONS_INIT;
    static const struct {
        const void *from;
        size_t size;
    } all[] = { { &context, sizeof(context) },
                { &load, sizeof(load) },
                { &eval, sizeof(eval) },
                { &eval, sizeof(eval) },
                { &write, sizeof(write) } };
    memset(o, tail, sizeof(*o));
    memcpy(o, all[which].from, all[which].size);
    return all[which].size;
}

static const struct {
    long more; /* than the size known today; LONG_MIN: a size of 0 */
    int tail;
    kx_status status;
} sizes[] = {
    { 0, 0xff, KX_OK },          /* as today: what follows is not looked at */
    { 16, 0, KX_OK },            /* newer, and it uses nothing new */
    { 16, 1, KX_E_UNSUPPORTED }, /* newer, and it does */
    { 1, 0x80, KX_E_UNSUPPORTED },
    { -1, 0, KX_E_ARGUMENT },       /* shorter than the first version */
    { -1000000, 0, KX_E_ARGUMENT }, /* never set */
    { 1000000, 0, KX_E_ARGUMENT },  /* never set either */
};

START_TEST(size_of_options)
{
    union larger o;
    kx_error err = KX_ERROR_INIT;
    int which = _i / (int)COUNT(sizes), n = _i % (int)COUNT(sizes);
    size_t size = fill(which, &o, sizes[n].tail);
    o.size = sizes[n].more == -1000000 ? 0 : size + (size_t)sizes[n].more;
    kx_status st = call(which, &o, &err);
    ck_assert_msg(st == sizes[n].status, "call %d, size %zu: %d, %s", which, o.size, (int)st, err.message);
    ck_assert_int_eq(err.status, st);
}
END_TEST

/* An older caller's error has room for less; nothing past its end is touched. */
START_TEST(shorter_error)
{
    static const size_t lengths[] = { sizeof(size_t),
                                      offsetof(kx_error, code),
                                      offsetof(kx_error, input) + 4,
                                      offsetof(kx_error, message),
                                      offsetof(kx_error, message) + 10,
                                      sizeof(kx_error) };
    unsigned char room[sizeof(kx_error) + 64];
    kx_error *err = (kx_error *)(void *)room;
    kx_scheme *scheme;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        memset(room, 0x77, sizeof(room));
        memset(room, 0, lengths[i]);
        err->size = lengths[i];
        ck_assert_int_eq(kx_scheme_parse(l.ctx, "a long name.json", "{", 1, &scheme, err), KX_E_SYNTAX);
        for (size_t k = lengths[i]; k < sizeof(room); k++)
            ck_assert_msg(room[k] == 0x77, "byte %zu was written with an error of %zu bytes", k, lengths[i]);
    }
    ck_assert_str_eq(err->input, "a long name.json");
}
END_TEST

START_TEST(shorter_column)
{
    kx_table *t;
    kx_column c = KX_COLUMN_INIT;
    ck_assert_int_eq(kx_result_table(l.result, KX_RESULT_SUBJECTS, &t, NULL), KX_OK);
    memset(&c, 0x77, sizeof(c));
    c.size = offsetof(kx_column, validity);
    ck_assert_int_eq(kx_table_column(t, 0, &c), KX_OK);
    ck_assert_str_eq(c.name, "subject");
    ck_assert_uint_eq(c.size, offsetof(kx_column, validity));
    ck_assert_uint_eq((uintptr_t)c.validity & 0xff, 0x77);
    c.size = 0;
    ck_assert_int_eq(kx_table_column(t, 0, &c), KX_E_ARGUMENT);
    kx_table_unref(t);
}
END_TEST

/* ---- values ---- */

START_TEST(load_options)
{
    static const struct {
        int32_t encoding;
        uint32_t flags, reserved;
        kx_status status;
    } cases[] = {
        { KX_ENCODING_DETECT, 0, 0, KX_OK }, { KX_ENCODING_GB18030, KX_LOAD_COLLECT, 0, KX_OK },
        { 3, 0, 0, KX_E_ARGUMENT },          { -1, 0, 0, KX_E_ARGUMENT },
        { 0, 2, 0, KX_E_ARGUMENT },          { 0, UINT32_MAX, 0, KX_E_ARGUMENT },
        { 0, 0, 1, KX_E_ARGUMENT },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        kx_load_options o = KX_LOAD_OPTIONS_INIT;
        kx_error err = KX_ERROR_INIT;
        o.encoding = cases[i].encoding;
        o.flags = cases[i].flags;
        o.reserved = cases[i].reserved;
        ck_assert_msg(kx_dataset_read_json(open_data, "x", "{}", 2, &o, &err) == cases[i].status, "case %zu: %s", i,
                      err.message);
    }
}
END_TEST

START_TEST(as_of)
{
    static const struct {
        int32_t as_of;
        kx_status status;
    } cases[] = { { KX_DATE_NONE, KX_OK },     { 20453, KX_OK },           { -719162, KX_OK },
                  { 2932896, KX_OK },          { -719163, KX_E_ARGUMENT }, { 2932897, KX_E_ARGUMENT },
                  { INT32_MAX, KX_E_ARGUMENT } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        kx_eval_options o = KX_EVAL_OPTIONS_INIT;
        kx_tally *tally;
        o.as_of = cases[i].as_of;
        ck_assert_msg(kx_tally_new(l.scheme, &o, &tally, NULL) == cases[i].status, "as_of %d", (int)cases[i].as_of);
        kx_tally_free(tally);
    }
}
END_TEST

/* Collecting: an error is a finding and the load succeeds; the seal tells. */
START_TEST(collect)
{
    static const char csv[] = "单位,date,kind,people,severe\n999999,2025-03-01,讲座,20,0\n110101,not a day,讲座,20,0\n";
    kx_load_options o = KX_LOAD_OPTIONS_INIT;
    kx_error err = KX_ERROR_INIT;
    kx_table *t;
    o.flags = KX_LOAD_COLLECT;
    ck_assert_int_eq(kx_dataset_read_json(open_data, "data.json", line_json, strlen(line_json), NULL, &err), KX_OK);
    ck_assert_int_eq(kx_dataset_read_csv(open_data, "activities", "a.csv", csv, sizeof(csv) - 1, NULL, &err),
                     KX_E_DATA);
    ck_assert_uint_eq(err.line, 3);
    ck_assert_int_eq(kx_dataset_read_csv(open_data, "activities", "a.csv", csv, sizeof(csv) - 1, &o, &err), KX_OK);
    ck_assert_int_eq(kx_dataset_seal(open_data, &err), KX_E_DATA);
    ck_assert_int_eq(kx_dataset_findings(open_data, &t, NULL), KX_OK);
    ck_assert_uint_ge(kx_table_rows(t), 2);
    kx_table_unref(t);
}
END_TEST

TCase *
options_tests(void)
{
    TCase *t = tcase_create("options");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, size_of_options, 0, 5 * COUNT(sizes));
    tcase_add_test(t, shorter_error);
    tcase_add_test(t, shorter_column);
    tcase_add_test(t, load_options);
    tcase_add_test(t, as_of);
    tcase_add_test(t, collect);
    return t;
}
