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
rm disk/filler
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
