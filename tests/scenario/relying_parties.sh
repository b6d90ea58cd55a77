#!/usr/bin/env bash
# Everybody who checks revocation agrees on who is good, revoked, expired or a stranger: OpenSSL and
# GnuTLS with the published list, OpenSSL with OCSP, and nginx and HAProxy, which get the published
# list as it is and verify their clients by it.
. "$(dirname "$0")/../fault/lib.sh"

"$everseal" init --data data >/dev/null
start data
make_root_ca
aws s3api create-bucket --bucket crls >/dev/null
aws s3api put-bucket-policy --bucket crls --policy '{"Version": "2012-10-17", "Statement": [{
  "Effect": "Allow", "Principal": {"Service": "acm-pca.amazonaws.com"},
  "Action": ["s3:PutObject", "s3:PutObjectAcl", "s3:GetBucketAcl", "s3:GetBucketLocation"],
  "Resource": ["arn:aws:s3:::crls", "arn:aws:s3:::crls/*"]}]}'
aws acm-pca update-certificate-authority --certificate-authority-arn "$ca" --revocation-configuration \
  'CrlConfiguration={Enabled=true,ExpirationInDays=30,S3BucketName=crls,S3ObjectAcl=BUCKET_OWNER_FULL_CONTROL},OcspConfiguration={Enabled=true}'

# client NAME DAYS: NAME.pem and NAME.key; its ARN in $issued.
client() {
  leaf_csr "$1"
  issued=$(aws acm-pca issue-certificate --certificate-authority-arn "$ca" --csr "fileb://$1.csr" \
    --signing-algorithm SHA256WITHECDSA --validity "Value=$2,Type=DAYS" --query CertificateArn --output text)
  aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$issued" \
    --query Certificate --output text >"$1.pem"
}
client localhost 20
cat localhost.pem localhost.key >server.pem
client good 20
client lapsing 1
client revoked 20
aws acm-pca revoke-certificate --certificate-authority-arn "$ca" --revocation-reason KEY_COMPROMISE \
  --certificate-serial "$(openssl x509 -noout -serial -in revoked.pem | cut -d= -f2)"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout stranger.key -out stranger.pem \
  -subj /CN=stranger -days 20 2>/dev/null

# The list that names the revoked one is there within moments.
for _ in $(seq 200); do
  aws s3 cp --quiet "s3://crls/crl/${ca##*/}.pem" crl.pem
  if openssl crl -in crl.pem -noout -text | grep -q 'Key Compromise'; then break; fi
done
openssl crl -in crl.pem -noout -CAfile root.pem -verify 2>&1 | grep -q 'verify OK' || fail "openssl does not verify the list"

# told COMMAND...: all that it says; one line.
told() { { faketime -f "+${days:-0}d" "$@" 2>&1 || true; } | tr '\n' ' '; }
# agree JUDGE NAME WORDS ANSWER: the words, a pattern, are in the answer.
agree() {
  grep -qE "$3" <<<"$4" || fail "$1 says of '$2': $4"
  echo "ok: $1, $2: $3"
}
openssl_says() { told openssl verify -crl_check_all -CAfile root.pem -CRLfile crl.pem "$1.pem"; }
gnutls_says() { told certtool --verify --load-ca-certificate root.pem --load-crl crl.pem --infile "$1.pem"; }
ocsp_says() { told openssl ocsp -issuer root.pem -CAfile root.pem -cert "$1.pem" -url "$publication"; }
publication=$(sed -n 's/^everseal publishes revocations at //p' ready)
for name in good lapsing revoked stranger; do
  case $name in
    good | lapsing) verified=': OK' trusted='verification output: Verified' status=': good' ;;
    revoked) verified='certificate revoked' trusted='verification output: Not verified.*revoked' status=': revoked' ;;
    stranger) verified='verification failed' trusted='verification output: Not verified' status='unauthorized' ;;
  esac
  agree "openssl verify" "$name" "$verified" "$(openssl_says "$name")"
  agree certtool "$name" "$trusted" "$(gnutls_says "$name")"
  agree "openssl ocsp" "$name" "$status" "$(ocsp_says "$name")"
done
agree "openssl ocsp" "never issued" ': unknown' \
  "$(told openssl ocsp -issuer root.pem -CAfile root.pem -serial 0xc0ffee -url "$publication")"
days=3
agree "openssl verify in three days" lapsing 'certificate has expired' "$(openssl_says lapsing)"
agree "certtool in three days" lapsing 'output: Not verified.*expired' "$(gnutls_says lapsing)"
days=0

chmod 755 .
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
balancer=
trap 'if [ -n "$balancer" ]; then end; fi; finish' EXIT

# run NAME COMMAND...: the load balancer, in the foreground of a process of ours, until it answers.
run() {
  local name=$1
  shift
  "$@" >"$name.log" 2>&1 &
  balancer=$!
  for _ in $(seq 500); do
    if curl -so /dev/null --cacert root.pem "https://localhost:$port/" || [ $? -ne 7 ]; then return; fi
    kill -0 "$balancer" 2>/dev/null || { cat "$name.log"; fail "$name did not start"; }
    sleep 0.01
  done
  fail "$name did not answer within five seconds"
}
# faketime waits for what it runs, which would stay behind.
end() { pkill -P "$balancer" || true; kill "$balancer" 2>/dev/null || true; wait "$balancer" 2>/dev/null || true; balancer=; }
# answer CLIENT: the status that the load balancer gives it; "refused" if it ends the connection.
answer() {
  local status
  status=$(curl -s -o /dev/null -w '%{http_code}' --cacert root.pem --cert "$1.pem" --key "$1.key" \
    "https://localhost:$port/") || true
  if [ "$status" = 200 ]; then echo 200; else echo refused; fi
}
# expect NAME CLIENT ANSWER
expect() {
  local found
  found=$(answer "$2")
  [ "$found" = "$3" ] || { cat "$1.log"; fail "$1: the client '$2' was answered '$found', not '$3'"; }
  echo "ok: $1, $2: $3"
}
judge() {
  expect "$1" good 200
  expect "$1" lapsing 200
  expect "$1" revoked refused
  expect "$1" stranger refused
}

port=$(free_port)
cat >nginx.conf <<END
daemon off;
worker_processes 1;
pid $folder/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path $folder/nginx-body;
  proxy_temp_path $folder/nginx-proxy;
  fastcgi_temp_path $folder/nginx-fastcgi;
  uwsgi_temp_path $folder/nginx-uwsgi;
  scgi_temp_path $folder/nginx-scgi;
  server {
    listen 127.0.0.1:$port ssl;
    ssl_certificate $folder/localhost.pem;
    ssl_certificate_key $folder/localhost.key;
    ssl_client_certificate $folder/root.pem;
    ssl_crl $folder/crl.pem;
    ssl_verify_client on;
    return 200;
  }
}
END
run nginx nginx -c "$folder/nginx.conf"
judge nginx
end
run nginx faketime -f +3d nginx -c "$folder/nginx.conf"
expect nginx good 200
expect nginx lapsing refused
end

port=$(free_port)
cat >haproxy.cfg <<END
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend clients
  bind 127.0.0.1:$port ssl crt $folder/server.pem ca-file $folder/root.pem crl-file $folder/crl.pem verify required
  http-request return status 200
END
run haproxy haproxy -db -f haproxy.cfg
judge haproxy
end
run haproxy faketime -f +3d haproxy -db -f haproxy.cfg
expect haproxy good 200
expect haproxy lapsing refused
end
