#include "suite.h"

SUITE_MAIN("apportion", seats_tests, seat_vector_tests, seat_property_tests, seat_case_tests, seat_bad_tests,
           seat_example_tests, seat_api_tests)
