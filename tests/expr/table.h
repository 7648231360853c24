/* tests/expr/table.h: the made-up rows and random expressions of oracle.tsv. */
#ifndef KEXIE_TESTS_EXPR_TABLE_H
#define KEXIE_TESTS_EXPR_TABLE_H

#include "fixture.h"

struct vector {
    const char *text, *value;
};

struct table {
    char *file;
    struct column columns[32];
    size_t column_count, rows;
    uint32_t codes[2][16], sizes[2];
    const uint32_t *code_lists[2];
    const char *map;
    struct vector *vectors;
    size_t vector_count;
};

/* Fails the test when the file does not read. */
void table_read(struct table *t);
void table_free(struct table *t);
void table_fixture(const struct table *t, struct kit *kit, struct fixture *f);

#endif
