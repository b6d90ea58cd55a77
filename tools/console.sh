#!/usr/bin/env bash
# console.sh [TARGET]: installs what the console is built with, builds it in TARGET/files, and makes that the
# C++ source TARGET/embedded_console.cc; without TARGET it only installs.
set -euo pipefail
[ $# -eq 0 ] || target=$(realpath -m "$1")
cd "$(dirname "$0")/.."
tools/node-modules.sh console || {
  echo "npm could not install what the console is built with; its words are above." >&2
  echo "Without the console nothing of it is needed: cmake --preset release -DEVERSEAL_CONSOLE=OFF" >&2
  exit 1
}
[ $# -eq 0 ] && exit 0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Not in a folder that several builds share: one would embed the half of what the other writes.
npm --prefix console run build -- --outDir "$target/files" --emptyOutDir >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
node tools/embed-console.mjs "$target/files" "$target"
