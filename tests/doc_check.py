#!/usr/bin/env python3
"""Holds header, version map, library, docs and repository to each other.

    doc_check.py [--build DIR]

With a build folder, the library's symbols are compared too, and what the pages show is run:
  ```json   whose first key is "kexie"      a scheme: `kexie check` has to accept it
  ```sh run                                 a script: run in a scratch folder where the repository's files stand, kexie on the PATH
  ```c      that includes kexie/kexie.h     has to compile; as ```c run also to link, run and return 0
"""
import argparse
import fnmatch
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import make_messages

ROOT = make_messages.ROOT
HEADER = 'include/kexie/kexie.h'
problems = []


def problem(place, text):
    problems.append('%s: %s' % (place, text))


def read(path):
    with open(os.path.join(ROOT, path), encoding='utf-8') as f:
        return f.read()


def tracked():
    """Files of the repository; without git (an unpacked archive) the pages and headers that lie there."""
    if shutil.which('git'):
        out = subprocess.run(['git', '-C', ROOT, 'ls-files', '-z'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if out.returncode == 0:
            return [p for p in out.stdout.decode().split('\0') if p and os.path.exists(os.path.join(ROOT, p))]
    found = glob.glob(os.path.join(ROOT, '**', '*.md'), recursive=True)
    return sorted(os.path.relpath(p, ROOT) for p in found if '/build' not in p)


# ---- the header, the map, the library ----

def public_functions():
    """{name: doc comment or None} of every KX_API function."""
    source = read(HEADER)
    found = {}
    for m in re.finditer(r'(/\*\*(?:(?!\*/).)*\*/\s*)?KX_API\s([^;{]*?)\b(kx_\w+)\s*\(', source, flags=re.S):
        found[m[3]] = m[1]
    return found


def line_of(source, offset):
    return source.count('\n', 0, offset) + 1


def check_header():
    source = read(HEADER)
    functions = public_functions()
    if not functions:
        problem(HEADER, 'no public function was found, so nothing was checked')
    for name, doc in functions.items():
        if not doc:
            problem(HEADER, '%s has no doc comment' % name)
        elif '@since' not in doc:
            problem(HEADER, 'the comment of %s lacks @since' % name)
    for m in re.finditer(r'^#define (KX_\w+)(.*(?:\\\n.*)*)', source, flags=re.M):
        before = source[:m.start()].rstrip()
        if m[1] not in ('KX_API',) and '/**<' not in m[2] and not before.endswith('*/'):
            problem('%s:%d' % (HEADER, line_of(source, m.start())), '%s has no doc comment' % m[1])
    for m in re.finditer(r'^(typedef [^;{]*;|(?:typedef struct \w+|enum) \{)([^\n]*)', source, flags=re.M):
        if '/**<' not in m[2] and not source[:m.start()].rstrip().endswith('*/'):
            problem('%s:%d' % (HEADER, line_of(source, m.start())), 'a type has no doc comment')
    for m in re.finditer(r'^    (?!\s|\*)([^/\n]*[,;]|KX_\w+ = -?\d+)\s*$', source, flags=re.M):
        inside = source.rfind('{', 0, m.start()) > source.rfind('}', 0, m.start())
        if inside:
            problem('%s:%d' % (HEADER, line_of(source, m.start())), 'a member has no doc comment: %s' % m[1].strip())


def check_map():
    exported = re.search(r'global:(.*?)local:', read('lib/kexie.map'), flags=re.S)
    patterns = re.findall(r'[\w*?]+(?=;)', exported[1]) if exported else []
    functions = public_functions()
    for name in functions:
        if not any(fnmatch.fnmatchcase(name, p) for p in patterns):
            problem('lib/kexie.map', '%s is public and not exported' % name)
    for p in patterns:
        if not fnmatch.filter(functions, p):
            problem('lib/kexie.map', '%s exports nothing of the header' % p)


def check_library(build):
    libraries = [p for p in glob.glob(os.path.join(build, 'lib', 'libkexie.so*')) if not p.endswith('.p')]
    if not libraries:
        problem(build, 'there is no lib/libkexie.so')
        return
    out = subprocess.run(['nm', '-D', '--defined-only', libraries[0]], check=True, stdout=subprocess.PIPE).stdout.decode()
    symbols = {line.split()[2].split('@')[0] for line in out.splitlines() if line.split()[1] not in 'Aa'}
    functions = set(public_functions())
    for name in sorted(functions - symbols):
        problem(HEADER, '%s is declared and not in the library' % name)
    for name in sorted(symbols - functions):
        problem('libkexie', '%s is exported and not in the header' % name)


# ---- pages ----

def headings(source):
    """(level, text) of each heading outside code."""
    plain = re.sub(r'^(```|~~~).*?^\1', '', source, flags=re.S | re.M)
    return [(len(m[1]), m[2].strip()) for m in re.finditer(r'^(#{1,6}) (.*)$', plain, flags=re.M)]


def anchors(source):
    return {re.sub(r'[^\w\- ]', '', text.lower()).replace(' ', '-') for _, text in headings(source)}


def check_links(pages):
    for page in pages:
        source = read(page)
        plain = re.sub(r'^(```|~~~).*?^\1', '', source, flags=re.S | re.M)
        plain = re.sub(r'`[^`\n]*`', '', plain)
        for m in re.finditer(r'\]\(<?([^)>\s]+)>?\)', plain):
            target, _, anchor = m[1].partition('#')
            if re.match(r'[a-z]+:', target):
                continue
            path = os.path.normpath(os.path.join(os.path.dirname(page), target)) if target else page
            if not os.path.exists(os.path.join(ROOT, path)):
                problem(page, 'the link to %s leads nowhere' % m[1])
            elif anchor and path.endswith('.md') and anchor not in anchors(read(path)):
                problem(page, 'there is no heading for the link to %s' % m[1])


def check_readmes():
    pair = ['README.md', 'README.zh-CN.md']
    for page in pair:
        if not os.path.exists(os.path.join(ROOT, page)):
            problem(page, 'is missing')
            return
    english, chinese = ([level for level, _ in headings(read(page))] for page in pair)
    if english != chinese:
        problem(pair[1], 'has headings of the levels %s, %s has %s' % (chinese, pair[0], english))


def check_messages():
    layers = make_messages.all_rows()
    seen = {}
    for number, (layer, messages) in enumerate(layers.items(), 1):
        for code, name, *_ in messages:
            if code in seen:
                problem('lib/base/messages/%s.h' % layer, 'the code %d of %s is also that of %s' % (code, name, seen[code]))
            if code // 1000 != number:
                problem('lib/base/messages/%s.h' % layer, 'the code %d does not belong to this layer' % code)
            seen[code] = name
        used = {code: {i for i in '0123456789' if '{%s}' % i in english} for code, _, _, _, english, _ in messages}
        for code, name, _, _, _, chinese in messages:
            if used[code] != {i for i in '0123456789' if '{%s}' % i in chinese}:
                problem('lib/base/messages/%s.h' % layer, '%s names other arguments in Chinese than in English' % name)
    page = 'doc/messages.md'
    if not os.path.exists(os.path.join(ROOT, page)) or read(page) != make_messages.page(layers):
        problem(page, 'is not up to date: python3 tests/make_messages.py > doc/messages.md')


# ---- what the pages show ----

def blocks(page):
    """(line, info, text) of each fenced block."""
    source = read(page)
    for m in re.finditer(r'^```([^\n`]*)\n(.*?)^```', source, flags=re.S | re.M):
        yield line_of(source, m.start()), m[1].strip(), m[2]


def run(place, command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        problem(place, 'this block fails (%s):\n%s' % (done.returncode, done.stdout.decode(errors='replace')[-2000:]))


def run_block(place, info, text, build, scratch):
    kexie = os.path.join(build, 'bindings', 'cli', 'kexie')
    path = os.path.join(scratch, 'block')
    if info.split()[:1] == ['json'] and re.match(r'\s*\{\s*"kexie"\s*:', text):
        with open(path + '.json', 'w', encoding='utf-8') as f:
            f.write(text)
        run(place, [kexie, 'check', path + '.json'])
    elif info == 'sh run':
        env = dict(os.environ, PATH=os.path.dirname(kexie) + os.pathsep + os.environ['PATH'])
        run(place, ['sh', '-eu', '-c', text], cwd=scratch, env=env)
    elif info.split()[:1] == ['c'] and '<kexie/kexie.h>' in text:
        with open(path + '.c', 'w', encoding='utf-8') as f:
            f.write(text)
        compiler = ['cc', '-std=c99', '-Wall', '-Wextra', '-Werror', '-I', os.path.join(ROOT, 'include'), path + '.c']
        if info == 'c run':
            library = os.path.join(build, 'lib')
            run(place, compiler + ['-o', path, '-L', library, '-lkexie', '-Wl,-rpath,' + library])
            if os.path.exists(path):
                run(place, [path], cwd=scratch)
        else:
            run(place, compiler + ['-fsyntax-only'])


def check_blocks(pages, build):
    if not os.path.exists(os.path.join(build, 'bindings', 'cli', 'kexie')):
        problem(build, 'there is no bindings/cli/kexie, so no block of the pages was run')
        return
    for page in pages:
        for line, info, text in blocks(page):
            with tempfile.TemporaryDirectory() as scratch:
                for entry in os.listdir(ROOT):
                    os.symlink(os.path.join(ROOT, entry), os.path.join(scratch, entry))
                run_block('%s:%d' % (page, line), info, text, build, scratch)


# ---- the repository ----

def check_words(files):
    """No file names a folder of one machine or the host of a package registry."""
    banned = [r'/wor' + r'k/', r'(?<![\w.-])shar' + r'ed/', r'registry\.(npm|yarn)', r'npm' + r'js\.(org|com)',
              r'(files\.python' + r'hosted|test\.py' + r'pi|py' + r'pi)\.org', r'proxy\.go' + r'lang\.org']
    pattern = re.compile('|'.join(banned))
    for path in files:
        with open(os.path.join(ROOT, path), 'rb') as f:
            source = f.read().decode('utf-8', errors='replace')
        for m in pattern.finditer(source):
            problem('%s:%d' % (path, line_of(source, m.start())), 'has no place in the repository: %s' % m[0])


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument('--build', help='the build folder')
    build = args.parse_args().build
    files = tracked()
    pages = [p for p in files if p.endswith('.md')]
    check_header()
    check_map()
    check_links(pages)
    check_readmes()
    check_messages()
    check_words(files)
    if build:
        build = os.path.abspath(build)
        check_library(build)
        check_blocks(pages, build)
    for text in problems:
        print(text)
    print('%d pages, %d public functions: %s' % (len(pages), len(public_functions()),
                                                 '%d problems' % len(problems) if problems else 'all in order'))
    sys.exit(1 if problems else 0)


if __name__ == '__main__':
    main()
