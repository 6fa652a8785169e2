"""Times the same jobs in Rust and in Python on this machine, and prints the ratios as tables.

    python3 crates/agreement/benches/compare.py

Makes its own virtual environment and its data under the target directory, and builds what it times.
Rust: the fastest runs of `cargo bench -p agreement --bench resample`, and the wall time of the
release build of `primum`. Python: numpy, with a replicate as vectorised arithmetic of whole arrays, and the
packages that a study would use, scikit-learn, krippendorff, pandas and polars, called once a
replicate on fewer replicates and extrapolated. Both sides show their fastest run, which other work
on the machine disturbs least. Arithmetic runs on one core; reading a CSV in polars
on all cores. The Python data come from the same distributions as the Rust data, kappa's from the same table.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PLACE = TARGET / "compare"
PYTHON = PLACE / "venv" / "bin" / "python"
PACKAGES = ["numpy", "scikit-learn", "krippendorff", "pandas", "polars"]
LEVELS = 5
SHARES = [
    [1140, 759, 178, 43, 2],
    [316, 376, 214, 58, 12],
    [60, 111, 115, 56, 19],
    [6, 15, 32, 25, 20],
    [1, 0, 9, 15, 18],
]


def main():
    """Prepares, times and prints everything."""
    if Path(sys.executable) != PYTHON:
        prepare()
        one_core = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
        os.execve(PYTHON, [str(PYTHON), __file__, *sys.argv[1:]], {**os.environ, **one_core})
    if sys.argv[1:2] == ["--tabulate"]:
        return tabulate(sys.argv[2], sys.argv[3])
    rust = rust_times()
    print("\n| job | Rust | numpy, vectorised | ratio | package, one call a replicate | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    for n in (100, 3_600, 1_000_000):
        name = f"10,000 replicates of quadratic kappa, n = {n:,}"
        row(name, rust["quadratic_kappa_10000", str(n)], kappa_numpy(n), kappa_sklearn(n))
    row(
        "1,000 replicates of ordinal alpha, 50 raters by 5,000 items",
        rust["ordinal_alpha_50_raters_5000_items_1000", ""],
        *alpha(),
    )
    for clusters in (60, 5_000):
        name = f"1,000 replicates of quadratic kappa, {clusters:,} clusters"
        ours = rust["clusters_quadratic_kappa_1000", str(clusters)]
        row(name, ours, kappa_clusters(clusters))
    build()
    commands()
    rows()


def build():
    """Builds the command line."""
    command = ["cargo", "build", "--quiet", "--release", "-p", "cli"]
    subprocess.run(command, cwd=ROOT, check=True)


def commands():
    """Whole commands: every coefficient of a file with its bootstrap."""
    jobs = [(f"two raters, n = {n:,}", table_file(n), 10_000) for n in (100, 3_600, 1_000_000, 1_000_000_000)]
    jobs.append(("three raters with gaps, 3,600 items", ratings_file(3, 3_600, 0.1), 10_000))
    jobs.append(("50 raters, 5,000 items", ratings_file(50, 5_000, 0.0), 1_000))
    print("\n| primum coefficients FILE --bootstrap B, the whole process on all cores | B | seconds | peak memory |")
    print("| --- | --- | --- | --- |")
    for name, file, replicates in jobs:
        command = [TARGET / "release" / "primum", "coefficients", file, "--bootstrap", replicates, "--json"]
        taken, memory = watched(command, 1 if "50" in name else 5)
        print(f"| {name} | {replicates:,} | {taken:.3f} | {memory:,.0f} MB |", flush=True)
    for n in (100, 1_000_000):
        print(f"numpy, n = {n:,}: 10,000 replicates of quadratic kappa alone in {kappa_numpy(n):.3f} s")


def table_file(n):
    """A file with the cells of the table that the Rust benchmark uses."""
    file = PLACE / f"table-{n}.json"
    table = counts(n).reshape(LEVELS, LEVELS).tolist()
    file.write_text(json.dumps({"categories": list(range(LEVELS)), "table": table}))
    return file


def ratings_file(raters, items, gaps):
    """A file of ratings that spread about each item's own level, some missing."""
    import numpy as np

    random = np.random.default_rng(1)
    levels = (random.random((items, 1)) * LEVELS + random.normal(0, 0.9, (items, raters))).clip(0, 4.99)
    missing = random.random((items, raters)) < gaps
    rows = [[None if gap else int(level) for level, gap in zip(*row)] for row in zip(levels, missing)]
    file = PLACE / f"ratings-{raters}.json"
    file.write_text(json.dumps({"categories": list(range(LEVELS)), "ratings": rows}))
    return file


