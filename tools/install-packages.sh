#!/usr/bin/env bash
# Installs the Debian packages of the given purposes (see packages.txt) that this machine lacks.
# Says nothing and takes a moment when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")"
# Two at once would both want dpkg's lock and Debian's answer below: the second waits, and lacks nothing.
exec 9<packages.txt
flock 9

purposes=" $* "
# The program has the console, unless its build was configured without.
if [[ $purposes == *" build "* ]] && ! grep -qs '^EVERSEAL_CONSOLE:[A-Z]*=OFF$' ../build/release/CMakeCache.txt; then
  purposes+="console "
fi
missing=()
while read -r purpose package command; do
  case "$purposes" in *" $purpose "*) ;; *) continue ;; esac
  if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
  if [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" != "install ok installed" ]; then
    missing+=("$package")
  fi
done <packages.txt
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These Debian packages are missing: ${missing[*]}" >&2
    echo "Install them as root, or install sudo and run this again." >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "Installing ${missing[*]}"
log=$(mktemp)
# nginx and HAProxy are tools here: Debian asks this file whether to start them, and is told no.
policy=/usr/sbin/policy-rc.d
ours=
if [ ! -e "$policy" ]; then
  ours=$policy
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
fi
trap 'rm -f "$log"; if [ -n "$ours" ]; then "${as_root[@]}" rm -f "$ours"; fi' EXIT
if ! { "${as_root[@]}" apt-get update -q &&
       "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
         apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "apt-get could not install the packages; its words are above." >&2
  exit 1
fi
