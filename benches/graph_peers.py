"""One graph, our algorithms and their peers, in turn within one run. Called by graph_peers.sh.

The graph: a tenth as many rows as edges and a thousandth as many columns, both of skewed popularity, no edge twice, in random order, and a
block of 2,000 rows by 200 columns at density .5 (a tenth of that below 10^7 edges)."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path


def make(folder, n_edges):
    """Writes the edges as two files of little-endian 32-bit numbers, and their counts."""
    import numpy as np

    folder.mkdir(parents=True)
    n_rows, n_columns = n_edges // 10, n_edges // 1000
    rng = np.random.default_rng(1)
    block_rows, block_columns = (2000, 200) if n_edges >= 10**7 else (632, 63)
    names = rng.permutation(n_rows).astype("<u4"), rng.permutation(n_columns).astype("<u4")
    keys = np.empty(n_edges, "<u8")
    step = 1 << 22
    for start in range(0, n_edges, step):
        n = min(step, n_edges - start)
        rows = (n_rows * rng.random(n) ** 1.5).astype("<u4")
        columns = (n_columns * rng.random(n) ** 2.5).astype("<u4")
        keys[start : start + n] = names[0][rows].astype("<u8") << 32 | names[1][columns]
    inside = np.argwhere(rng.random((block_rows, block_columns)) < 0.5)
    rows, columns = names[0][n_rows // 2 + inside[:, 0]], names[1][n_columns // 2 + inside[:, 1]]
    keys[: len(inside)] = rows.astype("<u8") << 32 | columns
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    rng.shuffle(keys)
    (keys >> 32).astype("<u4").tofile(folder / "rows.u32")
    (keys & 0xFFFFFFFF).astype("<u4").tofile(folder / "columns.u32")
    (folder / "shape.txt").write_text(f"{n_rows} {n_columns} {len(keys)}\n")


def peer(name, folder):
    """Runs one peer and prints its figures as one line of JSON."""
    import contextlib
    import io
    import resource

    import numpy as np

    n_rows, n_columns, n_edges = map(int, (folder / "shape.txt").read_text().split())
    rows, columns = np.fromfile(folder / "rows.u32", "<u4"), np.fromfile(folder / "columns.u32", "<u4")
    figures = {}

    def timed(what, run):
        used, started = time.process_time(), time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            result = run()
        figures[what + "_s"], figures[what + "_cpu_s"] = time.perf_counter() - started, time.process_time() - used
        return result

    if name == "igraph":
        import igraph

        edges = np.empty((n_edges, 2), np.int64)
        edges[:, 0], edges[:, 1] = rows, columns
        edges[:, 1] += n_rows
        del rows, columns
        graph = timed("build", lambda: igraph.Graph(n=n_rows + n_columns, edges=edges))
        del edges
        figures["deepest"] = max(timed("cores", graph.coreness))
    elif name == "networkit":
        import networkit

        ends = rows.astype(np.int64), columns.astype(np.int64) + n_rows
        del rows, columns
        graph = timed("build", lambda: networkit.GraphFromCoo(ends, n_rows + n_columns))
        del ends
        cores = networkit.centrality.CoreDecomposition(graph)
        timed("cores", cores.run)
        figures["deepest"] = int(cores.maxCoreNumber())
    else:
        if name == "UGFraud":
            from UGFraud.Detector import Fraudar as greedy
        else:
            from fraudar.export import greedy
        matrix = timed("build", lambda: greedy.listToSparseMatrix(rows.tolist(), columns.tolist()))
        (block, density) = timed("fraudar", lambda: greedy.logWeightedAveDegree(matrix))
        figures["block"] = [sorted(map(int, side)) for side in block]
        figures["density"] = float(density)
    figures["peak_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(figures))


def measured(command):
    child = subprocess.run(command, stdout=subprocess.PIPE)
    if child.returncode != 0:
        return None
    return json.loads(child.stdout.decode().strip().splitlines()[-1])


def run(ours, folder, n_edges, rounds, peers):
    if not (folder / "shape.txt").exists():
        subprocess.run([sys.executable, __file__, "make", str(folder), str(n_edges)], check=True)
    n_rows, n_columns, n_edges = map(int, (folder / "shape.txt").read_text().split())
    print(f"{n_edges:,} edges, {n_rows:,} rows, {n_columns:,} columns; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    found = {name: [] for name in ["ours", *peers]}
    for _ in range(rounds):
        for name in found:
            command = [ours, str(folder)] if name == "ours" else [sys.executable, __file__, "peer", name, str(folder)]
            figures = measured(command)
            if figures is None:
                print(f"{name} failed")
            else:
                found[name].append(figures)

    def middle(name, what):
        values = [figures[what] for figures in found[name] if what in figures]
        return statistics.median(values) if values else None

    print(f"{'':18}{'':>9}{'s':>9}{'cpu s':>9}{'ns/edge':>9}{'B/edge':>8}{'ratio':>8}{'cpu ratio':>10}")
    for what in ["build", "cores", "fraudar"]:
        for name in found:
            seconds, cpu = middle(name, what + "_s"), middle(name, what + "_cpu_s")
            if seconds is None:
                continue
            peak = middle(name, what + "_peak_bytes") or middle(name, "peak_bytes")
            line = f"{name:18}{what:>9}{seconds:9.3f}{cpu:9.3f}{1e9 * seconds / n_edges:9.1f}{peak / n_edges:8.1f}"
            print(line + f"{seconds / middle('ours', what + '_s'):8.1f}{cpu / middle('ours', what + '_cpu_s'):10.1f}")
    print(f"held by our graph: {middle('ours', 'held_bytes') / n_edges:.2f} B an edge")
    ours = found["ours"][-1]
    for name in found:
        if name == "ours" or not found[name]:
            continue
        theirs = found[name][-1]
        if "deepest" in theirs:
            print(f"{name}: deepest core {theirs['deepest']}, ours {ours['deepest']}")
        else:
            same = theirs["block"] == [ours["rows"], ours["columns"]]
            off = theirs["density"] / ours["density"] - 1
            print(f"{name}: {'the same block' if same else 'ANOTHER BLOCK'}, density {theirs['density']:.6f}, ours {-off:+.1e} of it off")


def reference():
    """The block that rgmining-fraudar finds in the graph of the reference test in src/graph/fraudar.rs."""
    from fraudar.export import greedy

    state, edges = 1, set()

    def draw(n):
        nonlocal state
        state = (1_664_525 * state + 1_013_904_223) % 2**32
        return (state >> 16) * n >> 16

    for _ in range(2400):
        row, column = draw(400), draw(150)
        edges.add((row, column * column // 150))
    for row in range(40):
        edges.update((row * 9 + 3, 60 + column * 5) for column in range(15) if draw(10) < 7)
    matrix = greedy.listToSparseMatrix(*zip(*sorted(edges)))
    (block, density) = greedy.detectMultiple(matrix, greedy.logWeightedAveDegree, 1)[0]
    print(len(edges), density, *(sorted(map(int, side)) for side in block))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "peer":
        peer(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1] == "reference":
        reference()
    else:
        run(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), sys.argv[6].split())
