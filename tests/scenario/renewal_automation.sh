#!/usr/bin/env bash
# The published automation: a function, its execution role and its policy, a rule with the published
# pattern; a certificate is renewed, and the function has exported it. With Python and with Node.
. "$(dirname "$0")/../fault/lib.sh"

"$everseal" init --data data >/dev/null
start data
make_root_ca
aws acm-pca create-permission --certificate-authority-arn "$ca" --principal acm.amazonaws.com \
  --actions IssueCertificate GetCertificate ListPermissions
region=$AWS_DEFAULT_REGION
account=$(aws sts get-caller-identity --query Account --output text)
certificate=$(aws acm request-certificate --domain-name app.corp.internal --certificate-authority-arn "$ca" \
  --key-algorithm EC_prime256v1 --query CertificateArn --output text)
for _ in $(seq 100); do
  status=$(aws acm describe-certificate --certificate-arn "$certificate" --query Certificate.Status --output text)
  if [ "$status" != PENDING_VALIDATION ]; then break; fi
done
[ "$status" = ISSUED ] || fail "the certificate is $status"
printf 'correct horse' >passphrase
aws acm export-certificate --certificate-arn "$certificate" --passphrase fileb://passphrase >exported.json

# The execution role: Lambda may become it, it may write logs, and export.
cat >trust.json <<'JSON'
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
JSON
cat >policy.json <<'JSON'
{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"acm:ExportCertificate","Resource":"*"}]}
JSON
role=$(aws iam create-role --role-name exporter --assume-role-policy-document file://trust.json --query Role.Arn --output text)
aws iam attach-role-policy --role-name exporter \
  --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
aws iam put-role-policy --role-name exporter --policy-name export --policy-document file://policy.json

# The function: what was published, where that lies beside the repository (its lines were run
# together there, and are parted again), else one of ours that does the same.
sample() {
  local published
  published=$(grep -lE '^ *import json import boto3 ' "$repository"/../shared/mission/*.txt 2>/dev/null | head -1 || true)
  if [ -z "$published" ] && [ -d "$repository/../shared/mission" ]; then fail "the published function is not found"; fi
  if [ -n "$published" ]; then
    echo "ok: the published function is used" >&2
    python3 - "$published" <<'PYTHON'
import re
import sys
text = re.search(r"import json import boto3 .*?'statusCode': 200, }", open(sys.argv[1], encoding="utf-8").read()).group()
starts = [(0, "import json"), (0, "import boto3"), (0, "acm = "), (0, "passphrase = "), (0, "def lambda_handler"),
          (1, 'context.log("Incoming'), (1, "certificateArn = "), (1, 'context.log("Renewed'), (1, "description = "),
          (1, 'if "completed'), (2, "response = "), (2, "certificate = "), (2, "certificateChain = "),
          (2, "encrPrivateKey = "), (2, 'context.log("Certificate : '), (2, 'context.log("Certificate Chain'),
          (2, 'context.log("Encrypted'), (2, "#TODO"), (1, "return {")]
at = 0
places = []
for depth, start in starts:
    at = text.index(start, at)
    places.append((depth, at))
    at += len(start)
for (depth, begin), (_, end) in zip(places, places[1:] + [(0, len(text))]):
    print("    " * depth + text[begin:end].rstrip())
PYTHON
  else
    cat <<'PYTHON'
import json

import boto3

client = boto3.client('acm')
secret = bytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])


def lambda_handler(event, context):
    context.log('Event: ' + json.dumps(event) + '\n')
    arn = event['resources'][0]
    context.log('About: ' + arn + '\n')
    text = event['detail']['eventDescription'][0]['latestDescription']
    if 'completed the renewal' in text:
        exported = client.export_certificate(CertificateArn=arn, Passphrase=secret)
        for member in ('Certificate', 'CertificateChain', 'PrivateKey'):
            context.log(member + ': ' + exported[member] + '\n')
    return {'statusCode': 200}
PYTHON
  fi
}
sample >lambda_function.py
zip -q python.zip lambda_function.py
aws lambda create-function --function-name export --runtime python3.11 --handler lambda_function.lambda_handler \
  --role "$role" --zip-file fileb://python.zip --timeout 60 >/dev/null

# The rule, with the published pattern. Who made it before the renewal hears of the renewal.
pattern() {
  jq -nc --arg arn "$certificate" '{source: ["aws.health"], "detail-type": ["AWS Health Event"],
    detail: {service: ["ACM"], eventTypeCategory: ["scheduledChange"], eventTypeCode: ["AWS_ACM_RENEWAL_STATE_CHANGE"]},
    resources: [$arn]}'
}
watch() { # RULE FUNCTION
  local rule
  rule=$(aws events put-rule --name "$1" --event-pattern "$(pattern)" --query RuleArn --output text)
  aws lambda add-permission --function-name "$2" --statement-id "$1" --action lambda:InvokeFunction \
    --principal events.amazonaws.com --source-arn "$rule" >/dev/null
  [ "$(aws events put-targets --rule "$1" \
    --targets "Id=1,Arn=arn:aws:lambda:$region:$account:function:$2" --query FailedEntryCount)" = 0 ] || fail "put-targets"
}
written() { # FUNCTION: all that it has written; what Node prints at once is one event of several lines
  aws logs filter-log-events --log-group-name "/aws/lambda/$1" 2>/dev/null | jq -r '.events[].message' | tr '\r' '\n' || true
}
# exported_by FUNCTION: what it wrote has the renewed certificate, its chain and its key.
exported_by() {
  local serial
  for _ in $(seq 60); do
    written "$1" >"$1.log"
    if grep -q 'END ENCRYPTED PRIVATE KEY' "$1.log"; then break; fi
    sleep 0.1
  done
  grep -q 'END ENCRYPTED PRIVATE KEY' "$1.log" || { cat "$1.log"; tail -5 server.log; fail "$1 exported nothing"; }
  awk '/BEGIN CERTIFICATE/ { n++ } n > 0 && /BEGIN CERTIFICATE/, /END CERTIFICATE/ { sub(/.*-----BEGIN/, "-----BEGIN"); print > ("part" n ".pem") }' "$1.log"
  sed -n '/BEGIN ENCRYPTED PRIVATE KEY/,/END ENCRYPTED PRIVATE KEY/p' "$1.log" | sed 's/.*-----BEGIN/-----BEGIN/' >key.pem
  openssl verify -CAfile part2.pem part1.pem >/dev/null || fail "the chain that $1 wrote does not prove its certificate"
  cmp -s <(openssl x509 -in part2.pem) <(openssl x509 -in root.pem) || fail "another root"
  serial=$(aws acm describe-certificate --certificate-arn "$certificate" --query Certificate.Serial --output text | tr -d : | tr a-f A-F)
  [ "$(openssl x509 -in part1.pem -noout -serial | cut -d= -f2)" = "$serial" ] || fail "$1 exported another certificate than the renewed"
  node -e '
    const { createPrivateKey, createPublicKey, X509Certificate } = require("node:crypto");
    const { readFileSync } = require("node:fs");
    const passphrase = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
    const key = createPrivateKey({ key: readFileSync("key.pem"), passphrase });
    const of = (key) => key.export({ type: "spki", format: "pem" });
    const certificate = new X509Certificate(readFileSync("part1.pem"));
    process.exit(of(createPublicKey(key)) === of(certificate.publicKey) ? 0 : 1);' || fail "the passphrase does not open the key that $1 wrote"
  echo "ok: $1 has the renewed certificate, its chain and its key"
}
before=$(aws acm describe-certificate --certificate-arn "$certificate" --query Certificate.Serial --output text)
watch renewed export
aws acm renew-certificate --certificate-arn "$certificate"
exported_by export
after=$(aws acm describe-certificate --certificate-arn "$certificate" --query Certificate.Serial --output text)
[ "$after" != "$before" ] || fail "not renewed"
[ "$(aws acm describe-certificate --certificate-arn "$certificate" --query Certificate.RenewalSummary.RenewalStatus --output text)" = SUCCESS ] ||
  fail "describe-certificate does not show the renewal"

# The same in Node, whose SDK the function brings; its rule is there after the first renewal, and
# hears of the next one only.
mkdir node
cat >node/index.mjs <<'JS'
import { ACMClient, ExportCertificateCommand } from "@aws-sdk/client-acm";
const acm = new ACMClient({});
const Passphrase = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
export const handler = async (event) => {
  const [CertificateArn] = event.resources;
  if (!event.detail.eventDescription[0].latestDescription.includes("completed the renewal")) return { statusCode: 200 };
  const exported = await acm.send(new ExportCertificateCommand({ CertificateArn, Passphrase }));
  for (const member of ["Certificate", "CertificateChain", "PrivateKey"]) console.log(exported[member]);
  return { statusCode: 200 };
};
JS
"$repository"/tools/node-modules.sh >/dev/null
cp -r "$repository"/tests/conformance/node_modules node/
for other in node/node_modules/@aws-sdk/client-*; do
  case $other in */client-acm | */client-sso | */client-sso-oidc | */client-sts) ;; *) rm -rf "$other" ;; esac
done
(cd node && zip -qr ../node.zip .)
aws s3 mb s3://code >/dev/null
aws s3 cp --quiet node.zip s3://code/node.zip
aws lambda create-function --function-name export-node --runtime nodejs18.x --handler index.handler \
  --role "$role" --code S3Bucket=code,S3Key=node.zip --timeout 60 --memory-size 512 >/dev/null
watch renewed-node export-node
[ -z "$(written export-node)" ] || fail "a rule heard of what was before it"
# It has been exported since its renewal, by the function.
aws acm renew-certificate --certificate-arn "$certificate"
exported_by export-node

# Without the right to export, the function fails, and says why.
aws iam delete-role-policy --role-name exporter --policy-name export
aws acm renew-certificate --certificate-arn "$certificate"
for _ in $(seq 60); do
  written export >export.log
  if grep -q AccessDenied export.log; then break; fi
  sleep 0.1
done
grep -q AccessDenied export.log || fail "a role without the right could export"
echo "ok: a role without the right exports nothing"
