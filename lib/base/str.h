/* base/str.h: a borrowed piece of text, and a growing buffer of bytes.
 *
 * Layer: base. May include: mem.
 */
#ifndef KXI_BASE_STR_H
#define KXI_BASE_STR_H

#include <string.h>

#include "base/mem.h"

typedef struct kxi_str {
    const char *s; /* not terminated unless the maker says so; never NULL when n > 0 */
    size_t n;
} kxi_str;

#define KXI_STR(literal) ((kxi_str){ (literal), sizeof(literal) - 1 })

static inline kxi_str
kxi_str_of(const char *s)
{
    return (kxi_str){ s, s ? strlen(s) : 0 };
}

static inline bool
kxi_str_eq(kxi_str a, kxi_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static inline bool
kxi_str_is(kxi_str a, const char *literal)
{
    return kxi_str_eq(a, kxi_str_of(literal));
}

/* Order of bytes, which for UTF-8 is the order of code points. */
int kxi_str_cmp(kxi_str a, kxi_str b);
/* A terminated copy in the arena; s is NULL when memory is gone. */
kxi_str kxi_str_copy(kxi_arena *a, kxi_str s);
/* Damerau-Levenshtein distance in bytes, at most limit + 1; for "did you mean". */
size_t kxi_str_distance(kxi_str a, kxi_str b, size_t limit);
uint64_t kxi_str_hash(kxi_str s);

/* A buffer of output. A failed append is remembered: append on and ask `failed` once at the end. */
typedef struct kxi_buf {
    kxi_mem *mem;
    char *s; /* terminated whenever n > 0 */
    size_t n, capacity;
    bool failed; /* memory is gone; what is here is not complete */
} kxi_buf;

void kxi_buf_init(kxi_buf *b, kxi_mem *mem);
void kxi_buf_free(kxi_buf *b);
void kxi_buf_add(kxi_buf *b, const char *s, size_t n);
void kxi_buf_str(kxi_buf *b, kxi_str s);
void kxi_buf_cstr(kxi_buf *b, const char *s);
void kxi_buf_char(kxi_buf *b, char c);
void kxi_buf_int(kxi_buf *b, int64_t v);
void kxi_buf_repeat(kxi_buf *b, char c, size_t times);
static inline kxi_str
kxi_buf_view(const kxi_buf *b)
{
    return (kxi_str){ b->s, b->n };
}

#endif
