#!/usr/bin/env bash
# Times our choice under a budget against the integer program solved by HiGHS on the same instances, and says how near ours comes.
# Usage: benches/shortlist_peer.sh [SECONDS]; the default is 120: HiGHS is stopped after that. Needs Python 3.9 or newer; highspy comes from PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."
limit=${1:-120}
work=${BONAFIDE_BENCH_FOLDER:-${TMPDIR:-/tmp}/bonafide-peers}
mkdir -p "$work"
if [ ! -x "$work/graph-venv/bin/python" ]; then
    python3 -m venv "$work/graph-venv"
fi
"$work/graph-venv/bin/pip" install --quiet highspy==1.16.0
cargo bench --quiet --bench shortlist --no-run
ours=$(cargo bench --bench shortlist --no-run --message-format json 2>/dev/null | "$work/graph-venv/bin/python" -c '
import json, sys
print([line["executable"] for line in map(json.loads, sys.stdin) if line.get("target", {}).get("name") == "shortlist"][-1])')
"$work/graph-venv/bin/python" benches/shortlist_peer.py "$ours" "$limit"
