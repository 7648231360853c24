#!/usr/bin/env python3
"""Compares `kexie evaluate` on examples/ningxia-2024 with the same assessment computed in SQL (ningxia.sql).

    ningxia.py EXAMPLE          # print what the SQL says, as CSV
    ningxia.py EXAMPLE KEXIE    # compare the command's CSV with it, byte for byte, and the example's expected.csv if it is there
    ningxia.py EXAMPLE KEXIE N  # and for N variants of the data: rows left out at random, the rest in another order
    ningxia.py EXAMPLE --file F # compare a file with it
"""
import csv
import datetime
import difflib
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile

IDS = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'B1', 'B2', 'B3', 'B4', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8',
       'C9', 'D1', 'D2', 'D3', 'E1', 'E2', 'P1', 'N1']
HEADERS = {'编号': 'id', '单位': 'unit', '日期': 'date', '类别': 'kind', '对象': 'audience', '队伍': 'team', '订单式': 'on_order',
           '场所': 'place', '人数': 'people', '时长': 'hours', '提出日期': 'raised', '办结日期': 'closed', '成立日期': 'founded',
           '主席包抓': 'chair', '章程含党建': 'charter', '秘书长已培训': 'trained', '入驻科创中国': 'platform', '土专家田秀才': 'experts',
           '备注': 'note'}
DATES = {'date', 'from', 'to', 'raised', 'closed', 'answered', 'founded'}
TENTHS = {'hours'}
WHOLE = {'people', 'filed', 'on_order', 'chair', 'charter', 'trained', 'platform', 'experts', 'accepted'}


def day(text):
    return datetime.date(*map(int, re.findall(r'\d+', text))).toordinal()


def convert(table, column, text):
    if text == '':
        return None
    if column in DATES:
        return day(text)
    if column in TENTHS:
        whole, tenth = text.split('.')
        return int(whole) * 10 + int(tenth)
    if column in WHOLE or (table, column) == ('targets', 'value'):
        return int(text)
    return text


def load(db, path):
    table = os.path.basename(path)[:-4]
    with open(path, 'rb') as f:
        raw = f.read()
    try:
        text = raw.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = raw.decode('gb18030')
    rows = list(csv.reader(text.splitlines()))
    names = [HEADERS.get(name, name) for name in rows[0]]
    db.execute('CREATE TABLE %s (%s)' % (table, ', '.join('"%s"' % n for n in names)))
    db.executemany('INSERT INTO %s VALUES (%s)' % (table, ', '.join('?' * len(names))),
                   [[convert(table, n, v) for n, v in zip(names, row)] for row in rows[1:]])


def money(cents):
    if cents is None:
        return ''
    return '%s%d.%02d' % ('-' if cents < 0 else '', abs(cents) // 100, abs(cents) % 100)


def expected(data):
    """The result as CSV, of a folder of tables."""
    db = sqlite3.connect(':memory:')
    db.create_function('day', 1, day)
    for name in sorted(os.listdir(data)):
        if name.endswith('.csv'):
            load(db, os.path.join(data, name))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'ningxia.sql'), encoding='utf-8') as f:
        db.executescript(f.read())
    cents = {(county, i): c for county, i, c in db.execute('SELECT county, id, cents FROM rounded')}
    lines = [','.join(['subject', 'name', *IDS, 'total', 'rank', 'grade'])]
    for county, name, total, rank, grade in db.execute(
            'SELECT county, name, cents, rank, grade FROM graded JOIN county ON code = county ORDER BY county'):
        lines.append(','.join([county, name, *(money(cents.get((county, i))) for i in IDS), money(total), str(rank), grade]))
    return '\n'.join(lines) + '\n'


def vary(data, seed, folder):
    """Copy the tables, the real units excepted with a random part of the rows and in random order."""
    rnd = random.Random(seed)
    for name in sorted(os.listdir(data)):
        with open(os.path.join(data, name), 'rb') as f:
            head, *rows = f.read().splitlines(keepends=True)
        if name != 'units.csv':
            kept = rnd.choice([0, 0.05, 0.5, 0.8, 0.95, 1])
            rows = [row for row in rows if rnd.random() < kept]
        rnd.shuffle(rows)
        with open(os.path.join(folder, name), 'wb') as f:
            f.writelines([head] + rows)


def compare(want, got, what):
    if got != want.encode():
        sys.stdout.writelines(difflib.unified_diff(want.splitlines(True), got.decode(errors='replace').splitlines(True),
                                                   'computed in SQL', what))
        sys.exit('%s: the two results differ' % what)


def evaluate(kexie, example, data):
    return subprocess.run([kexie, 'evaluate', os.path.join(example, 'scheme.json'), data, '--format', 'csv'], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    example = sys.argv[1]
    data = os.path.join(example, 'data')
    want = expected(data)
    if len(sys.argv) == 2:
        sys.stdout.write(want)
        return
    if sys.argv[2] == '--file':
        with open(sys.argv[3], 'rb') as f:
            compare(want, f.read(), sys.argv[3])
    else:
        compare(want, evaluate(sys.argv[2], example, data), 'kexie')
        checked_in = os.path.join(example, 'expected.csv')
        if os.path.exists(checked_in):
            with open(checked_in, 'rb') as f:
                compare(want, f.read(), checked_in)
        for seed in range(int(sys.argv[3]) if len(sys.argv) == 4 else 0):
            with tempfile.TemporaryDirectory() as folder:
                vary(data, seed, folder)
                compare(expected(folder), evaluate(sys.argv[2], example, folder), 'kexie, variant %d' % seed)
    print('the two results agree on %d counties' % (want.count('\n') - 1))


if __name__ == '__main__':
    main()
