#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "crypto/digest.h"
#include "gateway/gateway.h"
#include "result/result.h"

// What is revoked, as HAProxy looks it up: the serial number and the issuer of a certificate as one
// short text.
namespace everseal::gateway::haproxy {

// The first 8 octets of SHA-1 over the name as OpenSSL prints it, upper-case hexadecimal. It need
// not withstand forgery: names come from certificates that a trusted CA signed.
Result<std::string> issuer_key(const x509::Name& issuer);

// "03A5B1:0123456789ABCDEF": what `ssl_c_serial,hex` and the issuer's name make of a certificate.
std::string revocation_key(const x509::SerialNumber& serial, std::string_view issuer_key);

// "*:0123456789ABCDEF": stands for all that the issuer issued.
std::string outdated_key(std::string_view issuer_key);

// Malformed: a name that cannot be printed.
Result<std::vector<std::string>> revocation_keys(const std::vector<Revoked>& entries);

// The upper-case SHA-1 of a name, the same for all string types that it can be written in, and its
// issuer_key: what tells the key of an intermediate's issuer from its DER.
using IssuerNames = std::map<std::string, std::string>;
Outcome add_issuer_name(const x509::Name& issuer, IssuerNames& names);
// Malformed: a name that cannot be printed.
Result<IssuerNames> issuer_names(const std::vector<Revoked>& entries);
// A line each, as a map of HAProxy has them.
std::string lines_of(const IssuerNames& names);

// The keys of one trust store.
class Revocations {
 public:
  // Whether that changed anything.
  bool add(const std::string& key);
  bool remove(const std::string& key);
  bool contains(const std::string& key) const { return keys_.contains(key); }
  const std::unordered_set<std::string>& keys() const { return keys_; }
  std::size_t size() const { return keys_.size(); }
  // Of whoever revoked anything so far, also of CAs that the store does not have.
  const IssuerNames& issuers() const { return issuers_; }
  void add_issuers(const IssuerNames& names) { issuers_.insert(names.begin(), names.end()); }
  // Equal for equal sets: the digests of all keys, added up bit by bit.
  const crypto::Sha256Digest& digest() const { return digest_; }

 private:
  void toggle(const std::string& key);
  std::unordered_set<std::string> keys_;
  crypto::Sha256Digest digest_{};
  IssuerNames issuers_;
};

using RevokedByStore = std::map<std::string, Revocations, std::less<>>;

}  // namespace everseal::gateway::haproxy
