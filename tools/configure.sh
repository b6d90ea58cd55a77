#!/usr/bin/env bash
# Configures a CMake preset once; later changes of CMake files are noticed by the build itself.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f "build/$1/build.ninja" ] && exit 0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
cmake --preset "$1" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
