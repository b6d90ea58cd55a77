#!/usr/bin/env bash
# console.sh TARGET: builds the console, and makes it the C++ source TARGET/embedded_console.cc.
set -euo pipefail
target=$(realpath -m "$1")
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ tools/node-modules.sh console && npm --prefix console run build; } >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
node tools/embed-console.mjs build/console "$target"
