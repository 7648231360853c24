#include "suite.h"

SUITE_MAIN("base", mem_tests, str_tests, map_tests, diag_tests, num_tests, num_vector_tests)
