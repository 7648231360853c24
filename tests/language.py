#!/usr/bin/env python3
"""Checks the pieces of schemes that doc/language.md shows:  language.py KEXIE

The first whole scheme of the page is the frame. A block marked ```json top, tables, measures or nodes is put into it (members of the
scheme, of its tables or measures; further parts of its score) and `kexie check` has to find no error. Every key of the language has
to be in the page: those that the JSON Schema knows are looked for."""
import copy
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = 'doc/language.md'
BLOCK = re.compile(r'^```json(?: (\w+))?\n(.*?)^```', re.S | re.M)


def merged(frame, kind, piece):
    scheme = copy.deepcopy(frame)
    if kind == 'top':
        for key, value in piece.items():
            if key in ('measures', 'tables', 'define'):
                scheme[key].update(value)
            else:
                scheme[key] = value
    elif kind == 'nodes':
        scheme['score']['parts'] += piece
    else:
        scheme[kind].update(piece)
    return scheme


def keys_of(schema, found):
    """Names of properties anywhere in the JSON Schema."""
    if isinstance(schema, dict):
        found |= set(schema.get('properties', {}))
        for value in schema.values():
            keys_of(value, found)
    elif isinstance(schema, list):
        for value in schema:
            keys_of(value, found)
    return found


def main():
    program, problems, count, frame = sys.argv[1], [], 0, None
    with open(os.path.join(ROOT, PAGE), encoding='utf-8') as f:
        page = f.read()
    for m in BLOCK.finditer(page):
        line = page.count('\n', 0, m.start()) + 1
        try:
            piece = json.loads(m[2])
        except ValueError as e:
            problems.append('%s:%d: %s' % (PAGE, line, e))
            continue
        if frame is None:
            frame = piece
        scheme = piece if m[1] is None else merged(frame, m[1], piece)
        with tempfile.TemporaryDirectory() as scratch:
            path = os.path.join(scratch, 'scheme.json')
            with open(path, 'w', encoding='utf-8') as f:
                json.dump(scheme, f, ensure_ascii=False)
            done = subprocess.run([program, 'check', '--lang', 'en', path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        count += 1
        if done.returncode != 0:
            problems.append('%s:%d:\n%s' % (PAGE, line, done.stdout.decode()))
    with open(os.path.join(ROOT, 'doc/schema/kexie-scheme.schema.json'), encoding='utf-8') as f:
        for key in sorted(keys_of(json.load(f), set())):
            if not re.search(r'[`"{ \[]%s\b' % re.escape(key), page):
                problems.append('%s does not tell of the key %s' % (PAGE, key))
    if count == 0:
        problems.append('no block was checked')
    print('\n'.join(problems) or '%d blocks of %s' % (count, PAGE))
    sys.exit(1 if problems else 0)


if __name__ == '__main__':
    main()
