"""Times whole commands on tidy tables of a million and of ten million rows, and prints them as a table.

    python3 crates/commands/benches/tables.py [PRIMUM ...]

Each PRIMUM is a build of the program to time, such as one of before a change; by default the release build is made.
Two raters grade half as many items on two axes. The tables are as they are exported, in another order for the
second rater, and as Parquet. Processor time and peak memory are the least of a few runs, and the last column is the
time over that of the first build on the same file.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "crates" / "agreement" / "benches"))

import compare  # noqa: E402

PLACE = compare.TARGET / "tables"
RUNS = 3


def main():
    """Makes the tables, runs the commands and prints what they took."""
    if Path(sys.executable) != compare.PYTHON:
        compare.prepare()
        os.execv(compare.PYTHON, [str(compare.PYTHON), __file__, *sys.argv[1:]])
    builds = sys.argv[1:] or [build()]
    PLACE.mkdir(parents=True, exist_ok=True)
    print("| command | build | wall time | processor time | memory | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    for rows in (1_000_000, 10_000_000):
        first, second, shuffled = tables(rows)
        for what, command in [
            ("`agree`, CSV", ["agree", first, second]),
            ("`agree`, CSV, the second in any order", ["agree", first, shuffled]),
            ("`agree`, Parquet", ["agree", parquet(first), parquet(second)]),
        ]:
            ours = None
            for program in builds:
                wall, spent, memory = watched([program, *command, "--json"])
                ours = ours or spent
                cells = [f"{what}, two tables of {rows:,} rows", Path(program).name, f"{wall:.2f} s"]
                cells += [f"{spent:.2f} s", f"{memory:,.0f} MB", f"{spent / ours:.2f}"]
                print("| " + " | ".join(cells) + " |", flush=True)


def build():
    """The release build."""
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "cli"], cwd=ROOT, check=True)
    return str(compare.TARGET / "release" / "primum")


def tables(rows):
    """A table for each of two raters, and the second's in any order."""
    files = [PLACE / f"{name}-{rows}.csv" for name in ("ann", "ben", "ben-shuffled")]
    if not files[-1].exists():
        draws = random.Random(1)
        grades = [[draws.randrange(4) for _ in range(rows)]]
        grades.append([grade if draws.random() < 0.7 else draws.randrange(4) for grade in grades[0]])
        lines = [
            [
                f"{rater},item{at // 2},{('omission', 'commission')[at % 2]},{grade}\n"
                for at, grade in enumerate(own)
            ]
            for rater, own in zip(("Ann", "Ben"), grades)
        ]
        lines.append(draws.sample(lines[1], rows))
        for file, own in zip(files, lines):
            file.write_text("rater,item,axis,value\n" + "".join(own))
    return files


def parquet(file):
    """The same table as Parquet."""
    import polars

    to = file.with_suffix(".parquet")
    if not to.exists():
        polars.read_csv(file).write_parquet(to)
    return to


def watched(command):
    """The least wall time and processor time in seconds, and the peak memory in MB."""
    runs = []
    for _ in range(RUNS):
        out = subprocess.run(
            ["/usr/bin/time", "-f", "%e %U %S %M", *map(str, command)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
        wall, user, system, memory = map(float, out.stderr.split()[-4:])
        runs.append((wall, user + system, memory / 1024))
    return tuple(min(run[at] for run in runs) for at in range(3))


if __name__ == "__main__":
    main()
