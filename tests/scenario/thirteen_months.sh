#!/usr/bin/env bash
# Thirteen months in which nobody acts, on a virtual clock: a certificate cannot be renewed any more,
# and every notice of its end arrives in a log group, one by one, until it has expired. For another one
# somebody acts in time.
. "$(dirname "$0")/../fault/lib.sh"

"$everseal" init --data data >/dev/null
start data --clock virtual
make_root_ca
account=$(aws sts get-caller-identity --query Account --output text)
permission=(--certificate-authority-arn "$ca" --principal acm.amazonaws.com)
allow() { aws acm-pca create-permission "${permission[@]}" --actions IssueCertificate GetCertificate ListPermissions; }
describe() { aws acm describe-certificate --certificate-arn "$1" --query "Certificate.$2" --output text; }
# seconds TIME: since 1970, of what the CLI calls a time.
seconds() { date -d "$1" +%s 2>/dev/null || printf '%.0f' "$1"; }
advance() { now=$(seconds "$("$everseal" clock advance "$1" | jq -r .Now)"); }

# a_certificate NAME: an exported one, its ARN in $arn.
a_certificate() {
  local status=
  arn=$(aws acm request-certificate --domain-name "$1" --certificate-authority-arn "$ca" \
    --key-algorithm EC_prime256v1 --query CertificateArn --output text)
  for _ in $(seq 100); do
    status=$(describe "$arn" Status)
    if [ "$status" != PENDING_VALIDATION ]; then break; fi
  done
  [ "$status" = ISSUED ] || fail "the certificate of $1 is $status"
  printf 'correct horse' >passphrase
  aws acm export-certificate --certificate-arn "$arn" --passphrase fileb://passphrase >/dev/null
}

# listen NAME ARN: a log group of what is told about the certificate: all but the hourly attempts.
listen() {
  aws events put-rule --name "$1" --event-pattern "$(jq -nc --arg arn "$2" '{resources: [$arn],
    "detail-type": ["AWS Health Event", {prefix: "ACM Certificate A"}, "ACM Certificate Expired"]}')" >/dev/null
  [ "$(aws events put-targets --rule "$1" --query FailedEntryCount \
    --targets "Id=1,Arn=arn:aws:logs:$AWS_DEFAULT_REGION:$account:log-group:$1")" = 0 ] || fail "put-targets"
  echo 0 >"$1.read"
}
# heard NAME: what has come since it was asked last, an event a line.
heard() {
  aws logs filter-log-events --log-group-name "$1" | jq -c '.events[].message | fromjson' >"$1.all"
  tail -n "+$(($(cat "$1.read") + 1))" "$1.all"
  wc -l <"$1.all" >"$1.read"
}
# told END: a line an event: what it is, and how many days before that end it was told.
told() {
  jq -r --argjson until "$1" '
    (if .source == "aws.health" then .detail.eventTypeCode + " " + .detail.statusCode else ."detail-type" end) + " " +
    (((($until - (.time | fromdate)) / 86400) | ceil) | tostring)'
}
text() { jq -r '.detail.eventDescription[0].latestDescription'; }
same() { diff <(printf '%s\n' "${@:2}") "$1" || fail "other events than expected (<) were told"; }

# While all is well: renewed when asked for, as describe-certificate shows and an event tells.
allow
a_certificate forgotten.corp.internal
forgotten=$arn
listen forgotten "$forgotten"
aws acm renew-certificate --certificate-arn "$forgotten"
advance 1s
[ "$(describe "$forgotten" RenewalSummary.RenewalStatus)" = SUCCESS ] || fail "describe-certificate does not show the renewal"
end=$(seconds "$(describe "$forgotten" NotAfter)")
heard forgotten >events
grep -c 'completed the renewal' events | grep -qx 1 || fail "there is not one event that tells of the renewal"
grep -q '"Action":"RENEWAL"' events || fail "the renewed certificate is not available"
echo "ok: renew-certificate, describe-certificate, and an event"

