#!/usr/bin/env python3
"""Prints tests/apportion/vectors.txt:  python3 tests/apportion/make_vectors.py > tests/apportion/vectors.txt

Awards of seats by definition, not by an algorithm: every way to deal out the seats within the bounds is tried, and those are
right in which no claim could have a seat of a greater worth than some other claim's last one. When several are right, the
seats on which they differ are a tie. Large contests are dealt one seat after the other instead.

A line: METHOD QUOTA BOUNDS SEATS COUNT, then for each claim CLAIM LOW HIGH RANK, then FAULT OPEN, then for each claim its
seats and whether it is tied. RANK - is no rank. FAULT is 0, or what cannot be done: 1 minima, 2 maxima, 3 remainders.
"""
import itertools
import random
from fractions import Fraction as F

DIVISORS = ['dhondt', 'sainte-lague', 'huntington-hill', 'adams']


def worth(method, claim, seats):
    """The worth of one more seat; None is infinite."""
    if method == 'dhondt':
        return F(claim) / (seats + 1)
    if method == 'sainte-lague':
        return F(claim) / (2 * seats + 1)
    if seats == 0:
        return None
    return F(claim) / seats if method == 'adams' else F(claim) ** 2 / (seats * (seats + 1))


def minimum(method, c):
    first = method in ('huntington-hill', 'adams') and c[0] > 0 and c[2] > 0
    return max(c[1], 1) if first else c[1]


def decide(right, claims):
    """The awards all right ways agree on, those whose seats differ dealt by rank as far as it goes: (seats, tied, open)."""
    low = [min(w[i] for w in right) for i in range(len(claims))]
    differ = [i for i in range(len(claims)) if any(w[i] != low[i] for w in right)]
    more = sum(right[0]) - sum(low)
    if not differ:
        return low, [], 0
    if any(claims[i][3] is None for i in differ):
        return low, differ, more
    for rank in sorted({claims[i][3] for i in differ}):
        group = [i for i in differ if claims[i][3] == rank]
        if len(group) > more:
            return low, group if more else [], more
        for i in group:
            low[i] += 1
        more -= len(group)
    return low, [], 0


def divisor(method, seats, claims):
    lows = [minimum(method, c) for c in claims]
    highs = [c[2] if c[0] > 0 else c[1] for c in claims]
    if sum(lows) > seats:
        return 1, None
    if sum(highs) < seats:
        return 2, None
    right = []
    for way in itertools.product(*[range(lo, hi + 1) for lo, hi in zip(lows, highs)]):
        if sum(way) != seats:
            continue
        has = [worth(method, c[0], s - 1) for c, s, lo in zip(claims, way, lows) if s > lo]
        wants = [worth(method, c[0], s) for c, s, hi in zip(claims, way, highs) if s < hi]
        if not has or not wants or (None not in wants and (min(x for x in has if x is not None) if any(has) else 0) >= max(wants)):
            right.append(way)
    return 0, decide(right, claims)


def bounded_quotas(seats, claims):
    """x * claim within the bounds, for the x that makes them add up: the sum is linear between the points where a bound is met."""
    def at(x):
        return [min(max(x * c[0], F(c[1])), F(c[2])) if c[0] > 0 else F(c[1]) for c in claims]
    points = sorted({F(0)} | {F(b) / c[0] for c in claims if c[0] > 0 for b in c[1:3]})
    for a, b in zip(points, points[1:] + [points[-1] + 1]):
        fa, fb = sum(at(a)), sum(at(b))
        if fa <= seats <= fb:
            return at(a) if fa == fb else at(a + (b - a) * (seats - fa) / (fb - fa))
    raise AssertionError('no factor')


