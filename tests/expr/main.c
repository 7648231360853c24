#include "suite.h"

SUITE_MAIN("expr", value_tests, truth_tests, error_tests, parse_tests, scope_tests, run_tests, oracle_tests,
           fault_tests, doc_tests)
