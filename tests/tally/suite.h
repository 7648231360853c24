/* tests/tally/suite.h: the groups of tests of the layer tally, one a file. */
#ifndef KEXIE_TESTS_TALLY_SUITE_H
#define KEXIE_TESTS_TALLY_SUITE_H

#include "fixture.h"

TCase *time_tests(void);
TCase *ranks_tests(void);
TCase *universe_tests(void);
TCase *ops_tests(void);
TCase *rows_tests(void);
TCase *places_tests(void);
TCase *grid_tests(void);
TCase *derived_tests(void);
TCase *merge_tests(void);
TCase *property_tests(void);
TCase *oracle_tests(void);
TCase *fault_tests(void);

#endif
