#pragma once

#include <optional>
#include <string>
#include <tuple>

#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"

namespace everseal::acmpca {

// A CA as Describe and List show it. Serial, NotBefore and NotAfter are there once a certificate is
// installed.
struct AuthorityDescription {
  std::string arn;
  std::string owner_account;
  TimePoint created_at;
  TimePoint last_state_change_at;
  CaType type;
  std::optional<std::string> serial;  // hexadecimal, lower case
  CaStatus status;
  std::optional<TimePoint> not_before;
  std::optional<TimePoint> not_after;
  std::optional<FailureReason> failure_reason;
  CaConfiguration certificate_authority_configuration;
  RevocationConfiguration revocation_configuration;
  std::optional<TimePoint> restorable_until;
  SecurityStandard key_storage_security_standard;
  UsageMode usage_mode;

  static constexpr auto fields = std::tuple{
      aws::required("Arn", &AuthorityDescription::arn),
      aws::required("OwnerAccount", &AuthorityDescription::owner_account),
      aws::required("CreatedAt", &AuthorityDescription::created_at),
      aws::required("LastStateChangeAt", &AuthorityDescription::last_state_change_at),
      aws::required("Type", &AuthorityDescription::type),
      aws::optional("Serial", &AuthorityDescription::serial),
      aws::required("Status", &AuthorityDescription::status),
      aws::optional("NotBefore", &AuthorityDescription::not_before),
      aws::optional("NotAfter", &AuthorityDescription::not_after),
      aws::optional("FailureReason", &AuthorityDescription::failure_reason),
      aws::required("CertificateAuthorityConfiguration",
                    &AuthorityDescription::certificate_authority_configuration),
      aws::required("RevocationConfiguration", &AuthorityDescription::revocation_configuration),
      aws::optional("RestorableUntil", &AuthorityDescription::restorable_until),
      aws::required("KeyStorageSecurityStandard",
                    &AuthorityDescription::key_storage_security_standard),
      aws::required("UsageMode", &AuthorityDescription::usage_mode)};
};

AuthorityDescription describe(const Authority& authority, TimePoint now);

}  // namespace everseal::acmpca
