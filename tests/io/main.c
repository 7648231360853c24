#include "io/suite.h"

SUITE_MAIN("io", json_tests, cell_tests, split_tests, csv_tests, header_tests, encoding_tests, blocks_tests,
           collect_tests, rows_tests, load_tests, fault_tests)
