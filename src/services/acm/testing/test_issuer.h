#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "crypto/private_key.h"
#include "random/random.h"
#include "services/acm/private_issuer.h"
#include "sql/database.h"
#include "x509/certificate.h"

namespace everseal::acm::testing {

// A certificate made by any key: for chains.
struct Subject {
  x509::Name name;
  ByteView public_key_info;
  std::span<const x509::Extension> extensions;
  x509::Validity validity;
};
x509::Certificate certify(const crypto::PrivateKey& key, const x509::Name& issuer,
                          const Subject& subject, Random& random);
x509::Name common_name(std::string_view text);

// A private CA of one self-signed certificate, whose moods a test can choose. Real certificates,
// and a log of them in the table test_leaf.
class TestIssuer final : public PrivateIssuer {
 public:
  TestIssuer(crypto::KeyAlgorithm key, const Clock& clock, Random& random);

  // The next orders are refused so, until `accept`.
  void refuse(FailureReason reason) { refusal_ = Refusal{reason, "the test wants it so"}; }
  void accept() { refusal_.reset(); }
  // Whether the CA permits acm.amazonaws.com to issue: CreatePermission.
  bool permitted = true;
  // Of the CA, for policies.
  aws::Tags tags;
  // Makes `store` fail as a database does that is full.
  bool cannot_store = false;
  // Called between signing and storing.
  std::function<void()> before_store;

  aws::Access access(const std::string& certificate_authority_arn) override;
  Result<void, Refusal> check(const CertificateOrder& order) override;
  Result<std::unique_ptr<SignedCertificate>, Refusal> sign(const CertificateOrder& order,
                                                           ByteView public_key_info) override;
  Outcome revoke(sql::Transaction& tx, const Revocation& revocation) override;

  const std::vector<Revocation>& revocations() const { return revocations_; }
  // Why the CA cannot revoke, as it says it.
  std::optional<std::string> keeps;
  const x509::Certificate& root() const { return *root_; }
  const std::vector<CertificateOrder>& orders() const { return orders_; }  // those signed

  // A certificate of this CA with anything in it: for imports.
  x509::Certificate issue(const Subject& subject) const {
    return certify(key_, root_->subject(), subject, random_);
  }

  static Outcome make_log(sql::Transaction& tx);
  static Result<std::vector<std::string>> logged_serials(sql::Snapshot& view);

 private:
  crypto::PrivateKey key_;
  Random& random_;
  std::optional<x509::Certificate> root_;
  std::optional<Refusal> refusal_;
  std::vector<CertificateOrder> orders_;
  std::vector<Revocation> revocations_;
};

}  // namespace everseal::acm::testing