def prepare():
    """Makes the virtual environment, once."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", PLACE / "venv"], check=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PACKAGES], check=True)


def rust_times():
    """The fastest run in seconds by benchmark and argument."""
    run = ["cargo", "bench", "-p", "agreement", "--bench", "resample"]
    text = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    unit = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}
    found, group = {}, ""
    for line in text.splitlines():
        # A line is a name or an argument, then fastest, slowest, median and mean.
        times = re.findall(r"([\d.]+) (ns|µs|ms|s)\b", line)
        name = re.match(r"^[│ ]*[├╰]─ (\S+)", line)
        if not name:
            continue
        nested = line.startswith(("│", " "))
        if not nested:
            group = name[1]
        if len(times) >= 3:
            value, of = times[0]
            found[group, name[1] if nested else ""] = float(value) * unit[of]
    return found


def fastest(job, times=25):
    """Seconds that a job takes at best."""
    return min(clock(job) for _ in range(times))


def clock(job):
    """Seconds that a job takes once."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def row(name, rust, vectorised, package=None):
    """One line of the table; `package` is its name, seconds, and the replicates measured."""
    cells = [name, seconds(rust), seconds(vectorised), f"{vectorised / rust:,.1f}"]
    if package:
        label, taken, measured = package
        cells += [f"{seconds(taken)} ({label}, from {measured} replicates)"]
        cells += [f"{taken / rust:,.0f}"]
    else:
        cells += ["", ""]
    print("| " + " | ".join(cells) + " |", flush=True)


def seconds(value):
    """Seconds as a person reads them."""
    return f"{value * 1e3:.2f} ms" if value < 0.1 else f"{value:,.2f} s"


