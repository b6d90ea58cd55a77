#!/usr/bin/env bash
# Runs every executable *.sh of a folder; prints a line each, and the whole output of those that fail.
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for script in "$1"/*.sh; do
  [ -x "$script" ] || continue  # what the scripts share
  started=$SECONDS
  if timeout 900 "$script" >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $script ($((SECONDS - started)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED  $script"
    cat "$log"
  fi
done
echo "$1: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
