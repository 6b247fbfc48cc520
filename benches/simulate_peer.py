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
started = time.perf_counter()
for table in tables:
    connection.execute(f"copy {table.stem} to '{target / table.name}' (format parquet, compression zstd)")
print(time.perf_counter() - started)
print(sum(connection.execute(f"select count(*) from {table.stem}").fetchone()[0] for table in tables))
"""


def run(command):
    """Runs a command and gives its output, its seconds and the most memory it held in MiB."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed with status {status}")
    return output, time.perf_counter() - started, usage.ru_maxrss / 1024


ours, theirs = [], []
print(f"{'round':>5} {'simulate s':>11} {'MiB':>7} {'DuckDB s':>9} {'MiB':>7} {'ratio':>6}")
for number in range(1, rounds + 1):
    for folder in (dataset, copy):
        shutil.rmtree(folder, ignore_errors=True)
    command = [bonafide, "simulate", "--scenario", str(scenario), "--tables", "parquet", "--out", str(dataset), "--quiet"]
    _, seconds, memory = run(command)
    output, _, peer_memory = run([sys.executable, "-c", DUCKDB, str(dataset), str(copy)])
    peer_seconds, rows = output.split()
    ours.append(seconds)
    theirs.append(float(peer_seconds))
    print(f"{number:>5} {seconds:>11.2f} {memory:>7.0f} {theirs[-1]:>9.2f} {peer_memory:>7.0f} {seconds / theirs[-1]:>6.2f}")
ratio = statistics.median(ours) / statistics.median(theirs)
print(f"{int(rows):,} rows; median {statistics.median(ours):.2f} s against {statistics.median(theirs):.2f} s: ratio {ratio:.2f}")
