#!/usr/bin/env python3
"""Write num_vectors.txt: exact arithmetic worked out by Python's fractions, for test_num.c.

Usage: make_num_vectors.py > num_vectors.txt      (always the same bytes)

One case a line, fields separated by one space, numbers as n or n/d in lowest terms:
    add|sub|mul|div X Y RESULT        cmp X Y -1|0|1          sum RESULT X X X ...
    round MODE PLACES X RESULT        step MODE STEP X RESULT
    fixed MODE PLACES X TEXT          print X TEXT            parse TEXT X        dec TEXT VALUE SCALE
"""
import math
import random
import sys
from fractions import Fraction

if hasattr(sys, 'set_int_max_str_digits'):
    sys.set_int_max_str_digits(0)  # newer versions of Python refuse to print long integers
rng = random.Random(20250131)
EDGES = [0, 1, 2, 3, 5, 7, 9, 10, 999, 1000, 10**9, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**32 + 1, 10**18, 2**62,
         2**63 - 1, 2**63, 2**63 + 1, 2**64 - 1, 2**64, 2**64 + 1, 2**96 - 1, 2**96, 10**19, 10**27, 2**127, 2**128 - 1,
         2**128, 2**128 + 1, (2**64 - 1) * 2**64, 2**160 - 2**96]


def natural(bits):
    """A natural of up to so many bits; now and then an edge, or long runs of ones and zeros, which carries like."""
    kind = rng.random()
    if kind < 0.15:
        return rng.choice(EDGES)
    n = rng.getrandbits(rng.randint(1, bits))
    if kind < 0.35:
        for _ in range(rng.randint(1, 3)):
            low, high = sorted(rng.randint(0, bits) for _ in range(2))
            run = (1 << high) - (1 << low)
            n = n | run if rng.random() < 0.5 else n & ~run
    return n


def number(bits):
    n, d = natural(bits), natural(bits) or 1
    if rng.random() < 0.2:
        d = 1
    if rng.random() < 0.2:
        d = 10 ** rng.randint(0, 18)
    if rng.random() < 0.3:  # something to cancel
        f = natural(bits) or 1
        n, d = n * f, d * f
    return Fraction(-n if rng.random() < 0.5 else n, d)


def to_whole(x, mode):
    if mode == 'half-up':
        return int(math.copysign(1, x)) * math.floor(abs(x) + Fraction(1, 2))
    return {'half-even': round, 'truncate': math.trunc, 'floor': math.floor, 'ceil': math.ceil}[mode](x)


MODES = ['half-up', 'half-even', 'truncate', 'floor', 'ceil']


def point(n, places):
    digits = str(abs(n)).zfill(places + 1)
    text = digits[:len(digits) - places] + ('.' + digits[len(digits) - places:] if places else '')
    return '-' + text if n < 0 else text


def shown(x):
    for places in range(19):
        if 10**places % x.denominator == 0:
            return point(int(x * 10**places), places)
    return f'{x.numerator}/{x.denominator}'


def arithmetic(count, bits):
    for _ in range(count):
        x, y = number(bits), number(bits)
        if rng.random() < 0.2:  # related numbers cancel
            y = x + rng.choice([0, 1, -1, Fraction(1, 3)])
        if rng.random() < 0.1:
            y = -x
        print('add', x, y, x + y)
        print('sub', x, y, x - y)
        print('mul', x, y, x * y)
        if y:
            print('div', x, y, x / y)
        print('cmp', x, y, (x > y) - (x < y))


def rounding(count, bits):
    for _ in range(count):
        places = rng.choice([-20, -3, -2, -1, 0, 0, 1, 2, 2, 3, 6, 18, 25])
        x = number(bits)
        if rng.random() < 0.5:  # a tie, or next to one
            x = Fraction(2 * natural(bits) + 1, 2) / Fraction(10)**places * rng.choice([1, -1])
            x += rng.choice([0, 0, Fraction(1, 10**30), -Fraction(1, 10**30)])
        step = rng.choice([Fraction(1, 2), Fraction(1, 5), Fraction(20), Fraction(1, 3), Fraction(7), Fraction(25, 100),
                           Fraction(2**40, 3**30)])
        for mode in MODES:
            whole = to_whole(x * Fraction(10)**places, mode)
            print('round', mode, places, x, Fraction(whole) / Fraction(10)**places)
            if places >= 0:
                print('fixed', mode, places, x, point(whole, places))
        mode = rng.choice(MODES)
        print('step', mode, step, x, to_whole(x / step, mode) * step)


def sums():
    for count, bits in ((2, 60), (120, 60), (150, 62), (40, 64), (30, 200)):
        terms = [Fraction(rng.getrandbits(bits) * rng.choice([1, -1]), rng.getrandbits(bits) | 1 << (bits - 1) | 1)
                 for _ in range(count)]
        print('sum', sum(terms), *terms)


def texts(count):
    for _ in range(count):
        x = number(rng.choice([20, 64, 150]))
        print('print', x, shown(x))
        whole, fraction = natural(rng.choice([8, 63, 120])), rng.randint(0, 10**rng.randint(1, 24))
        digits = str(fraction).zfill(rng.randint(0, 25))
        text = rng.choice(['', '-']) + rng.choice(['', '0', '000']) + str(whole)
        if rng.random() < 0.7:
            text += '.' + digits
        plain = text
        if rng.random() < 0.3:
            text += rng.choice('eE') + rng.choice(['', '+', '-']) + str(rng.randint(0, 40))
        print('parse', text, Fraction(text))
        x = Fraction(plain)
        scale = next((s for s in range(7) if (x * 10**s).denominator == 1), None)
        if scale is not None and -2**63 <= x * 10**scale < 2**63:
            print('dec', plain, x * 10**scale, scale)


arithmetic(150, 24)
arithmetic(250, 63)
arithmetic(120, 130)
arithmetic(40, 700)
arithmetic(4, 6000)
rounding(60, 30)
rounding(60, 63)
rounding(30, 140)
sums()
texts(300)
