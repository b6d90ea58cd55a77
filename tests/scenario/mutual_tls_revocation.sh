#!/usr/bin/env bash
# The published way to take a client's access away from a load balancer that verifies clients, from
# the first line to the last, with the aws CLI and openssl: the CA publishes its list in a bucket, the
# client is revoked, the list is fetched, converted, uploaded and added to the trust store; then that
# client is refused, and nobody else.
. "$(dirname "$0")/../fault/lib.sh"

"$everseal" init --data data >/dev/null
start data
make_root_ca

# The load balancer, with a certificate of Certificate Manager.
aws acm-pca create-permission --certificate-authority-arn "$ca" --principal acm.amazonaws.com \
  --actions IssueCertificate GetCertificate ListPermissions
certificate=$(aws acm request-certificate --domain-name edge.corp.internal --key-algorithm EC_prime256v1 \
  --certificate-authority-arn "$ca" --query CertificateArn --output text)
for _ in $(seq 100); do
  status=$(aws acm describe-certificate --certificate-arn "$certificate" --query Certificate.Status --output text)
  if [ "$status" = ISSUED ]; then break; fi
done
aws s3 mb s3://example-bucket >/dev/null
aws s3 cp --quiet root.pem s3://example-bucket/ca/root.pem
store=$(aws elbv2 create-trust-store --name clients --ca-certificates-bundle-s3-bucket example-bucket \
  --ca-certificates-bundle-s3-key ca/root.pem --query 'TrustStores[0].TrustStoreArn' --output text)
edge=$(aws elbv2 create-load-balancer --name edge --subnets any --query 'LoadBalancers[0].LoadBalancerArn' --output text)
aws elbv2 wait load-balancer-available --load-balancer-arns "$edge"
address=$(aws elbv2 describe-load-balancers --names edge --output text \
  --query 'LoadBalancers[0].AvailabilityZones[0].LoadBalancerAddresses[0].IpAddress')
aws elbv2 create-listener --load-balancer-arn "$edge" --protocol HTTPS --port 8443 \
  --certificates CertificateArn="$certificate" --mutual-authentication "Mode=verify,TrustStoreArn=$store" \
  --default-actions 'Type=fixed-response,FixedResponseConfig={StatusCode=200,MessageBody=welcome,ContentType=text/plain}' >/dev/null

# client NAME: NAME.pem and NAME.key.
client() {
  leaf_csr "$1"
  aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$(issue "$1.csr")" \
    --query Certificate --output text >"$1.pem"
}
# answer CLIENT: what it gets; "refused" if the connection is ended.
answer() {
  curl -s --cacert root.pem --cert "$1.pem" --key "$1.key" --resolve "edge.corp.internal:8443:$address" \
    https://edge.corp.internal:8443/ || echo refused
}
# expect CLIENT ANSWER: within a second, since a change takes some tenths of one.
expect() {
  local found=
  for _ in $(seq 20); do
    found=$(answer "$1")
    if [ "$found" = "$2" ]; then echo "ok: $1: $2"; return; fi
  done
  fail "the client '$1' was answered '$found', not '$2'"
}
client good
client client_certificate
expect good welcome
expect client_certificate welcome

# Enable CRL distribution, with a bucket that Private CA may write.
aws s3api put-bucket-policy --bucket example-bucket --policy '{"Version": "2012-10-17", "Statement": [{
  "Effect": "Allow", "Principal": {"Service": "acm-pca.amazonaws.com"},
  "Action": ["s3:PutObject", "s3:PutObjectAcl", "s3:GetBucketAcl", "s3:GetBucketLocation"],
  "Resource": ["arn:aws:s3:::example-bucket", "arn:aws:s3:::example-bucket/*"]}, {
  "Effect": "Allow", "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
  "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/AWSLogs/*"}]}'
aws elbv2 modify-load-balancer-attributes --load-balancer-arn "$edge" --attributes \
  Key=connection_logs.s3.enabled,Value=true Key=connection_logs.s3.bucket,Value=example-bucket >/dev/null
aws acm-pca update-certificate-authority --certificate-authority-arn "$ca" --revocation-configuration \
  'CrlConfiguration={Enabled=true,ExpirationInDays=7,S3BucketName=example-bucket,S3ObjectAcl=BUCKET_OWNER_FULL_CONTROL}'
aws s3 ls s3://example-bucket/ | grep -q acm-pca-permission-test-key || fail "there is no test file of Private CA"

# Revoke the certificate.
openssl x509 -in client_certificate.pem -text -noout | grep -A 1 "Serial Number"
serial=$(openssl x509 -in client_certificate.pem -noout -serial | cut -d= -f2)
aws acm-pca revoke-certificate --certificate-authority-arn "$ca" --certificate-serial "$serial" \
  --revocation-reason "KEY_COMPROMISE"

# Convert the list, once it is in the bucket: half an hour on AWS, a moment here.
for _ in $(seq 100); do
  aws s3 cp --quiet "s3://example-bucket/crl/${ca##*/}.crl" ./revoke_list.crl
  if openssl crl -in revoke_list.crl -inform DER -noout -text | grep -qi "$serial"; then break; fi
done
aws s3 ls s3://example-bucket/crl/
openssl crl -in revoke_list.crl -inform DER -out revoked_list_in_pem.crl
aws s3 cp revoked_list_in_pem.crl s3://example-bucket/crl/revoked_list_in_pem.crl
expect client_certificate welcome

# Add it to the trust store. The published command has a slash before the key, where no object is.
add() {
  aws elbv2 add-trust-store-revocations --trust-store-arn "$store" \
    --revocation-contents "S3Bucket=example-bucket,S3Key=$1,RevocationType=CRL"
}
if add /crl/revoked_list_in_pem.crl >out 2>err; then fail "an object that is not there was taken"; fi
grep -q "'crl/revoked_list_in_pem.crl'" err || { cat err; fail "the answer does not name the key that exists"; }
add crl/revoked_list_in_pem.crl | tee added
[ "$(jq '.TrustStoreRevocations[0].NumberOfRevokedEntries' added)" = 1 ] || fail "no entry was counted"
[ "$(aws elbv2 describe-trust-stores --trust-store-arns "$store" --query 'TrustStores[0].TotalRevokedEntries')" = 1 ] ||
  fail "the number of revoked entries did not increase"
expect client_certificate refused
expect good welcome
openssl s_client -connect "$address:8443" -servername edge.corp.internal -CAfile root.pem -verify_return_error \
  -cert good.pem -key good.key </dev/null 2>/dev/null | grep -q 'Verify return code: 0' || fail "openssl is not content"

# Without the list he is in again.
aws elbv2 remove-trust-store-revocations --trust-store-arn "$store" \
  --revocation-ids "$(jq '.TrustStoreRevocations[0].RevocationId' added)"
expect client_certificate welcome

# The connection log says who was refused, and why.
stop
start data
aws s3 cp --quiet --recursive s3://example-bucket/AWSLogs logs
find logs -name 'conn_log_*.gz' -exec zcat {} + >connections
grep -i "$serial Failed:ClientCertCrlHit" connections || { cat connections; fail "the log does not tell of the refusal"; }
good=$(openssl x509 -in good.pem -noout -serial | cut -d= -f2)
grep -qi "$good Success" connections || { cat connections; fail "the log does not tell of the good client"; }
if grep -i "$good Failed:" connections; then fail "the good client was refused"; fi
