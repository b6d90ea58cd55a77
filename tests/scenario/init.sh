#!/usr/bin/env bash
# `everseal init`: what an operator may choose is what clients get; what cannot be is refused before
# anything is made; two at once, or one that is killed, never leave something that only looks whole.
. "$(dirname "$0")/../fault/lib.sh"

# What is chosen, down to a folder that a shell would take apart.
chosen="da'ta \$HOME \"dir\""
printf '%s' "it's \$ecret" >secret
"$everseal" init --data "$chosen" --access-key-id AKIACHOSEN --secret-access-key - \
  --account-id 000000000000 --region eu-central-1 <secret >told
grep -q 'AKIACHOSEN' told || fail "init does not say the access key"
if grep -q 'ecret' told; then fail "init tells the secret"; fi
"$everseal" env --data "$chosen" >exports
[ "$(sed 's/=.*//' exports | tr '\n' ' ')" = \
  "export AWS_ENDPOINT_URL export AWS_ACCESS_KEY_ID export AWS_SECRET_ACCESS_KEY export AWS_DEFAULT_REGION export AWS_CA_BUNDLE " ] ||
  { cat exports; fail "not the five exports"; }
for shell in bash dash; do
  value=$("$shell" -c '. ./exports; printf "%s\n" "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_DEFAULT_REGION" "$AWS_CA_BUNDLE"')
  [ "$value" = "AKIACHOSEN
it's \$ecret
eu-central-1
$folder/$chosen/ca.pem" ] || fail "$shell reads the exports as: $value"
done
start "$chosen"
[ "$endpoint" = "$AWS_ENDPOINT_URL" ] || fail "env tells $AWS_ENDPOINT_URL, not $endpoint"
identity=$(aws sts get-caller-identity --query '[Account, Arn]' --output text)
[ "$identity" = "000000000000	arn:aws:iam::000000000000:root" ] || fail "the client is $identity"
curl -fsS --cacert "$AWS_CA_BUNDLE" "${endpoint/http:/https:}/health" >/dev/null || fail "TLS on loopback"
[ "$(aws acm list-certificates --query 'length(CertificateSummaryList)')" = 0 ] ||
  fail "account 000000000000 sees the server's own certificate"
[ "$(aws acm-pca list-certificate-authorities --query 'length(CertificateAuthorities)')" = 0 ] ||
  fail "account 000000000000 sees the internal CA"
stop

# What cannot be.
init_refused() { # SENTENCE OPTION...
  local sentence=$1
  shift
  refused "$sentence" "$everseal" init --data none "$@" </dev/null
  [ ! -e none ] || fail "a refused init made something: $*"
}
init_refused "'EU-WEST-1' is not a region" --region EU-WEST-1
init_refused "not twelve digits" --account-id 1234
init_refused "no secret access key" --secret-access-key -
init_refused "access key ID has" --access-key-id "no spaces"
init_refused "neither an address nor a name" --host-name under_score
init_refused "neither an address nor a name" --host-name 1234
init_refused "neither an address nor a name" --host-name 300.1.2.3

# Names of a machine that no certificate can have.
for name in 12345 "$(printf 'a%.0s' $(seq 64))"; do
  apart --uts sh -c 'hostname "$1" && exec "$2" init --data "$3"' - "$name" "$everseal" "named$name" \
    >out 2>err || { cat err; fail "init on a machine called $name"; }
  grep -q "$name" err || fail "not told that $name is left out"
done

# What was there before is neither overwritten nor taken away.
mkdir foreign
echo mine >foreign/ca.pem
echo mine >foreign/lock
refused "already has ca.pem" "$everseal" init --data foreign
[ "$(cat foreign/ca.pem foreign/lock)" = "mine
mine" ] || fail "foreign files were changed"
[ "$(ls foreign | wc -l)" -eq 2 ] || fail "a refused init left something"

# Two at once: one makes the data, whole; the other says so.
for round in $(seq 30); do
  rm -rf both
  "$everseal" init --data both >first 2>&1 &
  one=$!
  "$everseal" init --data both >second 2>&1 &
  other=$!
  made=0
  if wait "$one"; then made=$((made + 1)); fi
  if wait "$other"; then made=$((made + 1)); fi
  [ "$made" -eq 1 ] || { cat first second; fail "round $round: $made of two made the data"; }
  "$everseal" env --data both >/dev/null || { ls -la both; fail "round $round: the data is not whole"; }
  [ -s both/ca.pem ] || fail "round $round: there is no ca.pem"
done
start both
stop
echo "ok: two at once, 30 times"

# Killed at any moment: either whole, TLS included, or refused as what it is.
whole=0
cut=0
for round in $(seq 40); do
  rm -rf half
  (timeout -s KILL "0.0$((RANDOM % 8))$((RANDOM % 10))" "$everseal" init --data half || true) >/dev/null 2>&1
  if "$everseal" env --data half >/dev/null 2>err; then
    whole=$((whole + 1))
    [ -s half/ca.pem ] || fail "round $round: taken for whole without ca.pem"
    start half
    curl -fsS --cacert "$AWS_CA_BUNDLE" "${endpoint/http:/https:}/health" >/dev/null || fail "round $round: no TLS"
    stop
  else
    cut=$((cut + 1))
    grep -qE "not finished|does not exist|not a data directory" err || { cat err; fail "round $round: not a clear sentence"; }
    if "$everseal" serve --data half --listen 127.0.0.1:0 >/dev/null 2>&1; then fail "round $round: served half of it"; fi
  fi
done
echo "ok: killed 40 times, $cut cut short, $whole whole"
