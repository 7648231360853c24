/* Folders and files. */
#include "io/fixture.h"
#include "io/input.h"
#include "io/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test; what is in it is removed with it. */
static char folder[64];

static void
make_folder(void)
{
    strcpy(folder, "/tmp/kexie-io-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof(command), "rm -r -- %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static const char *
path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void
write_file(const char *name, const char *text)
{
    FILE *f = fopen(path_of(name), "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), f), strlen(text));
    fclose(f);
}

static kx_status
load(struct io *io, const char *path)
{
    return kxi_dataset_load(io->ds, path, &io->opt, &io->diag);
}

static void
assert_findings(struct io *io, const char *expected)
{
    char all[2048];
    size_t n = 0;
    for (const char *p = expected; *p; p++) /* @ stands for the folder */
        n += (size_t)snprintf(all + n, sizeof(all) - n, *p == '@' ? "%s" : "%.1s", *p == '@' ? folder : p);
    all[n] = '\0';
    const char *shown = show_findings(io);
    ck_assert_msg(strcmp(shown, all) == 0, "got\n%sexpected\n%s", shown, all);
}

START_TEST(folder_is_loaded)
{
    struct io io;
    io_init(&io, NULL);
    make_folder();
    write_file("things.csv", "id,amount\na,1\n");
    write_file("PLACES.CSV", "code,name\n64,宁夏\n");
    ck_assert_msg(load(&io, folder) == KX_OK, "%s", io.err.message);
    assert_rows(&io, THINGS, "2: a|1\n");
    assert_rows(&io, PLACES, "2: 64|宁夏\n");
    assert_findings(&io, "");
    ck_assert_str_eq(io.ds->tables[THINGS].table->name.s, path_of("things.csv"));
    remove_folder();
    io_free(&io);
}
END_TEST

/* Other files are welcome, and said when they look like a table; a slash at the end is no matter. */
START_TEST(extra_files_are_noted)
{
    struct io io;
    char slash[80];
    io_init(&io, NULL);
    make_folder();
    write_file("things.csv", "id\na\n");
    write_file("thing.csv", "nobody reads this \"");
    write_file("zebra.csv", "");
    write_file(".places.csv", "hidden");
    write_file(".csv", "");
    write_file("places.txt", "");
    write_file("README", "");
    write_file("csv", "");
    ck_assert_int_eq(mkdir(path_of("places.csv"), 0777), 0);
    snprintf(slash, sizeof(slash), "%s/", folder);
    ck_assert_msg(load(&io, slash) == KX_OK, "%s", io.err.message);
    assert_rows(&io, THINGS, "2: a\n");
    assert_rows(&io, PLACES, "none");
    assert_findings(
        &io, "TABLE_EXTRA_NEAR @/thing.csv:0:0 \"thing\" is no table of the scheme and is not read; did you mean "
             "\"things\"?\n"
             "TABLE_EXTRA @/zebra.csv:0:0 \"zebra\" is no table of the scheme and is not read\n");
    remove_folder();
    io_free(&io);
}
END_TEST

START_TEST(json_file_is_loaded)
{
    struct io io;
    io_init(&io, NULL);
    make_folder();
    write_file("data.json", "\xEF\xBB\xBF{\"places\": [{\"code\": \"64\"}]}");
    ck_assert_msg(load(&io, path_of("data.json")) == KX_OK, "%s", io.err.message);
    assert_rows(&io, PLACES, "1: 64\n");
    io_again(&io);
    write_file("data.json", "");
    assert_failed(&io, load(&io, path_of("data.json")), KXI_MSG_JSON_EMPTY, 1, 1, "");
    ck_assert_str_eq(io.err.input, path_of("data.json"));
    remove_folder();
    io_free(&io);
}
END_TEST

START_TEST(json_file_has_a_limit)
{
    struct io io;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.max_text = 30;
    io_init(&io, &options);
    make_folder();
    write_file("data.json", "{\"places\": [{\"code\": \"64\"}]} ");
    ck_assert_int_eq(load(&io, path_of("data.json")), KX_OK);
    io_again(&io);
    write_file("data.json", "{\"places\": [{\"code\": \"64\"}]}  and much more that is not read at all");
    assert_failed(&io, load(&io, path_of("data.json")), KXI_MSG_JSON_SIZE, 0, 0, "30 bytes");
    remove_folder();
    io_free(&io);
}
END_TEST

START_TEST(what_is_not_there)
{
    struct io io;
    io_init(&io, NULL);
    make_folder();
    assert_failed(&io, load(&io, path_of("nothing")), KXI_MSG_FILE_MISSING, 0, 0, "nothing");
    io_again(&io);
    assert_failed(&io, load(&io, ""), KXI_MSG_FILE_MISSING, 0, 0, "\"\"");
    io_again(&io);
    write_file("other.csv", "a\n");
    assert_failed(&io, load(&io, folder), KXI_MSG_FILE_NONE, 0, 0, "things.csv");
    ck_assert_uint_eq(io.ds->findings.count, 0);
    io_again(&io);
    ck_assert_int_eq(symlink("gone", path_of("things.csv")), 0); /* as if it were not there */
    assert_failed(&io, load(&io, folder), KXI_MSG_FILE_NONE, 0, 0, "");
    if (geteuid() != 0) { /* who may read everything cannot be refused */
        io_again(&io);
        write_file("places.csv", "code\n");
        ck_assert_int_eq(chmod(path_of("places.csv"), 0), 0);
        assert_failed(&io, load(&io, folder), KXI_MSG_FILE_DENIED, 0, 0, "places.csv");
    }
    remove_folder();
    io_free(&io);
}
END_TEST

START_TEST(two_files_for_a_table)
{
    struct io io;
    io_init(&io, NULL);
    make_folder();
    write_file("Things.csv", "id\nb\n");
    write_file("things.csv", "id\na\n");
    assert_failed(&io, load(&io, folder), KXI_MSG_FILE_TWICE, 0, 0, "\"Things.csv\" and \"things.csv\"|\"things\"");
    io.ds->collect = true;
    io_again(&io);
    ck_assert_int_eq(load(&io, folder), KX_OK);
    assert_rows(&io, THINGS, "2: b\n");
    ck_assert(strstr(show_findings(&io), "FILE_TWICE"));
    remove_folder();
    io_free(&io);
}
END_TEST

/* All tables of a call or none, whatever was there before. */
START_TEST(tables_come_together)
{
    struct io io;
    io_init(&io, NULL);
    make_folder();
    write_file("places.csv", "code,x\n64,\n");
    write_file("things.csv", "id,amount\na,y\n");
    write_file("extra.csv", "");
    assert_failed(&io, load(&io, folder), KXI_MSG_CELL_NUMBER, 2, 3, "\"y\"");
    ck_assert_str_eq(io.err.input, path_of("things.csv"));
    assert_rows(&io, PLACES, "none");
    assert_rows(&io, THINGS, "none");
    assert_findings(&io, "");
    io_again(&io);
    ck_assert_int_eq(read_csv(&io, "id\nmine\n"), KX_OK);
    assert_failed(&io, load(&io, folder), KXI_MSG_TABLE_TWICE, 0, 0, "things");
    assert_rows(&io, PLACES, "none");
    assert_rows(&io, THINGS, "2: mine\n");
    remove_folder();
    io_free(&io);
}
END_TEST

START_TEST(findings_of_all_files)
{
    struct io io;
    io_init(&io, NULL);
    io.ds->collect = true;
    make_folder();
    write_file("places.csv", "name\n64\n");
    write_file("things.csv", "id,amount\na,y\n");
    ck_assert_int_eq(load(&io, folder), KX_OK);
    assert_rows(&io, PLACES, "none");
    ck_assert(io.ds->tables[PLACES].failed);
    assert_rows(&io, THINGS, "2: a|~\n");
    assert_findings(
        &io, "COLUMN_MISSING @/places.csv:1:1 the table \"places\" has no column \"code\"; add it, or map its header "
             "in the scheme\n"
             "CELL_NUMBER @/things.csv:2:3 column \"amount\": \"y\" is not a number; write it as 12 or -3.5\n");
    remove_folder();
    io_free(&io);
}
END_TEST

/* From a file in small blocks as from text, in either encoding. */
START_TEST(files_are_read_in_blocks)
{
    static const char utf8[] = "id,amount\n科普,1\n\"讲\n座\",2\nx,3\n";
    static const char gb18030[] = "id,amount\n\xBF\xC6\xC6\xD5,1\n\"\xBD\xB2\n\xD7\xF9\",2\nx,3\n";
    struct io io;
    io_init(&io, NULL);
    make_folder();
    for (int i = 0; i < 2; i++) {
        write_file("things.csv", i ? gb18030 : utf8);
        for (size_t block = 0; block < 50; block++) {
            io.opt.block = block;
            io.opt.threads = 1 + block % 3;
            ck_assert_msg(load(&io, folder) == KX_OK, "block %zu: %s", block, io.err.message);
            assert_rows(&io, THINGS, "2: 科普|1\n3: 讲\n座|2\n5: x|3\n");
            io_again(&io);
        }
    }
    remove_folder();
    io_free(&io);
}
END_TEST

/* A name that is not UTF-8 is no table, and is shown so that it can be read. */
START_TEST(names_are_shown)
{
    struct io io;
    io_init(&io, NULL);
    make_folder();
    write_file("things.csv", "id\na\n");
    write_file("\xD6\xD0.csv", "");
    ck_assert_int_eq(load(&io, folder), KX_OK);
    assert_findings(&io, "TABLE_EXTRA @/\\xD6\\xD0.csv:0:0 \"\\xD6\\xD0\" is no table of the scheme and is not read\n");
    io_again(&io);
    assert_failed(&io, load(&io, path_of("\xD6")), KXI_MSG_FILE_MISSING, 0, 0, "\\xD6");
    remove_folder();
    io_free(&io);
}
END_TEST

struct steps {
    uint64_t last, total;
    int calls, left;
    bool backwards;
};

static int
count_steps(void *user, uint64_t done, uint64_t total)
{
    struct steps *s = user;
    s->backwards |= done < s->last || done > total;
    s->calls++;
    s->last = done;
    s->total = total;
    return s->left-- == 0;
}

START_TEST(progress_counts_all_files)
{
    struct io io;
    struct steps steps = { .left = -1 };
    io_init(&io, NULL);
    make_folder();
    write_file("places.csv", "code\n1\n2\n3\n");
    write_file("things.csv", "id\na\nb\n");
    write_file("extra.csv", "does not count");
    io.opt.block = 4;
    io.opt.progress = count_steps;
    io.opt.progress_user = &steps;
    ck_assert_int_eq(load(&io, folder), KX_OK);
    ck_assert(!steps.backwards && steps.last == 18 && steps.total == 18);
    ck_assert_int_gt(steps.calls, 3);
    for (int left = steps.calls - 1; left >= 0; left--) {
        steps = (struct steps){ .left = left };
        io_again(&io);
        assert_failed(&io, load(&io, folder), KXI_MSG_READ_CANCELLED, 0, 0, "");
        assert_rows(&io, PLACES, "none");
        assert_rows(&io, THINGS, "none");
        assert_findings(&io, "");
    }
    remove_folder();
    io_free(&io);
}
END_TEST

/* With threads only the calling one reports, and in the end everything. */
static pthread_t caller;

static int
check_thread(void *user, uint64_t done, uint64_t total)
{
    if (!pthread_equal(caller, pthread_self()))
        ((struct steps *)user)->backwards = true;
    return count_steps(user, done, total);
}

START_TEST(progress_comes_on_the_calling_thread)
{
    struct io io;
    kxi_buf text;
    io_init(&io, NULL);
    kxi_buf_init(&text, &io.ctx->mem);
    kxi_buf_cstr(&text, "id\n");
    for (int i = 0; i < 2000; i++)
        kxi_buf_cstr(&text, "abc\n");
    caller = pthread_self();
    for (int round = 0; round < 20; round++) {
        struct steps steps = { .left = -1 };
        io.opt = (struct kxi_load){ .threads = 4, .block = 20, .progress = check_thread, .progress_user = &steps };
        ck_assert_int_eq(read_csv_bytes(&io, text.s, text.n), KX_OK);
        ck_assert(!steps.backwards && steps.last == text.n && steps.total == text.n);
        io_again(&io);
    }
    kxi_buf_free(&text);
    io_free(&io);
}
END_TEST

/* What can be opened and not read. */
START_TEST(unreadable_file)
{
    struct io io;
    kxi_input in;
    kxi_source source;
    kx_table *made;
    io_init(&io, NULL);
    ck_assert_int_eq(kxi_input_begin(&in, io.ds, &io.opt, &io.diag), KX_OK);
    kxi_source_file(&source, &io.ctx->mem, KXI_STR("/"), open("/", O_RDONLY), 10);
    kx_status status = kxi_csv_table(&in, THINGS, &source, &made);
    kxi_source_free(&source);
    status = kxi_input_end(&in, status);
    assert_failed(&io, status, KXI_MSG_FILE_READ, 0, 0, "\"/\"|system error");
    io_free(&io);
}
END_TEST

/* The same when it is noticed on the way, by a block. */
START_TEST(unreadable_block)
{
    struct io io;
    kxi_source source;
    kxi_raw raw;
    int error = 0;
    io_init(&io, NULL);
    kxi_source_file(&source, &io.ctx->mem, KXI_STR("/"), open("/", O_RDONLY), 10);
    kxi_raw_init(&raw, &io.ctx->mem);
    ck_assert_int_eq(kxi_source_next(&source, &raw, &error), KX_E_IO);
    ck_assert(error == EISDIR && raw.n == 0);
    kxi_raw_free(&raw);
    kxi_source_free(&source);
    io_free(&io);
}
END_TEST

TCase *
load_tests(void)
{
    TCase *t = tcase_create("load");
    tcase_add_test(t, folder_is_loaded);
    tcase_add_test(t, extra_files_are_noted);
    tcase_add_test(t, json_file_is_loaded);
    tcase_add_test(t, json_file_has_a_limit);
    tcase_add_test(t, what_is_not_there);
    tcase_add_test(t, two_files_for_a_table);
    tcase_add_test(t, tables_come_together);
    tcase_add_test(t, findings_of_all_files);
    tcase_add_test(t, files_are_read_in_blocks);
    tcase_add_test(t, names_are_shown);
    tcase_add_test(t, progress_counts_all_files);
    tcase_add_test(t, progress_comes_on_the_calling_thread);
    tcase_add_test(t, unreadable_file);
    tcase_add_test(t, unreadable_block);
    return t;
}
