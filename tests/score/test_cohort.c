#include "suite.h"

TCase *
cohort_tests(void)
{
    return tcase_create("cohort");
}
