/* A small scheme with its tables, and the whole line from them to a result. Made-up data. */
#ifndef KEXIE_TESTS_API_LINE_H
#define KEXIE_TESTS_API_LINE_H

#include <stdio.h>

#include "support.h"

/* Two counties of 1 township and 2; A1: coverage of heads by township, 20; A2: activities, 0.5 each up to 10; V1: severe. */
extern const char line_scheme[];
extern const char line_json[]; /* units and posts */
extern const char line_csv[];  /* activities */

struct line {
    kx_context *ctx;
    kx_scheme *scheme;
    kx_dataset *data;
    kx_result *result;
    kx_error err;
};

/* options may be NULL. Stops at the first failure; line_close in any case. */
kx_status line_scheme_of(struct line *l, const kx_context_options *options);
kx_status line_load(struct line *l);
kx_status line_open(struct line *l, const kx_context_options *options);
void line_close(struct line *l);

/* A kx_write_fn that keeps the bytes. */
struct kept {
    char *s;
    size_t n;
};
int keep(void *user, const char *bytes, size_t length);
/* What a result writes; release with free(). */
char *line_write(const kx_result *result, int32_t what, int32_t format);

#endif
