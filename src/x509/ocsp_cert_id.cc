#include "x509/ocsp_cert_id.h"

#include <algorithm>

#include "crypto/digest.h"
#include "x509/ocsp_oids.h"
#include "x509/public_key_info.h"

namespace everseal::x509 {
namespace {

using asn1::DerReader;

// What stands in the BIT STRING of the SubjectPublicKeyInfo, without tag, length and unused bits.
ByteView key_octets(const Certificate& certificate) {
  DerReader in(certificate.public_key_info());
  return read_public_key_info(in).key;
}

// An AlgorithmIdentifier. The parameters of ours are NULL or left out.
std::optional<OcspHash> read_hash(DerReader& in) {
  std::optional<OcspHash> hash;
  in.sequence([&](DerReader& body) {
    const auto algorithm = body.oid();
    if (algorithm == oids::kSha1) hash = OcspHash::Sha1;
    if (algorithm == oids::kSha256) hash = OcspHash::Sha256;
    if (body.at_end()) return;
    if (hash) return body.null();
    body.any();
  });
  return hash;
}

}  // namespace

OcspIssuer::OcspIssuer(OcspHash hash, ByteView name, ByteView key) : hash_(hash) {
  std::ranges::copy(name, name_hash_.begin());
  std::ranges::copy(key, key_hash_.begin());
}

OcspIssuer OcspIssuer::of(OcspHash hash, const Certificate& issuer) {
  const ByteView name = issuer.subject().der();
  const ByteView key = key_octets(issuer);
  if (hash == OcspHash::Sha1) return {hash, crypto::sha1(name), crypto::sha1(key)};
  return {hash, crypto::sha256(name), crypto::sha256(key)};
}

std::optional<OcspIssuer> OcspIssuer::from_hashes(OcspHash hash, ByteView name, ByteView key) {
  const std::size_t size = hash == OcspHash::Sha1 ? 20 : 32;
  if (name.size() != size || key.size() != size) return std::nullopt;
  return OcspIssuer(hash, name, key);
}

std::optional<OcspCertId> OcspCertId::read(DerReader& in) {
  std::optional<OcspCertId> id;
  in.sequence([&](DerReader& body) {
    const auto hash = read_hash(body);
    const ByteView name = body.octet_string();
    const ByteView key = body.octet_string();
    const auto serial = SerialNumber::read(body);
    if (!hash || !serial) return;
    const auto issuer = OcspIssuer::from_hashes(*hash, name, key);
    if (!issuer) return body.fail("a hash that is not as long as its algorithm's");
    id = OcspCertId{*issuer, *serial};
  });
  return id;
}

}  // namespace everseal::x509
