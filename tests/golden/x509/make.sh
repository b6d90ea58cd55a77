#!/bin/sh
# Makes the inputs of x509's golden tests with other people's tools, and records what these say
# about them. Every run makes new keys, so run it only to change or add a case, and read the
# difference:
#   tests/golden/x509/make.sh
#
# certificates/<case>/certificate.der   openssl.txt: what `openssl x509` prints
# requests/<case>/request.der           openssl.txt: what `openssl req` prints
# chains/<case>/chain.pem (leaf first)  openssl.txt: what `openssl verify` says at 2025-06-01
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

names='RFC2253,-esc_msb,utf8'
shown='basicConstraints,keyUsage,extendedKeyUsage,subjectAltName,subjectKeyIdentifier,authorityKeyIdentifier,crlDistributionPoints,authorityInfoAccess,certificatePolicies,nameConstraints'

# ---- how certificates are made

key() { # file algorithm
  case $2 in
    rsa*) openssl genrsa -out "$1" "${2#rsa}" 2>/dev/null ;;
    ed25519) openssl genpkey -algorithm ed25519 -out "$1" ;;
    *) openssl ecparam -name "$2" -genkey -noout -out "$1" ;;
  esac
}

# Reads the extensions from standard input. Dates are YYYYMMDDHHMMSSZ; the serial is hexadecimal.
# certify NAME KEY SUBJECT SERIAL FROM TO ISSUER [MD]; NAME.pem comes out. ISSUER = NAME: self-signed.
certify() {
  name=$1 key=$2 subject=$3 serial=$4 from=$5 to=$6 issuer=$7 md=${8:-sha256}
  { echo "[ca]
default_ca=d
[d]
database=$work/index.txt
new_certs_dir=$work
serial=$work/serial
default_md=$md
policy=p
unique_subject=no
preserve=yes
string_mask=utf8only
[p]
[ext]"; cat; } >"$name.cnf"
  printf '%s\n' oid_section=oids '[oids]' custom=1.3.6.1.4.1.99999.3 '[req]' prompt=no \
    distinguished_name=dn string_mask=utf8only '[dn]' >req.cnf
  : >index.txt
  echo "$serial" >serial
  openssl req -new -config req.cnf -utf8 -subj "$subject" -multivalue-rdn -key "$key" \
    -out "$name.csr" 2>/dev/null
  if [ "$issuer" = "$name" ]; then set -- -selfsign -keyfile "$key"
  else set -- -cert "$issuer.pem" -keyfile "$issuer.key"; fi
  openssl ca -batch -notext -config "$name.cnf" -extensions ext -preserveDN -in "$name.csr" \
    -out "$name.pem" -startdate "$from" -enddate "$to" "$@" 2>ca.log || { cat ca.log; exit 1; }
}

keep_certificate() { # case file
  dir=$here/certificates/$1
  mkdir -p "$dir"
  openssl x509 -in "$2" -outform DER -out "$dir/certificate.der"
  {
    openssl x509 -in "$2" -noout -serial -subject -issuer -startdate -enddate \
      -dateopt iso_8601 -nameopt "$names"
    printf 'publicKey='
    openssl x509 -in "$2" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c-64
    openssl x509 -in "$2" -noout -ext "$shown" 2>/dev/null || true
  } >"$dir/openssl.txt"
}

keep_request() { # case file
  dir=$here/requests/$1
  mkdir -p "$dir"
  openssl req -in "$2" -outform DER -out "$dir/request.der"
  {
    openssl req -in "$2" -noout -subject -nameopt "$names"
    printf 'publicKey='
    openssl req -in "$2" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c-64
    printf 'verify='
    openssl req -in "$2" -noout -verify 2>&1 | sed 's/Certificate request self-signature //'
  } >"$dir/openssl.txt"
}

# The files from the leaf to the root.
keep_chain() { # case leaf... root
  dir=$here/chains/$1
  shift
  mkdir -p "$dir"
  cat "$@" >"$dir/chain.pem"
  leaf=$1
  shift
  cat "$@" >untrusted.pem
  while [ $# -gt 1 ]; do shift; done
  openssl verify -attime 1748736000 -trusted "$1" -untrusted untrusted.pem "$leaf" 2>&1 |
    sed -n 's/^error \([0-9]*\) at.*/error \1/p; s/^.*: OK$/OK/p' | head -1 >"$dir/openssl.txt"
}

rm -rf "$here/certificates" "$here/requests" "$here/chains"
start=20250101000000Z end=20270101000000Z

# ---- certificates

key root.key prime256v1
certify root root.key '/C=US/O=Example Corp/OU=PKI/ST=Washington/CN=Example Root CA G1/L=Seattle' \
  9A105F22710C43EE8D015B77A0C3DE42 $start 20350101000000Z root <<'EXT'
basicConstraints=critical,CA:TRUE
subjectKeyIdentifier=hash
keyUsage=critical,digitalSignature,keyCertSign,cRLSign
EXT
keep_certificate a_root_whose_serial_has_its_top_bit_set root.pem

key leaf.key prime256v1
certify leaf leaf.key '/CN=app.corp.internal' 0A1B $start $end root <<'EXT'
basicConstraints=CA:FALSE
authorityKeyIdentifier=keyid
subjectKeyIdentifier=hash
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth
crlDistributionPoints=URI:http://crl.example.com/crl/1.crl
EXT
keep_certificate a_leaf_as_private_ca_issues_it leaf.pem

certify full leaf.key '/DC=com/DC=example/C=SE/O=Ångström \+ Söner, AB/OU=Übung/CN=日本語' \
  7F $start $end root <<'EXT'
basicConstraints=critical,CA:TRUE,pathlen:3
keyUsage=digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,keyAgreement,keyCertSign,cRLSign,encipherOnly,decipherOnly
extendedKeyUsage=critical,codeSigning,emailProtection,timeStamping,OCSPSigning,1.3.6.1.4.1.99999.7
subjectAltName=@names
subjectKeyIdentifier=00112233
authorityKeyIdentifier=keyid,issuer:always
crlDistributionPoints=URI:http://a.example/1.crl,URI:ldap://b.example/cn=x
authorityInfoAccess=OCSP;URI:http://ocsp.example.com,caIssuers;URI:http://ca.example.com/ca.cer
certificatePolicies=2.5.29.32.0,@policy
nameConstraints=critical,permitted;DNS:.corp.internal,permitted;email:example.com,permitted;IP:10.0.0.0/255.0.0.0,excluded;DNS:secret.corp.internal,excluded;IP:2001:db8::/ffff:ffff::
1.3.6.1.4.1.99999.1=ASN1:UTF8String:hello
[names]
DNS.1=a.corp.internal
DNS.2=*.b.corp.internal
email.1=root@example.com
URI.1=https://example.com/x?y=z
IP.1=10.0.0.7
IP.2=2001:db8::1
RID.1=1.2.3.4
[policy]
policyIdentifier=1.3.6.1.4.1.99999.2
CPS.1=http://example.com/cps
EXT
keep_certificate a_certificate_with_every_extension_we_know full.pem

certify odd leaf.key '/CN=a/custom=its own/UID=#hash ,;<>"\\/O= blank ' \
  01 $start $end root <<'EXT'
basicConstraints=CA:FALSE
EXT
keep_certificate a_name_that_needs_every_escape odd.pem

certify endless leaf.key '/CN=never ends' 02 19700101000000Z 99991231235959Z root <<'EXT'
basicConstraints=CA:FALSE
EXT
keep_certificate a_validity_from_1970_to_9999 endless.pem

certify turn leaf.key '/CN=turn of the encoding' 03 20491231235959Z 20500101000000Z root <<'EXT'
basicConstraints=CA:FALSE
EXT
keep_certificate a_validity_across_the_end_of_utctime turn.pem

for algorithm in rsa2048 rsa3072 rsa4096 secp384r1 secp521r1; do
  key "$algorithm.key" $algorithm
  md=sha256
  case $algorithm in secp384r1) md=sha384 ;; secp521r1 | rsa4096) md=sha512 ;; esac
  certify $algorithm $algorithm.key "/CN=$algorithm" 04 $start $end $algorithm $md <<'EXT'
