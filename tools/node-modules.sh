#!/usr/bin/env bash
# Installs the AWS SDK for the conformance tests as the lock file says, unless it is there already.
set -euo pipefail
cd "$(dirname "$0")/../tests/conformance"
installed=node_modules/.package-lock.json
[ -f "$installed" ] && [ "$installed" -nt package-lock.json ] && exit 0
npm ci --no-audit --no-fund --loglevel=error
touch "$installed"
