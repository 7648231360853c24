#include "suite.h"

TCase *
random_tests(void)
{
    return tcase_create("random");
}
