"""All timing measures in one pass beside one group-by of DuckDB and Polars, and the follower map beside a plain reference, within one run.
Called by timing_peers.sh.

The rows: actors with a log-normal number of actions (σ 1.2), gaps log-normal (median ten minutes, σ 2) in whole seconds, one Parquet file with
a million rows a row group, sorted by actor, then by time. Every peer is a process of its own, is told to use all cores, and keeps its result in memory. Two
group-bys: count, first and last time of every actor (the bar), and count, mean and standard deviation of its gaps (what burstiness
alone needs). Their sum of burstiness is compared with ours."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

FEWEST_EVENTS = 20


def make(path, n_rows, n_actors):
    """Writes the rows piece by piece."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(1)
    sizes = rng.lognormal(0.0, 1.2, n_actors)
    sizes = np.maximum(1, sizes * (n_rows / sizes.sum())).astype(np.int64)
    ends = np.cumsum(sizes)
    schema = pa.schema([pa.field("actor", pa.uint32(), False), pa.field("at_s", pa.int64(), False)])
    group = 1 << 20
    pending = []
    with pq.ParquetWriter(path, schema, compression="snappy") as writer:
        first = 0
        while first < n_actors:
            end = max(first + 1, int(np.searchsorted(ends, (ends[first - 1] if first else 0) + 4 * group)))
            of = sizes[first:end]
            gaps = np.minimum(rng.lognormal(np.log(600), 2.0, of.sum()), 3e6).astype(np.int64)
            times = np.cumsum(gaps)
            starts = np.cumsum(of) - of
            times += np.repeat(1_700_000_000 + rng.integers(0, 10**7, len(of)) - times[starts], of)
            actors = np.repeat(np.arange(first, end, dtype=np.uint32), of)
            pending.append(pa.table([actors, times], schema=schema))
            first = end
            table = pa.concat_tables(pending)
            whole = len(table) if first == n_actors else len(table) // group * group
            # Groups of rows end anywhere, also within an actor.
            writer.write_table(table.slice(0, whole), row_group_size=group)
            pending = [table.slice(whole)]


PLAIN_SQL = "create table found as select actor, count(*) n, min(at_s) first, max(at_s) last from '{file}' group by actor"
GAPS_SQL = """create table found as select actor, count(gap) n, avg(gap) mean, stddev_pop(gap) sd from (
    select actor, at_s - lag(at_s) over (partition by actor order by at_s) gap from '{file}') group by actor"""


