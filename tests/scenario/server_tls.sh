#!/usr/bin/env bash
# Beyond loopback only TLS is spoken, with the certificate that init made; Everseal renews it by its
# own managed renewal and swaps it without a restart.
set -euo pipefail
cd "$(dirname "$0")/../.."
everseal=$PWD/build/release/everseal
# A network of its own, with an address that is not loopback.
if [ -z "${IN_OWN_NETWORK:-}" ]; then
  export IN_OWN_NETWORK=yes
  if unshare --net true 2>/dev/null; then exec unshare --net "$0"; fi
  exec unshare --user --map-root-user --net "$0"
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
kill "$server"; wait "$server" || fail "did not stop"; server=

# serves LISTEN [ARGUMENT...]: on new data that knows nothing of the address; clients are told an
# endpoint that the certificate has.
ip address add 192.0.2.2/32 dev lo
ip address add 2001:db8::1/128 dev lo
"$everseal" init --data plain >/dev/null
serves() {
  local listen=$1 host=$2
  shift 2
  : >ready
  "$everseal" serve --data plain --listen "$listen" "$@" >ready 2>server.log &
  server=$!
  until grep -q ready ready; do kill -0 "$server" || fail "did not start at $listen"; done
  eval "$("$everseal" env --data plain)"
  [ "${AWS_ENDPOINT_URL%:*}" = "https://$host" ] || fail "at $listen clients are told $AWS_ENDPOINT_URL"
  curl -fsS --cacert "$AWS_CA_BUNDLE" "$AWS_ENDPOINT_URL/health" >/dev/null || fail "TLS at $AWS_ENDPOINT_URL"
  curl -fsS --cacert "$AWS_CA_BUNDLE" --compressed "$AWS_ENDPOINT_URL/console/" | grep -qi "^<!doctype html>" || fail "the console at $AWS_ENDPOINT_URL"
}
stop() { kill "$server"; wait "$server" || fail "did not stop"; server=; }
names() {
  openssl s_client -connect "localhost:${AWS_ENDPOINT_URL##*:}" </dev/null 2>/dev/null |
    openssl x509 -noout -serial -ext subjectAltName
}
serves 0.0.0.0:0 localhost
curl -fsS --cacert "$AWS_CA_BUNDLE" "https://127.0.0.1:${AWS_ENDPOINT_URL##*:}/health" >/dev/null || fail "127.0.0.1"
aws --endpoint-url "$AWS_ENDPOINT_URL" sts get-caller-identity >/dev/null || fail "the aws CLI at all addresses"
first=$(names)
stop
serves '[::]:0' localhost
[ "$(names)" = "$first" ] || fail "issued anew without need"
stop
serves 192.0.2.2:0 192.0.2.2
stop
serves '[2001:db8::1]:0' '[2001:db8::1]'
stop
serves 0.0.0.0:0 localhost --host-name late.corp.internal --host-name 192.0.2.1
all=$(names)
for name in DNS:localhost DNS:late.corp.internal 'Address:127.0.0.1' 'Address:192.0.2.1' 'Address:192.0.2.2' 'Address:2001:DB8:0:0:0:0:0:1'; do
  grep -q "$name" <<<"$all" || fail "the certificate lacks $name: $all"
done
curl -fsS --cacert "$AWS_CA_BUNDLE" --resolve "late.corp.internal:${AWS_ENDPOINT_URL##*:}:192.0.2.2" \
  "https://late.corp.internal:${AWS_ENDPOINT_URL##*:}/health" >/dev/null || fail "a name given to serve"
stop
serves 0.0.0.0:0 localhost --host-name late.corp.internal
[ "$(names)" = "$all" ] || fail "issued anew without need"
stop

echo "renewed without a restart: $(head -n 1 <<<"$before") -> $(head -n 1 <<<"$after")"
