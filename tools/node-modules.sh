#!/usr/bin/env bash
# node-modules.sh [FOLDER]: installs what the folder's lock file says, unless it is there already;
# if none is named, the AWS SDK for the conformance tests.
set -euo pipefail
cd "$(dirname "$0")/../${1:-tests/conformance}"
installed=node_modules/.package-lock.json
# Whoever comes second waits, and finds it installed.
exec 9<package-lock.json
flock 9
[ -f "$installed" ] && [ "$installed" -nt package-lock.json ] && exit 0
npm ci --no-audit --no-fund --loglevel=error
touch "$installed"
