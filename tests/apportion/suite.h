/* tests/apportion/suite.h: the groups of tests of the layer apportion, one a file. */
#ifndef KEXIE_TESTS_APPORTION_SUITE_H
#define KEXIE_TESTS_APPORTION_SUITE_H

#include "support.h"

TCase *seats_tests(void);
TCase *seat_vector_tests(void);
TCase *seat_property_tests(void);
TCase *seat_case_tests(void);
TCase *seat_bad_tests(void);
TCase *seat_example_tests(void);
TCase *seat_api_tests(void);

#endif
