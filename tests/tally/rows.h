/* tests/tally/rows.h: random rows as CSV, for tests that compare one way with another. All data is made up. */
#ifndef KEXIE_TESTS_TALLY_ROWS_H
#define KEXIE_TESTS_TALLY_ROWS_H

#include "fixture.h"

enum { ROWS_MOST = 400, ROW_LENGTH = 128 };

/* Lines of one table, without the header. */
struct rows {
    const char *table, *header;
    size_t count;
    char lines[ROWS_MOST][ROW_LENGTH];
};

/* n rows of the table acts, joint, terms or plain: some undated, some of no unit, with nulls, over a little more than 2025. */
void make_rows(struct rows *r, const char *table, size_t n, uint32_t *random);
void shuffle_rows(struct rows *r, uint32_t *random);
/* The lines whose number gives this remainder, as CSV; release with free(). of 1: all. */
char *rows_text(const struct rows *r, size_t of, size_t remainder);

#endif
