/* tests/apportion/run.h: rules and units through the public calls, and what comes out as text. */
#ifndef KEXIE_TESTS_APPORTION_RUN_H
#define KEXIE_TESTS_APPORTION_RUN_H

#include "support.h"

/* Messages in English. On failure all is released and err says why. */
kx_status run_seats(kx_context *ctx, const char *rules, const char *units, kx_seats *out, kx_error *err);
void free_seats(kx_seats *seats);
kx_context *new_context(void);

/* A cell as text ("-" for null), in one of a few static buffers. */
const char *cell(const kx_table *table, const char *column, uint64_t row);
/* All that a case expects, a line each: seats, checks, totals, findings. Release with free(). */
char *seats_text(const kx_seats *seats);

#endif
