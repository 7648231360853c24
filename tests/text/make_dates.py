#!/usr/bin/env python3
"""Make date_vectors.h: what Python's datetime says of days around the turns of years and Februaries, and of others.

    python3 make_dates.py > date_vectors.h
"""
import datetime
import random

EPOCH = datetime.date(1970, 1, 1)
YEARS = [1, 2, 4, 5, 100, 400, 1582, 1600, 1700, 1752, 1800, 1899, 1900, 1901, 1904, 1949, 1969, 1970, 1971, 1972, 1999, 2000,
         2001, *range(2015, 2032), 2048, 2099, 2100, 2101, 2400, 8000, 9996, 9998, 9999]
EDGES = [(1, 1), (1, 2), (1, 3), (1, 4), (2, 28), (2, 29), (3, 1), (6, 30), (12, 28), (12, 29), (12, 30), (12, 31)]


def days():
    for year in YEARS:
        for month, day in EDGES:
            try:
                yield datetime.date(year, month, day)
            except ValueError:
                pass
    dice = random.Random(2025)
    for _ in range(100):
        yield datetime.date.fromordinal(dice.randint(1, datetime.date.max.toordinal()))


def row(date):
    iso = date.isocalendar()
    return (f"{{{(date - EPOCH).days}, {date.year}, {date.month}, {date.day}, "
            f"{iso[0]}, {iso[1]}, {date.isoweekday()}}},")


rows = [row(date) for date in sorted(set(days()))]
print("/* Made by make_dates.py: days since 1970-01-01, year, month, day, ISO year, ISO week, weekday. */")
print("static const struct {\n    int32_t days, year, month, day, iso_year, iso_week, weekday;\n} vectors[] = {")
print("    /* clang-format off */")
for i in range(0, len(rows), 3):
    print("    " + " ".join(rows[i:i + 3]))
print("    /* clang-format on */\n};")