def counts(n):
    """The cells of the table that the Rust benchmark uses."""
    import numpy as np

    shares = np.array(SHARES)
    return (shares * n // shares.sum()).ravel()


def kappas(cells):
    """Quadratic kappa of many tables at once: replicates by 25 counts."""
    import numpy as np

    tables = cells.reshape(-1, LEVELS, LEVELS).astype(float)
    apart = np.subtract.outer(np.arange(LEVELS), np.arange(LEVELS)) ** 2
    observed = (tables * apart).sum((1, 2)) * tables.sum((1, 2))
    expected = np.einsum("ij,bi,bj->b", apart, tables.sum(2), tables.sum(1))
    return 1 - observed / expected


def kappa_numpy(n):
    """10,000 replicates with their percentile interval."""
    import numpy as np

    random, cells = np.random.default_rng(1), counts(n)
    items = cells.sum()

    def job():
        return np.quantile(kappas(random.multinomial(items, cells / items, 10_000)), [0.025, 0.975])

    return fastest(job)


def kappa_sklearn(n):
    """10,000 replicates by drawing items and calling cohen_kappa_score."""
    import numpy as np
    from sklearn.metrics import cohen_kappa_score

    random, cells = np.random.default_rng(1), counts(n)
    pairs = np.repeat(np.arange(LEVELS**2), cells)
    first, second = pairs // LEVELS, pairs % LEVELS

    def one():
        drawn = random.integers(0, len(pairs), len(pairs))
        cohen_kappa_score(first[drawn], second[drawn], weights="quadratic")

    measured = 3 if n > 100_000 else 100
    return "scikit-learn", fastest(one, measured) * 10_000, measured


def drawn_units(random, units, replicates):
    """How often each unit is drawn: replicates by units."""
    import numpy as np

    drawn = random.integers(0, units, (replicates, units), dtype=np.int32)
    drawn += np.arange(replicates, dtype=np.int32)[:, None] * units
    times = np.bincount(drawn.ravel(), minlength=replicates * units)
    return times.reshape(replicates, units).astype(float)


def alpha():
    """Ordinal alpha: the vectorised seconds, and those of the package."""
    import krippendorff
    import numpy as np

    random = np.random.default_rng(1)
    noise = random.random((3, 5_000, 50)).sum(0) - 1.5
    ratings = ((np.arange(5_000) % 5)[:, None] + 0.5 + 1.2 * noise).clip(0, 4.99).astype(int)

    def job():
        levels = np.stack([(ratings == level).sum(1) for level in range(LEVELS)], 1).astype(float)
        within = levels[:, :, None] * levels[:, None, :] / (levels.sum(1) - 1)[:, None, None]
        units = np.concatenate([levels, within.reshape(len(levels), -1)], 1)
        sums = drawn_units(random, len(units), 1_000) @ units
        margins, pairs = sums[:, :LEVELS], sums[:, LEVELS:].reshape(-1, LEVELS, LEVELS)
        middle = margins.cumsum(1) - margins / 2
        apart = (middle[:, :, None] - middle[:, None, :]) ** 2
        expected = (margins[:, :, None] * margins[:, None, :] * apart).sum((1, 2))
        observed = (pairs * apart).sum((1, 2))
        return np.quantile(1 - (margins.sum(1) - 1) * observed / expected, [0.025, 0.975])

    def one():
        drawn = ratings[random.integers(0, 5_000, 5_000)]
        krippendorff.alpha(reliability_data=drawn.T.astype(float), level_of_measurement="ordinal")

    return fastest(job), ("krippendorff", fastest(one, 20) * 1_000, 20)


def kappa_clusters(clusters):
    """1,000 replicates of whole clusters, of 60 items or of 2."""
    import numpy as np

    random, shares = np.random.default_rng(1), counts(3_600)
    items = 2 if clusters > 100 else 60
    tables = random.multinomial(items, shares / shares.sum(), clusters).astype(float)

    def job():
        sums = drawn_units(random, clusters, 1_000) @ tables
        return np.quantile(kappas(sums), [0.025, 0.975])

    return fastest(job)


def rows():
    """Reads and tabulates one and ten million rows of a CSV."""
    primum = TARGET / "release" / "primum"
    print("\n| reading a CSV of a,b,count and tabulating it | seconds | MB/s | ratio | peak memory |")
    print("| --- | --- | --- | --- | --- |")
    for number in (1_000_000, 10_000_000):
        file = PLACE / f"rows-{number}.csv"
        if not file.exists():
            write_rows(file, number)
        ours = ["coefficients", file, "--categories", "0,1,2,3,4"]
        jobs = [
            ("primum coefficients", [primum, *ours]),
            ("cat to nowhere", ["cat", file]),
            ("wc -l", ["wc", "-l", file]),
            ("pandas", [PYTHON, __file__, "--tabulate", "pandas", file]),
            ("polars", [PYTHON, __file__, "--tabulate", "polars", file]),
        ]
        first = None
        for name, command in jobs:
            taken, memory = watched(command)
            first = first or taken
            speed = file.stat().st_size / 1e6 / max(taken, 1e-9)
            cells = [f"{number:,} rows, {name}", f"{taken:.3f}", f"{speed:,.0f}"]
            cells += [f"{taken / first:.2f}", f"{memory:,.0f} MB" if memory else "–"]
            print("| " + " | ".join(cells) + " |", flush=True)


def write_rows(file, number):
    """Rows of pairs by the shares, with counts from 0 to 9."""
    import numpy as np

    random, shares = np.random.default_rng(1), np.array(SHARES).ravel()
    lines = np.array([f"{cell // 5},{cell % 5},{count}" for cell in range(25) for count in range(10)])
    cells = random.choice(25, number, p=shares / shares.sum())
    with open(file, "w") as out:
        out.write("a,b,count\n")
        out.write("\n".join(lines[10 * cells + random.integers(0, 10, number)].tolist()) + "\n")


def watched(command, times=5):
    """The fewest seconds of a command and its peak memory in MB, the file being in the cache.

    A Python command says itself how long it took after its imports.
    """
    taken, memory = [], 0
    for _ in range(times):
        start = time.perf_counter()
        inside = command[0] == PYTHON
        out = subprocess.PIPE if inside else subprocess.DEVNULL
        child = subprocess.Popen([str(part) for part in command], stdout=out)
        while child.poll() is None:
            memory = max(memory, peak(child.pid))
            time.sleep(0.001)
        spent = time.perf_counter() - start
        if child.returncode:
            sys.exit(f"{command} failed")
        taken.append(json.loads(child.stdout.read()) if inside else spent)
    return min(taken), memory


def peak(process):
    """The peak memory in MB of a process that runs; what /proc says, as the rusage of a child
    includes this one's."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0


def tabulate(package, file):
    """Reads and tabulates in one package, and prints the seconds."""
    if package == "pandas":
        import pandas

        def job():
            return pandas.read_csv(file).groupby(["a", "b"])["count"].sum()
    else:
        import polars

        def job():
            table = polars.scan_csv(file).group_by("a", "b").agg(polars.col("count").sum())
            return table.collect(engine="streaming")

    print(json.dumps(clock(job)))


if __name__ == "__main__":
    main()
