#!/usr/bin/env bash
# Times all timing measures of every actor over rows sorted by actor against one group-by of DuckDB and of Polars over the same Parquet file, and
# the follower map against a plain reference of the same method in numpy, in one run.
# Usage: benches/timing_peers.sh [ROWS] [ROUNDS] [ACTORS] [FOLLOWERS] [QUERIES]; the default is 1000000 3, a thirtieth of the rows, 20000 (0
# leaves the map out) and "plain gaps".
# The scale table: for rows in 1000000 10000000 100000000; do benches/timing_peers.sh $rows 3 "" 0 plain; done
# Needs Python 3.9 or newer; the peers come from PyPI into an environment of their own. 10^8 rows take half a
# GB of disk; the query of gaps may then take 8 GB of memory.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-1000000}
rounds=${2:-3}
actors=${3:-$((rows / 30))}
followers=${4:-20000}
queries=${5:-plain gaps}
work=${BONAFIDE_BENCH_FOLDER:-${TMPDIR:-/tmp}/bonafide-peers}
mkdir -p "$work"
if [ ! -x "$work/timing-venv/bin/python" ]; then
    python3 -m venv "$work/timing-venv"
    "$work/timing-venv/bin/pip" install --quiet polars==2.1.0 duckdb==2.0.0 numpy==2.4.6 pyarrow
fi
cargo bench --quiet --bench timing_scale --no-run
ours=$(cargo bench --bench timing_scale --no-run --message-format json 2>/dev/null | "$work/timing-venv/bin/python" -c '
import json, sys
print([line["executable"] for line in map(json.loads, sys.stdin) if line.get("target", {}).get("name") == "timing_scale"][-1])')
"$work/timing-venv/bin/python" benches/timing_peers.py run "$ours" "$work" "$rows" "$rounds" "$actors" "$followers" "$queries"
