#!/usr/bin/env bash
# SIGTERM ends the server within five seconds and with code 0, whatever it is doing: a client that
# stops in the middle of a request, keys in the making, time on the move, a log that nobody reads.
. "$(dirname "$0")/lib.sh"
load=$repository/build/release/bench/load

ends() { # WHILE
  local began took code=0
  began=$(date +%s%N)
  kill -TERM "$server"
  wait "$server" || code=$?
  took=$((($(date +%s%N) - began) / 1000000))
  server=
  [ "$code" -eq 0 ] || { tail -n 5 server.log; fail "$1: ended with $code"; }
  [ "$took" -lt 5000 ] || { tail -n 5 server.log; fail "$1: ended after $took ms"; }
  echo "ok: $1: ended after $took ms"
}
metric() { curl -fsS "$endpoint/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
half_a_request() {
  local address=${endpoint#http://}
  exec 3<>"/dev/tcp/${address%:*}/${address##*:}"
  printf 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx' >&3
  until [ "$(metric everseal_connections)" -ge 2 ]; do kill -0 "$server" || fail "the server ended"; done
}

"$everseal" init --data data >/dev/null
start data
ends "with nothing to do"

cat >slow.toml <<'TOML'
[keys]
rsa_2048_ready = 0
rsa_3072_ready = 0
rsa_4096_ready = 4
TOML
start data --config slow.toml
jq -n '{CertificateAuthorityType: "ROOT", CertificateAuthorityConfiguration: {KeyAlgorithm: "RSA_4096",
  SigningAlgorithm: "SHA256WITHRSA", Subject: {CommonName: "Slow"}}}' >slow.json
half_a_request
"$load" --endpoint "$endpoint" --service acm-pca --target ACMPrivateCA.CreateCertificateAuthority \
  --body-file slow.json --connections 6 --seconds 30 >/dev/null 2>&1 &
keys=$!
until [ "$(metric everseal_connections)" -ge 8 ]; do kill -0 "$server" || fail "the server ended"; done
ends "with half a request and keys in the making"
exec 3>&-
wait "$keys" || true

"$everseal" init --data moved >/dev/null
start moved --clock virtual
half_a_request
"$everseal" clock advance 36500d >advanced 2>&1 &
advance=$!
days() { metric 'everseal_job_runs_total{kind="acmpca.second_opinions"}'; }
until passed=$(days) && [ "${passed:-0}" -ge 5 ]; do kill -0 "$server" || fail "the server ended"; done
kill -0 "$advance" || fail "a hundred years had passed before the server was told to stop"
ends "with half a request and time on the move"
exec 3>&-
if wait "$advance"; then fail "the client was told that a hundred years passed"; fi
start moved --clock virtual
"$everseal" clock advance 1s >/dev/null || fail "time does not go on"
ends "with time that went on"

# A log that nobody reads: requests are answered all the same.
mkfifo log
exec 4<>log
: >ready
"$everseal" serve --data data --listen 127.0.0.1:0 >ready 2>log 3>&- &
server=$!
until grep -q ready ready; do kill -0 "$server" || fail "did not start"; done
endpoint=$(sed -n 's/^everseal is ready at //p' ready)
eval "$("$everseal" env --data data)"
echo '{}' >list.json
until [ "$(metric everseal_log_lines_dropped_total)" -gt 0 ]; do
  "$load" --endpoint "$endpoint" --service acm --target CertificateManager.ListCertificates --body-file list.json \
    --connections 16 --requests 2000 >/dev/null || fail "the server no longer answers"
done
aws sts get-caller-identity >/dev/null || fail "the server no longer answers"
ends "with a log that nobody reads"
exec 4>&-
