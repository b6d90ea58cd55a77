#!/usr/bin/env bash
# What the issuance log is worth to others: proofs are checked with the scripts of the documentation,
# by Python and OpenSSL alone, and whatever is changed behind the log's back is named.
. "$(dirname "$0")/../fault/lib.sh"
guide=$repository/docs/operations/issuance-log.md
# script NUMBER: that Python block of the guide.
script() { awk -v wanted="$1" '/^```$/{inside = 0} inside && found == wanted{print} /^```python$/{inside = 1; ++found}' "$guide"; }
script 1 >inclusion.py
script 2 >consistency.py
grep -q audit_path inclusion.py && grep -q consistency_path consistency.py || fail "the guide's scripts were not found"
prove() { "$everseal" log prove --data data "$@"; }
accept() { python3 "$1" >said 2>&1 || { cat said; fail "$1 refuses a proof that is good"; }; }
reject() { if python3 "$1" >said 2>&1; then fail "$1 accepts what is no proof"; fi; grep -Eq "$2" said || { cat said; fail "$1: expected '$2'"; }; }
certificate() { aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$1" --query Certificate --output text; }

"$everseal" init --data data >/dev/null
start data
make_root_ca
leaf_csr device
first=$(issue device.csr)
certificate "$first" >device.pem
# Nobody has waited for the minute after which a head is signed.
refused "leaf [0-9]+ is newer than the newest signed head|no signed head yet" prove "$first"
stop
"$everseal" log head --data data >old.json
prove "$first" >proof.json
cp device.pem certificate.pem
[ "$(jq -r .leaf.object proof.json)" = "$first" ] || fail "the leaf is not that of $first"
accept inclusion.py
grep -q "Verified OK" said || fail "OpenSSL did not verify the head's signature"

start data
for number in 1 2 3 4; do issued[number]=$(issue device.csr); done
certificate "${issued[1]}" >one.pem
certificate "${issued[4]}" >four.pem
stop
for pair in "$first device.pem" "${issued[1]} one.pem" "${issued[4]} four.pem"; do
  prove "${pair% *}" >proof.json
  cp "${pair#* }" certificate.pem
  accept inclusion.py
done
for index in $(seq 0 "$(jq '.tree_size - 1' proof.json)"); do
  [ "$(prove "$index" | jq .leaf.index)" = "$index" ] || fail "no proof for leaf $index"
done
cp proof.json good.json
cp one.pem certificate.pem
reject inclusion.py "another certificate"
prove "${issued[1]}" >proof.json
accept inclusion.py
jq -c '.audit_path[0] = .audit_path[1]' proof.json >changed && mv changed proof.json
reject inclusion.py "not below this head"
prove "${issued[1]}" | jq -c '.checkpoint.statement |= sub("Z\n"; "0Z\n")' >proof.json
reject inclusion.py "dgst|Verification failure"

size=$(jq .checkpoint.tree_size old.json)
prove --consistency "$size" >consistency.json
accept consistency.py
grep -q "only grew" said
for old in $(seq 1 "$(jq .tree_size consistency.json)"); do
  prove --consistency "$old" >consistency.json
  jq -c '{checkpoint: {tree_size: .old_tree_size, root: .old_root}}' consistency.json >old.json
  accept consistency.py
done
prove --consistency 5 >consistency.json
jq -c '{checkpoint: {tree_size: 5, root: .leaf.hash}}' good.json >old.json
reject consistency.py "rewritten"

refused "neither a leaf's index nor the ARN" prove nonsense
refused "neither a leaf's index nor the ARN" prove "$ca/certificate/00000000000000000000000000000001"
refused "neither a leaf's index nor the ARN" prove "$ca"
refused "has no leaf 100000" prove 100000
refused "never had so many|larger than the new" prove --consistency 100000
refused "is required|Requires" prove
"$everseal" log verify --data data | grep -q "is verified: $(jq .tree_size good.json) leaves" || fail "the log does not verify"
"$everseal" check --data data | grep -q "is whole" || fail "the database is not whole"

# changed SENTENCE SQL: on a copy of the data; the database's own checks are off.
changed() {
  rm -rf changed
  cp -r data changed
  python3 - "$2" <<'PYTHON'
import sqlite3, sys
with sqlite3.connect("changed/everseal.db") as database:
    assert database.execute(sys.argv[1]).rowcount == 1, "nothing was changed"
PYTHON
  refused "$1" "$everseal" log verify --data changed
  refused "$1" "$everseal" check --data changed
}
at=$(prove "${issued[1]}" | jq .leaf.index)
serial="x'$(sed 's/.*\///; s/^\(00\)*//' <<<"${issued[1]}")'"
changed "leaf $at: the stored certificate ${issued[1]} is not the one that was logged" \
  "UPDATE acmpca_certificate SET der = CAST(substr(der, 1, 200) || CASE substr(der, 201, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(der, 202) AS BLOB) WHERE serial = $serial"
changed "leaf $at: the certificate ${issued[1]} is missing" "DELETE FROM acmpca_certificate WHERE serial = $serial"
changed "leaf $at: the leaf is not what was logged" \
  "UPDATE issuance_log_leaf SET digest = CAST(CASE substr(digest, 1, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(digest, 2) AS BLOB) WHERE position = $at"
changed "leaf $at: the leaf is missing" "DELETE FROM issuance_log_leaf WHERE position = $at"
changed "certificate/00000000000000000000000000c0ffee is stored, but this is not its leaf" \
  "INSERT INTO acmpca_certificate (ca, serial, der, template, requested_by, issued_at, log_position)
   SELECT ca, x'c0ffee', der, template, requested_by, issued_at, log_position FROM acmpca_certificate WHERE serial = $serial"
changed "/import/77 is stored, but this is not its leaf" \
  "INSERT INTO acmpca_import (ca, version, der, log_position) SELECT ca, 77, der, log_position FROM acmpca_import LIMIT 1"
changed "leaf $((at + 1)): the certificate ${issued[1]} is stored, but this is not its leaf" \
  "UPDATE acmpca_certificate SET log_position = $((at + 1)) WHERE serial = $serial"
changed "the checkpoint after the leaf is not the log's own" \
  "UPDATE issuance_log_checkpoint SET time = time + 1 WHERE size = (SELECT MAX(size) FROM issuance_log_checkpoint)"
echo "proofs hold for outsiders, and every change was named"
