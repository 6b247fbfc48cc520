#!/usr/bin/env bash
# Times bonafide against its peers in one run: reading tables (Polars, DuckDB) and scoring accounts (LightGBM).
# Usage: benches/peers.sh [ACCOUNTS] [ROUNDS] [read] [score]; needs Python 3.9 or newer; the peers come from PyPI into an environment of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
accounts=${1:-300000}
rounds=${2:-3}
work=${BONAFIDE_BENCH_FOLDER:-${TMPDIR:-/tmp}/bonafide-peers}
mkdir -p "$work"
if [ ! -x "$work/venv/bin/python" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet polars==2.1.0 duckdb==2.0.0 lightgbm==4.7.0 numpy==2.4.6 pyarrow pytz
fi
cargo build --release --quiet
bonafide=$(cargo metadata --format-version 1 --no-deps | "$work/venv/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')/release/bonafide
for form in parquet csv; do
    data="$work/$form-$accounts"
    if [ ! -d "$data" ]; then
        "$bonafide" simulate --creators "$((accounts / 750))" --accounts "$accounts" --tables "$form" --out "$data" --quiet
    fi
done
"$work/venv/bin/python" benches/peers.py "$work" "$accounts" "$rounds" "${@:3}"
