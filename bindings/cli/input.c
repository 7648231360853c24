/* From files to a result, with progress on a terminal. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, WARNINGS_SHOWN = 20 };

/* ---- progress ---- */

struct progress {
    enum word doing;
    int percent; /* shown; -1: nothing yet */
};

/* A kx_progress_fn: one line that is written over, only when it changes. */
static int
show_progress(void *user, uint64_t done, uint64_t total)
{
    struct progress *p = user;
    int percent = total ? (int)(done < total ? (double)done / (double)total * 100 : 100) : 0;
    if (percent == p->percent)
        return 0;
    p->percent = percent;
    fprintf(stderr, "\r%s %d%%", word(p->doing), percent);
    fflush(stderr);
    return 0;
}

static void
clear_progress(const struct progress *p)
{
    if (p->percent >= 0)
        fputs("\r\033[K", stderr);
}

static kx_progress_fn
progress_for(const struct cli *c)
{
    return !c->quiet && isatty(STDERR_FILENO) ? show_progress : NULL;
}

/* ---- files ---- */

/* All of an open file; NULL with errno. */
static char *
read_all(FILE *in, size_t *length)
{
    size_t capacity = 0, n = 0, got;
    char *text = NULL;
    do {
        if (capacity - n < CHUNK) {
            size_t larger = capacity ? capacity * 2 : CHUNK;
            char *grown = realloc(text, larger);
            if (!grown) {
                free(text);
                errno = ENOMEM;
                return NULL;
            }
            text = grown;
            capacity = larger;
        }
        errno = 0;
        got = fread(text + n, 1, capacity - n, in);
        n += got;
    } while (got > 0);
    if (ferror(in)) {
        int error = errno ? errno : EIO;
        free(text);
        errno = error;
        return NULL;
    }
    *length = n;
    return text;
}

enum exit_code
read_file(const char *path, char **text, size_t *length)
{
    FILE *in = fopen(path, "rb");
    int error = errno;
    *text = NULL;
    if (in) {
        *text = read_all(in, length);
        error = errno;
        fclose(in);
    }
    if (*text)
        return EXIT_DONE;
    complain(W_CANNOT_READ, path, strerror(error));
    return error == ENOMEM ? EXIT_LIMITS : EXIT_FILES;
}

/* ---- objects ---- */

static enum exit_code
done(kx_status st, const kx_error *err)
{
    if (st != KX_OK)
        complain_error(err);
    return exit_of(st);
}

enum exit_code
open_context(struct cli *c)
{
    kx_error err = KX_ERROR_INIT;
    kx_context_options options = KX_CONTEXT_OPTIONS_INIT;
    options.language = c->language;
    return done(kx_context_new(&options, &c->ctx, &err), &err);
}

enum exit_code
open_scheme(struct cli *c)
{
    kx_error err = KX_ERROR_INIT;
    char *text;
    size_t length;
    enum exit_code code = read_file(c->scheme_path, &text, &length);
    if (code != EXIT_DONE)
        return code;
    kx_status st = kx_scheme_parse(c->ctx, c->scheme_path, text, length, &c->scheme, &err);
    free(text);
    return done(st, &err);
}

enum exit_code
open_data(struct cli *c, uint32_t flags)
{
    kx_error err = KX_ERROR_INIT;
    struct progress progress = { W_READING, -1 };
    kx_load_options options = KX_LOAD_OPTIONS_INIT;
    options.encoding = c->encoding;
    options.flags = flags;
    options.threads = c->threads;
    options.progress = progress_for(c);
    options.progress_user = &progress;
    kx_status st = kx_dataset_new(c->scheme, &c->dataset, &err);
    if (st == KX_OK)
        st = kx_dataset_load(c->dataset, c->data_path, &options, &err);
    clear_progress(&progress);
    if (st == KX_OK)
        st = kx_dataset_seal(c->dataset, &err);
    /* What was collected is in the findings; whoever asked for that looks there. */
    if ((flags & KX_LOAD_COLLECT) && exit_of(st) == EXIT_FINDINGS)
        return EXIT_FINDINGS;
    return done(st, &err);
}

/* Warnings do not stop an evaluation, and are not kept from anybody. */
static uint64_t
warn(kx_table *findings)
{
    uint64_t count = findings ? print_findings(stderr, findings, 1, WARNINGS_SHOWN) : 0;
    kx_table_unref(findings);
    return count > WARNINGS_SHOWN ? count - WARNINGS_SHOWN : 0;
}

enum exit_code
run_evaluation(struct cli *c)
{
    kx_error err = KX_ERROR_INIT;
    struct progress progress = { W_COUNTING, -1 };
    kx_eval_options options = KX_EVAL_OPTIONS_INIT;
    kx_table *data = NULL, *run = NULL;
    options.as_of = c->as_of;
    options.threads = c->threads;
    options.progress = progress_for(c);
    options.progress_user = &progress;
    kx_status st = kx_evaluate(c->dataset, &options, &c->result, &err);
    clear_progress(&progress);
    if (st != KX_OK || c->quiet)
        return done(st, &err);
    st = kx_dataset_findings(c->dataset, &data, &err);
    if (st == KX_OK)
        st = kx_result_table(c->result, KX_RESULT_FINDINGS, &run, &err);
    uint64_t more = warn(data) + warn(run);
    if (st != KX_OK)
        return done(st, &err);
    if (more)
        complain(W_MORE_WARNINGS, (unsigned long long)more, c->scheme_path, c->data_path);
    return EXIT_DONE;
}

void
close_all(struct cli *c)
{
    kx_result_unref(c->result);
    kx_dataset_unref(c->dataset);
    kx_scheme_unref(c->scheme);
    kx_context_unref(c->ctx);
}
