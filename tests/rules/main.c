#include "suite.h"

SUITE_MAIN("rules", structure_tests, scope_tests, curve_tests, order_tests, bad_table_tests, bad_measure_tests,
           bad_node_tests, bad_decision_tests, collect_tests, warning_tests, limit_tests, fault_tests)
