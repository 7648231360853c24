#include "base/nat.h"

uint64_t
kxi_gcd64(uint64_t x, uint64_t y)
{
    if (x == 0 || y == 0)
        return x | y;
    int twos = __builtin_ctzll(x | y);
    x >>= __builtin_ctzll(x);
    while (y) {
        y >>= __builtin_ctzll(y);
        if (x > y) {
            uint64_t t = x;
            x = y;
            y = t;
        }
        y -= x;
    }
    return x << twos;
}

/* One Lehmer step: x, y become a x + b y, c x + d y, which does many steps of Euclid at once. */
struct step {
    int64_t a, b, c, d;
};
enum { STEP_MAX = INT32_MAX - 1 }; /* of a factor, so that factor * limb + carry stays within 64 bits */
enum { TOP_BITS = 62 };

/* x / 2^shift, which has at most TOP_BITS bits. */
static int64_t
top_of(kxi_nat x, size_t shift)
{
    size_t limb = shift / 32, bits = shift % 32;
    unsigned __int128 v = 0;
    for (size_t i = 0; i < 3 && limb + i < x.n; i++)
        v |= (unsigned __int128)x.w[limb + i] << (32 * i);
    return (int64_t)(v >> bits);
}

static bool
next_factor(int64_t *older, int64_t *newer, int64_t q)
{
    int64_t t;
    if (__builtin_mul_overflow(q, *newer, &t) || __builtin_sub_overflow(*older, t, &t) || t > STEP_MAX || t < -STEP_MAX)
        return false;
    *older = *newer;
    *newer = t;
    return true;
}

/* Run Euclid on the leading bits as long as they determine every quotient of the whole numbers; x >= y. False when not even
 * the first quotient is sure. (Knuth, volume 2, 4.5.2, algorithm L.) */
static bool
find_step(kxi_nat x, kxi_nat y, struct step *s)
{
    size_t shift = kxi_nat_bits(x) - TOP_BITS;
    int64_t hx = top_of(x, shift), hy = top_of(y, shift);
    *s = (struct step){ 1, 0, 0, 1 };
    while (hy + s->c != 0 && hy + s->d != 0) {
        int64_t q = (hx + s->a) / (hy + s->c);
        if (q != (hx + s->b) / (hy + s->d))
            break;
        struct step t = *s;
        if (!next_factor(&t.a, &t.c, q) || !next_factor(&t.b, &t.d, q))
            break;
        *s = t;
        int64_t rest = hx - q * hy;
        hx = hy;
        hy = rest;
    }
    return s->b != 0;
}

/* out = a x + b y, which is known not to be negative and to need no more limbs than x; a and b have opposite signs. */
static kxi_nat
combine(uint32_t *out, int64_t a, kxi_nat x, int64_t b, kxi_nat y)
{
    int64_t carry = 0;
    for (size_t i = 0; i < x.n; i++) {
        carry += a * (int64_t)x.w[i] + (i < y.n ? b * (int64_t)y.w[i] : 0);
        out[i] = (uint32_t)carry;
        carry >>= 32;
    }
    size_t n = x.n;
    while (n && out[n - 1] == 0)
        n--;
    return (kxi_nat){ out, n };
}

/* Two pairs of buffers, taken in turn. */
struct rooms {
    uint32_t *w[4];
    unsigned turn;
};

static bool
rooms_new(kxi_arena *a, size_t n, struct rooms *r)
{
    for (size_t i = 0; i < 4; i++)
        if (!(r->w[i] = kxi_arena_alloc(a, n * sizeof(uint32_t))))
            return false;
    r->turn = 0;
    return true;
}

/* Bring x >= y down until y fits 64 bits. */
static bool
reduce(kxi_arena *a, kxi_nat *x, kxi_nat *y)
{
    struct rooms rooms;
    if (y->n <= 2)
        return true;
    if (!rooms_new(a, x->n, &rooms))
        return false;
    while (y->n > 2) {
        struct step s;
        kxi_nat rest;
        if (find_step(*x, *y, &s)) {
            uint32_t **w = rooms.w + rooms.turn;
            kxi_nat fresh = combine(w[0], s.a, *x, s.b, *y);
            *y = combine(w[1], s.c, *x, s.d, *y);
            *x = fresh;
            rooms.turn ^= 2;
        } else {
            if (!kxi_nat_divmod(a, *x, *y, NULL, &rest))
                return false;
            *x = *y;
            *y = rest;
        }
    }
    return true;
}

bool
kxi_nat_gcd(kxi_arena *a, kxi_nat x, kxi_nat y, kxi_nat *out)
{
    uint64_t small, other;
    kxi_nat rest;
    if (kxi_nat_cmp(x, y) < 0) {
        kxi_nat t = x;
        x = y;
        y = t;
    }
    if (!reduce(a, &x, &y))
        return false;
    if (y.n == 0) {
        *out = x;
        return true;
    }
    if (!kxi_nat_divmod(a, x, y, NULL, &rest))
        return false;
    uint32_t *space = kxi_arena_alloc(a, 4 * sizeof(*space));
    if (!space || !kxi_nat_to_64(rest, &other) || !kxi_nat_to_64(y, &small))
        return false;
    *out = kxi_nat_of(kxi_gcd64(small, other), space);
    return true;
}
