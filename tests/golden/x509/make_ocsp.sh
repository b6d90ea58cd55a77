#!/bin/sh
# Makes the questions and answers of x509's OCSP tests with OpenSSL and GnuTLS, and records what
# OpenSSL says about them. Every run makes new keys, so run it only to change or add a case, and
# read the difference:
#   tests/golden/x509/make_ocsp.sh
#
# ocsp/ca.pem                          who issued all that is asked about
# ocsp/requests/<case>/request.der     openssl.txt: what `openssl ocsp -req_text` prints
# ocsp/responses/<case>/response.der   openssl.txt: what `openssl ocsp -resp_text` prints
set -eu
here=$(cd "$(dirname "$0")" && pwd)/ocsp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

certify() { # NAME SUBJECT SERIAL EXTENSIONS
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  printf '%b' "$4" >"$1.ext"
  if [ "$1" = ca ]; then set -- "$@" -signkey ca.key; else set -- "$@" -CA ca.pem -CAkey ca.key; fi
  name=$1 serial=$3
  shift 4
  openssl x509 -req -in "$name.csr" -set_serial "$serial" -days 36500 -extfile "$name.ext" "$@" \
    -out "$name.pem" 2>/dev/null
}
certify ca '/C=US/O=Example Corp/CN=Example CA' 0x1 \
  'basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash'
certify responder '/C=US/O=Example Corp/CN=OCSP Responder' 0x2 \
  'extendedKeyUsage=critical,OCSPSigning\nnoCheck=ignored'
certify good '/CN=good.corp.internal' 0x0a1b2c3d4e5f60718293a4b5c6d7e8f9 ''
certify revoked '/CN=revoked.corp.internal' 0x80a1b2c3 ''
certify held '/CN=held.corp.internal' 0x7f ''

# status, notAfter, revocation, serial, file, subject
{
  printf 'V\t21241101000000Z\t\t0A1B2C3D4E5F60718293A4B5C6D7E8F9\tunknown\t/CN=good.corp.internal\n'
  printf 'R\t21241101000000Z\t250301120000Z,keyCompromise\t80A1B2C3\tunknown\t/CN=revoked.corp.internal\n'
  printf 'R\t21241101000000Z\t250301120000Z\t7F\tunknown\t/CN=held.corp.internal\n'
} >index.txt

rm -rf "$here"
mkdir -p "$here"
cp ca.pem "$here/"

ask() { # CASE OPTIONS...
  dir=$here/requests/$1
  shift
  mkdir -p "$dir"
  openssl ocsp "$@" -reqout "$dir/request.der"
  openssl ocsp -reqin "$dir/request.der" -req_text >"$dir/openssl.txt"
}
ask one_certificate -issuer ca.pem -cert good.pem -no_nonce
ask one_certificate_by_sha256 -sha256 -issuer ca.pem -cert good.pem -no_nonce
ask with_a_nonce -issuer ca.pem -cert good.pem -nonce
ask several_certificates -issuer ca.pem -cert good.pem -cert revoked.pem -serial 0x1234 -no_nonce
ask several_hashes_and_a_nonce -sha1 -issuer ca.pem -cert good.pem -sha256 -cert revoked.pem -nonce
ask by_serial_number -issuer ca.pem -serial 0x00ffeeddccbbaa99887766554433221100ffeedd -no_nonce
ask signed -issuer ca.pem -cert good.pem -signer good.pem -signkey good.key -no_nonce
gnutls=$here/requests/asked_by_gnutls
mkdir "$gnutls"
ocsptool --generate-request --load-issuer ca.pem --load-cert good.pem --outder \
  --outfile "$gnutls/request.der" 2>/dev/null
openssl ocsp -reqin "$gnutls/request.der" -req_text >"$gnutls/openssl.txt"

answer() { # CASE REQUEST OPTIONS...
  dir=$here/responses/$1 request=$here/requests/$2/request.der
  shift 2
  mkdir -p "$dir"
  openssl ocsp -index index.txt -CA ca.pem -ndays 7 -reqin "$request" -respout "$dir/response.der" \
    "$@" >/dev/null
  openssl ocsp -respin "$dir/response.der" -resp_text -noverify >"$dir/openssl.txt"
}
delegated="-rsigner responder.pem -rkey responder.key"
# shellcheck disable=SC2086
{
  answer one_certificate one_certificate $delegated
  answer one_certificate_by_sha256 one_certificate_by_sha256 $delegated
  answer with_a_nonce with_a_nonce $delegated
  answer several_certificates several_certificates $delegated
  answer by_the_responders_key several_hashes_and_a_nonce $delegated -resp_key_id
  answer without_the_responders_certificate one_certificate $delegated -resp_no_certs
}
answer by_the_ca_itself several_certificates -rsigner ca.pem -rkey ca.key
answer never_issued by_serial_number -rsigner ca.pem -rkey ca.key
