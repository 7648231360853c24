/* base/map.h: hash maps that only ever answer "which number has this key": numbers are handed out 0, 1, 2, ... in order of
 * first use, so nothing that leaves the library depends on hash order.
 *
 *   kxi_strmap  text -> number, keeps its own copy of the text
 *   kxi_keymap  a fixed count of 64-bit words -> number, keeps the words
 *
 * Layer: base. May include: mem, str.
 */
#ifndef KXI_BASE_MAP_H
#define KXI_BASE_MAP_H

#include "base/str.h"

#define KXI_NONE UINT32_MAX

typedef struct kxi_strmap {
    kxi_mem *mem;
    kxi_arena bytes;
    kxi_str *keys; /* by number; terminated */
    uint64_t *hashes;
    size_t count, capacity;
    uint32_t *slots; /* number + 1, 0 is free */
    size_t slot_count;
} kxi_strmap;

void kxi_strmap_init(kxi_strmap *m, kxi_mem *mem);
void kxi_strmap_free(kxi_strmap *m);
/* The number of s, added when new (*added, when given, says which). KX_E_NOMEM or KX_E_LIMIT (2^32 - 2 keys). */
kx_status kxi_strmap_add(kxi_strmap *m, kxi_str s, uint32_t *number, bool *added);
/* The number of s or KXI_NONE. */
uint32_t kxi_strmap_find(const kxi_strmap *m, kxi_str s);

typedef struct kxi_keymap {
    kxi_mem *mem;
    size_t words;   /* of one key */
    uint64_t *keys; /* count * words */
    size_t count, capacity;
    uint32_t *slots;
    size_t slot_count;
} kxi_keymap;

void kxi_keymap_init(kxi_keymap *m, kxi_mem *mem, size_t words);
void kxi_keymap_free(kxi_keymap *m);
kx_status kxi_keymap_add(kxi_keymap *m, const uint64_t *key, uint32_t *number, bool *added);
uint32_t kxi_keymap_find(const kxi_keymap *m, const uint64_t *key);
static inline const uint64_t *
kxi_keymap_key(const kxi_keymap *m, uint32_t number)
{
    return m->keys + (size_t)number * m->words;
}

/* A 128-bit digest that does not depend on the order of what is added: digest(A + B) = digest(A) + digest(B). For telling
 * tables apart, not against an adversary. */
typedef struct kxi_digest {
    uint64_t lo, hi;
} kxi_digest;

void kxi_digest_add(kxi_digest *d, const void *bytes, size_t n); /* one element */
bool kxi_digest_eq(kxi_digest a, kxi_digest b);

#endif
