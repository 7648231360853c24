#include "suite.h"

TCase *
faults_tests(void)
{
    return tcase_create("faults");
}