def peer(name, query, file):
    """Runs one group-by and prints its figures as one line of JSON."""
    import numpy as np

    used, started = time.process_time(), time.perf_counter()
    if name == "duckdb":
        import duckdb

        database = duckdb.connect()
        started, used = time.perf_counter(), time.process_time()
        database.execute((PLAIN_SQL if query == "plain" else GAPS_SQL).format(file=file))
        seconds, cpu = time.perf_counter() - started, time.process_time() - used
        found = database.execute("select * from found").fetchnumpy()
    else:
        import polars as pl

        started, used = time.perf_counter(), time.process_time()
        at, gap = pl.col("at_s"), pl.col("at_s").diff()
        wanted = [pl.len().alias("n"), at.min().alias("first"), at.max().alias("last")]
        if query == "gaps":
            wanted = [gap.count().alias("n"), gap.mean().alias("mean"), gap.std(ddof=0).alias("sd")]
        found = pl.scan_parquet(file).group_by("actor").agg(wanted).collect(engine="streaming" if name == "polars streaming" else "in-memory")
        seconds, cpu = time.perf_counter() - started, time.process_time() - used
        found = {column: found[column].to_numpy() for column in found.columns}
    figures = {"pass_s": seconds, "pass_cpu_s": cpu, "pass_peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "actors": len(found["n"])}
    if query == "gaps":
        n, mean, sd = (np.ma.filled(found[column], 0).astype(float) for column in ["n", "mean", "sd"])
        many = (n >= FEWEST_EVENTS - 1) & (mean > 0)
        n, ratio = n[many], sd[many] / mean[many]
        up, down = np.sqrt(n + 1), np.sqrt(n - 1)
        figures["burstiness_sum"] = float(np.clip((up * ratio - down) / ((up - 2) * ratio + down), -1, 1).sum())
    print(json.dumps(figures))


def reference_map(created, window=200, stride=40, bins=12):
    """Zouzou and Varol's follower map, step by step as they describe it, with numpy for what is done to a window or a bin."""
    import numpy as np

    n = len(created)
    last = -(-(n - window) // stride)
    starts = [place * (n - window) // last if last else 0 for place in range(last + 1)]
    oldest = min(created)
    newest, bin_of = max(created[:11]), []
    for date in created:
        newest = max(newest, date)
        # Exact, in whole numbers: floating point puts dates on the edge of a bin on the wrong side.
        bin_of.append(0 if date == oldest else -(-(date - oldest) * bins // (newest - oldest)) - 1)
    bin_of = np.array(bin_of)
    counts = np.array([np.bincount(bin_of[start : start + window], minlength=bins) for start in starts])
    median = np.median(counts, axis=0)
    spread = np.percentile(counts, 75, axis=0) - np.percentile(counts, 25, axis=0)
    cells = (counts - median + np.sign(counts - median)) / (spread + 1)
    scores, first = [], 0
    for rank in range(n):
        while starts[first] + window <= rank:
            first += 1
        values, weights = [], []
        for place in range(first, len(starts)):
            if starts[place] > rank:
                break
            values.append(cells[place, bin_of[rank]])
            weights.append(window / 2 - abs(rank - (starts[place] + (window - 1) / 2)) + 1)
        scores.append(np.average(values, weights=weights))
    return scores


def follower_map(ours, work, n_followers, rounds):
    import numpy as np

    rng = np.random.default_rng(2)
    created = 1_200_000_000_000 + (rng.random(n_followers) ** 0.7 * np.linspace(1e11, 5e11, n_followers)).astype("<i8")
    batch = slice(n_followers // 2, n_followers // 2 + n_followers // 20)
    created[batch] = 1_500_000_000_000 + rng.integers(0, 10**9, len(created[batch]))
    file = work / f"created-{n_followers}.i64"
    created.tofile(file)
    theirs, mine = [], []
    for _ in range(rounds):
        mine.append(measured([ours, "map", str(file)]))
        started = time.perf_counter()
        scores = reference_map(created.tolist())
        theirs.append(time.perf_counter() - started)
    seconds, reference = statistics.median(figures["map_s"] for figures in mine), statistics.median(theirs)
    off = float(np.abs(np.array(mine[-1]["scores"]) - np.array(scores)).max())
    print(f"follower map of {n_followers:,}: ours {1e6 * seconds / n_followers:.3f} us a follower, the reference {1e6 * reference / n_followers:.1f}, "
          f"{reference / seconds:.0f} times ours; largest difference of a score {off:.1e}")


def measured(command):
    child = subprocess.run(command, stdout=subprocess.PIPE)
    if child.returncode != 0:
        print(f"{command[1:4]} failed")
        return None
    return json.loads(child.stdout.decode().strip().splitlines()[-1])


def run(ours, work, n_rows, rounds, n_actors, n_followers, queries):
    file = work / f"rows-{n_rows}-{n_actors}.parquet"
    if not file.exists():
        subprocess.run([sys.executable, __file__, "make", str(file), str(n_rows), str(n_actors)], check=True)
    import pyarrow.parquet as pq

    n_rows = pq.ParquetFile(file).metadata.num_rows
    print(f"{n_rows:,} rows, {n_actors:,} actors, {file.stat().st_size / n_rows:.1f} B a row on disk; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    commands = {"ours, 17 measures": [ours, "events", str(file)]}
    for query in queries:
        for name in ["duckdb", "polars", "polars streaming"]:
            commands[f"{name}, {query}"] = [sys.executable, __file__, "peer", name, query, str(file)]
    found = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            figures = measured(command)
            if figures:
                found[name].append(figures)

    def middle(name, what):
        return statistics.median(figures[what] for figures in found[name])

    mine = middle("ours, 17 measures", "pass_s"), middle("ours, 17 measures", "pass_cpu_s")
    print(f"{'':24}{'s':>9}{'cpu s':>9}{'ns/row':>9}{'MiB':>8}{'B/actor':>9}{'ours/its':>10}{'cpu':>7}")
    for name in (name for name in found if found[name]):
        seconds, cpu, peak = middle(name, "pass_s"), middle(name, "pass_cpu_s"), middle(name, "pass_peak_bytes")
        print(f"{name:24}{seconds:9.3f}{cpu:9.3f}{1e9 * seconds / n_rows:9.1f}{peak / 2**20:8.0f}{peak / n_actors:9.0f}{mine[0] / seconds:10.2f}{mine[1] / cpu:7.2f}")
    print(f"reading alone, ours: {middle('ours, 17 measures', 'read_s'):.3f} s")
    sums = {name: found[name][-1]["burstiness_sum"] for name in found if found[name] and "burstiness_sum" in found[name][-1]}
    reference = sums["ours, 17 measures"]
    for name, other in sums.items():
        print(f"sum of burstiness, {name}: {other:.9g}, {abs(other / reference - 1):.1e} from ours")
    if n_followers:
        follower_map(ours, work, n_followers, rounds)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1] == "peer":
        peer(*sys.argv[2:5])
    else:
        run(sys.argv[2], Path(sys.argv[3]), *map(int, sys.argv[4:8]), sys.argv[8].split())