basicConstraints=critical,CA:TRUE
subjectKeyIdentifier=hash
EXT
  keep_certificate "a_root_with_a_key_of_$algorithm" $algorithm.pem
done

key ed25519.key ed25519
openssl req -x509 -key ed25519.key -subj /CN=edwards -days 3650 -out ed25519.pem
keep_certificate an_algorithm_we_do_not_know ed25519.pem

openssl req -new -key leaf.key -subj '/CN=version one' -out v1.csr
openssl x509 -req -in v1.csr -signkey leaf.key -days 3650 -out v1.pem 2>/dev/null
keep_certificate a_version_1_certificate v1.pem

openssl req -x509 -key rsa2048.key -sha256 -sigopt rsa_padding_mode:pss -subj /CN=pss -days 3650 \
  -out pss.pem
keep_certificate a_signature_with_parameters_of_its_own pss.pem

cat >gnutls.cfg <<'CFG'
organization = "GnuTLS Org"
cn = "made by certtool"
serial = 12345678
activation_date = "2025-01-01 00:00:00 UTC"
expiration_date = "2030-01-01 00:00:00 UTC"
ca
cert_signing_key
crl_signing_key
path_len = 1
dns_name = "ca.example.com"
ip_address = "192.0.2.1"
CFG
certtool --generate-self-signed --load-privkey leaf.key --template gnutls.cfg --outfile gnutls.pem \
  2>/dev/null
