#!/usr/bin/env bash
# A full disk: writes are refused with a clear error, reads go on, and when space returns so do the
# writes, without a restart. Nothing that was answered is lost.
. "$(dirname "$0")/lib.sh"

# A small disk needs a mount: root has it, others get it in a namespace of their own.
if [ "$(id -u)" -ne 0 ]; then exec unshare --map-root-user --mount "$0" "$@"; fi
mkdir disk
mount -t tmpfs -o size=12m tmpfs disk

"$everseal" init --data disk/data >/dev/null
start disk/data
make_root_ca
leaf_csr device
first=$(issue device.csr)
head -c 12m /dev/zero >disk/filler 2>/dev/null || true

answered=("$first")
refusal=
for _ in $(seq 3000); do
  if arn=$(issue device.csr 2>err); then answered+=("$arn"); else refusal=$(cat err); break; fi
done
[ -n "$refusal" ] || fail "a full disk refused nothing"
grep -q "ServiceUnavailable.*storage is full" <<<"$refusal" || fail "not a clear error: $refusal"
echo "ok: refused with: $(grep -o 'An error occurred.*' <<<"$refusal")"

aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$first" >/dev/null ||
  fail "reads stopped on a full disk"
# health STATUS: what it comes to; it looks once a second.
health() {
  for _ in $(seq 500); do
    if [ "$(curl -s -o /dev/null -w '%{http_code}' "$endpoint/health")" = "$1" ]; then return; fi
    sleep 0.01
  done
  fail "/health is not $1"
}
health 503

# A start on the full disk is either refused in a sentence or serves what is there.
stop -KILL
: >ready
"$everseal" serve --data disk/data --listen 127.0.0.1:0 >ready 2>start.log &
server=$!
until grep -q ready ready || ! kill -0 "$server" 2>/dev/null; do sleep 0.01; done
if grep -q ready ready; then
  endpoint=$(sed -n 's/^everseal is ready at //p' ready)
  aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$first" >/dev/null ||
    fail "a server that started on a full disk does not read"
  echo "ok: started on a full disk, and reads"
else
  wait "$server" && fail "a start on a full disk ended as if all were well"
  server=
  grep -q '^everseal: .*full' start.log || { cat start.log; fail "not a sentence about the disk"; }
  echo "ok: $(grep '^everseal: ' start.log)"
fi
rm disk/filler
[ -n "$server" ] || start disk/data
health 200
recovered=
for _ in $(seq 100); do
  if arn=$(issue device.csr 2>err); then answered+=("$arn"); recovered=yes; break; fi
done
[ -n "$recovered" ] || { cat err; fail "writes did not recover when space returned"; }
for arn in "${answered[@]}"; do
  aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$arn" >/dev/null ||
    fail "an answered certificate is gone: $arn"
done
stop
"$everseal" log verify --data disk/data
