"""The national benchmark on one province: generate its records, evaluate, compare every byte with the published result.

    national.py EXAMPLE_FOLDER KEXIE GENERATOR
"""
import csv
import io
import os
import pathlib
import subprocess
import sys
import tempfile


def evaluate(kexie, scheme, data, threads):
    run = subprocess.run([kexie, "evaluate", scheme, data, "--format", "csv", "--threads", str(threads)],
                         capture_output=True, check=True)
    rows = list(csv.reader(io.StringIO(run.stdout.decode("utf-8"))))
    name = rows[0].index("name")
    rows[0][0] = "county"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([c for i, c in enumerate(r) if i != name] for r in rows)
    return out.getvalue()


def main():
    example, kexie, generator = (pathlib.Path(p) for p in sys.argv[1:4])
    expected = (example / "expected.csv").read_text(encoding="utf-8")
    passed = failed = 0
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([generator, "--division", example / "division", "--out", data, "--seed", "1", "--activities", "100000",
                        "--province", "64"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})  # it leaves its tables to the system
        for threads in (1, 2):
            if evaluate(kexie, example / "scheme.json", data, threads) == expected:
                passed += 1
            else:
                failed += 1
                print(f"national-64: the result with {threads} thread(s) differs from expected.csv")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
