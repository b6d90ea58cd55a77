#!/usr/bin/env bash
# The demo runs through, every check of it included.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/demo.sh
