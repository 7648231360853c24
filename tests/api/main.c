#include "suite.h"

SUITE_MAIN("api", line_tests, arguments_tests, options_tests, faults_tests, threads_tests)
