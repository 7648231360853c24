/* tests/io/suite.h: the groups of tests of the layer io, one a file. */
#ifndef KEXIE_TESTS_IO_SUITE_H
#define KEXIE_TESTS_IO_SUITE_H

#include "support.h"

/* An assertion for loops of many rounds: Check notes each of its own in a file. */
#define ensure(condition, ...)         \
    do {                               \
        if (!(condition))              \
            ck_abort_msg(__VA_ARGS__); \
    } while (0)

TCase *json_tests(void);
TCase *cell_tests(void);
TCase *split_tests(void);
TCase *csv_tests(void);
TCase *header_tests(void);
TCase *encoding_tests(void);
TCase *blocks_tests(void);
TCase *collect_tests(void);
TCase *rows_tests(void);
TCase *load_tests(void);
TCase *fault_tests(void);

#endif
