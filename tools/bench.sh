#!/usr/bin/env bash
# Measures Everseal and, in the same run, the physical limit beside each figure. A ratio counts, a
# bare time says little on a shared machine. SECONDS_EACH (5) lengthens each measurement. A line about
# a goal that was missed ends with MISSED; they are said again at the end, and it ends with 1 then.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/build/release
everseal=$bin/everseal
seconds=${SECONDS_EACH:-5}
many=${CERTIFICATES:-1000000}
folder=$(mktemp -d "${TMPDIR:-/var/tmp}/everseal-bench-XXXXXX")
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; fi; rm -rf "$folder"' EXIT
cores=$(nproc)
unset AWS_PROFILE AWS_SESSION_TOKEN
export AWS_PAGER="" AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null

start() {
  : >"$folder/ready"  # what the server before this one said must not be read again
  local since
  since=$(date +%s%N)
  "$everseal" serve --data "$1" --listen 127.0.0.1:0 >"$folder/ready" 2>"$folder/server.log" &
  server=$!
  until grep -q ready "$folder/ready"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/server.log"; exit 1; }
  done
  endpoint=$(sed -n 's/^everseal is ready at //p' "$folder/ready")
  publication=$(sed -n 's/^everseal publishes revocations at //p' "$folder/ready")
  curl -fsS "$endpoint/health" >/dev/null
  started_ms=$((($(date +%s%N) - since) / 1000000))
  eval "$("$everseal" env --data "$1")"
}
stop() { kill "$server"; wait "$server" || true; server=; }
aws() { command aws --endpoint-url "$endpoint" --output json "$@"; }
load() { "$bin/bench/load" --endpoint "$endpoint" "$@"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
. tools/bench-goals.sh
said=$folder/said  # where the lines are kept

# One certificate costs one verification and one signature: how many a second all cores do at most.
p256_limit() {
  openssl speed -seconds "$seconds" -multi "$cores" -mr ecdsap256 2>/dev/null |
    awk -F: '/^\+F4/ { printf "%.0f", 1 / (1 / $4 + 1 / $5) }'
}

# Waits until the pool has made its RSA keys: of 2048 bits, for RequestCertificate, or all of them,
# whose making would be taken for work of what is measured.
keys_ready() { # [all]
  local tries=0
  until curl -fsS "$endpoint/metrics" | awk -v all="${1:-}" '
    /^everseal_keys_ready\{algorithm="RSA_2048"\}/ { usual = $2 >= 16 }
    /^everseal_keys_ready\{algorithm="RSA_3072"\}/ { longer = $2 >= 2 }
    /^everseal_keys_ready\{algorithm="RSA_4096"\}/ { longest = $2 >= 2 }
    END { exit !(usual && (!all || (longer && longest))) }'; do
    [ $((tries += 1)) -lt 100000 ] || { echo "the key pool did not fill"; exit 1; }
  done
}

make_ca() { # KEY_ALGORITHM SIGNING_ALGORITHM -> $ca
  ca=$(aws acm-pca create-certificate-authority --certificate-authority-type ROOT \
    --certificate-authority-configuration "KeyAlgorithm=$1,SigningAlgorithm=$2,Subject={CommonName=Bench $1}" \
    --query CertificateAuthorityArn --output text)
  aws acm-pca get-certificate-authority-csr --certificate-authority-arn "$ca" --query Csr --output text >"$folder/ca.csr"
  local arn
  arn=$(aws acm-pca issue-certificate --certificate-authority-arn "$ca" --csr "fileb://$folder/ca.csr" \
    --signing-algorithm "$2" --template-arn arn:aws:acm-pca:::template/RootCACertificate/V1 \
    --validity Value=20,Type=YEARS --query CertificateArn --output text)
  aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$arn" \
    --query Certificate --output text >"$folder/ca.pem"
  aws acm-pca import-certificate-authority-certificate --certificate-authority-arn "$ca" \
    --certificate "fileb://$folder/ca.pem"
}

line "measure" "everseal" "limit" "ratio" "goal"

"$everseal" init --data "$folder/data" >/dev/null
start "$folder/data"
make_ca EC_prime256v1 SHA256WITHECDSA
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$folder/key.pem" \
  -subj /CN=bench.internal -out "$folder/leaf.csr" 2>/dev/null
jq -n --arg ca "$ca" --arg csr "$(base64 -w0 <"$folder/leaf.csr")" \
  '{CertificateAuthorityArn: $ca, Csr: $csr, SigningAlgorithm: "SHA256WITHECDSA", Validity: {Value: 30, Type: "DAYS"}}' \
  >"$folder/issue.json"
keys_ready all
limit_before=$(p256_limit)
over_http=$(load --service acm-pca --target ACMPrivateCA.IssueCertificate --body-file "$folder/issue.json" \
  --connections 128 --seconds "$seconds" | jq .per_second)
limit_after=$(p256_limit)
limit=$(awk -v a="$limit_before" -v b="$limit_after" 'BEGIN { printf "%.0f", (a + b) / 2 }')
row "IssueCertificate over HTTP, signed, durable, logged" "$over_http" "$limit" "$(ratio "$over_http" "$limit")" ">= 0.5"

make_ca RSA_2048 SHA256WITHRSA
jq -n --arg ca "$ca" '{CertificateAuthorityArn: $ca, DomainName: "bench.corp.internal"}' >"$folder/request.json"
keys_ready
request_ms=$(load --service acm --target CertificateManager.RequestCertificate --body-file "$folder/request.json" \
  --connections 1 --requests 15 | jq .median_ms)
row "RequestCertificate RSA_2048, warm pool, median ms" "$request_ms" "20" "$(ratio "$request_ms" 20)" "<= 1"

# describe_ms: the median of DescribeCertificate for $certificate, one connection.
describe_ms() {
  load --service acm --target CertificateManager.DescribeCertificate --body-file "$folder/describe.json" \
    --connections 1 --seconds "$seconds" | jq .median_ms
}
certificate=$(aws acm request-certificate --domain-name many.corp.internal --certificate-authority-arn "$ca" \
  --query CertificateArn --output text)
until [ "$(aws acm describe-certificate --certificate-arn "$certificate" --query Certificate.Status --output text)" = ISSUED ]; do :; done
printf passphrase >"$folder/passphrase"
aws acm export-certificate --certificate-arn "$certificate" --passphrase "fileb://$folder/passphrase" >/dev/null
jq -n --arg arn "$certificate" '{CertificateArn: $arn}' >"$folder/describe.json"
few_ms=$(describe_ms)
stop
bench/fill.py "$folder/data" "$certificate" "$many" >/dev/null
idle_ms=$("$bin/bench/idle_bench" "$folder/data")
start "$folder/data"
many_ms=$(describe_ms)
stop
row "DescribeCertificate with $many stored, median ms" "$many_ms" "$few_ms" "$(ratio "$many_ms" "$few_ms")" "<= 1.5"
row "idle renewal check with $many stored, ms" "$idle_ms" "1" "$(ratio "$idle_ms" 1)" "<= 1"
row "start to first answer with $many stored, ms" "$started_ms" "1000" "$(ratio "$started_ms" 1000)" "<= 1"

# Revocation, by a CA that has revoked 100,000 certificates.
revoked=${REVOKED:-100000}
"$everseal" init --data "$folder/revoked" >/dev/null
start "$folder/revoked"
make_ca EC_prime256v1 SHA256WITHECDSA
aws s3api create-bucket --bucket bench-crls >/dev/null
aws s3api put-bucket-policy --bucket bench-crls --policy '{"Version": "2012-10-17", "Statement": [{
  "Effect": "Allow", "Principal": {"Service": "acm-pca.amazonaws.com"}, "Action": "s3:*",
  "Resource": ["arn:aws:s3:::bench-crls", "arn:aws:s3:::bench-crls/*"]}]}'
