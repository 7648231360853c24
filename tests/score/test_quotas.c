#include "suite.h"

TCase *
quotas_tests(void)
{
    return tcase_create("quotas");
}
