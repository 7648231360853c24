#!/usr/bin/env python3
"""Runs the cases of this folder through the command line:  run_cases.py KEXIE [NAME..]

README.md says what a case is. A case that cannot be read fails, and so do no cases."""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUTS = {
    'expected.csv': (['evaluate'], ['--format', 'csv']),
    'expected.json': (['evaluate'], ['--format', 'json']),
    'expected.gaps.csv': (['gaps'], ['--format', 'csv']),
    'expected.txt': (['evaluate'], []),
    'expected.explain.txt': (['explain'], ['-']),
}
ARGS = {'as_of': '--as-of', 'encoding': '--encoding', 'threads': '--threads'}
ERROR = re.compile(r'kexie: (?:(?P<input>[^:\n]*):)?(?:(?P<line>\d+):(?P<column>\d+):)? ?.* '
                   r'\[(?P<status>KX_\w+) (?P<code>\d+)(?: (?P<pointer>/.*))?\]\n', re.S)


def options(folder):
    path = os.path.join(folder, 'args')
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as f:
        return [part for line in f for key, value in [line.split()] for part in (ARGS[key], value)]


def kexie(program, folder, before, after):
    data = 'data' if os.path.isdir(os.path.join(folder, 'data')) else 'data.json'
    command = [program] + before + ['scheme.json', data] + after + options(folder) + ['--lang', 'zh', '--quiet']
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def read(folder, name):
    with open(os.path.join(folder, name), 'rb') as f:
        return f.read()


def first_difference(want, got):
    want, got = want.split(b'\n'), got.split(b'\n')
    for number in range(max(len(want), len(got))):
        a, b = (lines[number] if number < len(lines) else b'' for lines in (want, got))
        if a != b:
            return 'line %d\n  expected %s\n  got      %s' % (number + 1, a.decode(errors='replace'), b.decode(errors='replace'))
    return 'the end'


def check_error(program, folder):
    done = kexie(program, folder, ['evaluate'], ['--format', 'csv'])
    text = done.stderr.decode()
    found = ERROR.fullmatch(text)
    if done.returncode == 0 or done.stdout or not found:
        return ['no error of the form that was expected: exit code %d, %s' % (done.returncode, text)]
    got = '\n'.join([found['status'], found['code'], found['input'] or '', found['line'] or '0', found['column'] or '0',
                     found['pointer'] or '', '']).encode()
    want = read(folder, 'expected.error')
    return [] if got == want else ['expected.error differs in %s\n  message  %s' % (first_difference(want, got), text)]


def check_output(program, folder, name):
    before, after = OUTPUTS[name]
    done = kexie(program, folder, before, after)
    want = read(folder, name)
    if done.returncode != 0:
        return ['%s: exit code %d, %s' % (name, done.returncode, done.stderr.decode(errors='replace'))]
    if done.stderr:
        return ['%s: standard error is not empty: %s' % (name, done.stderr.decode(errors='replace'))]
    return [] if done.stdout == want else ['%s differs in %s' % (name, first_difference(want, done.stdout))]


def check_case(program, folder):
    names = set(os.listdir(folder))
    expected = {n for n in names if n.startswith('expected.')}
    unknown = names - set(OUTPUTS) - {'scheme.json', 'data', 'data.json', 'args', 'notes.md', 'expected.error'}
    problems = ['nobody reads the file %s' % n for n in sorted(unknown)]
    if 'scheme.json' not in names or ('data' in names) == ('data.json' in names) or not expected or \
            ('expected.error' in expected and len(expected) > 1):
        problems.append('needs scheme.json, data/ or data.json, and expected files or expected.error')
    if problems:
        return problems
    if 'expected.error' in expected:
        return check_error(program, folder)
    return [p for name in sorted(expected) for p in check_output(program, folder, name)]


def main():
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    names = sorted(n for n in os.listdir(HERE) if os.path.isdir(os.path.join(HERE, n)) and not n.startswith(('.', '_')))
    names = [n for n in names if not wanted or n in wanted]
    failed = 0
    for name in names:
        try:
            problems = check_case(program, os.path.join(HERE, name))
        except (OSError, ValueError, KeyError) as e:
            problems = ['cannot be read: %r' % e]
        failed += bool(problems)
        for problem in problems:
            print('%s: %s' % (name, problem))
    print('%d cases, %d failed' % (len(names), failed))
    return 0 if names and not failed else 1


if __name__ == '__main__':
    sys.exit(main())
