#!/usr/bin/env bash
# From an empty disk to a certificate that renewed itself, each step as the command a user types.
# Everything lives in a folder of its own, which is removed at the end, and time is virtual: eleven
# months pass in a second.
set -euo pipefail
cd "$(dirname "$0")/.."
everseal=$PWD/build/release/everseal
folder=$(mktemp -d "${TMPDIR:-/tmp}/everseal-demo-XXXXXX")
server=
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"

bold=; dim=; green=; red=; plain=
if [ -t 1 ]; then bold=$'\e[1m'; dim=$'\e[2m'; green=$'\e[32m'; red=$'\e[31m'; plain=$'\e[0m'; fi
number=0
step() { number=$((number + 1)); printf '\n%s%d. %s%s\n' "$bold" "$number" "$1" "$plain"; }
# Shows a command as typed, runs it and leaves its output in $answer.
run() {
  printf '%s$ %s%s\n' "$dim" "$(printf '%s ' "$@" | sed "s#$everseal#everseal#; s# \$##")" "$plain"
  answer=$("$@") || { printf '%sfailed%s\n' "$red" "$plain"; exit 1; }
}
show() { sed 's/^/    /' <<<"$1"; }
check() {
  local what=$1
  shift
  if "$@" >check.log 2>&1; then
    printf '    %s✓ %s%s\n' "$green" "$what" "$plain"
  else
    printf '    %s✗ %s%s\n' "$red" "$what" "$plain"
    cat check.log
    exit 1
  fi
}
serve() {
  : >ready
  "$everseal" serve --data data --clock virtual --listen 127.0.0.1:"$1" >ready 2>server.log &
  server=$!
  for _ in $(seq 500); do
    endpoint=$(sed -n 's/^everseal is ready at //p' ready)
    if [ -n "$endpoint" ]; then return 0; fi
    if ! kill -0 "$server" 2>/dev/null; then wait "$server" || true; server=; return 1; fi
    sleep 0.01
  done
  return 1
}

step "An empty disk: the account, its root credentials, the master key"
run "$everseal" init --data data
show "$answer"
check "the master key can be read by its owner only" test "$(stat -c %a data/master.key)" = 600

step "The server, on a virtual clock"
echo "$dim\$ everseal serve --data data --clock virtual &$plain"
serve 4566 || serve 0 || { cat server.log; exit 1; }
show "everseal is ready at $endpoint"
run "$everseal" env --data data
eval "$answer"
unset AWS_PROFILE AWS_SESSION_TOKEN
export AWS_PAGER="" AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
# Clients before 2.13, Debian's among them, do not read AWS_ENDPOINT_URL.
aws() { command aws --endpoint-url "$endpoint" --output json "$@"; }
run aws sts get-caller-identity
show "$answer"
check "the client is the account's root user" test "$(jq -r .Arn <<<"$answer")" = "arn:aws:iam::$(jq -r .Account <<<"$answer"):root"

# create_ca NAME TYPE: a CA that waits for its certificate; its ARN in $answer.
create_ca() {
  cat >"$1.json" <<JSON
{"KeyAlgorithm": "RSA_2048", "SigningAlgorithm": "SHA256WITHRSA",
 "Subject": {"Country": "DE", "Organization": "Example Corp", "CommonName": "$1"}}
JSON
  run aws acm-pca create-certificate-authority --certificate-authority-type "$2" \
    --certificate-authority-configuration "file://$1.json"
  show "$answer"
  answer=$(jq -r .CertificateAuthorityArn <<<"$answer")
}
# issue_ca ISSUER SUBJECT TEMPLATE YEARS: signs the subject's CSR; its certificate in $3.
issue_ca() {
  run aws acm-pca get-certificate-authority-csr --certificate-authority-arn "$2" --query Csr --output text
  printf '%s\n' "$answer" >csr.pem
  run aws acm-pca issue-certificate --certificate-authority-arn "$1" --csr fileb://csr.pem \
    --signing-algorithm SHA256WITHRSA --template-arn "arn:aws:acm-pca:::template/$3/V1" \
    --validity "Value=$4,Type=YEARS"
  certificate=$(jq -r .CertificateArn <<<"$answer")
  run aws acm-pca get-certificate --certificate-authority-arn "$1" --certificate-arn "$certificate" \
    --query Certificate --output text
  printf '%s\n' "$answer" >"$5"
}
ca_status() { aws acm-pca describe-certificate-authority --certificate-authority-arn "$1" --query CertificateAuthority.Status --output text; }

