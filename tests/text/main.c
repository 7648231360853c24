#include "suite.h"

SUITE_MAIN("text", utf8_tests, show_tests, normalise_tests, fold_tests, gb18030_tests, date_tests, node_tests,
           align_tests)
