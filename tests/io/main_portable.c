#include "io/suite.h"

SUITE_MAIN("io: portable", split_tests)
