#!/usr/bin/env bash
# Times our graphs against their peers in one run, on one input: building, core numbers (igraph, networkit) and FRAUDAR (rgmining-fraudar,
# UGFraud); each in a process of its own, with the most memory it held.
# Usage: benches/graph_peers.sh [EDGES] [ROUNDS] [PEERS]; the default is 1000000 1 "igraph networkit rgmining-fraudar UGFraud".
# Needs Python 3.9 or newer; the peers come from PyPI into an environment of their own. At 10^8 edges leave the last two out (hours), and
# igraph too unless 20 GB are free; networkit takes 6 GB. The scale table: for e in 1000000 10000000 100000000; do benches/graph_peers.sh $e 1 ""; done
set -euo pipefail
cd "$(dirname "$0")/.."
edges=${1:-1000000}
rounds=${2:-1}
peers=${3-igraph networkit rgmining-fraudar UGFraud}
work=${BONAFIDE_BENCH_FOLDER:-${TMPDIR:-/tmp}/bonafide-peers}
mkdir -p "$work"
if [ ! -x "$work/graph-venv/bin/python" ]; then
    python3 -m venv "$work/graph-venv"
    "$work/graph-venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 igraph==1.0.0 networkit==11.3 rgmining-fraudar==0.7.6 UGFraud==0.1.1.3
fi
cargo bench --quiet --bench graph_scale --no-run
ours=$(cargo bench --bench graph_scale --no-run --message-format json 2>/dev/null | "$work/graph-venv/bin/python" -c '
import json, sys
print([line["executable"] for line in map(json.loads, sys.stdin) if line.get("target", {}).get("name") == "graph_scale"][-1])')
"$work/graph-venv/bin/python" benches/graph_peers.py run "$ours" "$work/graph-$edges" "$edges" "$rounds" "$peers"