keep_certificate a_root_made_by_gnutls gnutls.pem

# ---- requests

openssl req -new -key leaf.key -subj '/CN=plain' -out plain.csr
keep_request without_extensions plain.csr

openssl req -new -key leaf.key -subj '/C=US/O=Example Corp/CN=app.corp.internal' -out ext.csr \
  -addext 'subjectAltName=DNS:app.corp.internal,IP:10.0.0.7' \
  -addext 'keyUsage=critical,digitalSignature' -addext 'basicConstraints=critical,CA:FALSE'
keep_request with_extensions ext.csr

cat >attributes.cnf <<'CFG'
[req]
prompt=no
distinguished_name=dn
attributes=attributes
req_extensions=ext
[dn]
CN=with other attributes
[attributes]
challengePassword=secret password
unstructuredName=a name
[ext]
subjectAltName=DNS:a.example
CFG
openssl req -new -key rsa2048.key -config attributes.cnf -out attributes.csr
keep_request with_other_attributes attributes.csr

for algorithm in rsa2048 rsa3072 rsa4096 secp384r1 secp521r1; do
  openssl req -new -key $algorithm.key -subj "/CN=$algorithm" -out $algorithm.csr
  keep_request "with_a_key_of_$algorithm" $algorithm.csr
done

openssl req -new -key ed25519.key -subj /CN=edwards -out ed25519.csr
keep_request with_an_algorithm_we_do_not_know ed25519.csr

openssl req -new -key leaf.key -subj / -addext 'subjectAltName=DNS:only.example' -out san.csr
keep_request with_an_empty_subject san.csr

cat >gnutls.cfg <<'CFG'
cn = "made by certtool"
dns_name = "gnutls.example.com"
signing_key
tls_www_server
CFG
certtool --generate-request --load-privkey leaf.key --template gnutls.cfg --outfile gnutls.csr \
  2>/dev/null
keep_request made_by_gnutls gnutls.csr

# ---- chains

ca_extensions='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
leaf_extensions='basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
authorityKeyIdentifier=keyid'

# ca NAME ISSUER EXTENSIONS [FROM TO]; leaf_of ISSUER NAME EXTENSIONS [FROM TO]
ca() {
  key "$1.key" prime256v1
  echo "$3" | certify "$1" "$1.key" "/O=Example Corp/CN=$1" 0B "${4:-$start}" "${5:-$end}" "$2"
}
leaf_of() {
  echo "$3" | certify "$2" leaf.key "/CN=$2" 0C "${4:-$start}" "${5:-$end}" "$1"
}

