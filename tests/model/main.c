#include "model/suite.h"

#include "support.h"

SUITE_MAIN("model", context_tests, schema_tests, view_tests, refused_views_tests, append_tests, add_tests,
           convert_tests, seal_tests, units_tests, tree_tests, roles_tests, digest_tests, fault_tests)
