#include "text/date.h"

#include "text/text.h"

/* A date is first written in few signs: digits - / . : T and a space as they are, full-width ones as these, 年月日 as y m d.
 * Nothing that has more of them than this is a date. */
enum { SIGNS = 40 };

typedef struct signs {
    char s[SIGNS + 1]; /* ends with a zero, at which every rule below stops */
    size_t n;
} signs;

static char
sign_of(int32_t cp)
{
    if (kxi_text_is_space(cp))
        return ' ';
    switch (cp) {
    case 0x5E74:
        return 'y';
    case 0x6708:
        return 'm';
    case 0x65E5:
        return 'd';
    case 'T':
        return 'T';
    }
    if (cp >= 0xFF0D && cp <= 0xFF1A)
        cp -= 0xFF00 - 0x20; /* full-width - . / 0 .. 9 : */
    return cp >= '-' && cp <= ':' ? (char)cp : '\0';
}

/* Without the spaces around; false when a character has no place in a date. */
static bool
read_signs(kxi_str s, signs *out)
{
    bool spaces = false;
    out->n = 0;
    for (size_t at = 0, length; at < s.n; at += length) {
        char sign = sign_of(kxi_utf8_at(s, at, &length));
        if (!sign || out->n + 2 > SIGNS)
            return false;
        if (sign != ' ') {
            if (spaces && out->n)
                out->s[out->n++] = ' '; /* many are one */
            out->s[out->n++] = sign;
        }
        spaces = sign == ' ';
    }
    out->s[out->n] = '\0';
    return true;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* least to most digits at *p. */
static bool
read_number(const char **p, int least, int most, int32_t *out)
{
    int n = 0;
    for (*out = 0; n < most && is_digit(**p); n++, (*p)++)
        *out = *out * 10 + (**p - '0');
    return n >= least;
}

static bool
read_sign(const char **p, char sign)
{
    if (**p != sign)
        return false;
    (*p)++;
    return true;
}

static bool
read_unit(const char **p, char unit)
{
    read_sign(p, ' ');
    if (!read_sign(p, unit))
        return false;
    if (unit != 'd')
        read_sign(p, ' ');
    return true;
}

static bool
read_date(const char **p, kxi_civil *c)
{
    if (!read_number(p, 4, 4, &c->year))
        return false;
    if (is_digit(**p))
        return read_number(p, 2, 2, &c->month) && read_number(p, 2, 2, &c->day);
    char separator = **p;
    if (separator == '-' || separator == '/' || separator == '.')
        return read_sign(p, separator) && read_number(p, 1, 2, &c->month) && read_sign(p, separator) &&
               read_number(p, 1, 2, &c->day);
    return read_unit(p, 'y') && read_number(p, 1, 2, &c->month) && read_unit(p, 'm') && read_number(p, 1, 2, &c->day) &&
           read_unit(p, 'd');
}

/* Nothing, or midnight: a space or T, then 0:00, 00:00:00, 00:00:00.000. */
static bool
read_midnight(const char **p)
{
    int32_t hour, minute, second = 0, fraction = 0;
    if (!**p)
        return true;
    if (!read_sign(p, ' ') && !read_sign(p, 'T'))
        return false;
    if (!read_number(p, 1, 2, &hour) || !read_sign(p, ':') || !read_number(p, 2, 2, &minute))
        return false;
    if (read_sign(p, ':') && !read_number(p, 2, 2, &second))
        return false;
    if (read_sign(p, '.') && !read_number(p, 1, 9, &fraction))
        return false;
    return !hour && !minute && !second && !fraction;
}

/* Most dates by far are written 2025-01-31; false means only that this is not one of them. */
static bool
parse_common(kxi_str s, kxi_day *out)
{
    static const char shape[] = "dddd-dd-dd";
    int32_t digits[10];
    if (s.n != 10)
        return false;
    for (int i = 0; i < 10; i++) {
        if (shape[i] == '-' ? s.s[i] != '-' : !is_digit(s.s[i]))
            return false;
        digits[i] = s.s[i] - '0';
    }
    return kxi_date_make(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3], digits[5] * 10 + digits[6],
                         digits[8] * 10 + digits[9], out);
}

bool
kxi_date_parse(kxi_str s, kxi_day *out)
{
    signs text;
    kxi_civil c;
    if (parse_common(s, out))
        return true;
    *out = 0;
    if (!read_signs(s, &text))
        return false;
    const char *p = text.s;
    return read_date(&p, &c) && read_midnight(&p) && *p == '\0' && kxi_date_make(c.year, c.month, c.day, out);
}
