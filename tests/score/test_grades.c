#include "suite.h"

TCase *
grades_tests(void)
{
    return tcase_create("grades");
}
