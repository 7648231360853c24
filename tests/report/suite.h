#ifndef KEXIE_TESTS_REPORT_SUITE_H
#define KEXIE_TESTS_REPORT_SUITE_H

#include "fixture.h"

TCase *out_tests(void);
TCase *builder_tests(void);
TCase *tables_tests(void);
TCase *csv_tests(void);
TCase *json_tests(void);
TCase *text_tests(void);
TCase *write_tests(void);

#endif
