#include "suite.h"

SUITE_MAIN("report", out_tests, builder_tests, tables_tests, csv_tests, json_tests, text_tests, write_tests)
