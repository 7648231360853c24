#ifndef KEXIE_TESTS_API_SUITE_H
#define KEXIE_TESTS_API_SUITE_H

#include "line.h"

TCase *line_tests(void);
TCase *arguments_tests(void);
TCase *options_tests(void);
TCase *faults_tests(void);
TCase *threads_tests(void);

#endif
