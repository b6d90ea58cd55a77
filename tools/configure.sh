#!/usr/bin/env bash
# Configures a CMake preset, and again when the presets have changed; later changes of CMake files are
# noticed by the build itself.
set -euo pipefail
cd "$(dirname "$0")/.."
configured=build/$1/.configured
[ -f "build/$1/build.ninja" ] && [ "$configured" -nt CMakePresets.json ] && exit 0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Whoever configured it without the console keeps that.
without=()
grep -qs '^EVERSEAL_CONSOLE:[A-Z]*=OFF$' "build/$1/CMakeCache.txt" && without=(-DEVERSEAL_CONSOLE=OFF)
cmake --preset "$1" "${without[@]}" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
touch "$configured"
