#include "base/str.h"

#include "base/hash.h"

int
kxi_str_cmp(kxi_str a, kxi_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    if (order)
        return order < 0 ? -1 : 1;
    return a.n < b.n ? -1 : a.n > b.n;
}

kxi_str
kxi_str_copy(kxi_arena *a, kxi_str s)
{
    char *copy = s.n < SIZE_MAX ? kxi_arena_alloc(a, s.n + 1) : NULL;
    if (!copy)
        return (kxi_str){ NULL, 0 };
    if (s.n)
        memcpy(copy, s.s, s.n);
    copy[s.n] = '\0';
    return (kxi_str){ copy, s.n };
}

uint64_t
kxi_str_hash(kxi_str s)
{
    return kxi_hash_bytes(s.s, s.n, 0);
}

/* What two names share at their ends does not count; the rest must fit the rows below. */
enum { DISTANCE_MAX = 255 };

static void
trim_common(kxi_str *a, kxi_str *b)
{
    while (a->n && b->n && a->s[0] == b->s[0]) {
        *a = (kxi_str){ a->s + 1, a->n - 1 };
        *b = (kxi_str){ b->s + 1, b->n - 1 };
    }
    while (a->n && b->n && a->s[a->n - 1] == b->s[b->n - 1]) {
        a->n--;
        b->n--;
    }
}

static uint16_t
least(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return (uint16_t)(m < c ? m : c);
}

/* One row of the table of distances between a[0..i) and every b[0..j); two[j] is the row before the last. Returns the least
 * entry, below which no later row but the next can fall. */
static unsigned
distance_row(kxi_str a, size_t i, kxi_str b, const uint16_t *two, const uint16_t *one, uint16_t *row)
{
    unsigned lowest = row[0] = (uint16_t)i;
    for (size_t j = 1; j <= b.n; j++) {
        row[j] = least(one[j] + 1u, row[j - 1] + 1u, one[j - 1] + (a.s[i - 1] != b.s[j - 1]));
        if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1] && two[j - 2] + 1u < row[j])
            row[j] = (uint16_t)(two[j - 2] + 1);
        if (row[j] < lowest)
            lowest = row[j];
    }
    return lowest;
}

size_t
kxi_str_distance(kxi_str a, kxi_str b, size_t limit)
{
    trim_common(&a, &b);
    size_t apart = a.n > b.n ? a.n - b.n : b.n - a.n;
    if (apart > limit)
        return limit + 1;
    if (a.n > DISTANCE_MAX || b.n > DISTANCE_MAX)
        return limit + 1;
    uint16_t rows[3][DISTANCE_MAX + 1];
    unsigned before = 0;
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = (uint16_t)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned lowest = distance_row(a, i, b, rows[(i + 1) % 3], rows[(i - 1) % 3], rows[i % 3]);
        if (lowest > limit && before > limit)
            return limit + 1;
        before = lowest;
    }
    size_t found = rows[a.n % 3][b.n];
    return found <= limit ? found : limit + 1;
}

void
kxi_buf_init(kxi_buf *b, kxi_mem *mem)
{
    *b = (kxi_buf){ .mem = mem };
}

void
kxi_buf_free(kxi_buf *b)
{
    kxi_free(b->mem, b->s, b->capacity);
    kxi_buf_init(b, b->mem);
}

/* Room for n more bytes and the terminator. */
static bool
buf_room(kxi_buf *b, size_t n)
{
    size_t need;
    if (b->failed)
        return false;
    if (__builtin_add_overflow(b->n, n, &need) || __builtin_add_overflow(need, 1, &need) ||
        !kxi_grow(b->mem, &b->s, &b->capacity, need))
        b->failed = true;
    return !b->failed;
}

void
kxi_buf_add(kxi_buf *b, const char *s, size_t n)
{
    if (n == 0 || !buf_room(b, n))
        return;
    memcpy(b->s + b->n, s, n);
    b->n += n;
    b->s[b->n] = '\0';
}

void
kxi_buf_str(kxi_buf *b, kxi_str s)
{
    kxi_buf_add(b, s.s, s.n);
}

void
kxi_buf_cstr(kxi_buf *b, const char *s)
{
    kxi_buf_add(b, s, strlen(s));
}

void
kxi_buf_char(kxi_buf *b, char c)
{
    kxi_buf_add(b, &c, 1);
}

void
kxi_buf_int(kxi_buf *b, int64_t v)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0)
        digits[--at] = '-';
    kxi_buf_add(b, digits + at, sizeof(digits) - at);
}

void
kxi_buf_repeat(kxi_buf *b, char c, size_t times)
{
    if (times == 0 || !buf_room(b, times))
        return;
    memset(b->s + b->n, c, times);
    b->n += times;
    b->s[b->n] = '\0';
}
