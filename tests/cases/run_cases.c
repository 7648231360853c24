/* Runs the cases below a folder through the public API; README.md beside this says what a case is.
 *
 *     run_cases FOLDER [NAME..]
 */
#include <kexie/kexie.h>

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct bytes {
    char *s;
    size_t n;
};

struct args {
    kx_load_options load;
    kx_eval_options eval;
};

struct run {
    kx_context *ctx;
    kx_scheme *scheme;
    kx_dataset *data;
    kx_result *result;
    kx_error err;
};

static const struct output {
    const char *file;
    int32_t what, format;
} outputs[] = {
    { "expected.csv", KX_WRITE_SCORES, KX_FORMAT_CSV },           { "expected.json", KX_WRITE_RESULT, KX_FORMAT_JSON },
    { "expected.gaps.csv", KX_WRITE_GAPS, KX_FORMAT_CSV },        { "expected.txt", KX_WRITE_SCORES, KX_FORMAT_TEXT },
    { "expected.explain.txt", KX_WRITE_EXPLAIN, KX_FORMAT_TEXT },
};
static const char *const others[] = { "scheme.json", "data", "data.json", "args", "notes.md", "expected.error" };
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- reading ---- */

static int
add_bytes(void *user, const char *bytes, size_t length)
{
    struct bytes *b = user;
    char *grown = realloc(b->s, b->n + length + 1);
    if (!grown)
        return 1;
    b->s = grown;
    memcpy(b->s + b->n, bytes, length);
    b->n += length;
    b->s[b->n] = '\0';
    return 0;
}

static bool
read_file(const char *path, struct bytes *out)
{
    char piece[4096];
    size_t n;
    FILE *in = fopen(path, "rb");
    *out = (struct bytes){ NULL, 0 };
    if (!in)
        return false;
    bool good = add_bytes(out, "", 0) == 0;
    while (good && (n = fread(piece, 1, sizeof(piece), in)) > 0)
        good = add_bytes(out, piece, n) == 0;
    good = good && !ferror(in);
    fclose(in);
    return good;
}

static bool
exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

static bool
is_known(const char *name)
{
    for (size_t i = 0; i < COUNT(others); i++)
        if (strcmp(others[i], name) == 0)
            return true;
    for (size_t i = 0; i < COUNT(outputs); i++)
        if (strcmp(outputs[i].file, name) == 0)
            return true;
    return false;
}

/* In the folder of the case: nothing missing, nothing that nobody would look at. */
static bool
check_files(const char *name)
{
    size_t expected = 0;
    DIR *dir = opendir(".");
    bool good = dir != NULL;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        expected += strncmp(e->d_name, "expected.", 9) == 0;
        if (!is_known(e->d_name)) {
            printf("%s: nobody reads the file %s\n", name, e->d_name);
            good = false;
        }
    }
    if (dir)
        closedir(dir);
    if (!exists("scheme.json") || exists("data") == exists("data.json") || expected == 0 ||
        (exists("expected.error") && expected > 1)) {
        printf("%s: needs scheme.json, data/ or data.json, and expected files or expected.error\n", name);
        good = false;
    }
    return good;
}

static bool
read_arg(const char *key, const char *value, struct args *args)
{
    if (strcmp(key, "as_of") == 0)
        return kx_date_parse(value, strlen(value), &args->eval.as_of) == KX_OK;
    if (strcmp(key, "encoding") == 0) {
        args->load.encoding = strcmp(value, "gb18030") == 0 ? KX_ENCODING_GB18030 : KX_ENCODING_UTF8;
        return strcmp(value, "gb18030") == 0 || strcmp(value, "utf8") == 0;
    }
    if (strcmp(key, "threads") == 0) {
        args->load.threads = args->eval.threads = (uint32_t)strtoul(value, NULL, 10);
        return args->eval.threads > 0;
    }
    return false;
}

static bool
read_args(const char *name, struct args *args)
{
    const kx_load_options load = KX_LOAD_OPTIONS_INIT;
    const kx_eval_options eval = KX_EVAL_OPTIONS_INIT;
    char key[32], value[64];
    struct bytes text;
    bool good = true;
    args->load = load;
    args->eval = eval;
    if (!exists("args"))
        return true;
    if (!read_file("args", &text))
        return false;
    for (char *line = strtok(text.s, "\n"); line && good; line = strtok(NULL, "\n")) {
        good = sscanf(line, "%31s %63s", key, value) == 2 && read_arg(key, value, args);
        if (!good)
            printf("%s: args has a line that makes no sense: %s\n", name, line);
    }
    free(text.s);
    return good;
}

/* ---- running ---- */

