/* Every allocation may fail, cJSON's among them: once a single one, once all from there on. */
#include "io/fixture.h"
#include "io/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

struct scenario {
    const char *text;
    size_t n; /* 0: strlen */
    size_t block;
    uint32_t threads;
    int32_t encoding;
    bool collect, json;
    kx_status expected; /* besides KX_E_NOMEM */
};

/* KX_OK when the outcome is the expected one: fault_each knows two only. */
static kx_status
run(kxi_mem *mem, void *user)
{
    const struct scenario *s = user;
    struct io io;
    kx_status status = io_begin(&io, mem);
    if (!status) {
        kxi_str text = { s->text, s->n ? s->n : strlen(s->text) };
        io.ds->collect = s->collect;
        io.opt = (struct kxi_load){ .encoding = s->encoding, .threads = s->threads, .block = s->block };
        status = s->json ? kxi_dataset_read_json(io.ds, KXI_STR("t"), text, &io.opt, &io.diag)
                         : kxi_csv_read(io.ds, THINGS, KXI_STR("t"), text, &io.opt, &io.diag);
        ensure(status == io.err.status || s->collect, "status %d, error %d", (int)status, (int)io.err.status);
        ensure(status != KX_E_NOMEM ||
                   (!io.ds->tables[THINGS].table && io.ds->findings.count == 0 && io.err.message[0]),
               "something is left");
    }
    io_end(&io);
    return status == s->expected ? KX_OK : status;
}

#define MANY                                                     \
    "id,amount,day,open,tags,counts,colour\n"                    \
    "a,1,2025-01-01,1,x;y,1;2,red\n"                             \
    "\"b \"\"c\"\"\",2.5,2025/1/2,是,x,,\n\n"                   \
    "a text of more than thirty-two bytes is kept apart,,,,,,\n" \
    " a ,1２,,有,z,3;4,\n\"d\ne\",300,2025-01-03,0,,,\n"

static const struct scenario scenarios[] = {
    { .text = MANY },
    { .text = MANY, .block = 30 },
    { .text = MANY, .block = 1, .threads = 2 },
    { .text = MANY, .block = 60, .encoding = KX_ENCODING_GB18030, .expected = KX_E_SYNTAX },
    { .text = "id,amount\n\xBF\xC6\xC6\xD5,1\n\xC5\xA9\xD2\xB5,2\n", .block = 12 },
    { .text = "id,amount\n\xBF\xC6\xC6\xD5,1\n\xC5\xA9\xD2\xB5,2\n\xFF,3\n", .block = 12, .expected = KX_E_SYNTAX },
    { .text = "id,amount,colour\na,1,\nb,x,\nc,2,\n", .block = 8, .expected = KX_E_DATA },
    { .text = "id,amount,colour\na,1,\nb,x,\nc\nd,2,\ne,\"2", .block = 8, .threads = 2, .collect = true },
    { .text = "id,amount\na,9223372036854775807\nb,0.5\n", .block = 8, .collect = true },
    { .text = "id,amount\na,9223372036854775807\nb,0.5\n", .expected = KX_E_DATA },
    { .text = "idd,amount,day,DAY\na,1,,\n", .collect = true },
    { .text = "idd,amount\na,1\n", .expected = KX_E_DATA },
    { .text = "", .expected = KX_E_SYNTAX },
    { .text = "id,\"amount\n", .expected = KX_E_SYNTAX },
    { .json = true,
      .text =
          "{\"things\": [{\"id\": \"a\\n\", \"amount\": 1.5e1, \"tags\": [\"x\", \"y\"], \"colour\": {\"deep\": [1, {}]}},\n"
          "{\"id\": 5, \"open\": true, \"day\": \"2025-01-01\"}], \"places\": {\"code\": [1, 2]}, \"thing\": 1}" },
    { .json = true, .text = "{\"things\": [{\"id\": \"a\", \"amount\": \"x\"}]}", .expected = KX_E_DATA },
    { .json = true,
      .collect = true,
      .text = "{\"things\": [{\"id\": [], \"amount\": \"x\"}, 5], \"places\": {\"code\": 1}}" },
    { .json = true, .text = "{\"things\": [{\"id\": \"a\", \"id\": 1}]}", .expected = KX_E_SYNTAX },
    { .json = true, .text = "{\"a\": 1, \"b\": [1, tru]}", .expected = KX_E_SYNTAX },
};

