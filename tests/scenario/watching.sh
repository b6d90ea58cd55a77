#!/usr/bin/env bash
# What an operator sees: the version, when it is ready, health, metrics, names of requests in answers
# and log, and that settings do what they say.
. "$(dirname "$0")/../fault/lib.sh"

"$everseal" version | grep -qE '^everseal [0-9]+\.[0-9]+\.[0-9]+$' || fail "the version is not told"

# In memory it is ready at once; some tries, because the machine may have other things to do.
best=
for _ in $(seq 40); do
  : >ready
  since=$(date +%s%N)
  "$everseal" serve --ephemeral --listen 127.0.0.1:0 >ready 2>ephemeral.log &
  server=$!
  until grep -q ready ready; do kill -0 "$server" || { cat ephemeral.log; fail "did not start"; }; done
  took=$((($(date +%s%N) - since) / 1000000))
  if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
  stop
  if [ "$best" -lt 300 ]; then break; fi
done
[ "$best" -lt 300 ] || fail "ephemeral is ready after $best ms"
echo "ok: ready after $best ms"

# Port 4566 if nothing else is said: in a network of its own, where it is free.
apart --net bash -c '
  ip link set lo up
  : >ready
  "$1" serve --ephemeral >ready 2>default.log &
  until grep -q ready ready; do kill -0 $! || exit 1; done
  curl -fsS http://127.0.0.1:4566/health >/dev/null || exit 1
  kill $!
  wait $!' - "$everseal" || { cat default.log; fail "not at 127.0.0.1:4566"; }
grep -qx "everseal is ready at http://127.0.0.1:4566" ready || fail "says that it is at: $(cat ready)"

"$everseal" init --data data >/dev/null
cat >settings.toml <<'TOML'
log_level = "debug"
[limits]
header_bytes = 2048
connections = 40
[keys]
rsa_2048_ready = 1
rsa_3072_ready = 0
rsa_4096_ready = 0
TOML
start data --config settings.toml
address=${endpoint#http://}
metric() { curl -fsS "$endpoint/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }

# Health and metrics, for watchers that bring credentials and queries of their own as well.
[ "$(curl -fsS "$endpoint/health")" = '{"status":"ok"}' ] || fail "health"
curl -fsS -H 'Authorization: Basic d2F0Y2g6ZXI=' "$endpoint/metrics?from=here" >metrics || fail "metrics with credentials"
! grep -vE '^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+Inf-]+)$' metrics ||
  fail "not Prometheus' text format"
for name in everseal_connections_total everseal_connections everseal_http_refused_total everseal_requests_queued \
            everseal_job_runs_total everseal_keys_ready everseal_log_lines_dropped_total; do
  grep -q "^# TYPE $name " metrics || { cat metrics; fail "there is no $name"; }
done
for _ in 1 2 3; do aws sts get-caller-identity >/dev/null; done
count=$(metric 'everseal_requests_total{service="sts",operation="GetCallerIdentity",status="200"}')
[ "$count" = 3 ] || fail "three requests are counted as '$count'"
observed=$(curl -fsS "$endpoint/metrics" | grep -c '^everseal_request_duration_seconds_bucket{service="sts",operation="GetCallerIdentity",le="+Inf"} 3$')
[ "$observed" = 1 ] || fail "their durations are not there"
until [ "$(metric 'everseal_keys_ready{algorithm="RSA_2048"}')" = 1 ]; do kill -0 "$server" || fail "the server ended"; done
[ "$(metric 'everseal_log_lines_dropped_total')" = 0 ] || fail "log lines were dropped"

# Every answer has a name, and the log has it too.
logged() { # STATUS CURL-ARGUMENT...
  local status=$1 id
  shift
  curl -sS -D head -o body "$@" || true
  [ "$(awk 'NR == 1 { print $2 }' head)" = "$status" ] || { cat head; fail "$*: not answered $status"; }
  id=$(tr -d '\r' <head | sed -nE 's/^x-amzn-requestid: //Ip')
  [ -n "$id" ] || { cat head; fail "$*: the answer has no name"; }
  # The line is written behind the answer.
  for _ in $(seq 200); do
    if grep -q "\"request_id\":\"$id\"" server.log; then return; fi
    sleep 0.01
  done
  fail "$*: the log has no $id"
}
logged 200 "$endpoint/health"
logged 200 "$endpoint/metrics"
logged 400 -X POST -H 'X-Amz-Target: CertificateManager.ListCertificates' -H 'Content-Type: application/x-amz-json-1.1' -d '{}' "$endpoint/"
head -c 9000000 /dev/zero >large
logged 413 -X POST -H 'X-Amz-Target: CertificateManager.ListCertificates' -H 'Content-Type: application/x-amz-json-1.1' --data-binary @large -H 'Expect:' "$endpoint/"
logged 431 -H "X-Long: $(head -c 3000 /dev/zero | tr '\0' a)" "$endpoint/health"

# limits.connections: the one in excess is told so.
for descriptor in $(seq 20 59); do eval "exec $descriptor<>/dev/tcp/${address%:*}/${address##*:}"; done
excess=
for _ in $(seq 100); do
  excess=$(curl -s -o /dev/null -w '%{http_code}' "$endpoint/health" || true)
  if [ "$excess" = 503 ]; then break; fi
done
[ "$excess" = 503 ] || fail "one connection too many is answered $excess"
for descriptor in $(seq 20 59); do eval "exec $descriptor>&-"; done
stop

# log_level
: >server.log
printf 'log_level = "error"\n' >quiet.toml
start data --config quiet.toml
aws sts get-caller-identity >/dev/null
stop
[ ! -s server.log ] || { cat server.log; fail "says more than errors"; }

# listen: without --listen the file's counts.
apart --net bash -c '
  ip link set lo up
  : >ready
  printf "listen = \"127.0.0.1:4999\"\n" >listen.toml
  "$1" serve --data data --config listen.toml >ready 2>listen.log &
  until grep -q ready ready; do kill -0 $! || exit 1; done
  kill $!
  wait $!' - "$everseal" || { cat listen.log; fail "listen of the file"; }
grep -qx "everseal is ready at http://127.0.0.1:4999" ready || fail "says that it is at: $(cat ready)"
