#!/usr/bin/env bash
# kill -9 in the middle of revoking all that a CA issued, and while an audit report is made: both go
# on by themselves. Nothing is revoked twice, nothing is left out, the CA issues meanwhile, the CRL
# lists all, the report says so of each, and the log verifies.
. "$(dirname "$0")/lib.sh"
count=${COUNT:-12000}
kills=${KILLS:-3}

"$everseal" init --data data >/dev/null
start data
make_root_ca
id=${ca##*/}
aws s3 mb s3://revocations >/dev/null
aws s3api put-bucket-policy --bucket revocations --policy '{"Version": "2012-10-17", "Statement": [{
  "Effect": "Allow", "Principal": {"Service": "acm-pca.amazonaws.com"},
  "Action": ["s3:PutObject", "s3:PutObjectAcl", "s3:GetBucketAcl", "s3:GetBucketLocation"],
  "Resource": ["arn:aws:s3:::revocations", "arn:aws:s3:::revocations/*"]}]}'
aws acm-pca update-certificate-authority --certificate-authority-arn "$ca" --revocation-configuration \
  'CrlConfiguration={Enabled=true,ExpirationInDays=7,S3BucketName=revocations,S3ObjectAcl=BUCKET_OWNER_FULL_CONTROL}'
leaf_csr device
order_of device >issue.json
"$repository/build/release/bench/load" --endpoint "$endpoint" --service acm-pca --target ACMPrivateCA.IssueCertificate \
  --body-file issue.json --connections 32 --seconds 600 --requests "$count" --record answers >load.log 2>&1 ||
  { cat load.log; fail "the load"; }
issued=$(wc -l <answers)

revoke() { "$everseal" revoke --all-issued-by "$ca" --endpoint-url "$endpoint" "$@"; }
# look: how many it has looked at by now in $looked_at, whether it is over in $over.
look() {
  revoke --status >progress 2>/dev/null
  looked_at=$(jq .LookedAt <progress)
  over=$(jq 'has("EndedAt")' <progress)
}
revoke --reason KEY_COMPROMISE --detach >progress 2>/dev/null
[ "$(jq -r .Certificates <progress)" -eq $((issued + 1)) ] || { cat progress; fail "it does not count what was issued"; }
started=$(jq .StartedAt <progress)
before=0
killed=0
while [ "$killed" -lt "$kills" ]; do
  # Not before it has done something since the last time.
  looked_at=0
  over=false
  while [ "$looked_at" -le "$before" ] && [ "$over" = false ]; do look; done
  [ "$over" = false ] || break
  before=$looked_at
  stop -KILL
  killed=$((killed + 1))
  echo "killed at $before of $issued"
  start data
  look
  [ "$looked_at" -ge "$before" ] || fail "it lost what it had done: $looked_at after $before"
done
[ "$killed" -gt 0 ] || fail "it was over before it could be killed"
issue device.csr >late
for _ in $(seq 3000); do
  look
  [ "$over" = false ] || break
done
echo "ended: $(jq -c . <progress)"
[ "$(jq .StartedAt <progress)" = "$started" ] || fail "it was begun anew"
[ "$over" = true ] || fail "it has not ended"
[ "$(jq .Revoked <progress)" -eq "$issued" ] || fail "not every one of $issued was revoked, once"

# The list has each of them once, and not the one that came later.
for _ in $(seq 1000); do
  aws s3 cp "s3://revocations/crl/$id.crl" list.crl >/dev/null 2>&1 || true
  openssl crl -in list.crl -inform DER -noout -text >list.txt 2>/dev/null || true
  [ "$(grep -c 'Serial Number:' list.txt)" -lt "$issued" ] || break
done
sed -n 's/.*Serial Number: //p' list.txt | tr '[:upper:]' '[:lower:]' | sort >listed
jq -r .CertificateArn answers | sed 's|.*/||' | sort >wanted
[ -z "$(uniq -d listed)" ] || fail "listed twice: $(uniq -d listed | head -n 1)"
pad() { awk '{ while (length($0) < 32) $0 = "0" $0; print }' "$1"; }
missing=$(comm -13 <(pad listed | sort) wanted | head -n 1)
[ -z "$missing" ] || fail "not on the list: $missing"
! grep -q "$(sed 's|.*/||; s/^0*//' late)" listed || fail "what was issued later is on the list"

# A report that kill -9 interrupts is made after the restart.
report=$(aws acm-pca create-certificate-authority-audit-report --certificate-authority-arn "$ca" \
  --s3-bucket-name revocations --audit-report-response-format JSON)
stop -KILL
start data
aws acm-pca wait audit-report-created --certificate-authority-arn "$ca" --audit-report-id "$(jq -r .AuditReportId <<<"$report")" ||
  fail "the report was not made"
aws s3 cp "s3://revocations/$(jq -r .S3Key <<<"$report")" report.json >/dev/null
[ "$(jq '[.[] | select(.revocationReason == "KEY_COMPROMISE")] | length' report.json)" -ge "$issued" ] ||
  fail "the report does not say that all are revoked"
[ "$(jq '[.[] | select(.revokedAt == null)] | length' report.json)" -eq 2 ] || fail "the root and the late one are not revoked"
stop
"$everseal" log verify --data data
