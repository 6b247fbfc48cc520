"""Accounts that act together, ours and coordination-network-toolkit's, on the same timed follows within one run. Called by lockstep_peers.sh.

The toolkit links two accounts that share a message ("co-retweet") or a link ("co-link") within a window of seconds, on two messages or more;
a creator stands for the message, then for the link. Ours looks for bursts from an hour to a month. The toolkit names no groups and no
significance: its accounts are those with any link of that weight."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FEWEST_SHARED = 2


def peer(kind, window, folder):
    """Runs the toolkit once and prints its figures as one line of JSON."""
    import contextlib
    import io
    import resource
    import sqlite3

    import numpy as np
    from coordination_network_toolkit.compute_networks import compute_co_link_network, compute_co_retweet_parallel
    from coordination_network_toolkit.preprocess import preprocess_data

    rows, columns, times = (np.fromfile(folder / f"{name}.u32", "<u4").tolist() for name in ["rows", "columns", "times"])
    figures = {}

    def used():
        return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in [resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN])

    def timed(what, run):
        before, started = used(), time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            run()
        figures[what + "_s"], figures[what + "_cpu_s"] = time.perf_counter() - started, used() - before

    with tempfile.TemporaryDirectory(dir=folder) as place:
        database = str(Path(place) / "network.db")
        if kind == "co_retweet":
            messages = ((number, row, "", column + 1, None, "", at, []) for number, (row, column, at) in enumerate(zip(rows, columns, times)))
            network, table = compute_co_retweet_parallel, "co_retweet_network"
        else:
            messages = ((number, row, "", None, None, "", at, [str(column)]) for number, (row, column, at) in enumerate(zip(rows, columns, times)))
            network, table = compute_co_link_network, "co_link_network"
        timed("load", lambda: preprocess_data(database, messages))
        timed("network", lambda: network(database, window, n_threads=os.cpu_count(), min_edge_weight=FEWEST_SHARED))
        pairs = sqlite3.connect(database).execute(f"select user_1, user_2 from {table} where user_1 < user_2 and weight >= {FEWEST_SHARED}").fetchall()
    figures["members"] = sorted({account for pair in pairs for account in pair})
    figures["peak_bytes"] = 1024 * max(resource.getrusage(who).ru_maxrss for who in [resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN])
    print(json.dumps(figures))


def run(ours, folder, rounds, windows):
    n_rows, n_columns, n_edges = map(int, (folder / "shape.txt").read_text().split())
    first_sold = int((folder / "first_sold.txt").read_text())
    print(f"{n_edges:,} follows, {n_rows:,} accounts, {n_columns:,} creators, {n_rows - first_sold} accounts sold; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    commands = {"ours": [ours, "one", str(folder)]}
    for kind in ["co_retweet", "co_link"]:
        for window in windows:
            commands[f"{kind} {window} s"] = [sys.executable, __file__, "peer", kind, window, str(folder)]
    found = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            child = subprocess.run(command, stdout=subprocess.PIPE)
            if child.returncode == 0:
                found[name].append(json.loads(child.stdout.decode().strip().splitlines()[-1]))
            else:
                print(f"{name} failed")

    def middle(name, what):
        return statistics.median(figures[what] for figures in found[name])

    # Ours reads the files while it builds the graph; the toolkit's rows are in memory before its clock starts.
    steps = {"ours": ("build", "lockstep")}
    print(f"{'':18}{'load s':>9}{'find s':>9}{'cpu s':>9}{'us/row':>9}{'B/row':>8}{'ratio':>8}{'cpu ratio':>10}{'accounts':>10}{'precision':>10}{'recall':>8}")
    whole = {}
    for name in (name for name in found if found[name]):
        load, find = steps.get(name, ("load", "network"))
        seconds = [middle(name, step + "_s") for step in (load, find)]
        cpu = sum(middle(name, step + "_cpu_s") for step in (load, find))
        whole[name] = sum(seconds), cpu
        peak = middle(name, "lockstep_peak_bytes" if name == "ours" else "peak_bytes")
        members = found[name][-1]["members"]
        sold = sum(member >= first_sold for member in members)
        line = f"{name:18}{seconds[0]:9.2f}{seconds[1]:9.2f}{cpu:9.2f}{1e6 * sum(seconds) / n_edges:9.2f}{peak / n_edges:8.0f}"
        line += f"{whole[name][0] / whole['ours'][0]:8.1f}{whole[name][1] / whole['ours'][1]:10.1f}"
        print(line + f"{len(members):10}{sold / max(1, len(members)):10.3f}{sold / (n_rows - first_sold):8.3f}")


if __name__ == "__main__":
    if sys.argv[1] == "peer":
        peer(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        run(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5].split())
