#!/usr/bin/env bash
# How many answers a second come from URL, and how many of the same octets nginx serves from a file
# on the same machine in the same run: beside_nginx.sh URL [ROUNDS] [SECONDS]. Prints one line of
# JSON: the medians, and the ratio. In each round one is measured right after the other. Both have
# their connections kept and log nothing; nginx has a process a core.
set -euo pipefail
url=$1
rounds=${2:-5}
seconds=${3:-3}
folder=$(mktemp -d "${TMPDIR:-/var/tmp}/everseal-nginx-XXXXXX")
nginx=
trap 'if [ -n "$nginx" ]; then kill "$nginx" 2>/dev/null; wait "$nginx" 2>/dev/null; fi; rm -rf "$folder"' EXIT

mkdir "$folder/www"
chmod 755 "$folder" "$folder/www"
curl -fsS -o "$folder/www/answer" "$url"
chmod 644 "$folder/www/answer"
# A port that is free now; nginx cannot choose one itself.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$folder/nginx.conf" <<END
daemon off;
worker_processes auto;
pid $folder/nginx.pid;
error_log stderr;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  default_type application/octet-stream;
  server { listen 127.0.0.1:$port; root $folder/www; }
}
END
nginx -c "$folder/nginx.conf" 2>"$folder/nginx.log" &
nginx=$!
until curl -fsS -o /dev/null "http://127.0.0.1:$port/answer" 2>/dev/null; do
  kill -0 "$nginx" 2>/dev/null || { cat "$folder/nginx.log" >&2; exit 1; }
done

# Answers a second; other answers than 200 do not count as any.
per_second() {
  wrk -t2 -c64 -d"${seconds}s" "$1" >"$folder/wrk"
  if grep -q 'Non-2xx\|Socket errors' "$folder/wrk"; then cat "$folder/wrk" >&2; return 1; fi
  awk '/^Requests\/sec:/ { print $2 }' "$folder/wrk"
}
for _ in $(seq "$rounds"); do
  per_second "$url" >>"$folder/ours"
  per_second "http://127.0.0.1:$port/answer" >>"$folder/nginx"
done
jq -cn --slurpfile ours "$folder/ours" --slurpfile nginx "$folder/nginx" \
  --argjson octets "$(stat -c %s "$folder/www/answer")" '
  def median: sort | .[length / 2 | floor];
  {octets: $octets, per_second: ($ours | median | round), nginx_per_second: ($nginx | median | round),
   ratio: (([$ours, $nginx] | transpose | map(.[0] / .[1]) | median) * 100 | round / 100)}'
