#!/usr/bin/env python3
"""Holds expected results of cases against what was worked out by hand:  hand.py CASES FORMS.md [NAME..]

A table in a case's notes.md whose header begins with "subject" says the points of nodes, by their ids:

    | subject | A1 | A2 | A3 | total |        5, 40/3   points
    | u1 | 5 | 40/3 | na | 0 / 17 |           0 / 17    points and full points
    | u2 | ?null | 0 | 0 | ?depends |         na        does not apply
                                              ?null     unknown, and the reason

Other columns are those of the subject: rank (2= when it is shared), grade, gates, and yes or no; - is none. Everything is compared
with expected.json. What holds for every result is checked too: points lost are full points minus points,
0 for bonus and deduction; the last step says the points; where every gap carries its loss, they add up to what the curve left
away. FORMS.md says which folder shows which form; each one has to be there, with such a table."""
import json
import os
import re
import sys
from fractions import Fraction


def number(x):
    return Fraction(str(x))


def rows_of(text):
    """Header and rows of each table that begins with subject."""
    header = None
    for line in text.splitlines():
        cells = [c.strip() for c in line.strip().strip('|').split('|')] if line.startswith('|') else None
        if cells is None:
            header = None
        elif cells[0] == 'subject':
            header = cells
        elif header and not set(line) <= set('|-: '):
            yield header, cells


def cell_problem(want, node):
    points = node['points']
    if want == 'na':
        return None if node['state'] == 'na' else 'applies'
    if want.startswith('?'):
        return None if node['state'] == 'unknown' and node['reason'] == want[1:] else \
            'is %s, reason %s' % (node['state'], node['reason'])
    parts = want.split(' / ')
    if points is None or number(points) != Fraction(parts[0]):
        return 'has %s points' % points
    if len(parts) == 2 and number(node['full']) != Fraction(parts[1]):
        return 'has %s full points' % node['full']
    return None


STANDING = ('rank', 'grade', 'grade_by_score', 'gates', 'admitted', 'complete', 'cancelled', 'missed_place', 'place_open')


def standing(subject, name):
    """What a column of the subject shows in the tables."""
    value = subject[name]
    if name == 'gates':
        return ' '.join(gate['id'] for gate in value) or '-'
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    return '-' if value is None else '%s%s' % (value, '=' if name == 'rank' and subject['tied'] else '')


def problem_of(want, subject, nodes, name):
    if name in nodes:
        return cell_problem(want, nodes[name])
    if name not in STANDING:
        return 'is not in the result'
    got = standing(subject, name)
    return None if got == want else 'is %s' % got


def check_table(text, result):
    subjects = {s['subject']: s for s in result['subjects']}
    nodes = {key: {i['id']: i for i in s['indicators']} for key, s in subjects.items()}
    seen = set()
    for header, cells in rows_of(text):
        if len(cells) != len(header):
            yield 'a row of %d cells under %d: %s' % (len(cells), len(header), cells)
            continue
        seen.add(cells[0])
        for name, want in zip(header[1:], cells[1:]) if cells[0] in subjects else ():
            problem = problem_of(want, subjects[cells[0]], nodes[cells[0]], name)
            if problem:
                yield '%s %s: by hand %s, but it %s' % (cells[0], name, want, problem)
    if seen != set(nodes):
        yield 'the tables name %s, the result has %s' % (sorted(seen), sorted(nodes))


def check_node(kind, scored, node):
    points, steps = node['points'], node['steps']
    if points is None:
        return
    unmeasured = kind != 'ordinary' or (scored and number(node['full']) == 0 == number(node['lost']))
    lost = 0 if unmeasured else number(node['full']) - number(points)
    if number(node['lost']) != lost:
        yield 'lost %s of %s with %s points' % (node['lost'], node['full'], points)
    if node['state'] == 'known' and (not steps or number(steps[-1]['points']) != number(points)):
        yield 'its steps do not end with its points'
    losses = [g['loss'] for g in node['gaps']]
    if scored and losses and None not in losses:
        gone = (number(node['full']) if kind == 'ordinary' else 0) - number(steps[0]['points'])
        if sum(map(number, losses)) not in (gone, lost):
            yield 'its gaps lose %s, the curve %s, the indicator %s' % (sum(map(number, losses)), gone, lost)


def check_case(folder):
    with open(os.path.join(folder, 'expected.json'), encoding='utf-8') as f:
        result = json.load(f)
    kinds = {n['id']: (n['kind'], n['scored']) for n in result['nodes']}
    for s in result['subjects']:
        for node in s['indicators']:
            for problem in check_node(*kinds[node['id']], node):
                yield '%s %s: %s' % (s['subject'], node['id'], problem)
    notes = os.path.join(folder, 'notes.md')
    if os.path.exists(notes):
        with open(notes, encoding='utf-8') as f:
            text = f.read()
        if list(rows_of(text)):
            yield from check_table(text, result)


def forms(page, cases):
    """Rows of the page: | R01 | .. | `r01-flag` | and whether their cases are there."""
    with open(page, encoding='utf-8') as f:
        for line in f:
            form = re.match(r'\| (R\d\d) ', line)
            if not form:
                continue
            names = re.findall(r'`(r\d\d-[a-z0-9-]+)`', line)
            if not names:
                yield '%s names no case' % form[1]
            for name in names:
                notes = os.path.join(cases, name, 'notes.md')
                if not os.path.exists(notes):
                    yield '%s: there is no case %s with notes' % (form[1], name)
                elif os.path.exists(os.path.join(cases, name, 'expected.json')):
                    with open(notes, encoding='utf-8') as n:
                        if not list(rows_of(n.read())):
                            yield '%s: the notes of %s have no table of points' % (form[1], name)


def main():
    cases, page, wanted = sys.argv[1], sys.argv[2], sys.argv[3:]
    count = failed = 0
    for name in sorted(os.listdir(cases)):
        if (wanted and name not in wanted) or not os.path.exists(os.path.join(cases, name, 'expected.json')):
            continue
        count += 1
        for problem in check_case(os.path.join(cases, name)):
            print('%s: %s' % (name, problem))
            failed += 1
    for problem in [] if wanted else forms(page, cases):
        print(problem)
        failed += 1
    print('%d results, %d problems' % (count, failed))
    return 0 if count and not failed else 1


if __name__ == '__main__':
    sys.exit(main())