aws acm-pca update-certificate-authority --certificate-authority-arn "$ca" --revocation-configuration \
  'CrlConfiguration={Enabled=true,ExpirationInDays=7,S3BucketName=bench-crls,S3ObjectAcl=BUCKET_OWNER_FULL_CONTROL},OcspConfiguration={Enabled=true}'
asked=$(aws acm-pca issue-certificate --certificate-authority-arn "$ca" --csr "fileb://$folder/leaf.csr" \
  --signing-algorithm SHA256WITHECDSA --validity Value=30,Type=DAYS --query CertificateArn --output text)
aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$asked" \
  --query Certificate --output text >"$folder/asked.pem"
stop
bench/revocation.py fill "$folder/revoked" "$ca" "$revoked"
start "$folder/revoked"
waits=$(bench/revocation.py measure "$ca" bench-crls "$publication" 100 "$folder")
for where in bucket http ocsp; do
  row "revocation to $where with $revoked revoked, p99 ms" "$(jq ".$where" <<<"$waits")" 1000 \
    "$(ratio "$(jq ".$where" <<<"$waits")" 1000)" "<= 1"
done
openssl ocsp -issuer "$folder/ca.pem" -cert "$folder/asked.pem" -no_nonce -reqout "$folder/question.der" >/dev/null
beside=$(bench/beside_nginx.sh "$publication/$(base64 -w0 <"$folder/question.der" | jq -sRr @uri)" 5 "$seconds")
row "OCSP answers a second, beside nginx serving the same octets" "$(jq .per_second <<<"$beside")" \
  "$(jq .nginx_per_second <<<"$beside")" "$(jq .ratio <<<"$beside")" ">= 0.7"
