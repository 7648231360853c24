/* The groups of the suite "model". */
#ifndef KEXIE_TESTS_MODEL_SUITE_H
#define KEXIE_TESTS_MODEL_SUITE_H

#include <check.h>

TCase *context_tests(void);
TCase *schema_tests(void);
TCase *view_tests(void);
TCase *refused_views_tests(void);
TCase *append_tests(void);
TCase *add_tests(void);
TCase *convert_tests(void);
TCase *seal_tests(void);
TCase *units_tests(void);
TCase *tree_tests(void);
TCase *roles_tests(void);
TCase *digest_tests(void);
TCase *fault_tests(void);

#endif
