#pragma once

#include "services/acm/private_issuer.h"
#include "services/acmpca/issuing/issuer.h"

namespace everseal::app {

// Private CA, as ACM wants it.
class PrivateCaForAcm final : public acm::PrivateIssuer {
 public:
  explicit PrivateCaForAcm(const acmpca::Issuer& issuer) : issuer_(issuer) {}

  aws::Access access(const std::string& certificate_authority_arn) override;
  Result<void, acm::Refusal> check(const acm::CertificateOrder& order) override;
  Result<std::unique_ptr<acm::SignedCertificate>, acm::Refusal> sign(
      const acm::CertificateOrder& order, ByteView public_key_info) override;
  Outcome revoke(sql::Transaction& tx, const acm::Revocation& revocation) override;

 private:
  const acmpca::Issuer& issuer_;
};

}  // namespace everseal::app
