#include "tls/testing/identity.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "crypto/openssl.h"
#include "encoding/base64.h"

namespace everseal::tls::testing {
namespace {

using Certificate = std::unique_ptr<X509, crypto::FreeWith<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, crypto::FreeWith<X509_EXTENSION_free>>;
using KeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, crypto::FreeWith<PKCS8_PRIV_KEY_INFO_free>>;

constexpr long kHalfADay = 12L * 60 * 60;

template <class T, class Encode>
Bytes der_of(const T* thing, const Encode& encode) {
  Bytes der(static_cast<std::size_t>(encode(thing, nullptr)));
  auto* end = der.data();
  encode(thing, &end);
  return der;
}

Certificate self_signed(EVP_PKEY* key, const std::string& common_name) {
  Certificate certificate{crypto::required(X509_new(), "X509_new")};
  auto* raw = certificate.get();
  X509_set_version(raw, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(raw), 1);
  X509_gmtime_adj(X509_getm_notBefore(raw), -kHalfADay);
  X509_gmtime_adj(X509_getm_notAfter(raw), kHalfADay);
  auto* name = X509_get_subject_name(raw);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, as_bytes(common_name).data(), -1, -1, 0);
  X509_set_issuer_name(raw, name);
  X509_set_pubkey(raw, key);
  const Extension names{X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                            "DNS:localhost,IP:127.0.0.1,IP:::1")};
  X509_add_ext(raw, names.get(), -1);
  X509_sign(raw, key, EVP_sha256());
  return certificate;
}

}  // namespace

ServerIdentity make_identity(const std::string& common_name) {
  const crypto::QuietErrors quiet;
  const crypto::Pkey key{crypto::required(EVP_EC_gen("P-256"), "EVP_EC_gen")};
  const KeyInfo info{crypto::required(EVP_PKEY2PKCS8(key.get()), "EVP_PKEY2PKCS8")};
  ServerIdentity identity;
  identity.chain.push_back(der_of(self_signed(key.get(), common_name).get(), i2d_X509));
  identity.private_key = SecretBytes{der_of(info.get(), i2d_PKCS8_PRIV_KEY_INFO)};
  return identity;
}

std::string pem_of(const ServerIdentity& identity) {
  const auto text = encoding::to_base64(identity.chain.front());
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < text.size(); at += 64) pem += text.substr(at, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

}  // namespace everseal::tls::testing
