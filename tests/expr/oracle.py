#!/usr/bin/env python3
"""Writes oracle.tsv: made-up rows, random expressions over them, and what these come to by the rules of
doc/expressions.md, worked out with Python's fractions and datetime and nothing of the library.

    python3 oracle.py > oracle.tsv        python3 oracle.py --check
"""
import datetime
import os
import sys
from fractions import Fraction

SEED, CASES = 20250131, 1500
ROWS = 10


class Lack(Exception):
    """No value: args[0] is 'null' or the reason."""


NULL = Lack('null')
DOMAINS = {2: [0, 1, 2, 3, 1, 0, 2, 1, 3, 0], 3: [1, 1, 0, 2, 0, 0, 1, 2, 0, 1]}  # entry of each row
SIZES = {2: 3, 3: 2}  # entries without the null one, which is the last
COLUMNS = [  # name, type, domain (0 rows, 1 run), lanes: rows, one for all, or entries and null
    ('n1', 'number', 0, '3 | -2 | 0 | 7.5 | 0.000001 | 12 | 100 | -0.25 | null | ?DIVISION'),
    ('n2', 'number', 0, '2 | 4 | 5 | 0 | 1/3 | null | 9223372036854775807 | 0.5 | 1 | 2'),
    ('n3', 'number', 0, '1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10'),
    ('n4', 'number', 0, '4.5 | -4.5 | 0.125 | 2.675 | -0.005 | 1000000 | 33.33 | 0.05 | 15 | -25'),
    ('big', 'number', 0, '9000000000000000000 | -9223372036854775808 | 1 | 0 | 7 | 9223372036854.775807 | 5 | 2 | 3 | 4'),
    ('b1', 'bool', 0, 'true | false | true | null | ?LOOKUP | false | true | false | null | true'),
    ('b2', 'bool', 0, 'true | true | false | false | true | null | ?TIED | false | true | false'),
    ('t1', 'text', 2, '讲座 | 培训 | ?NO_ROWS | null'),
    ('t2', 'text', 0, 'a | b | ab | null | ba | 讲座 | 座 | b | a | 培训'),
    ('d1', 'date', 0, '2025-01-31 | 2024-02-29 | 2025-12-31 | null | 2000-01-01 | 1999-12-31 | 2024-12-01 | ?RANGE | '
                      '2025-06-30 | 2025-07-01'),
    ('d2', 'date', 0, '2025-02-28 | 2024-02-29 | 2025-01-01 | 2025-03-31 | 2025-10-01 | null | 2023-11-30 | 2025-08-08 | '
                      '9999-12-31 | 0001-01-01'),
    ('k1', 'number', 2, '10 | 5.5 | 1/3 | null'),
    ('k2', 'bool', 3, 'true | false | null'),
    ('day', 'date', 1, '2025-09-30'),
    ('rate', 'number', 1, '0.8'),
    ('l1', 'texts', 0, 'a;b | a;null | null | 讲座; | ?DEPENDS | b; | a;ab;ba | b;a | 培训;讲座 | null;b'),
    ('l2', 'numbers', 0, '1;2 | 3;0.5 | null | 1/3;4 | ?DEPENDS | 12; | 7;null | 8;-0.25 | 9; | 10;2'),
    ('l3', 'texts', 2, 'a;讲座 | b; | null | null'),
]
WORTH = {'讲座': Fraction(10), '培训': Fraction(5, 2), 'a': Fraction(1, 3)}


# ---- values ----

def read(kind, text):
    if text == 'null':
        return NULL
    if text.startswith('?'):
        return Lack(text[1:])
    if kind == 'number':
        return Fraction(text)
    if kind == 'bool':
        return text == 'true'
    if kind == 'date':
        return datetime.date.fromisoformat(text)
    if kind in ('texts', 'numbers'):
        return [read(kind[:-1], item) for item in text.rstrip(';').split(';')]
    return text


def row_values(name):
    _, kind, domain, lanes = next(c for c in COLUMNS if c[0] == name)
    lanes = lanes.split(' | ')
    if domain == 1:
        lanes = lanes * ROWS
    elif domain:
        lanes = [lanes[code] for code in DOMAINS[domain]]
    return [read(kind, lane) for lane in lanes]


def show_number(x):
    if x.denominator == 1:
        return str(x.numerator)
    for places in range(1, 19):
        if (x * 10 ** places).denominator == 1:
            digits = str(abs((x * 10 ** places).numerator)).rjust(places + 1, '0')
            return ('-' if x < 0 else '') + digits[:-places] + '.' + digits[-places:]
    return '%d/%d' % (x.numerator, x.denominator)


