#!/usr/bin/env bash
# A reader pastes the README's five minutes, block by block, and every command succeeds.
set -euo pipefail
cd "$(dirname "$0")/../.."
repository=$PWD
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
awk '/^## /{inside = /Five minutes/} inside && /^```$/{code = 0} inside && code{print} inside && /^```sh$/{code = 1}' \
  README.md >"$folder/walk"
[ "$(grep -c 'aws ' "$folder/walk")" -ge 12 ] || { echo "the README's walk was not found"; exit 1; }

unset AWS_PROFILE AWS_SESSION_TOKEN
export AWS_PAGER="" AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
cd "$folder"
{
  echo 'set -euo pipefail'
  echo 'trap "kill \$(jobs -p) 2>/dev/null || true; wait" EXIT'
  echo "make() { command make --no-print-directory -C '$repository' \"\$@\"; }"
  # A person reads before the next command; a script waits until the server answers, on a free port.
  sed -e "s#PATH=\$PWD/build/release#PATH=$repository/build/release#" \
      -e 's#^everseal serve --data data &$#everseal serve --data data --listen 127.0.0.1:0 >ready 2>log \&\nuntil grep -q ready ready; do kill -0 $! || { cat log; exit 1; }; done#' \
      -e 's#^aws acm describe-certificate --certificate-arn "$CERTIFICATE"$#until [ "$(aws acm describe-certificate --certificate-arn "$CERTIFICATE" --query Certificate.Status --output text)" = ISSUED ]; do :; done#' \
      "$folder/walk"
} >script
bash -x script
