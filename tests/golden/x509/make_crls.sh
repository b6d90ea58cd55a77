#!/bin/sh
# Makes the CRLs of x509's golden tests with other people's tools, and records what OpenSSL says
# about them. Every run makes new keys, so run it only to change or add a case, and read the
# difference:
#   tests/golden/x509/make_crls.sh
#
# crls/<case>/crl.der   issuer.pem: who signed it   openssl.txt: what `openssl crl` prints
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
rm -rf "$here/crls"

ca() { # name algorithm subject: makes name.key and name.pem
  case $2 in
    rsa*) openssl genrsa -out "$1.key" "${2#rsa}" 2>/dev/null ;;
    ed25519) openssl genpkey -algorithm ed25519 -out "$1.key" ;;
    *) openssl ecparam -name "$2" -genkey -noout -out "$1.key" ;;
  esac
  openssl req -x509 -new -utf8 -key "$1.key" -subj "$3" -days 3650 -out "$1.pem" \
    -addext keyUsage=critical,cRLSign,keyCertSign
}

# Reads `SERIAL DATE[,REASON]` lines, the date as YYMMDDHHMMSSZ.
# crl CASE CA FROM TO NUMBER MD [EXTENSIONS]
crl() {
  case_name=$1 issuer=$2 from=$3 to=$4 number=$5 md=$6 extensions=${7:-}
  sed 's/\([^ ]*\) \(.*\)/R\t350101000000Z\t\2\t\1\tunknown\t\/CN=\1/' >index.txt
  echo "$number" >crlnumber
  {
    printf '%s\n' '[ca]' default_ca=d '[d]' "database=$work/index.txt" "default_md=$md" \
      'crl_extensions=ext'
    if [ "$number" != none ]; then echo "crlnumber=$work/crlnumber"; fi
    printf '%s\n' '[ext]' "$extensions"
  } >ca.cnf
  if [ "$extensions" = v1 ]; then sed -i '/crl_extensions/d; /^v1$/d' ca.cnf; fi
  openssl ca -gencrl -config ca.cnf -cert "$issuer.pem" -keyfile "$issuer.key" \
    -crl_lastupdate "$from" -crl_nextupdate "$to" -out crl.pem 2>ca.log || { cat ca.log; exit 1; }
  keep "$case_name" crl.pem "$issuer.pem"
}

keep() { # case file issuer
  dir=$here/crls/$1
  mkdir -p "$dir"
  openssl crl -in "$2" -outform DER -out "$dir/crl.der"
  cp "$3" "$dir/issuer.pem"
  {
    openssl crl -in "$2" -noout -text -nameopt 'RFC2253,-esc_msb,utf8' |
      sed '/^    Signature Algorithm/,$d'
    openssl crl -in "$2" -noout -verify -CAfile "$3" 2>&1
  } >"$dir/openssl.txt"
}

all_reasons='0A1B 250301120000Z
9A105F22710C43EE8D015B77A0C3DE42 250302130500Z
01 250303000000Z,keyCompromise
02 250303000001Z,CACompromise
03 250303000002Z,affiliationChanged
04 250303000003Z,superseded
05 250303000004Z,cessationOfOperation
06 250303000005Z,certificateHold
08 250303000006Z,removeFromCRL
80 491231235959Z'
from=20250301120000Z to=20250308120000Z
key_id='authorityKeyIdentifier=keyid'
point='issuingDistributionPoint=critical,@point
[point]
fullname=URI:http://crl.example.com/crl/1.crl'

ca p256 prime256v1 '/C=US/O=Example Corp/CN=Example Root CA G1'
crl without_entries p256 $from $to 01 sha256 "$key_id" </dev/null
echo '0A1B 250301120000Z' | crl one_entry p256 $from $to 018A2B3C4D5E sha256 "$key_id"
echo "$all_reasons" | crl every_reason p256 $from $to 7F sha256 "$key_id"
echo "$all_reasons" | crl a_distribution_point p256 $from $to 80 sha256 "$key_id
$point"
echo "$all_reasons" | crl a_delta p256 $from $to 09 sha256 "$key_id
2.5.29.27=critical,ASN1:INTEGER:7"
echo '0A1B 250301120000Z,unspecified' | crl a_reason_that_is_better_left_out p256 $from $to 01 sha256 "$key_id"
echo '0A1B 250301120000Z' | crl dates_across_the_end_of_utctime p256 20491231235959Z 20500101000000Z \
  01 sha256 "$key_id"
seq 1 127 | xargs printf '%04X 250301120000Z,superseded\n' |
  crl with_127_entries p256 $from $to 01 sha256 "$key_id"
seq 1 128 | xargs printf '%04X 250301120000Z,superseded\n' |
  crl with_128_entries p256 $from $to 01 sha256 "$key_id"
echo "$all_reasons" | sed 's/,.*//' | crl version_1 p256 $from $to none sha256 v1

for algorithm in rsa2048 rsa3072 rsa4096 secp384r1 secp521r1; do
  md=sha256
  case $algorithm in secp384r1) md=sha384 ;; secp521r1 | rsa4096) md=sha512 ;; esac
  ca $algorithm $algorithm "/CN=$algorithm"
  echo "$all_reasons" | crl "by_a_key_of_$algorithm" $algorithm $from $to 01 $md "$key_id"
done

ca ed25519 ed25519 /CN=edwards
echo "$all_reasons" | crl an_algorithm_we_do_not_know ed25519 $from $to 01 default "$key_id"

openssl ecparam -name prime256v1 -genkey -noout -out leaf.key
openssl req -x509 -new -key leaf.key -subj /CN=revoked -days 3650 -out revoked.pem
printf '%s\n' 'crl_next_update = 30' 'crl_number = 5' >gnutls.cfg
certtool --generate-crl --load-ca-privkey p256.key --load-ca-certificate p256.pem \
  --load-certificate revoked.pem --template gnutls.cfg --outfile gnutls.pem 2>/dev/null
keep made_by_gnutls gnutls.pem p256.pem