step "A root CA signs itself"
create_ca "Example Root" ROOT
root=$answer
issue_ca "$root" "$root" RootCACertificate 10 root.pem
run aws acm-pca import-certificate-authority-certificate --certificate-authority-arn "$root" --certificate fileb://root.pem
check "the root CA is ACTIVE" test "$(ca_status "$root")" = ACTIVE

step "A subordinate CA below it issues from now on"
create_ca "Example Issuing CA" SUBORDINATE
issuing=$answer
issue_ca "$root" "$issuing" SubordinateCACertificate_PathLen0 5 issuing.pem
run aws acm-pca import-certificate-authority-certificate --certificate-authority-arn "$issuing" \
  --certificate fileb://issuing.pem --certificate-chain fileb://root.pem
check "the subordinate CA is ACTIVE" test "$(ca_status "$issuing")" = ACTIVE

step "Certificate Manager may renew with it"
run aws acm-pca create-permission --certificate-authority-arn "$issuing" --principal acm.amazonaws.com \
  --actions IssueCertificate GetCertificate ListPermissions

describe() { aws acm describe-certificate --certificate-arn "$arn"; }
# Waits until jq finds $1 true of the certificate; its description in $answer.
wait_until() {
  for _ in $(seq 50); do
    answer=$(describe)
    if jq -e "$1" <<<"$answer" >/dev/null; then return 0; fi
  done
  echo "$answer"
  return 1
}
# export_to NAME: NAME.pem, NAME.chain.pem and the decrypted NAME.key.
export_to() {
  run aws acm export-certificate --certificate-arn "$arn" --passphrase fileb://passphrase
  jq -r .Certificate <<<"$answer" >"$1.pem"
  jq -r .CertificateChain <<<"$answer" >"$1.chain.pem"
  jq -r .PrivateKey <<<"$answer" >"$1.encrypted.key"
  check "the passphrase opens the encrypted key" openssl pkey -in "$1.encrypted.key" -passin file:passphrase -out "$1.key"
  check "the key is the certificate's" cmp <(openssl pkey -in "$1.key" -pubout) <(openssl x509 -in "$1.pem" -noout -pubkey)
}

step "A managed certificate"
run aws acm request-certificate --domain-name app.corp.internal \
  --subject-alternative-names app.corp.internal www.corp.internal --certificate-authority-arn "$issuing"
show "$answer"
arn=$(jq -r .CertificateArn <<<"$answer")
check "it is ISSUED" wait_until '.Certificate.Status == "ISSUED"'
answer=$(describe)
show "$(jq '.Certificate | {Status, Serial, NotAfter, RenewalEligibility}' <<<"$answer")"

step "Exported, to be installed on a server"
printf 'correct horse battery' >passphrase
export_to first
check "openssl verifies it against the root" openssl verify -CAfile root.pem -untrusted first.chain.pem first.pem
check "it is now eligible for renewal" wait_until '.Certificate.RenewalEligibility == "ELIGIBLE"'

step "Eleven months and a half later, without anybody's doing"
run "$everseal" clock advance 345d --endpoint-url "$endpoint"
show "$answer"
check "it renewed itself" wait_until '.Certificate.RenewalSummary.RenewalStatus == "SUCCESS"'
answer=$(describe)
show "$(jq '.Certificate | {CertificateArn, Status, Serial, NotAfter, RenewalSummary}' <<<"$answer")"
export_to second
fingerprint() { openssl x509 -in "$1" -noout -serial; }
check "its serial is another one" test "$(fingerprint first.pem)" != "$(fingerprint second.pem)"
check "its key is another one" test "$(openssl pkey -in first.key -pubout)" != "$(openssl pkey -in second.key -pubout)"
not_before=$(jq -r .Certificate.NotBefore <<<"$(describe)")
[[ $not_before == *T* ]] || not_before=@$not_before  # CLI 1 prints seconds, CLI 2 a date
then_is=$(($(date -d "$not_before" +%s) + 7200))
check "openssl verifies it against the same root, at that time" \
  openssl verify -attime "$then_is" -CAfile root.pem -untrusted second.chain.pem second.pem

step "And the books are straight"
kill "$server"; wait "$server" || true; server=
run "$everseal" log verify --data data
show "$answer"
check "every signature is in the issuance log" grep -q "verified" <<<"$answer"
printf '\n%sThe certificate renewed itself: same ARN, other serial, other key.%s\n' "$bold" "$plain"
