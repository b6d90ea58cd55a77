#!/usr/bin/env bash
# kill -9 at a random moment under issuing load, fifty times: every certificate that was answered is
# there afterwards, every request to ACM that was answered is issued in the end with its key and its
# leaf, no serial was given twice, and the log verifies.
. "$(dirname "$0")/lib.sh"
rounds=${ROUNDS:-50}

"$everseal" init --data data >/dev/null
start data
make_root_ca
leaf_csr device
order_of device >issue.json
jq -n --arg ca "$ca" \
  '{CertificateAuthorityArn: $ca, DomainName: "app.corp.internal", KeyAlgorithm: "EC_prime256v1"}' >request.json

# load SERVICE TARGET BODY CONNECTIONS RECORD: in the background, until the server is gone.
load() {
  "$repository/build/release/bench/load" --endpoint "$endpoint" --service "$1" --target "$2" --body-file "$3" \
    --connections "$4" --seconds 30 --record "$5" >"load-$1.log" 2>&1 &
}
for round in $(seq "$rounds"); do
  if [ -z "$server" ]; then start data; fi
  : >answers
  : >requests
  load acm-pca ACMPrivateCA.IssueCertificate issue.json 16 answers
  issuing=$!
  load acm CertificateManager.RequestCertificate request.json 1 requests
  requesting=$!
  # The moment is random; that some answers have come is not.
  until [ -s answers ] && [ -s requests ]; do
    { kill -0 "$issuing" && kill -0 "$requesting"; } 2>/dev/null || { cat load-*.log; fail "the load ended"; }
  done
  sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
  stop -KILL
  wait "$issuing" "$requesting" || true
  start data
  node "$repository/tests/conformance/acm_all_there.mjs" "$endpoint" "$AWS_DEFAULT_REGION" <requests >managed &
  managed=$!
  count=$(node "$repository/tests/conformance/all_there.mjs" "$endpoint" "$AWS_DEFAULT_REGION" <answers) ||
    fail "round $round lost something that was answered"
  wait "$managed" || fail "round $round lost a managed certificate"
  cat answers >>all
  if [ $((round % 10)) -eq 0 ]; then
    stop
    "$everseal" log verify --data data || fail "round $round: the log does not verify"
  fi
  echo "round $round: $count answered, $(cat managed) managed, all there"
done
[ -n "$server" ] || start data
duplicates=$(jq -Rr 'fromjson? | .CertificateArn' all | sort | uniq -d | head -n 1)
[ -z "$duplicates" ] || fail "answered twice: $duplicates"
stop
"$everseal" log verify --data data