def remainder(quota, bounds, seats, claims):
    if sum(c[1] for c in claims) > seats:
        return 1, None
    if sum(c[2] if c[0] > 0 else c[1] for c in claims) < seats:
        return 2, None
    total = sum(F(c[0]) for c in claims)
    plain = quota == 'droop' or bounds == 'seats'
    if not plain:
        quotas = bounded_quotas(seats, claims)
    elif seats == 0 or total == 0:
        quotas = [F(0)] * len(claims)
    else:
        one = total / seats if quota == 'hare' else F(total // (seats + 1) + 1)
        quotas = [F(c[0]) / one for c in claims]
    whole = [q.numerator // q.denominator for q in quotas]
    base = [min(max(w, c[1]), c[2]) for w, c in zip(whole, claims)]
    rest = [q - w if b == w and b < c[2] and q > w else F(0) for q, w, b, c in zip(quotas, whole, base, claims)]
    more, waiting = seats - sum(base), [i for i, r in enumerate(rest) if r > 0]
    if more < 0:
        return 1, None
    if more > len(waiting):
        return 3, None
    right = []
    for chosen in itertools.combinations(waiting, more):
        others = [i for i in waiting if i not in chosen]
        if not chosen or not others or min(rest[i] for i in chosen) >= max(rest[i] for i in others):
            right.append([b + (i in chosen) for i, b in enumerate(base)])
    return 0, decide(right, claims)


def deal(method, seats, claims):
    """One seat after the other, for contests too large to try every way; the caller sees that there is no tie."""
    lows = [minimum(method, c) for c in claims]
    if sum(lows) > seats:
        return 1, None
    while sum(lows) < seats:
        best = [(worth(method, c[0], s), i) for i, (c, s) in enumerate(zip(claims, lows)) if s < c[2] and c[0] > 0]
        if not best:
            return 2, None
        lows[max(best)[1]] += 1
    has = [worth(method, c[0], s - 1) for c, s in zip(claims, lows) if s > minimum(method, c)]
    wants = [worth(method, c[0], s) for c, s in zip(claims, lows) if s < c[2] and c[0] > 0]
    assert not has or not wants or min(has) > max(wants), 'a tie'
    return 0, (lows, [], 0)


def line(method, quota, bounds, seats, claims, result):
    fault, decided = result
    awarded, tied, left = decided if decided else ([0] * len(claims), [], 0)
    words = [method, quota, bounds, seats, len(claims)]
    for c in claims:
        words += [c[0], c[1], c[2], '-' if c[3] is None else c[3]]
    words += [fault, left]
    for i, s in enumerate(awarded):
        words += [s, int(i in tied)]
    print(*words)


def small(r):
    """A small contest with many ties: few different claims, some of them not whole, some 0."""
    count = r.randint(1, 4)
    pool = r.choice([[1, 2, 3, 4, 6], [10, 15, 20, 30, 45, 60], [F(1, 3), F(2, 3), F(1, 2), 1], [0, 1, 7, 12],
                     [10**20, 10**20 + 1, 3 * 10**20]])
    claims = []
    for _ in range(count):
        lo = r.choice([0, 0, 0, 1, 2])
        hi = lo + r.choice([0, 1, 2, 8, 8, 8])
        claims.append((r.choice(pool), lo, hi, r.choice([0, 0, 0, 0, 1, 2, None])))
    return claims


def main():
    r = random.Random(20200401)
    for _ in range(240):
        claims, seats = small(r), r.randint(0, 9)
        for method in DIVISORS:
            line(method, 'hare', 'quotas', seats, claims, divisor(method, seats, claims))
        for quota, bounds in (('hare', 'quotas'), ('hare', 'seats'), ('droop', 'quotas')):
            line('largest-remainder', quota, bounds, seats, claims, remainder(quota, bounds, seats, claims))
    for _ in range(24):
        claims = [(r.randint(1, 10**9), r.choice([0, 0, 1, 40]), r.choice([10**6, 10**6, 300]), 0) for _ in range(r.randint(2, 8))]
        seats = r.randint(300, 2400)
        for method in DIVISORS:
            line(method, 'hare', 'quotas', seats, claims, deal(method, seats, claims))


if __name__ == '__main__':
    main()
