#!/usr/bin/env python3
"""Holds the five-minute guide to its example:  guide.py KEXIE [--write]

Each ```sh run block of the guide is run in the repository's folder and has to print the ```text block that follows it. Each file of
the example has to stand in the guide as it is, and its scores have to be those of expected.csv. --write puts what is printed now
into the pages and expected.csv instead; read the difference before you keep it."""
import difflib
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLE = 'examples/quickstart'
PAGES = ['doc/guide.md', 'doc/guide.zh-CN.md']
SHOWN = re.compile(r'(?<=^```sh run\n)(.*?)(\n```\n\n```text\n)(.*?)(?=\n```$)', re.S | re.M)


def read(path):
    with open(os.path.join(ROOT, path), encoding='utf-8', newline='') as f:
        return f.read()


def write(path, text):
    with open(os.path.join(ROOT, path), 'w', encoding='utf-8', newline='') as f:
        f.write(text)


def printed(program, command):
    env = dict(os.environ, PATH=os.path.dirname(os.path.abspath(program)) + os.pathsep + os.environ['PATH'])
    done = subprocess.run(['sh', '-eu', '-c', command], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit('%s\n%s' % (command, done.stderr.decode(errors='replace')))
    return done.stdout.decode()


def difference(name, want, got):
    return ''.join(difflib.unified_diff(want.splitlines(True), got.splitlines(True), name, 'now'))


def main():
    program, rewrite = sys.argv[1], sys.argv[2:] == ['--write']
    problems, shown = [], 0
    files = ['scheme.json'] + ['data/' + name for name in sorted(os.listdir(os.path.join(ROOT, EXAMPLE, 'data')))]
    now = {}
    for page in PAGES:
        text = read(page)
        shown += len(SHOWN.findall(text))
        now[page] = SHOWN.sub(lambda m: m[1] + m[2] + printed(program, m[1]).rstrip('\n'), text)
        for name in files:
            if '```\n%s```' % read(os.path.join(EXAMPLE, name)) not in re.sub(r'```\w+\n', '```\n', text):
                problems.append('%s does not show %s/%s as it is' % (page, EXAMPLE, name))
    scores = EXAMPLE + '/expected.csv'
    now[scores] = printed(program, 'kexie evaluate %s/scheme.json %s/data --format csv' % (EXAMPLE, EXAMPLE))
    for path, text in now.items():
        if rewrite:
            write(path, text)
        elif text != read(path):
            problems.append(difference(path, read(path), text))
    if shown == 0:
        problems.append('no command of the guide was run')
    print('\n'.join(problems) or '%d commands of %d pages' % (shown, len(PAGES)))
    sys.exit(1 if problems else 0)


if __name__ == '__main__':
    main()
