#!/usr/bin/env bash
# Runs all fuzz targets side by side for the given number of seconds. What they find is kept in
# build/fuzz/findings; the stored corpora are read, never written.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
root=$PWD
mkdir -p build/fuzz/findings build/fuzz/logs

fuzz_one() {
  local target=$1 name
  name=$(basename "$target" _fuzz)
  mkdir -p "$root/build/fuzz/corpus/$name"
  if (cd "$root/build/fuzz/findings" &&
      "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
        "$root/build/fuzz/corpus/$name" "$root/tests/fuzz/corpus/$name") \
      >"$root/build/fuzz/logs/$name.log" 2>&1; then
    echo "ok      fuzz $name: $(grep -c . "$root/build/fuzz/logs/$name.log") lines, $(tail -n 1 "$root/build/fuzz/logs/$name.log")"
  else
    tail -n 60 "$root/build/fuzz/logs/$name.log"
    echo "FAILED  fuzz $name"
    return 1
  fi
}
export -f fuzz_one
export root seconds
# One for each source: none may be missing, and what is no longer there is not run.
shopt -s failglob
targets=()
for source in tests/fuzz/*_fuzz.cc; do
  target=$root/build/fuzz/$(basename "$source" .cc)
  [ -x "$target" ] || { echo "FAILED  $target was not built"; exit 1; }
  targets+=("$target")
done
printf '%s\n' "${targets[@]}" | xargs -P 0 -I{} bash -c 'fuzz_one {}'
