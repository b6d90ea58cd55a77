# For the fault tests: a folder of its own, one server, and checks that say what they expected.
# Source it; it is not executable, so that nobody runs it as a test.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
everseal=${EVERSEAL:-$repository/build/release/everseal}
folder=$(mktemp -d "${TMPDIR:-/tmp}/everseal-fault-XXXXXX")
server=
served=()
unset AWS_PROFILE AWS_SESSION_TOKEN
export AWS_PAGER="" AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export AWS_MAX_ATTEMPTS=1

finish() {
  if [ -n "$server" ]; then kill -9 "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  # What a server that was killed left in memory for the next one.
  for data in "${served[@]}"; do "$everseal" gateway stop --data "$data" 2>/dev/null || true; done
  if mountpoint -q "$folder/disk" 2>/dev/null; then umount -l "$folder/disk"; fi
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"

fail() { echo "FAILED: $*"; exit 1; }

# apart NAMESPACE COMMAND...: runs it in a namespace (--net, --uts) of its own. Root may have one at
# once, others and root of a container as root of a user namespace.
apart() {
  if unshare "$1" true 2>/dev/null; then unshare "$@"; else unshare --user --map-root-user "$@"; fi
}

# start DATA [ARGUMENT...]: serves it on a free port; $endpoint and the AWS environment follow.
start() {
  local data=$1
  shift
  served+=("$(realpath -m "$data")")
  : >ready  # what the server before this one said must not be read again
  "$everseal" serve --data "$data" --listen 127.0.0.1:0 "$@" >ready 2>>server.log &
  server=$!
  endpoint=
  for _ in $(seq 1000); do
    endpoint=$(sed -n 's/^everseal is ready at //p' ready)
    if [ -n "$endpoint" ]; then break; fi
    kill -0 "$server" 2>/dev/null || { cat server.log; fail "the server did not start"; }
    sleep 0.01
  done
  [ -n "$endpoint" ] || fail "the server was not ready within ten seconds"
  eval "$("$everseal" env --data "$data")"
}
stop() { kill "${1:--TERM}" "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; }
aws() { command aws --endpoint-url "$endpoint" --output json "$@"; }

# refused SENTENCE COMMAND...: it ends with a code other than 0, says the sentence in one line, and
# says nothing of memory addresses or stack frames.
refused() {
  local sentence=$1
  shift
  if "$@" >out 2>err; then fail "$* succeeded, though it should have been refused"; fi
  grep -qE "$sentence" err || { cat out err; fail "$*: expected the sentence '$sentence'"; }
  [ "$(grep -c '^everseal: ' err)" -eq 1 ] || { cat err; fail "$*: expected one line that begins 'everseal: '"; }
  echo "ok: $(grep '^everseal: ' err)"
}
# state DATA: a digest of every file's name, mode and content, but for the lock, which says who was
# here last.
state() {
  (cd "$1" && find . -type f ! -name lock | sort | xargs stat -c '%n %a %s' &&
    find . -type f ! -name lock | sort | xargs sha256sum) | sha256sum
}

# make_root_ca: an ACTIVE P-256 root CA; its ARN in $ca.
make_root_ca() {
  ca=$(aws acm-pca create-certificate-authority --certificate-authority-type ROOT \
    --certificate-authority-configuration \
    'KeyAlgorithm=EC_prime256v1,SigningAlgorithm=SHA256WITHECDSA,Subject={CommonName=Fault Root}' \
    --query CertificateAuthorityArn --output text)
  aws acm-pca get-certificate-authority-csr --certificate-authority-arn "$ca" --query Csr --output text >ca.csr
  local certificate
  certificate=$(aws acm-pca issue-certificate --certificate-authority-arn "$ca" --csr fileb://ca.csr \
    --signing-algorithm SHA256WITHECDSA --template-arn arn:aws:acm-pca:::template/RootCACertificate/V1 \
    --validity Value=10,Type=YEARS --query CertificateArn --output text)
  aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$certificate" \
    --query Certificate --output text >root.pem
  aws acm-pca import-certificate-authority-certificate --certificate-authority-arn "$ca" --certificate fileb://root.pem
}
# leaf_csr NAME: NAME.csr with a new P-256 key.
leaf_csr() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -subj "/CN=$1" \
    -addext "subjectAltName=DNS:$1" -out "$1.csr" 2>/dev/null
}
# order_of NAME: the body of an IssueCertificate for NAME.csr, for the load generator.
order_of() {
  jq -n --arg ca "$ca" --arg csr "$(base64 -w0 <"$1.csr")" \
    '{CertificateAuthorityArn: $ca, Csr: $csr, SigningAlgorithm: "SHA256WITHECDSA", Validity: {Value: 30, Type: "DAYS"}}'
}
issue() {
  aws acm-pca issue-certificate --certificate-authority-arn "$ca" --csr "fileb://$1" \
    --signing-algorithm SHA256WITHECDSA --validity Value=30,Type=DAYS --query CertificateArn --output text
}
