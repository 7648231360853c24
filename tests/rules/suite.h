/* tests/rules/suite.h: the groups of tests of the layer rules, one a file. */
#ifndef KEXIE_TESTS_RULES_SUITE_H
#define KEXIE_TESTS_RULES_SUITE_H

#include "fixture.h"

TCase *structure_tests(void);
TCase *scope_tests(void);
TCase *curve_tests(void);
TCase *order_tests(void);
TCase *bad_table_tests(void);
TCase *bad_measure_tests(void);
TCase *bad_node_tests(void);
TCase *bad_decision_tests(void);
TCase *collect_tests(void);
TCase *warning_tests(void);
TCase *limit_tests(void);
TCase *fault_tests(void);

#endif
