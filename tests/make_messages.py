#!/usr/bin/env python3
"""Prints doc/messages.md from lib/base/messages/*.h:  python3 tests/make_messages.py > doc/messages.md"""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LAYERS = ['base', 'text', 'model', 'expr', 'rules', 'tally', 'score', 'io', 'api', 'apportion']
STRING = r'"((?:[^"\\]|\\.)*)"'
TEXT = r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*'
ROW = re.compile(r'\bX\(\s*(\d+),\s*(\w+),\s*(\w+),\s*(\w+),\s*(%s),\s*(%s)\s*\)' % (TEXT, TEXT))


def text(literals):
    """Adjacent C string literals as one text."""
    joined = ''.join(re.findall(STRING, literals))
    return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m.group(1), m.group(1)), joined)


def rows(path):
    """(code, name, severity, status, English, Chinese) of each message of one header."""
    with open(path, encoding='utf-8') as f:
        source = f.read().replace('\\\n', '\n')
    source = re.sub(r'/\*.*?\*/', '', source, flags=re.S)
    found = [(int(m[1]), m[2], m[3], m[4], text(m[5]), text(m[6])) for m in ROW.finditer(source)]
    if len(found) != len(re.findall(r'\bX\(\s*\d', source)):
        sys.exit('%s: a message does not read as X(code, NAME, SEVERITY, STATUS, "English", "Chinese")' % path)
    return found


def all_rows(root=ROOT):
    """{layer: rows}, in the order of the layers; exits when a header is missing a place in that order."""
    paths = {os.path.basename(p)[:-2]: p for p in glob.glob(os.path.join(root, 'lib', 'base', 'messages', '*.h'))}
    if sorted(paths) != sorted(LAYERS):
        sys.exit('make_messages.py: layers with messages are now %s' % ', '.join(sorted(paths)))
    return {layer: rows(paths[layer]) for layer in LAYERS}


def cell(value):
    return value.replace('|', '\\|').replace('\n', ' ')


def page(layers):
    out = ['# Messages', '',
           'Every message of the library, by layer. A code is never reused; `kx_error.code` and the column `code` of the findings',
           'hold it. `{0}`, `{1}` stand for what the message is about. This page is printed by `tests/make_messages.py` from',
           '`lib/base/messages/`.']
    for layer, messages in layers.items():
        if not messages:
            continue
        out += ['', '## ' + layer, '', '| code | name | kind | status | English | 中文 |', '| --- | --- | --- | --- | --- | --- |']
        out += ['| %d | %s | %s | %s | %s | %s |' % (code, name, severity.lower(), '`%s`' % status, cell(en), cell(zh))
                for code, name, severity, status, en, zh in messages]
    return '\n'.join(out) + '\n'


def main():
    sys.stdout.buffer.write(page(all_rows()).encode())


if __name__ == '__main__':
    main()
