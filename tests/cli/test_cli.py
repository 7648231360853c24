#!/usr/bin/env python3
"""The command line as its users meet it:  test_cli.py KEXIE FOLDER_OF_CASES

Exit codes, what goes to which stream, files that are written whole or not at all."""
import json
import os
import pty
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

KEXIE = CASE = None


class Kexie(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        shutil.copytree(CASE, os.path.join(self.folder, 'case'))
        self.scheme = 'case/scheme.json'
        self.data = 'case/data'

    def tearDown(self):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_kexie(self, *args, env=None, stdout=subprocess.PIPE):
        environment = {k: v for k, v in os.environ.items() if k not in ('LC_ALL', 'LC_MESSAGES', 'LANG')}
        environment.update(env or {})
        done = subprocess.run([KEXIE, *args], cwd=self.folder, env=environment, stdout=stdout, stderr=subprocess.PIPE)
        done.out = (done.stdout or b'').decode()
        done.err = done.stderr.decode()
        return done

    def good(self, *args, **more):
        done = self.run_kexie(*args, **more)
        self.assertEqual(done.returncode, 0, done.err)
        return done

    def write(self, name, text):
        with open(self.path(name), 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode())

    def read(self, name):
        with open(self.path(name), 'rb') as f:
            return f.read()

    def edit(self, name, old, new):
        text = self.read(name).decode()
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    # ---- the line of command ----

    def test_usage(self):
        for args in ([], ['evaluat'], ['evaluate'], ['evaluate', 'a'], ['evaluate', 'a', 'b', 'c'], ['explain', 'a', 'b'],
                     ['gaps', 'a', 'b', 'c', 'd', 'e'], ['check'], ['version', 'x'], ['help', 'nothing'],
                     ['evaluate', 'a', 'b', '--nothing'], ['evaluate', 'a', 'b', '-x'], ['evaluate', 'a', 'b', '--format'],
                     ['evaluate', 'a', 'b', '--format', 'xml'], ['evaluate', 'a', 'b', '--threads', '0'],
                     ['evaluate', 'a', 'b', '--threads', '257'], ['evaluate', 'a', 'b', '--threads', '-1'],
                     ['evaluate', 'a', 'b', '--threads', '2x'], ['evaluate', 'a', 'b', '--as-of', '2025-02-30'],
                     ['evaluate', 'a', 'b', '--lang', 'fr'], ['evaluate', 'a', 'b', '--encoding', 'latin1'],
                     ['gaps', 'a', 'b', '--subject', 'x'], ['version', '--format', 'csv'],
                     ['explain', 'a', 'b', 'c', '--format', 'csv']):
            done = self.run_kexie(*args)
            self.assertEqual(done.returncode, 2, args)
            self.assertEqual(done.out, '')
            self.assertTrue(done.err.startswith('kexie: ') and done.err.count('\n') == 1, (args, done.err))

    def test_help(self):
        general = self.good('help').out
        for command in ('evaluate', 'explain', 'gaps', 'check', 'version', 'help'):
            self.assertIn('\n  ' + command, general)
            text = self.good('help', command).out
            self.assertIn('kexie ' + command, text)
            self.assertEqual(text, self.good(command, '--help').out)
            self.assertTrue(self.good('help', command, '--lang', 'en').out.startswith('usage: kexie ' + command))
        self.assertEqual(general, self.good('--help').out)
        self.assertEqual(general, self.good('-h').out)

    def test_version(self):
        self.assertRegex(self.good('version').out, r'^\d+\.\d+\.\d+\n$')
        self.assertEqual(self.good('--version').out, self.good('version').out)

    def test_options_may_stand_anywhere(self):
        plain = self.good('evaluate', self.scheme, self.data, '--format', 'csv').out
        self.assertEqual(plain, self.good('evaluate', '--format=csv', self.scheme, '--threads', '2', self.data).out)

    def test_language(self):
        for env, first in (({}, '名次'), ({'LANG': 'C.UTF-8'}, '名次'), ({'LANG': 'zh_CN.UTF-8'}, '名次'),
                           ({'LANG': 'en_GB.UTF-8'}, 'rank'), ({'LC_ALL': 'zh_CN.UTF-8', 'LANG': 'en_US'}, '名次'),
                           ({'LC_ALL': '', 'LC_MESSAGES': 'en'}, 'rank')):
            self.assertTrue(self.good('evaluate', self.scheme, self.data, env=env).out.startswith(first), env)
        self.assertTrue(self.good('evaluate', self.scheme, self.data, '--lang', 'en').out.startswith('rank'))
        self.assertTrue(self.good('evaluate', self.scheme, self.data, '--lang', 'zh', env={'LANG': 'en'}).out.startswith('名次'))
        self.assertIn('subject', self.run_kexie('explain', self.scheme, self.data, '9', '--lang', 'en').err)

    # ---- what comes out ----

    def test_formats(self):
        self.assertEqual(self.good('evaluate', self.scheme, self.data, '--format', 'csv').out.encode(),
                         self.read('case/expected.csv'))
        whole = json.loads(self.good('evaluate', self.scheme, self.data, '--format', 'json').out)
        self.assertEqual(whole['format'], 'kexie-result/1')
        self.assertEqual([s['total'] for s in whole['subjects']], [38, 99, 0])
        one = json.loads(self.good('explain', self.scheme, self.data, '1101', 'B', '--format', 'json').out)
        self.assertEqual([i['id'] for i in one['subjects'][0]['indicators']], ['B', 'B1', 'B2'])
        gaps = json.loads(self.good('gaps', self.scheme, self.data, '1101', '--format', 'json').out)
        self.assertEqual(gaps['format'], 'kexie-gaps/1')
        self.assertEqual({g['subject'] for g in gaps['gaps']}, {'1101'})
        lines = self.good('gaps', self.scheme, self.data, '--format', 'csv').out.splitlines()
        self.assertTrue(lines[0].startswith('subject,name,indicator,'))

    def test_subjects(self):
        out = self.good('evaluate', self.scheme, self.data, '--subject', '1102', '--format', 'csv').out
        self.assertEqual(out, 'subject,name,A1,B1,B2,total,rank,grade\n1102,乙县,60.00,30.00,9.00,99.00,1,不合格\n')
        self.assertIn('三长吸纳', self.good('explain', self.scheme, self.data, '1101').out)
        everybody = self.good('explain', self.scheme, self.data, '-').out
        self.assertTrue(all(name in everybody for name in ('甲县', '乙县', '丙县')))
        for args in (['explain', '1104'], ['explain', '1101', 'C'], ['gaps', '1104']):
            done = self.run_kexie(args[0], self.scheme, self.data, *args[1:])
            self.assertEqual((done.returncode, done.out), (2, ''))
            self.assertIn('KX_E_NOTFOUND', done.err)

    def test_as_of(self):
        for date in ('2025-06-30', '2025/6/30', '20250630', '2025年6月30日'):
            out = self.good('evaluate', self.scheme, self.data, '--as-of', date, '--format', 'csv').out
            self.assertIn('\n1101,甲县,40.00,', out, date)  # in June 西乡 still had both heads

    def test_threads(self):
        one = self.good('evaluate', self.scheme, self.data, '--format', 'json').out
        for n in ('2', '5', '256'):
            self.assertEqual(one, self.good('evaluate', self.scheme, self.data, '--format', 'json', '--threads', n).out)

    def test_bom(self):
        out = self.good('evaluate', self.scheme, self.data, '--format', 'csv', '--bom').out
        self.assertTrue(out.startswith('\ufeffsubject,'))
        self.assertTrue(self.good('gaps', self.scheme, self.data, '--format', 'csv', '--bom').out.startswith('\ufeff'))

    def test_encoding(self):
        text = self.read('case/data/activities.csv').decode()
        plain = self.good('evaluate', self.scheme, self.data, '--format', 'csv').out
        self.write('case/data/activities.csv', text.encode('gb18030'))
        self.assertEqual(plain, self.good('evaluate', self.scheme, self.data, '--format', 'csv').out)
        self.assertEqual(self.run_kexie('evaluate', self.scheme, self.data, '--encoding', 'utf8').returncode, 1)

    # ---- what goes where ----

    def test_silent_in_a_pipe(self):
        self.assertEqual(self.good('evaluate', self.scheme, self.data).err, '')

    def test_progress_on_a_terminal(self):
        try:
            parent, child = pty.openpty()
        except OSError as error:
            self.skipTest(f"no pseudo terminal here: {error}")
        done = subprocess.run([KEXIE, 'evaluate', self.scheme, self.data, '--lang', 'en'], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=child)
        os.close(child)
        seen = b''
        while True:
            try:
                piece = os.read(parent, 4096)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        os.close(parent)
        self.assertEqual(done.returncode, 0)
        self.assertIn(b'%', seen)
        self.assertTrue(seen.endswith(b'\r\x1b[K'), seen)

    def test_full_disk(self):
        if not os.path.exists('/dev/full'):
            self.skipTest('there is no /dev/full')
        with open('/dev/full', 'wb') as full:
            done = self.run_kexie('evaluate', self.scheme, self.data, stdout=full)
        self.assertEqual(done.returncode, 3)
        self.assertTrue(done.err.startswith('kexie: '))
        self.assertEqual(self.run_kexie('version', '--output', 'x').returncode, 2)
        self.assertEqual(self.run_kexie('evaluate', self.scheme, self.data, '--output', '/dev/full').returncode, 3)

    def test_output(self):
        plain = self.good('evaluate', self.scheme, self.data, '--format', 'csv').out
        done = self.good('evaluate', self.scheme, self.data, '--format', 'csv', '--output', 'out.csv')
        self.assertEqual((done.out, done.err), ('', ''))
        self.assertEqual(self.read('out.csv').decode(), plain)
        self.assertEqual(sorted(os.listdir(self.folder)), ['case', 'out.csv'])
        mask = os.umask(0)
        os.umask(mask)
        self.assertEqual(stat.S_IMODE(os.stat(self.path('out.csv')).st_mode), 0o666 & ~mask)

    def test_output_replaces(self):
        self.write('out.csv', 'old')
        os.chmod(self.path('out.csv'), 0o640)
        os.symlink('out.csv', self.path('link.csv'))
        self.good('evaluate', self.scheme, self.data, '--format', 'csv', '--output', 'link.csv')
        self.assertTrue(os.path.islink(self.path('link.csv')))
        self.assertTrue(self.read('out.csv').startswith(b'subject,'))
        self.assertEqual(stat.S_IMODE(os.stat(self.path('out.csv')).st_mode), 0o640)

    def test_output_of_a_failure(self):
        self.write('out.csv', 'old')
        for args, code in ((['explain', self.scheme, self.data, 'nobody'], 2), (['evaluate', 'nowhere', self.data], 3)):
            self.assertEqual(self.run_kexie(*args, '--output', 'out.csv').returncode, code)
            self.assertEqual(self.read('out.csv'), b'old')
            self.assertEqual(sorted(os.listdir(self.folder)), ['case', 'out.csv'])
        for name in ('case', 'no/such/folder/out.csv'):
            done = self.run_kexie('evaluate', self.scheme, self.data, '--output', name)
            self.assertEqual((done.returncode, done.out), (3, ''))

    def test_output_to_a_pipe(self):
        done = self.good('evaluate', self.scheme, self.data, '--format', 'csv', '--output', '/dev/stdout')
        self.assertEqual(done.out.encode(), self.read('case/expected.csv'))

    # ---- what is wrong ----

    def test_files(self):
        for args in (('nowhere.json', self.data), (self.scheme, 'nowhere'), ('case', self.data)):
            done = self.run_kexie('evaluate', *args)
            self.assertEqual((done.returncode, done.out), (3, ''), args)
            self.assertEqual(done.err.count('\n'), 1)

    def test_error_in_the_scheme(self):
        self.edit(self.scheme, '"of": "posts"', '"of": "postss"')
        done = self.run_kexie('evaluate', self.scheme, self.data, '--lang', 'en')
        self.assertEqual((done.returncode, done.out), (1, ''))
        self.assertRegex(done.err, r"^kexie: case/scheme\.json:\d+:\d+: .*posts.* \[KX_E_SCHEME 5\d\d\d /measures/heads/of\]\n$")

    def test_error_in_the_data(self):
        self.edit('case/data/activities.csv', '2025/8/1', '2025/8/32')
        done = self.run_kexie('evaluate', self.scheme, self.data)
        self.assertEqual((done.returncode, done.out), (1, ''))
        self.assertIn('case/data/activities.csv:3:', done.err)
        self.assertIn('[KX_E_DATA ', done.err)

    def test_check(self):
        done = self.good('check', self.scheme)
        self.assertEqual(done.out, '')
        self.assertEqual(self.good('check', self.scheme, '--format', 'json').out, '[]\n')
        self.assertEqual(self.good('check', self.scheme, '--format', 'csv').out, 'severity,code,input,line,column,pointer,message\n')
        self.edit('case/data/activities.csv', '2025/8/1', '2025/8/32')
        self.edit('case/data/activities.csv', '110201,2025-09-01', '999,2025-09-01')
        self.good('check', self.scheme)
        done = self.run_kexie('check', self.scheme, self.data, '--lang', 'en')
        self.assertEqual(done.returncode, 1)
        errors = [line for line in done.out.splitlines() if ' error: ' in line]
        self.assertEqual(len(errors), 2, done.out)
        self.assertTrue(errors[0].startswith('case/data/activities.csv:3:'), errors)
        self.assertTrue(errors[1].startswith('case/data/activities.csv:7:'), errors)
        self.assertIn('2 errors', done.err)
        rows = json.loads(self.run_kexie('check', self.scheme, self.data, '--format', 'json').out)
        self.assertEqual([r['line'] for r in rows if r['severity'] == 'error'], [3, 7])
        self.assertEqual(self.run_kexie('check', self.scheme, self.data, '--format', 'csv', '--output', 'out.csv').returncode, 1)
        self.assertIn(b'error,', self.read('out.csv'))

    def test_check_of_a_broken_scheme(self):
        self.edit(self.scheme, '"of": "posts"', '"of": "postss"')
        self.edit(self.scheme, '"sum": "people"', '"sum": "peeple"')
        done = self.run_kexie('check', self.scheme, self.data, '--lang', 'en')
        self.assertEqual(done.returncode, 1)
        self.assertGreaterEqual(len([line for line in done.out.splitlines() if ' error: ' in line]), 2, done.out)
        self.assertNotIn('activities.csv', done.out)
        self.write('cut.json', '{"kexie": 1,')
        done = self.run_kexie('check', 'cut.json', '--format', 'json')
        self.assertEqual((done.returncode, len(json.loads(done.out))), (1, 1))
        self.assertEqual(self.run_kexie('check', 'nowhere.json').returncode, 3)
        self.assertEqual(self.run_kexie('check', self.scheme.replace('scheme', 'nothing')).returncode, 3)

    def test_check_of_a_missing_folder(self):
        done = self.run_kexie('check', self.scheme, 'nowhere')
        self.assertEqual(done.returncode, 3)

    def test_control_characters_stay_out_of_the_terminal(self):
        self.edit('case/data/units.csv', '甲县', '甲\x1b[2J县')
        for command in (['evaluate'], ['explain', '1101'], ['gaps', '1101']):
            done = self.good(command[0], self.scheme, self.data, *command[1:])
            self.assertNotIn('\x1b', done.out)


if __name__ == '__main__':
    KEXIE, CASE = os.path.abspath(sys.argv[1]), os.path.join(os.path.abspath(sys.argv[2]), 'counties')
    unittest.main(argv=sys.argv[:1])
