#include "suite.h"

TCase *
gaps_tests(void)
{
    return tcase_create("gaps");
}