stop

# The same CA when it has revoked a million: what a publication costs, and what issuing loses by it.
# Without OCSP: answers about a million certificates, signed beforehand, would be measured with it.
start "$folder/revoked"
aws acm-pca update-certificate-authority --certificate-authority-arn "$ca" \
  --revocation-configuration 'CrlConfiguration={Enabled=true,ExpirationInDays=7,S3BucketName=bench-crls,S3ObjectAcl=BUCKET_OWNER_FULL_CONTROL},OcspConfiguration={Enabled=false}'
bench/revocation.py forgotten "$folder/revoked"
stop
bench/revocation.py fill "$folder/revoked" "$ca" "$((many / 2 - revoked))"
start "$folder/revoked"
keys_ready
refusals=$(bench/refusal.py "$ca" 200 100 "$folder")
row "revocation to refusal by a load balancer, $((many / 2)) revoked, p99 ms" "$(jq .p99 <<<"$refusals")" 1000 \
  "$(ratio "$(jq .p99 <<<"$refusals")" 1000)" "<= 1"
row "... others of its 200 connections that were refused" "$(jq .refused <<<"$refusals")" 0 \
  "$(jq .refused <<<"$refusals")" "<= 0"
stop
bench/revocation.py fill "$folder/revoked" "$ca" "$((many - many / 2))"
start "$folder/revoked"
keys_ready all
bench/revocation.py publish "$ca" bench-crls "$server" 1 "$folder" >/dev/null  # the first of this size
cost=$(bench/revocation.py publish "$ca" bench-crls "$server" 14 "$folder")
row "CRL of $many from the database, DER and PEM, CPU ms" "$(jq .publication_ms <<<"$cost")" \
  "$(jq .floor_ms <<<"$cost")" "$(ratio "$(jq .publication_ms <<<"$cost")" "$(jq .floor_ms <<<"$cost")")" "<= 3"
row "... memory that it takes, MB" "$(jq .grown_mb <<<"$cost")" 64 "$(ratio "$(jq .grown_mb <<<"$cost")" 64)" "<= 1"
jq --arg ca "$ca" '.CertificateAuthorityArn = $ca' "$folder/issue.json" >"$folder/issue_meanwhile.json"
issued_per_second() {
  load --service acm-pca --target ACMPrivateCA.IssueCertificate --body-file "$folder/issue_meanwhile.json" \
    --connections 128 --seconds "$seconds" | jq .per_second
}
for _ in 1 2 3; do
  issued_per_second >>"$folder/alone"
  bench/revocation.py publish "$ca" bench-crls "$server" 1000000 "$folder" >/dev/null 2>&1 &
  publishing=$!
  issued_per_second >>"$folder/meanwhile"
  kill "$publishing"
  wait "$publishing" || true
done
meanwhile=$(jq -n --slurpfile alone "$folder/alone" --slurpfile meanwhile "$folder/meanwhile" \
  '[$meanwhile, $alone] | map(sort | .[1] | round)')
row "issuing while CRLs of $many are made without end" "$(jq '.[0]' <<<"$meanwhile")" "$(jq '.[1]' <<<"$meanwhile")" \
  "$(ratio "$(jq '.[0]' <<<"$meanwhile")" "$(jq '.[1]' <<<"$meanwhile")")" ">= 0.8"
stop

: >"$folder/ready"
since=$(date +%s%N)
"$everseal" serve --ephemeral --listen 127.0.0.1:0 >"$folder/ready" 2>/dev/null &
server=$!
until grep -q ready "$folder/ready"; do :; done
ephemeral_ms=$((($(date +%s%N) - since) / 1000000))
stop
row "serve --ephemeral until ready, ms" "$ephemeral_ms" "300" "$(ratio "$ephemeral_ms" 300)" "<= 1"

for bench in issue_bench crl_bench commit_bench event_bench; do
  echo
  lines_of "$bin/bench/$bench"
done
for bench in handshake_bench overhead_bench refusal_bench swap_bench apply_bench; do
  echo
  lines_of "$bin/bench/gateway/$bench" "$seconds"
done
verdict
