/* tests/base/suite.h: the groups of tests of the layer base, one a file. */
#ifndef KEXIE_TESTS_BASE_SUITE_H
#define KEXIE_TESTS_BASE_SUITE_H

#include "support.h"

TCase *mem_tests(void);
TCase *str_tests(void);
TCase *map_tests(void);
TCase *diag_tests(void);
TCase *num_tests(void);
TCase *num_vector_tests(void);

#endif