START_TEST(every_allocation_may_fail)
{
    for (int once = 0; once < 2; once++) {
        struct scenario s = scenarios[_i];
        fault_each(once == 1, run, &s);
    }
}
END_TEST

static kx_status
run_load(kxi_mem *mem, void *user)
{
    struct io io;
    kx_status status = io_begin(&io, mem);
    if (!status) {
        io.opt.threads = 2;
        io.opt.block = 16;
        status = kxi_dataset_load(io.ds, user, &io.opt, &io.diag);
        ensure(status == io.err.status, "status %d, error %d", (int)status, (int)io.err.status);
        ensure(!status || (!io.ds->tables[THINGS].table && !io.ds->tables[PLACES].table), "a table is left");
    }
    io_end(&io);
    return status;
}

static void
write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

START_TEST(every_allocation_of_loading_may_fail)
{
    char folder[] = "/tmp/kexie-io-XXXXXX", path[64], command[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_file(folder, "things.csv", MANY);
    write_file(folder, "places.csv", "code,name\n64,宁夏\n");
    write_file(folder, "thing.csv", "");
    write_file(folder, "data.json", "{\"places\": [{\"code\": \"64\"}]}");
    fault_each(_i == 1, run_load, folder);
    snprintf(path, sizeof(path), "%s/data.json", folder);
    fault_each(_i == 1, run_load, path);
    snprintf(command, sizeof(command), "rm -r -- %s", folder);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

/* cJSON's own memory, which does not come through the context. */
static size_t left;
static bool refused;

static void *
failing_malloc(size_t size)
{
    if (left == 0) {
        refused = true;
        return NULL;
    }
    left--;
    return malloc(size);
}

START_TEST(every_allocation_of_cjson_may_fail)
{
    static const char text[] = "{\"a\": [1, \"x\\u4e2d\", {\"b\": null}], \"c\": [[], {}, true]}";
    cJSON_Hooks hooks = { failing_malloc, free };
    struct io io;
    io_init(&io, NULL);
    cJSON_InitHooks(&hooks);
    for (size_t n = 0;; n++) {
        kxi_doc *doc;
        left = n;
        refused = false;
        kx_status status = kxi_json_parse(io.ctx, KXI_STR("t"), kxi_str_of(text), &io.diag, &doc);
        ck_assert_msg(status == (refused ? KX_E_NOMEM : KX_OK), "allocation %zu: %d", n, (int)status);
        ck_assert(refused == (doc == NULL));
        kxi_doc_free(doc);
        if (!refused)
            break;
        ck_assert_int_eq(io.err.status, KX_E_NOMEM);
        io_again(&io);
    }
    cJSON_InitHooks(NULL);
    io_free(&io);
}
END_TEST

/* A context that may not hold much says so instead of taking it. */
START_TEST(memory_has_a_limit)
{
    struct io io;
    kxi_buf text;
    kxi_mem mem;
    kxi_mem_init(&mem, NULL, NULL, 0);
    kxi_buf_init(&text, &mem);
    kxi_buf_cstr(&text, "id\n");
    for (int i = 0; i < 200000; i++) {
        kxi_buf_int(&text, i);
        kxi_buf_char(&text, '\n');
    }
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_memory = 6 << 20;
    io_init(&io, &options);
    ck_assert_int_eq(read_csv_bytes(&io, text.s, text.n), KX_E_NOMEM);
    ck_assert_int_eq(io.err.status, KX_E_NOMEM);
    ck_assert_uint_le(io.ctx->mem.peak, 6 << 20);
    io_again(&io);
    ck_assert_int_eq(read_csv(&io, "id\na\n"), KX_OK);
    io_free(&io);
    kxi_buf_free(&text);
}
END_TEST

TCase *
fault_tests(void)
{
    TCase *t = tcase_create("faults");
    tcase_add_loop_test(t, every_allocation_may_fail, 0, COUNT(scenarios));
    tcase_add_loop_test(t, every_allocation_of_loading_may_fail, 0, 2);
    tcase_add_test(t, every_allocation_of_cjson_may_fail);
    tcase_add_test(t, memory_has_a_limit);
    tcase_set_timeout(t, 120);
    return t;
}