static kx_status
evaluate(struct run *r, const struct args *args, const struct bytes *scheme)
{
    kx_status st = kx_context_new(NULL, &r->ctx, &r->err);
    if (st == KX_OK)
        st = kx_scheme_parse(r->ctx, "scheme.json", scheme->s, scheme->n, &r->scheme, &r->err);
    if (st == KX_OK)
        st = kx_dataset_new(r->scheme, &r->data, &r->err);
    if (st == KX_OK)
        st = kx_dataset_load(r->data, exists("data") ? "data" : "data.json", &args->load, &r->err);
    if (st == KX_OK)
        st = kx_dataset_seal(r->data, &r->err);
    if (st == KX_OK)
        st = kx_evaluate(r->data, &args->eval, &r->result, &r->err);
    return st;
}

static void
release(struct run *r)
{
    kx_result_unref(r->result);
    kx_dataset_unref(r->data);
    kx_scheme_unref(r->scheme);
    kx_context_unref(r->ctx);
}

/* The first line in which they differ. */
static bool
compare(const char *name, const char *file, const struct bytes *got)
{
    struct bytes want;
    size_t at = 0, line = 1, start = 0;
    if (!read_file(file, &want)) {
        printf("%s: cannot read %s\n", name, file);
        free(want.s);
        return false;
    }
    bool same = want.n == got->n && memcmp(want.s, got->s, want.n) == 0;
    for (; !same && at < want.n && at < got->n && want.s[at] == got->s[at]; at++) {
        if (want.s[at] == '\n') {
            line++;
            start = at + 1;
        }
    }
    if (!same)
        printf("%s: %s differs in line %zu\n  expected %.*s\n  got      %.*s\n", name, file, line,
               (int)strcspn(want.s + start, "\n"), want.s + start, (int)strcspn(got->s + start, "\n"), got->s + start);
    free(want.s);
    return same;
}

static bool
check_error(const char *name, const kx_error *err)
{
    char text[512];
    int n = snprintf(text, sizeof(text), "%s\n%d\n%s\n%u\n%u\n%s\n", kx_status_name(err->status), (int)err->code,
                     err->input, (unsigned)err->line, (unsigned)err->column, err->pointer);
    struct bytes got = { text, (size_t)n };
    bool same = compare(name, "expected.error", &got);
    if (!same)
        printf("  message  %s\n", err->message);
    return same;
}

static bool
check_outputs(const char *name, struct run *r)
{
    bool good = true;
    for (size_t i = 0; i < COUNT(outputs); i++) {
        kx_write_options options = KX_WRITE_OPTIONS_INIT;
        struct bytes got = { NULL, 0 };
        options.what = outputs[i].what;
        options.format = outputs[i].format;
        if (!exists(outputs[i].file))
            continue;
        if (add_bytes(&got, "", 0) != 0 || kx_result_write(r->result, &options, add_bytes, &got, &r->err) != KX_OK) {
            printf("%s: cannot write what %s expects: %s\n", name, outputs[i].file, r->err.message);
            good = false;
        } else {
            good = compare(name, outputs[i].file, &got) && good;
        }
        free(got.s);
    }
    return good;
}

/* In the folder of the case. */
static bool
run_case(const char *name)
{
    struct args args;
    struct bytes scheme = { NULL, 0 };
    struct run r = { NULL, NULL, NULL, NULL, KX_ERROR_INIT };
    if (!check_files(name) || !read_args(name, &args))
        return false;
    bool good = read_file("scheme.json", &scheme);
    kx_status st = good ? evaluate(&r, &args, &scheme) : KX_E_IO;
    if (!good) {
        printf("%s: cannot read scheme.json\n", name);
    } else if (exists("expected.error")) {
        good = st != KX_OK;
        if (!good)
            printf("%s: no error, but expected.error says there is one\n", name);
        else
            good = check_error(name, &r.err);
    } else if (st != KX_OK) {
        printf("%s: %s:%u:%u: %s [%s %d]\n", name, r.err.input, (unsigned)r.err.line, (unsigned)r.err.column,
               r.err.message, kx_status_name(st), (int)r.err.code);
        good = false;
    } else {
        good = check_outputs(name, &r);
    }
    release(&r);
    free(scheme.s);
    return good;
}

/* ---- all of them ---- */

static int
by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static bool
is_wanted(const char *name, char **names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return count == 0;
}

int
main(int argc, char **argv)
{
    struct dirent **entries;
    struct stat st;
    int run = 0, failed = 0;
    if (argc < 2 || chdir(argv[1]) != 0) {
        fprintf(stderr, "usage: run_cases FOLDER [NAME..]\n");
        return 2;
    }
    int count = scandir(".", &entries, is_visible, by_name);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (stat(name, &st) == 0 && S_ISDIR(st.st_mode) && is_wanted(name, argv + 2, argc - 2)) {
            run++;
            if (chdir(name) != 0) {
                printf("%s: cannot be entered\n", name);
                failed++;
            } else {
                failed += !run_case(name);
                if (chdir("..") != 0)
                    return 2;
            }
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    printf("%d cases, %d failed\n", run, failed);
    return run > 0 && failed == 0 ? 0 : 1;
}
