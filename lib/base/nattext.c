#include "base/nat.h"

enum { CHUNK = 1000000000, CHUNK_DIGITS = 9 };

/* w = w * factor + add; *n grows by at most one. */
static void
scale(uint32_t *w, size_t *n, uint32_t factor, uint32_t add)
{
    uint64_t carry = add;
    for (size_t i = 0; i < *n; i++) {
        carry += (uint64_t)w[i] * factor;
        w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        w[(*n)++] = (uint32_t)carry;
}

static uint32_t
power(size_t digits)
{
    uint32_t p = 1;
    while (digits-- > 0)
        p *= 10;
    return p;
}

/* Nine digits take less than a limb. */
static uint32_t *
room_for(kxi_arena *a, size_t digits)
{
    return kxi_arena_alloc(a, (digits / CHUNK_DIGITS + 2) * sizeof(uint32_t));
}

bool
kxi_nat_pow10(kxi_arena *a, size_t exponent, kxi_nat *out)
{
    uint32_t *w = room_for(a, exponent);
    if (!w)
        return false;
    size_t n = 1;
    w[0] = 1;
    for (; exponent >= CHUNK_DIGITS; exponent -= CHUNK_DIGITS)
        scale(w, &n, CHUNK, 0);
    scale(w, &n, power(exponent), 0);
    *out = (kxi_nat){ w, n };
    return true;
}

bool
kxi_nat_parse(kxi_arena *a, kxi_str digits, kxi_nat *out)
{
    uint32_t *w = room_for(a, digits.n);
    if (!w)
        return false;
    size_t n = 0;
    for (size_t i = 0; i < digits.n;) {
        size_t taken = 0;
        uint32_t chunk = 0;
        for (; taken < CHUNK_DIGITS && i < digits.n; taken++, i++)
            chunk = chunk * 10 + (uint32_t)(digits.s[i] - '0');
        scale(w, &n, power(taken), chunk);
    }
    *out = (kxi_nat){ w, n };
    return true;
}

/* Divide in place; returns the rest. */
static uint32_t
unscale(uint32_t *w, size_t *n, uint32_t by)
{
    uint64_t rest = 0;
    for (size_t i = *n; i-- > 0;) {
        rest = rest << 32 | w[i];
        w[i] = (uint32_t)(rest / by);
        rest %= by;
    }
    while (*n && w[*n - 1] == 0)
        (*n)--;
    return (uint32_t)rest;
}

bool
kxi_nat_text(kxi_arena *a, kxi_nat x, kxi_str *out)
{
    size_t room;
    kxi_nat copy;
    if (__builtin_mul_overflow(x.n, 10, &room) || __builtin_add_overflow(room, CHUNK_DIGITS + 1, &room))
        return false;
    char *s = kxi_arena_alloc(a, room);
    uint32_t *w = kxi_arena_alloc(a, x.n * sizeof(*w));
    if (!s || !w)
        return false;
    if (x.n)
        memcpy(w, x.w, x.n * sizeof(*w));
    copy = (kxi_nat){ w, x.n };
    size_t at = room - 1;
    s[at] = '\0';
    do {
        uint32_t chunk = unscale(w, &copy.n, CHUNK);
        for (size_t i = 0; i < CHUNK_DIGITS; i++, chunk /= 10)
            s[--at] = (char)('0' + chunk % 10);
    } while (copy.n);
    while (at < room - 2 && s[at] == '0')
        at++;
    *out = (kxi_str){ s + at, room - 1 - at };
    return true;
}

bool
kxi_nat_fits(kxi_arena *scratch, kxi_nat x, size_t max, bool *fits)
{
    /* log10(2) lies between these millionths of millionths */
    const uint64_t below = 301029995663, above = 301029995664, unit = 1000000000000;
    size_t bits = kxi_nat_bits(x);
    kxi_str text;
    if ((unsigned __int128)bits * above / unit + 1 <= max) {
        *fits = true;
        return true;
    }
    if (bits && (unsigned __int128)(bits - 1) * below / unit + 1 > max) {
        *fits = false;
        return true;
    }
    if (!kxi_nat_text(scratch, x, &text))
        return false;
    *fits = text.n <= max;
    return true;
}
