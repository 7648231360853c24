#include "suite.h"

SUITE_MAIN("score", curves_tests, nodes_tests, blocks_tests, quotas_tests, gaps_tests, cohort_tests, grades_tests,
           random_tests, faults_tests)
