/* tests/text/oracle.h: utf8proc's own normal forms, with what kexie adds to them done the plain way: for comparing. */
#ifndef KEXIE_TESTS_TEXT_ORACLE_H
#define KEXIE_TESTS_TEXT_ORACLE_H

#include <utf8proc.h>

#include "suite.h"

/* Terminated texts without U+0000. */
static inline bool
oracle_is_zero_width(int32_t cp)
{
    return cp == 0xAD || cp == 0x200B || cp == 0x200C || cp == 0x200D || cp == 0x2060 || cp == 0xFEFF;
}

static inline size_t
oracle_encode(const int32_t *cps, size_t n, bool zero_width, char *out)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        if (zero_width || !oracle_is_zero_width(cps[i]))
            bytes += (size_t)utf8proc_encode_char(cps[i], (utf8proc_uint8_t *)out + bytes);
    out[bytes] = '\0';
    return bytes;
}

/* A small generator of numbers, the same everywhere (Lehmer's). */
static inline uint32_t
oracle_dice(uint64_t *state, uint32_t sides)
{
    *state = *state * 48271 % 2147483647;
    return (uint32_t)(*state % sides);
}

#endif