ca sub1 root "$ca_extensions"
ca sub2 sub1 "$ca_extensions"
leaf_of sub2 good "$leaf_extensions"
keep_chain four_levels good.pem sub2.pem sub1.pem root.pem
keep_chain a_root_alone root.pem root.pem
keep_chain a_level_left_out good.pem sub1.pem root.pem

ca short root "$(echo "$ca_extensions" | sed 's/CA:TRUE/CA:TRUE,pathlen:0/')"
leaf_of short undershort "$leaf_extensions"
keep_chain a_path_length_that_suffices undershort.pem short.pem root.pem
ca toodeep short "$ca_extensions"
leaf_of toodeep undertoodeep "$leaf_extensions"
keep_chain a_path_length_exceeded undertoodeep.pem toodeep.pem short.pem root.pem

cp good.pem notca.pem && cp leaf.key notca.key
leaf_of notca undernotca "$leaf_extensions"
keep_chain an_issuer_that_is_no_ca undernotca.pem notca.pem sub2.pem sub1.pem root.pem

ca nosign root "$(echo "$ca_extensions" | sed 's/keyCertSign,//')"
leaf_of nosign undernosign "$leaf_extensions"
keep_chain an_issuer_that_may_not_sign undernosign.pem nosign.pem root.pem

ca old root "$ca_extensions" 20240101000000Z 20250531000000Z
leaf_of old underold "$leaf_extensions"
keep_chain an_expired_issuer underold.pem old.pem root.pem
leaf_of sub2 early "$leaf_extensions" 20250602000000Z
keep_chain a_leaf_not_yet_valid early.pem sub2.pem sub1.pem root.pem

leaf_of sub2 unknown "$leaf_extensions
1.3.6.1.4.1.99999.9=critical,ASN1:NULL"
keep_chain an_unknown_critical_extension unknown.pem sub2.pem sub1.pem root.pem

# The same name with another key below it: the signature does not fit.
cp sub2.pem real.pem
ca sub2 sub1 "$(echo "$ca_extensions" | grep -v KeyIdentifier)"
leaf_of sub2 forged "$(echo "$leaf_extensions" | grep -v KeyIdentifier)"
keep_chain a_signature_of_another_key forged.pem real.pem sub1.pem root.pem

ca limited root "$ca_extensions
nameConstraints=critical,permitted;DNS:corp.internal,permitted;email:corp.internal,permitted;IP:10.0.0.0/255.0.0.0,excluded;DNS:secret.corp.internal"
named() { # case names...
  leaf_of limited named "$leaf_extensions
subjectAltName=$2"
  keep_chain "$1" named.pem limited.pem root.pem
}
named a_permitted_host DNS:app.corp.internal
named the_permitted_domain_itself DNS:CORP.internal
named a_host_elsewhere DNS:app.corp.internal,DNS:app.example.com
named a_host_whose_name_only_ends_alike DNS:evilcorp.internal
named an_excluded_host DNS:db.secret.corp.internal
named a_permitted_mailbox email:root@corp.internal
named a_mailbox_on_another_host email:root@mail.corp.internal
named a_permitted_address IP:10.1.2.3
named an_address_elsewhere IP:11.1.2.3
named an_address_of_the_other_family IP:2001:db8::1
named a_form_without_constraints URI:http://example.com/

ca dirlimited root "$ca_extensions
nameConstraints=critical,permitted;dirName:dn
[dn]
O=example  CORP"
echo "$leaf_extensions" | certify directory leaf.key '/O=Example Corp/CN=inside' 0D $start $end dirlimited
keep_chain a_subject_within_a_permitted_directory directory.pem dirlimited.pem root.pem
echo "$leaf_extensions" | certify directory leaf.key '/O=Other Corp/CN=outside' 0D $start $end dirlimited
keep_chain a_subject_outside_the_permitted_directory directory.pem dirlimited.pem root.pem
