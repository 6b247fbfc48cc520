"""Times `bonafide simulate` and DuckDB writing the same rows, one after the other, several rounds; called by simulate_peer.sh."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

bonafide, work, creators, follows, accounts, rounds = sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:])
dataset, copy = work / "simulated", work / "copied"
scenario = work / "scenario.toml"
scenario.write_text(
    f"""creators = {creators}
accounts = {accounts}
[organic]
followers_min = {follows}
followers_max = {follows * 40}
[orders]
followers_max = {follows * 5}
[sampling]
follows_per_creator = {follows}
"""
)

# The rows are read into memory before the clock starts; what is timed is writing them.
DUCKDB = """
import duckdb, pathlib, sys, time
source, target = map(pathlib.Path, sys.argv[1:3])
target.mkdir()
tables = sorted(source.glob("*.parquet"))
connection = duckdb.connect()
connection.execute("set enable_progress_bar = false")
for table in tables:
    connection.execute(f"create table {table.stem} as select * from read_parquet('{table}')")
started, busy = time.perf_counter(), time.process_time()
for table in tables:
    connection.execute(f"copy {table.stem} to '{target / table.name}' (format parquet, compression zstd)")
print(time.perf_counter() - started, time.process_time() - busy)
print(sum(connection.execute(f"select count(*) from {table.stem}").fetchone()[0] for table in tables))
"""


def run(command):
    """Runs a command and gives its output, its seconds, its processor seconds and the most memory it held in MiB."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed with status {status}")
    return output, time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def bytes_in(folder):
    """Size of the tables of a dataset, without the truth beside them."""
    return sum(table.stat().st_size for table in folder.glob("*.parquet"))


ours, theirs = [], []
heads = ("round", "simulate s", "cpu s", "MiB", "DuckDB s", "cpu s", "MiB", "ratio")
print("{:>5} {:>11} {:>7} {:>7} {:>9} {:>7} {:>7} {:>6}".format(*heads), flush=True)
for number in range(1, rounds + 1):
    for folder in (dataset, copy):
        shutil.rmtree(folder, ignore_errors=True)
    command = [bonafide, "simulate", "--scenario", str(scenario), "--tables", "parquet", "--out", str(dataset), "--quiet"]
    _, seconds, busy, memory = run(command)
    output, _, _, peer_memory = run([sys.executable, "-c", DUCKDB, str(dataset), str(copy)])
    peer_seconds, peer_busy, rows = map(float, output.split())
    ours.append(seconds)
    theirs.append(peer_seconds)
    print(
        f"{number:>5} {seconds:>11.2f} {busy:>7.1f} {memory:>7.0f} {peer_seconds:>9.2f} {peer_busy:>7.1f} {peer_memory:>7.0f}"
        f" {seconds / peer_seconds:>6.2f}",
        flush=True,
    )
ratio = statistics.median(ours) / statistics.median(theirs)
print(f"{int(rows):,} rows; median {statistics.median(ours):.2f} s against {statistics.median(theirs):.2f} s: ratio {ratio:.2f}")
print(f"tables of {bytes_in(dataset) / 2**20:.0f} MiB against {bytes_in(copy) / 2**20:.0f} MiB")
