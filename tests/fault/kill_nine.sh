#!/usr/bin/env bash
# kill -9 at a random moment under issuing load, fifty times: every certificate that was answered is
# there afterwards, no serial was given twice, and the log verifies.
. "$(dirname "$0")/lib.sh"
rounds=${ROUNDS:-50}

"$everseal" init --data data >/dev/null
start data
make_root_ca
leaf_csr device
jq -n --arg ca "$ca" --arg csr "$(base64 -w0 <device.csr)" \
  '{CertificateAuthorityArn: $ca, Csr: $csr, SigningAlgorithm: "SHA256WITHECDSA", Validity: {Value: 30, Type: "DAYS"}}' >issue.json

for round in $(seq "$rounds"); do
  if [ -z "$server" ]; then start data; fi
  : >answers
  "$repository/build/release/bench/load" --endpoint "$endpoint" --service acm-pca \
    --target ACMPrivateCA.IssueCertificate --body-file issue.json --connections 16 --seconds 30 \
    --record answers >load.log 2>&1 &
  load=$!
  # The moment is random; that some answers have come is not.
  until [ -s answers ]; do kill -0 "$load" 2>/dev/null || { cat load.log; fail "the load ended"; }; done
  sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
  stop -KILL
  wait "$load" || true
  start data
  count=$(node "$repository/tests/conformance/all_there.mjs" "$endpoint" "$AWS_DEFAULT_REGION" <answers) ||
    fail "round $round lost something that was answered"
  cat answers >>all
  if [ $((round % 10)) -eq 0 ]; then
    stop
    "$everseal" log verify --data data || fail "round $round: the log does not verify"
  fi
  echo "round $round: $count answered, all there"
done
[ -n "$server" ] || start data
duplicates=$(jq -Rr 'fromjson? | .CertificateArn' all | sort | uniq -d | head -n 1)
[ -z "$duplicates" ] || fail "answered twice: $duplicates"
stop
"$everseal" log verify --data data
