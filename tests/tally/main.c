#include "suite.h"

SUITE_MAIN("tally", time_tests, ranks_tests, universe_tests, ops_tests, rows_tests, places_tests, grid_tests,
           derived_tests, merge_tests, property_tests, oracle_tests, fault_tests)
