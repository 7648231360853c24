/* Numbers as schemes and tables write them. */
#include "base/num_priv.h"

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* [-] whole [. fraction] [e exponent], or [-] whole / below */
struct literal {
    bool negative;
    bool has_exponent;
    kxi_str whole, fraction, below;
    int64_t exponent;
};

static kxi_str
take_digits(kxi_str s, size_t *at)
{
    size_t from = *at;
    while (*at < s.n && is_digit(s.s[*at]))
        (*at)++;
    return (kxi_str){ s.s + from, *at - from };
}

static bool
take_char(kxi_str s, size_t *at, char c)
{
    if (*at >= s.n || s.s[*at] != c)
        return false;
    (*at)++;
    return true;
}

/* An exponent too large to count stops at EXPONENT_MAX, which is past every limit. */
enum { EXPONENT_MAX = INT32_MAX };

static bool
take_exponent(kxi_str s, size_t *at, int64_t *out)
{
    bool negative = take_char(s, at, '-');
    if (!negative)
        take_char(s, at, '+');
    kxi_str digits = take_digits(s, at);
    int64_t v = 0;
    for (size_t i = 0; i < digits.n; i++)
        v = v * 10 + (digits.s[i] - '0') < EXPONENT_MAX ? v * 10 + (digits.s[i] - '0') : EXPONENT_MAX;
    *out = negative ? -v : v;
    return digits.n > 0;
}

static bool
scan(kxi_str s, struct literal *l)
{
    size_t at = 0;
    *l = (struct literal){ .negative = take_char(s, &at, '-') };
    l->whole = take_digits(s, &at);
    if (l->whole.n == 0)
        return false;
    if (take_char(s, &at, '/')) {
        l->below = take_digits(s, &at);
        return l->below.n > 0 && at == s.n;
    }
    if (take_char(s, &at, '.') && (l->fraction = take_digits(s, &at)).n == 0)
        return false;
    l->has_exponent = take_char(s, &at, 'e') || take_char(s, &at, 'E');
    if (l->has_exponent && !take_exponent(s, &at, &l->exponent))
        return false;
    return at == s.n;
}

static kxi_str
without_leading_zeros(kxi_str s)
{
    while (s.n && s.s[0] == '0')
        s = (kxi_str){ s.s + 1, s.n - 1 };
    return s;
}

static kxi_str
without_trailing_zeros(kxi_str s)
{
    while (s.n && s.s[s.n - 1] == '0')
        s.n--;
    return s;
}

/* whole * 10^|fraction| + fraction */
static bool
mantissa(kxi_arena *a, const struct literal *l, kxi_nat *out)
{
    char *digits = kxi_arena_alloc(a, l->whole.n + l->fraction.n);
    if (!digits)
        return false;
    memcpy(digits, l->whole.s, l->whole.n);
    if (l->fraction.n)
        memcpy(digits + l->whole.n, l->fraction.s, l->fraction.n);
    return kxi_nat_parse(a, (kxi_str){ digits, l->whole.n + l->fraction.n }, out);
}

static kx_status
build_fraction(kxi_numctx *c, kxi_arena *a, const struct literal *l, kxi_num *out)
{
    kxi_nat n, d;
    if (l->below.n == 0)
        return KX_E_SYNTAX; /* nothing but zeros */
    if (!kxi_nat_parse(a, l->whole, &n) || !kxi_nat_parse(a, l->below, &d))
        return KX_E_NOMEM;
    return kxi_num_reduce(c, a, l->negative, n, d, out);
}

static kx_status
build_decimal(kxi_numctx *c, kxi_arena *a, const struct literal *l, kxi_num *out)
{
    kxi_nat n, power;
    uint32_t space[4];
    kxi_nat one = kxi_nat_of(1, space);
    int64_t exponent = l->exponent - (int64_t)l->fraction.n;
    size_t size = (size_t)(exponent < 0 ? -exponent : exponent);
    if (!mantissa(a, l, &n) || !kxi_nat_pow10(a, size, &power))
        return KX_E_NOMEM;
    if (exponent < 0)
        return kxi_num_reduce(c, a, l->negative, n, power, out);
    if (!kxi_nat_mul(a, n, power, &n))
        return KX_E_NOMEM;
    return kxi_num_join(c, a, l->negative && n.n, n, one, out);
}

/* Whether the text asks for more than max_digits, before any work is done on it. */
static bool
too_long(const kxi_numctx *c, const struct literal *l)
{
    int64_t max = c->max_digits < 19 ? 19 : c->max_digits;
    int64_t exponent = l->exponent < 0 ? -l->exponent : l->exponent;
    return l->whole.n > (uint64_t)max || l->below.n > (uint64_t)max || l->fraction.n > (uint64_t)max || exponent > max;
}

/* All digits of the mantissa, at most 18. */
static int64_t
small_value(const struct literal *l)
{
    int64_t v = 0;
    for (size_t i = 0; i < l->whole.n; i++)
        v = v * 10 + (l->whole.s[i] - '0');
    for (size_t i = 0; i < l->fraction.n; i++)
        v = v * 10 + (l->fraction.s[i] - '0');
    return v;
}

kx_status
kxi_num_parse(kxi_numctx *c, kxi_str s, kxi_num *out)
{
    struct literal l;
    if (!scan(s, &l))
        return KX_E_SYNTAX;
    bool is_fraction = l.below.n > 0;
    l.whole = without_leading_zeros(l.whole);
    l.below = without_leading_zeros(l.below);
    l.fraction = without_trailing_zeros(l.fraction);
    if (too_long(c, &l))
        return KX_E_LIMIT;
    if (!is_fraction && l.exponent == 0 && l.whole.n + l.fraction.n <= 18) {
        int64_t v = small_value(&l);
        return kxi_num_dec(c, l.negative ? -v : v, (int)l.fraction.n, out);
    }
    kxi_arena scratch;
    kxi_arena_init(&scratch, c->arena->mem);
    kx_status status = is_fraction ? build_fraction(c, &scratch, &l, out) : build_decimal(c, &scratch, &l, out);
    kxi_arena_free(&scratch);
    return status;
}

kx_status
kxi_dec_parse(kxi_str s, int64_t *v, int *scale)
{
    struct literal l;
    if (!scan(s, &l) || l.below.n || l.has_exponent)
        return KX_E_SYNTAX;
    l.fraction = without_trailing_zeros(l.fraction);
    if (l.fraction.n > KXI_SCALE)
        return KX_E_LIMIT;
    int64_t value = 0; /* built below zero, where there is room for one more */
    for (size_t i = 0; i < l.whole.n + l.fraction.n; i++) {
        char digit = i < l.whole.n ? l.whole.s[i] : l.fraction.s[i - l.whole.n];
        if (!kxi_mul64(value, 10, &value) || !kxi_add64(value, -(digit - '0'), &value))
            return KX_E_LIMIT;
    }
    if (!l.negative && !kxi_mul64(value, -1, &value))
        return KX_E_LIMIT;
    *v = value;
    *scale = (int)l.fraction.n;
    return KX_OK;
}
