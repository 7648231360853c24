/* base/hash.h: the one hash function of the library. The same bytes give the same number on every machine; it is no
 * protection against somebody who looks for collisions.
 *
 * Layer: base, and only there.
 */
#ifndef KXI_BASE_HASH_H
#define KXI_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Odd numbers without a pattern: fractions of square roots of 2, 3, 5 and 7. */
#define KXI_HASH_A UINT64_C(0x6a09e667f3bcc909)
#define KXI_HASH_B UINT64_C(0xbb67ae8584caa73b)
#define KXI_HASH_C UINT64_C(0x3c6ef372fe94f82b)
#define KXI_HASH_D UINT64_C(0xa54ff53a5f1d36f1)

/* Both halves of a product, folded: every bit of the input reaches every bit of the result. */
static inline uint64_t
kxi_hash_mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t
kxi_hash_word(uint64_t state, uint64_t word)
{
    return kxi_hash_mix(state ^ KXI_HASH_B, word ^ KXI_HASH_A) + KXI_HASH_C;
}

static inline uint64_t
kxi_hash_load(const unsigned char *p, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)p[i] << (8 * i);
    return word;
}

static inline uint64_t
kxi_hash_bytes(const void *bytes, size_t n, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t state = seed ^ kxi_hash_mix(n ^ KXI_HASH_D, KXI_HASH_A);
    for (; n >= 8; n -= 8, p += 8)
        state = kxi_hash_word(state, kxi_hash_load(p, 8));
    if (n)
        state = kxi_hash_word(state, kxi_hash_load(p, n));
    return kxi_hash_mix(state ^ KXI_HASH_C, KXI_HASH_D);
}

static inline uint64_t
kxi_hash_words(const uint64_t *words, size_t n)
{
    uint64_t state = KXI_HASH_D;
    for (size_t i = 0; i < n; i++)
        state = kxi_hash_word(state, words[i]);
    return kxi_hash_mix(state ^ KXI_HASH_C, KXI_HASH_D);
}

#endif
