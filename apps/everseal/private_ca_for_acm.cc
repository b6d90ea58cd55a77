#include "private_ca_for_acm.h"

#include <utility>

namespace everseal::app {
namespace {

acmpca::CertificateOrder translated(const acm::CertificateOrder& order) {
  return {.certificate_authority_arn = order.certificate_authority_arn,
          .account = order.account,
          .region = order.region,
          .rights = order.rights == acm::CertificateOrder::Rights::Service
                        ? acmpca::CertificateOrder::Rights::Service
                        : acmpca::CertificateOrder::Rights::Caller,
          .requested_by = order.requested_by,
          .key_algorithm = order.key_algorithm,
          .common_name = order.common_name,
          .dns_names = order.dns_names,
          .ip_addresses = order.ip_addresses,
          .not_before = order.not_before,
          .not_after = order.not_after};
}

acm::FailureReason translated(acmpca::IssuerRefusal::Reason reason) {
  using From = acmpca::IssuerRefusal::Reason;
  using To = acm::FailureReason;
  switch (reason) {
    case From::InvalidArn:
      return To::PcaInvalidArn;
    case From::NotFound:
      return To::PcaResourceNotFound;
    case From::InvalidState:
      return To::PcaInvalidState;
    case From::AccessDenied:
      return To::PcaAccessDenied;
    case From::InvalidArgs:
      return To::PcaInvalidArgs;
    case From::InvalidDuration:
      return To::PcaInvalidDuration;
    case From::LimitExceeded:
      return To::PcaLimitExceeded;
    case From::NameConstraints:
      return To::PcaNameConstraintsValidation;
    case From::RequestFailed:
      return To::PcaRequestFailed;
  }
  return To::Other;
}

acm::Refusal translated(acmpca::IssuerRefusal refusal) {
  return {translated(refusal.reason), std::move(refusal.message)};
}

// Both APIs name the reasons of RFC 5280; ACM spells one of them twice.
std::optional<acmpca::RevocationReason> translated(acm::RevocationReason reason) {
  using From = acm::RevocationReason;
  using To = acmpca::RevocationReason;
  switch (reason) {
    case From::Unspecified:
      return To::Unspecified;
    case From::KeyCompromise:
      return To::KeyCompromise;
    case From::CaCompromise:
      return To::CertificateAuthorityCompromise;
    case From::AffiliationChanged:
      return To::AffiliationChanged;
    case From::Superceded:
    case From::Superseded:
      return To::Superseded;
    case From::CessationOfOperation:
      return To::CessationOfOperation;
    case From::PrivilegeWithdrawn:
      return To::PrivilegeWithdrawn;
    case From::AACompromise:
      return To::AACompromise;
    case From::CertificateHold:
    case From::RemoveFromCrl:
      break;
  }
  return std::nullopt;
}

class Signed final : public acm::SignedCertificate {
 public:
  explicit Signed(acmpca::SignedCertificate certificate) : signed_(std::move(certificate)) {}
  const Bytes& certificate() const override { return signed_.certificate(); }
  const std::vector<Bytes>& chain() const override { return signed_.chain(); }
  Outcome store(sql::Transaction& tx) override { return signed_.store(tx); }

 private:
  acmpca::SignedCertificate signed_;
};

}  // namespace

aws::Access PrivateCaForAcm::access(const std::string& certificate_authority_arn) {
  return issuer_.access(certificate_authority_arn);
}

Result<void, acm::Refusal> PrivateCaForAcm::check(const acm::CertificateOrder& order) {
  auto checked = issuer_.check(translated(order));
  if (!checked) return translated(std::move(checked).error());
  return {};
}

Result<std::unique_ptr<acm::SignedCertificate>, acm::Refusal> PrivateCaForAcm::sign(
    const acm::CertificateOrder& order, ByteView public_key_info) {
  auto certificate = issuer_.sign(translated(order), public_key_info);
  if (!certificate) return translated(std::move(certificate).error());
  return std::unique_ptr<acm::SignedCertificate>(std::make_unique<Signed>(*std::move(certificate)));
}

Outcome PrivateCaForAcm::revoke(sql::Transaction& tx, const acm::Revocation& revocation) {
  const auto reason = translated(revocation.reason);
  if (!reason) return Fault::conflict("a private CA revokes for good");
  return issuer_.revoke(tx, revocation.certificate_authority_arn, revocation.serial, *reason);
}

}  // namespace everseal::app