def show(x):
    if isinstance(x, Lack):
        return 'null' if x.args[0] == 'null' else '?' + x.args[0]
    if isinstance(x, bool):
        return 'true' if x else 'false'
    if isinstance(x, Fraction):
        return show_number(x)
    return x.isoformat() if isinstance(x, datetime.date) else x


def need(*values):
    """The values, or the first lack among them as an operand's."""
    for x in values:
        if isinstance(x, Lack):
            raise Lack('NULL_OPERAND' if x.args[0] == 'null' else x.args[0])
    return values[0] if len(values) == 1 else values


def is_null(x):
    return isinstance(x, Lack) and x.args[0] == 'null'


def is_unknown(x):
    return isinstance(x, Lack) and x.args[0] != 'null'


# ---- operations ----

def equal(a, b):
    for x in (a, b):
        if is_unknown(x):
            raise x
    if is_null(a) or is_null(b):
        return is_null(a) and is_null(b)
    return a == b


def divide(a, b):
    a, b = need(a, b)
    if b == 0:
        raise Lack('DIVISION')
    return a / b


def modulo(a, b):
    a, b = need(a, b)
    if b == 0:
        raise Lack('DIVISION')
    return a - b * (a / b).__floor__()


def strict(f):
    def run(*args):
        values = need(*args)
        return f(*values) if len(args) > 1 else f(values)
    return run


def kleene(decides):
    def run(a, b):
        for x in (a, b):
            if x is decides:
                return decides
        need(a, b)
        return not decides
    return run


def choose(when, a, b):
    return a if need(when) else b


def member(x, items):
    lack = None
    for item in items:
        try:
            if equal(x, item):
                return True
        except Lack as e:
            lack = lack or e
    if lack:
        raise lack
    return False


def in_row(x, items):
    if is_unknown(x):
        raise x
    return member(x, need(items))


def in_constant(x, items):
    if is_unknown(x):
        raise x
    return member(x, items)


def look_up(key):
    if is_unknown(key):
        raise key
    if is_null(key) or key not in WORTH:
        raise Lack('LOOKUP')
    return WORTH[key]


def in_worth(key):
    if is_unknown(key):
        raise key
    return not is_null(key) and key in WORTH


def coalesce(*args):
    for x in args:
        if not isinstance(x, Lack):
            return x
    return args[-1]


def has(x):
    return not isinstance(x, Lack)


def rounded(x, step, mode):
    q = x / step
    down = q.__floor__()
    rest = q - down
    if mode == 'floor':
        n = down
    elif mode == 'ceil':
        n = down + (rest > 0)
    elif mode == 'truncate':
        n = down + (rest > 0 and q < 0)
    elif rest != Fraction(1, 2):
        n = down + (rest > Fraction(1, 2))
    elif mode == 'half-up':
        n = down + (q > 0)
    else:
        n = down + (down % 2)
    return n * step


def add_days(d, n):
    if n.denominator != 1:
        raise Lack('FRACTION')
    if abs(n) >= 2 ** 63:
        raise Lack('RANGE')
    try:
        return d + datetime.timedelta(days=int(n))
    except OverflowError:
        raise Lack('RANGE') from None


def add_months(d, n):
    if n.denominator != 1:
        raise Lack('FRACTION')
    months = d.year * 12 + d.month - 1 + int(n)
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        raise Lack('RANGE')
    for day in range(d.day, 0, -1):
        try:
            return datetime.date(year, month, day)
        except ValueError:
            pass


def make_date(y, m, d):
    try:
        if any(x.denominator != 1 for x in (y, m, d)):
            raise ValueError
        return datetime.date(int(y), int(m), int(d))
    except (ValueError, OverflowError):
        raise Lack('RANGE') from None


# ---- random expressions: text and a function of the row ----

class Random:
    """A generator of our own, the same in every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def pick(self, items):
        return items[self.below(len(items))]


rnd = Random(SEED)
MODES = ['half-up', 'half-even', 'truncate', 'floor', 'ceil']
NUMBERS = ['0', '1', '2', '3', '10', '0.5', '0.25', '1.005', '100000', '0.000001', '9223372036854775807']
TEXTS = ['a', 'b', 'ab', '讲座', '培训', '座', '']
DATES = ['2025-01-01', '2024-02-29', '2025-12-31', '2000-03-01']


def constant(text, value):
    return text, lambda row: value


def column(kind):
    names = [c[0] for c in COLUMNS if c[1] == kind]
    name = rnd.pick(names)
    values = row_values(name)
    return name, lambda row: values[row]


def lift(f, *parts):
    """f of the parts' values, a lack in it being the value."""
    def run(row):
        try:
            return f(*[p[1](row) for p in parts])
        except Lack as e:
            return e
    return run


