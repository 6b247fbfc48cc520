#!/usr/bin/env bash
# Times `bonafide simulate` against DuckDB writing the same rows to Parquet, in one run: both on all cores, each table in one file,
# zstd; and states processor seconds, the most memory that each held, and the size of the tables. On a busy machine compare the
# processor seconds.
# Usage: benches/simulate_peer.sh [CREATORS] [FOLLOWS_PER_CREATOR] [ACCOUNTS] [ROUNDS]; the default makes 10^7 follows.
# Needs Python 3.9 or newer; DuckDB comes from PyPI into an environment of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
creators=${1:-10000}
follows=${2:-1000}
accounts=${3:-1000000}
rounds=${4:-3}
work=${BONAFIDE_BENCH_FOLDER:-${TMPDIR:-/tmp}/bonafide-peers}
mkdir -p "$work"
if [ ! -x "$work/venv/bin/python" ]; then
    python3 -m venv "$work/venv"
fi
"$work/venv/bin/python" -c 'import duckdb' 2>/dev/null || "$work/venv/bin/pip" install --quiet duckdb==2.0.0
cargo build --release --quiet
bonafide=$(cargo metadata --format-version 1 --no-deps | "$work/venv/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')/release/bonafide
"$work/venv/bin/python" benches/simulate_peer.py "$bonafide" "$work" "$creators" "$follows" "$accounts" "$rounds"
