#!/usr/bin/env bash
# Beyond loopback only TLS is spoken, with the certificate that init made; Everseal renews it by its
# own managed renewal and swaps it without a restart.
set -euo pipefail
cd "$(dirname "$0")/../.."
everseal=$PWD/build/release/everseal
# A network of its own, with an address that is not loopback.
if [ -z "${IN_OWN_NETWORK:-}" ]; then
  IN_OWN_NETWORK=yes exec unshare --user --map-root-user --net "$0"
fi
ip link set lo up
ip address add 192.0.2.1/32 dev lo

folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
cd "$folder"
fail() { echo "FAILED: $*"; cat server.log; exit 1; }

"$everseal" init --data data --host-name 192.0.2.1 --host-name pki.corp.internal >/dev/null
"$everseal" serve --data data --clock virtual --listen 192.0.2.1:0 >ready 2>server.log &
server=$!
until grep -q ready ready; do kill -0 "$server" || fail "did not start"; done
eval "$("$everseal" env --data data)"
address=${AWS_ENDPOINT_URL#https://}
[ "$AWS_ENDPOINT_URL" = "https://$address" ] || fail "the endpoint is not https: $AWS_ENDPOINT_URL"

curl -fsS --cacert "$AWS_CA_BUNDLE" "https://$address/health" >/dev/null || fail "TLS with the CA bundle"
if curl -sS "https://$address/health" >/dev/null 2>&1; then fail "trusted without the CA bundle"; fi
curl -fsS --cacert "$AWS_CA_BUNDLE" --resolve "pki.corp.internal:${address##*:}:192.0.2.1" \
  "https://pki.corp.internal:${address##*:}/health" >/dev/null || fail "a name given to init"
answer=$(curl -sS -w ' %{http_code}' "http://$address/")
grep -qi https <<<"$answer" || fail "plain HTTP is not told to use https: $answer"
[ "${answer##* }" = 400 ] || fail "plain HTTP was answered ${answer##* }"
aws --endpoint-url "$AWS_ENDPOINT_URL" sts get-caller-identity >/dev/null || fail "the aws CLI over TLS"

served() { openssl s_client -connect "$address" -CAfile "$AWS_CA_BUNDLE" </dev/null 2>/dev/null | openssl x509 -noout -serial -pubkey; }
before=$(served)
"$everseal" clock advance 345d >/dev/null
after=$(served)
[ "$(head -n 1 <<<"$before")" != "$(head -n 1 <<<"$after")" ] || fail "the certificate was not renewed"
[ "$before" != "$after" ] || fail "the key was not changed"
kill -0 "$server" || fail "the server ended"
echo "renewed without a restart: $(head -n 1 <<<"$before") -> $(head -n 1 <<<"$after")"