def call(form, f, *parts):
    return form % tuple(p[0] for p in parts), lift(f, *parts)


def number(depth):
    if depth == 0:
        if rnd.below(3) == 0:
            literal = rnd.pick(NUMBERS)
            return constant(literal, Fraction(literal))
        return column('number')
    which = rnd.below(20)
    if which < 8:
        op, f = rnd.pick([('+', strict(lambda a, b: a + b)), ('-', strict(lambda a, b: a - b)),
                          ('*', strict(lambda a, b: a * b)), ('/', divide), ('%%', modulo)])
        return call('(%s ' + op + ' %s)', f, number(depth - 1), number(depth - 1))
    if which < 10:
        places, mode = rnd.below(9) - 2, rnd.pick(MODES)
        step = Fraction(10) ** -places
        return call('round(%%s, %d, %r)' % (places, mode), strict(lambda a: rounded(a, step, mode)), number(depth - 1))
    if which == 10:
        step, mode = rnd.pick(['0.5', '0.2', '3', '1/3']), rnd.pick(MODES)
        return call('round_to(%%s, %s, %r)' % (step, mode), strict(lambda a: rounded(a, Fraction(step), mode)),
                    number(depth - 1))
    if which == 11:
        name, f = rnd.pick([('floor', lambda a: rounded(a, Fraction(1), 'floor')),
                            ('ceil', lambda a: rounded(a, Fraction(1), 'ceil')), ('abs', abs), ('-', lambda a: -a)])
        return call(name + '(%s)', strict(f), number(depth - 1))
    if which == 12:
        name, f = rnd.pick([('min', min), ('max', max)])
        return call(name + '(%s, %s, %s)', strict(f), number(depth - 1), number(0), number(depth - 1))
    if which == 13:
        return call('coalesce(%s, %s)', coalesce, number(depth - 1), number(depth - 1))
    if which == 14:
        return call('(%s - %s)', strict(lambda a, b: Fraction((a - b).days)), date(depth - 1), date(depth - 1))
    if which == 15:
        name, f = rnd.pick([('year', lambda d: d.year), ('half', lambda d: 1 if d.month < 7 else 2),
                            ('quarter', lambda d: (d.month - 1) // 3 + 1), ('month', lambda d: d.month),
                            ('day', lambda d: d.day), ('weekday', lambda d: d.isoweekday())])
        return call(name + '(%s)', strict(lambda d: Fraction(f(d))), date(depth - 1))
    if which == 16:
        return call('worth[%s]', look_up, varying(text, depth - 1))
    if which == 17:
        return call('size(%s)', strict(lambda s: Fraction(len(s))), rnd.pick([text, texts])(depth - 1))
    return call('(%s ? %s : %s)', choose, condition(depth - 1), number(depth - 1), number(depth - 1))


def varying(kind, depth):
    """An expression that is no constant: a constant key that is not in a table is an error."""
    while True:
        expression, f = kind(depth)
        if any(c[0] in expression for c in COLUMNS):
            return expression, f


def text(depth):
    if depth == 0:
        if rnd.below(3) == 0:
            literal = rnd.pick(TEXTS)
            return constant("'%s'" % literal, literal)
        return column('text')
    which = rnd.below(6)
    if which < 2:
        return call('(%s + %s)', strict(lambda a, b: a + b), text(depth - 1), text(depth - 1))
    if which == 2:
        return call('coalesce(%s, %s)', coalesce, text(depth - 1), text(depth - 1))
    if which == 3:
        return call('(%s ? %s : %s)', choose, condition(depth - 1), text(depth - 1), text(depth - 1))
    return text(0)


def texts(depth):
    return column('texts')


def date(depth):
    if depth == 0:
        if rnd.below(4) == 0:
            literal = rnd.pick(DATES)
            return constant("date('%s')" % literal, datetime.date.fromisoformat(literal))
        return column('date')
    which = rnd.below(9)
    if which < 2:
        sign = rnd.pick([1, -1])
        return call('(%s ' + '+-'[sign < 0] + ' days(%s))', strict(lambda d, n: add_days(d, sign * n)), date(depth - 1),
                    column('number'))
    if which < 4:
        n = rnd.below(50) - 25
        return call('(%%s + months(%d))' % n, strict(lambda d: add_months(d, Fraction(n))), date(depth - 1))
    if which == 4:
        return call('(years(2) + %s)', strict(lambda d: add_months(d, Fraction(24))), date(depth - 1))
    if which == 5:
        name, f = rnd.pick([('min', min), ('max', max)])
        return call(name + '(%s, %s)', strict(f), date(depth - 1), date(depth - 1))
    if which == 6:
        return call('(%s ? %s : %s)', choose, condition(depth - 1), date(depth - 1), date(depth - 1))
    if which == 7:
        return call('date(2024, %s, %s)', strict(lambda m, n: make_date(Fraction(2024), m, n)), column('number'),
                    column('number'))
    return call('coalesce(%s, %s)', coalesce, date(depth - 1), date(depth - 1))


def condition(depth):
    if depth == 0:
        return column('bool')
    which = rnd.below(16)
    if which < 3:
        op, decides = rnd.pick([('&&', False), ('||', True)])
        return call('(%s ' + op + ' %s)', kleene(decides), condition(depth - 1), condition(depth - 1))
    if which == 3:
        return call('!(%s)', strict(lambda a: not a), condition(depth - 1))
    if which < 7:
        op, f = rnd.pick([('<', lambda a, b: a < b), ('<=', lambda a, b: a <= b), ('>', lambda a, b: a > b),
                          ('>=', lambda a, b: a >= b)])
        kind = rnd.pick([number, date])
        return call('%s ' + op + ' %s', strict(f), kind(depth - 1), kind(depth - 1))
    if which < 10:
        kind = rnd.pick([number, number, text, date, condition])
        if rnd.below(2):
            return call('(%s) == (%s)', equal, kind(depth - 1), kind(depth - 1))
        return call('(%s) != (%s)', lambda a, b: not equal(a, b), kind(depth - 1), kind(depth - 1))
    if which == 10:
        items = [rnd.pick(NUMBERS + ['null']) for _ in range(rnd.below(5) * (1 + 4 * rnd.below(2)))]
        values = [NULL if i == 'null' else Fraction(i) for i in items]
        return call('(%s in [' + ', '.join(items) + '])', lambda x: in_constant(x, values), number(depth - 1))
    if which == 11:
        return call('(%s in [%s, %s])', lambda x, a, b: member(x, [a, b]), number(depth - 1), number(0), column('number'))
    if which == 12:
        kind, items = rnd.pick([(text, 'texts'), (number, 'numbers')])
        return call('(%s in %s)', in_row, kind(depth - 1), column(items))
    if which == 13:
        return call('(%s in worth)', in_worth, text(depth - 1))
    if which == 14:
        name, f = rnd.pick([('contains', lambda a, b: b in a), ('startsWith', lambda a, b: a.startswith(b)),
                            ('endsWith', lambda a, b: a.endswith(b))])
        return call(name + '(%s, %s)', strict(f), text(depth - 1), text(0))
    return call('has(%s)', has, rnd.pick([number, text, date, condition])(depth - 1))


def page():
    lines = ['# Made-up data and random expressions with their values; written by oracle.py, not by hand.',
             '@rows\t%d' % ROWS]
    lines += ['@codes\t%d\t%d\t%s' % (d, SIZES[d], ' '.join(map(str, DOMAINS[d]))) for d in sorted(DOMAINS)]
    lines += ['@column\t%s\t%s\t%d\t%s' % c for c in COLUMNS]
    lines.append('@map\tworth\t' + ';'.join('%s=%s' % (k, WORTH[k]) for k in sorted(WORTH, key=lambda k: k.encode())))
    seen = set()
    while len(seen) < CASES:
        kind = rnd.pick([number, number, condition, condition, condition, text, date])
        expression, f = kind(1 + rnd.below(4))
        if expression in seen or len(expression) > 400:
            continue
        values = [f(row) for row in range(ROWS)]
        if any(isinstance(x, Fraction) and len(str(x.denominator)) > 200 for x in values):
            continue
        seen.add(expression)
        lines.append('%s\t%s' % (expression, ' | '.join(map(show, values))))
    return '\n'.join(lines) + '\n'


def main():
    data = page().encode()
    if sys.argv[1:] == ['--check']:
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'oracle.tsv'), 'rb') as f:
            sys.exit(0 if f.read() == data else 'oracle.tsv is not what oracle.py writes')
    sys.stdout.buffer.write(data)


if __name__ == '__main__':
    main()
