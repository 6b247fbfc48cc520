"""Reading and scoring, bonafide against its peers, in turn within one run. Called by peers.sh."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

READ_POLARS = """
import sys, time, polars as pl
from pathlib import Path
start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).iterdir()):
    if path.suffix == ".parquet":
        table = pl.scan_parquet(path)
    elif path.suffix == ".csv":
        table = pl.scan_csv(path, schema_overrides={name: pl.String for name in ("currency", "country", "language", "text")}, infer_schema_length=20000, ignore_errors=True)
    else:
        continue
    schema = table.collect_schema()
    table.select(
        [pl.col(name).n_unique().alias(name + "_ids") for name in schema if name.endswith("_id") or name == "id"]
        + [pl.col(name).null_count().alias(name + "_missing") for name in schema]
        + [pl.col(name).cast(pl.Float64).sum().alias(name + "_sum") for name, kind in schema.items() if kind.is_numeric() or kind == pl.Boolean]
        + [pl.col(name).max().alias(name + "_max") for name in schema]
    ).collect()
print(time.perf_counter() - start)
"""

READ_DUCKDB = """
import sys, time, duckdb
from pathlib import Path
start = time.perf_counter()
db = duckdb.connect()
for path in sorted(Path(sys.argv[1]).iterdir()):
    if path.suffix not in (".parquet", ".csv"):
        continue
    source = f"read_csv('{path}', sample_size=20000, ignore_errors=true)" if path.suffix == ".csv" else f"'{path}'"
    columns = [row[0] for row in db.execute(f"describe select * from {source}").fetchall()]
    parts = [f'count(distinct "{name}")' for name in columns if name.endswith("_id") or name == "id"]
    parts += [f'count("{name}")' for name in columns] + [f'max("{name}")' for name in columns]
    db.execute(f"select {', '.join(parts)} from {source}").fetchall()
print(time.perf_counter() - start)
"""

SCORE_LIGHTGBM = """
import sys, time, numpy as np, lightgbm as lgb
n, trees, leaves = map(int, sys.argv[1:4])
rng = np.random.default_rng(7)
x = rng.normal(size=(n, 9))
x[rng.random(x.shape) < .2] = np.nan
y = (np.nansum(x[:, :4], axis=1) + rng.normal(size=n) > 0).astype(int)
fit = min(n, 20000)
model = lgb.train({"objective": "binary", "num_leaves": leaves, "verbose": -1, "num_threads": 2, "min_data_in_leaf": 5}, lgb.Dataset(x[:fit], y[:fit]), trees)
model.predict(x[:1000])
start = time.perf_counter()
model.predict(x)
print(time.perf_counter() - start)
"""


def inside(code, *arguments):
    """Seconds that a fresh Python process measured inside itself: its start and imports do not count."""
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def criterion_median(bench, group, **environment):
    """Median seconds and name of the one benchmark of a group, run now."""
    command = ["cargo", "bench", "--quiet", "--bench", bench, "--", "--noplot", "--warm-up-time", "1", "--measurement-time", "5", f"^{group}/"]
    environment = dict(os.environ, CARGO_TERM_COLOR="never", **environment)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    metadata = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], capture_output=True, check=True)
    folder = Path(json.loads(metadata.stdout)["target_directory"]) / "criterion" / group
    estimates = max(folder.glob("*/new/estimates.json"), key=lambda path: path.stat().st_mtime)
    return json.loads(estimates.read_text())["median"]["point_estimate"] / 1e9, estimates.parent.parent.name


def score_bonafide(accounts):
    """Seconds for `accounts` rows, from the bench's rows a second."""
    seconds, rows = criterion_median("scoring", "predict")
    return seconds * accounts / int(rows)


def show(title, ours, peers):
    print(f"\n{title}")
    for name, seconds in [("bonafide", ours), *peers.items()]:
        ratios = [a / b for a, b in zip(ours, seconds)]
        print(f"  {name:<28} median {statistics.median(seconds):8.3f} s  [{min(seconds):.3f}, {max(seconds):.3f}]   bonafide / it: {statistics.median(ratios):.2f}")


def main():
    work, accounts, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    parts = sys.argv[4:] or ["read", "score"]
    if "read" in parts:
        read(work, accounts, rounds)
    if "score" in parts:
        score(accounts, rounds)


def read(work, accounts, rounds):
    for form in ("parquet", "csv"):
        data = work / f"{form}-{accounts}"
        size = sum(path.stat().st_size for path in data.iterdir() if path.is_file()) / 1e6
        ours, polars, duckdb = [], [], []
        for _ in range(rounds):
            ours.append(criterion_median("tables", "folder", BONAFIDE_BENCH_DATASET=str(data))[0])
            polars.append(inside(READ_POLARS, data))
            duckdb.append(inside(READ_DUCKDB, data))
        show(f"read and aggregate all tables, {form}, {size:.0f} MB, {rounds} rounds", ours, {"Polars": polars, "DuckDB": duckdb})


def score(accounts, rounds):
    ours, same, large = [], [], []
    for _ in range(min(rounds, 3)):
        ours.append(score_bonafide(accounts))
        same.append(inside(SCORE_LIGHTGBM, accounts, 46, 2))
        large.append(inside(SCORE_LIGHTGBM, accounts, 200, 31))
    peers = {"LightGBM, 46 stumps (as many steps)": same, "LightGBM, 200 trees of 31 leaves": large}
    show(f"score {accounts} accounts from 9 signals, two threads", ours, peers)


main()
