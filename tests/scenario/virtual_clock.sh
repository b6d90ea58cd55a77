#!/usr/bin/env bash
# Virtual time: only who may moves it, and it goes on where it stood.
. "$(dirname "$0")/../fault/lib.sh"

"$everseal" init --data data >/dev/null
start data --clock virtual
arn=$(aws sts get-caller-identity --query Arn --output text)

# as USER COMMAND...: with an access key of that user.
as() {
  local name=$1 key
  shift
  key=$(aws iam create-access-key --user-name "$name" --query 'AccessKey.[AccessKeyId, SecretAccessKey]' --output text)
  AWS_ACCESS_KEY_ID=${key%%$'\t'*} AWS_SECRET_ACCESS_KEY=${key##*$'\t'} "$@"
}
for name in may may-not; do aws iam create-user --user-name "$name" >/dev/null; done
aws iam put-user-policy --user-name may --policy-name clock --policy-document \
  '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "everseal:AdvanceClock", "Resource": "*"}}'
aws iam put-user-policy --user-name may-not --policy-name certificates --policy-document \
  '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "acm:*", "Resource": "*"}}'
if as may-not "$everseal" clock advance 1d >out 2>&1; then fail "moved by one who may not"; fi
grep -q AccessDeniedException out || { cat out; fail "not refused as AccessDeniedException"; }
before=$(as may "$everseal" clock advance 1s | jq -r .Now)
after=$(as may "$everseal" clock advance 40d | jq -r .Now)
seconds() { date -d "$1" +%s 2>/dev/null || printf '%.0f' "$1"; }
moved=$(($(seconds "$after") - $(seconds "$before")))
[ "$moved" -eq $((40 * 86400)) ] || fail "moved by $moved seconds"

stop
start data --clock virtual
again=$("$everseal" clock advance 1s | jq -r .Now)
[ $(($(seconds "$again") - $(seconds "$after"))) -eq 1 ] || fail "after a restart it is $again, not $after"
stop -KILL
start data --clock virtual
again=$("$everseal" clock advance 1s | jq -r .Now)
[ $(($(seconds "$again") - $(seconds "$after"))) -eq 2 ] || fail "after a kill it is $again"
stop
refused "virtual clock" "$everseal" serve --data data --listen 127.0.0.1:0
echo "ok: $before -> $again, moved as $arn"
