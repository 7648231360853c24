/* tests/text/suite.h: the groups of tests of the layer text, one a file. */
#ifndef KEXIE_TESTS_TEXT_SUITE_H
#define KEXIE_TESTS_TEXT_SUITE_H

#include "support.h"

/* An assertion for loops of a million rounds: Check notes each of its own in a file. */
#define ensure(condition, ...)         \
    do {                               \
        if (!(condition))              \
            ck_abort_msg(__VA_ARGS__); \
    } while (0)

TCase *utf8_tests(void);
TCase *show_tests(void);
TCase *normalise_tests(void);
TCase *fold_tests(void);
TCase *gb18030_tests(void);
TCase *date_tests(void);
TCase *node_tests(void);
TCase *align_tests(void);

#endif
