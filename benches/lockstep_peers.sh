#!/usr/bin/env bash
# Times our lockstep groups against coordination-network-toolkit on the same timed follows in one run, and says how many of the planted accounts each finds.
# Usage: benches/lockstep_peers.sh [EDGES] [ROUNDS] [WINDOWS]; the default is 1000000 1 "60 3600": seconds within which two accounts
# count as together for the toolkit. Needs Python 3.9 or newer; the peer comes from PyPI into the environment of graph_peers.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
edges=${1:-1000000}
rounds=${2:-1}
windows=${3-60 3600}
work=${BONAFIDE_BENCH_FOLDER:-${TMPDIR:-/tmp}/bonafide-peers}
mkdir -p "$work"
if [ ! -x "$work/graph-venv/bin/python" ]; then
    python3 -m venv "$work/graph-venv"
fi
"$work/graph-venv/bin/pip" install --quiet numpy==2.4.6 coordination-network-toolkit==1.5.2
cargo bench --quiet --bench lockstep_scale --no-run
ours=$(cargo bench --bench lockstep_scale --no-run --message-format json 2>/dev/null | "$work/graph-venv/bin/python" -c '
import json, sys
print([line["executable"] for line in map(json.loads, sys.stdin) if line.get("target", {}).get("name") == "lockstep_scale"][-1])')
[ -d "$work/follows-$edges" ] || "$ours" write "$work/follows-$edges" "$edges"
"$work/graph-venv/bin/python" benches/lockstep_peers.py run "$ours" "$work/follows-$edges" "$rounds" "$windows"