# Without the permission: the reason is shown, and the event says what to do.
aws acm export-certificate --certificate-arn "$forgotten" --passphrase fileb://passphrase >/dev/null
aws acm-pca delete-permission "${permission[@]}"
aws acm renew-certificate --certificate-arn "$forgotten"
advance 1s
[ "$(describe "$forgotten" RenewalSummary.RenewalStatus)" = PENDING_AUTO_RENEWAL ] || fail "a renewal that failed is not pending"
[ "$(describe "$forgotten" RenewalSummary.RenewalStatusReason)" = PCA_ACCESS_DENIED ] || fail "the reason is not shown"
heard forgotten >events
told "$end" <events >lines
same lines "AWS_ACM_RENEWAL_FAILURE open $(((end - now + 86399) / 86400))"
text <events >description
grep -q 'PCA_ACCESS_DENIED' description || fail "the event does not name the reason"
grep -q 'acm.amazonaws.com' description || { cat description; fail "the event does not say what to do"; }
grep -q 'completed the renewal' description && fail "the text of a failure speaks of success"
echo "ok: the reason and the remedy are told"

# The other one is a month younger.
advance 30d
allow
a_certificate mended.corp.internal
mended=$arn
listen mended "$mended"
aws acm-pca delete-permission "${permission[@]}"

# From stop to stop: daily from 45 days before the end, and AWS Health at 45, 30, 15, 7, 3 and 1.
to() { advance "$((end - $1 * 86400 - now + 1))s"; }
to 46
heard forgotten >/dev/null
daily=45
for stop in 45 30 15 7 3 1; do
  to "$stop"
  expected=()
  while [ "$daily" -ge "$stop" ]; do
    expected+=("ACM Certificate Approaching Expiration $daily")
    daily=$((daily - 1))
  done
  heard forgotten >events
  told "$end" <events >lines
  same lines "${expected[@]}" "AWS_ACM_RENEWAL_STATE_CHANGE open $stop"
  [ "$(jq -r 'select(.source == "aws.acm") | .detail.DaysToExpiry' events | tail -1)" = "$stop" ] || fail "DaysToExpiry is not $stop"
  jq -r 'select(.source == "aws.health") | .detail.eventArn' events >>event_arns
  if text <events | grep -q 'completed the renewal'; then fail "a notice speaks of success"; fi
  [ "$(describe "$forgotten" RenewalSummary.RenewalStatusReason)" = PCA_ACCESS_DENIED ] || fail "the reason is gone at $stop days"
  echo "ok: $stop days before the end"
done
to 0
heard forgotten >events
told "$end" <events >lines
same lines "ACM Certificate Expired 0" "AWS_ACM_RENEWAL_STATE_CHANGE open 0"
[ "$(describe "$forgotten" Status)" = EXPIRED ] || fail "it is not EXPIRED"
jq -r 'select(.source == "aws.health") | .detail.eventArn' events >>event_arns
[ "$(sort -u event_arns | wc -l)" -eq 1 ] || fail "the notices are more than one event of AWS Health"
echo "ok: it has expired, and one event of AWS Health has followed it"

# The younger one is saved with a month to go.
[ "$(describe "$mended" RenewalSummary.RenewalStatusReason)" = PCA_ACCESS_DENIED ] || fail "the younger one did not fail"
before=$(describe "$mended" Serial)
heard mended >/dev/null
allow
aws acm renew-certificate --certificate-arn "$mended"
advance 1s
[ "$(describe "$mended" RenewalSummary.RenewalStatus)" = SUCCESS ] || fail "it was not renewed"
[ "$(describe "$mended" Serial)" != "$before" ] || fail "it has the old serial"
heard mended >events
jq -c 'select(.detail.eventTypeCode == "AWS_ACM_RENEWAL_STATE_CHANGE")' events >renewed
[ "$(jq -r .detail.statusCode renewed)" = closed ] || fail "the renewal is not told once, as closed"
text <renewed | grep -q 'completed the renewal .* mended.corp.internal and a total of 1 domains' || fail "the event does not say that it is renewed"
[ "$(jq -r 'select(.detail.eventTypeCode == "AWS_ACM_RENEWAL_FAILURE") | .detail.statusCode' events)" = closed ] || fail "the failure stays open"
[ "$(jq -r 'select(."detail-type" == "ACM Certificate Available") | .detail.Action' events)" = RENEWAL ] || fail "it is not available"
echo "ok: the other one was renewed as soon as somebody acted"
