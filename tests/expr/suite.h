/* The groups of tests of the layer expr. */
#ifndef KEXIE_TESTS_EXPR_SUITE_H
#define KEXIE_TESTS_EXPR_SUITE_H

#include "support.h"

TCase *value_tests(void);
TCase *truth_tests(void);
TCase *error_tests(void);
TCase *parse_tests(void);
TCase *scope_tests(void);
TCase *run_tests(void);
TCase *oracle_tests(void);
TCase *fault_tests(void);
TCase *doc_tests(void);

#endif
