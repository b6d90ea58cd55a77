#!/usr/bin/env bash
# Runs every executable *.sh of a folder, two at a time; prints a line each, and the whole output of
# those that fail.
set -euo pipefail
cd "$(dirname "$0")/.."

run_one() {
  local script=$1 started=$SECONDS log
  log=$(mktemp)
  trap 'rm -f "$log"' RETURN
  if timeout 900 "$script" >"$log" 2>&1; then
    echo "ok      $script ($((SECONDS - started)) s)"
  else
    echo "FAILED  $script"
    cat "$log"
    return 1
  fi
}
export -f run_one

scripts=()
for script in "$1"/*.sh; do
  if [ -x "$script" ]; then scripts+=("$script"); fi  # the others are what the scripts share
done
[ "${#scripts[@]}" -gt 0 ] || { echo "$1 has no scripts to run" >&2; exit 1; }
if ! printf '%s\n' "${scripts[@]}" | xargs -P 2 -I{} bash -c 'run_one {}'; then
  echo "$1: not all of ${#scripts[@]} passed"
  exit 1
fi
echo "$1: ${#scripts[@]} passed"
