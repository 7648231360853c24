/* tests/score/suite.h: the groups of tests of the layer score, one a file. */
#ifndef KEXIE_TESTS_SCORE_SUITE_H
#define KEXIE_TESTS_SCORE_SUITE_H

#include "fixture.h"

TCase *curves_tests(void);
TCase *nodes_tests(void);
TCase *blocks_tests(void);
TCase *quotas_tests(void);
TCase *gaps_tests(void);
TCase *cohort_tests(void);
TCase *grades_tests(void);
TCase *random_tests(void);
TCase *faults_tests(void);

#endif
