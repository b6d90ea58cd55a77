#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "aws/arn.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "result/result.h"
#include "services/acm/enums.h"
#include "services/acm/renewal_schedule.h"

namespace everseal::acm {

// What an X.509 certificate says, as far as the API shows it. All of it changes with a renewal.
struct CertificateFacts {
  std::string serial;               // "0a:1b"
  std::string subject;              // RFC 4514
  std::string issuer;               // for people: the organization, or the common name
  std::string signature_algorithm;  // "SHA256WITHRSA"
  TimePoint not_before;
  TimePoint not_after;
  // Model names. Without the extension: ANY, and NONE.
  std::vector<std::string> key_usages;
  // Model names, each with its OID: "TLS_WEB_SERVER_AUTHENTICATION=1.3.6.1.5.5.7.3.1".
  std::vector<std::string> extended_key_usages;
};

struct RenewalSummary {
  RenewalStatus status = RenewalStatus::PendingAutoRenewal;
  std::optional<FailureReason> reason;
  TimePoint began_at;
  TimePoint updated_at;
};

// A certificate as ACM keeps it, without its octets and its key.
struct Certificate {
  std::string arn{};
  std::string account{};
  std::string region{};
  CertificateType type = CertificateType::Private;
  CertificateStatus status = CertificateStatus::PendingValidation;  // as stored, never EXPIRED
  std::string domain_name{};                // empty if an imported one has no name
  std::vector<std::string> names{};         // the domain name first
  std::vector<std::string> ip_addresses{};  // of Everseal's own server
  KeyAlgorithm key_algorithm = KeyAlgorithm::Rsa2048;
  std::optional<std::string> ca_arn{};        // of a private one
  std::optional<std::string> requested_by{};  // ARN
  Switch transparency = Switch::Disabled;
  Switch export_option = Switch::Disabled;

  TimePoint created_at{};
  std::optional<TimePoint> issued_at{};  // the last time
  std::optional<TimePoint> imported_at{};
  std::optional<TimePoint> revoked_at{};
  std::optional<RevocationReason> revocation_reason{};
  std::optional<FailureReason> failure_reason{};
  std::optional<CertificateFacts> facts{};  // as soon as there is a certificate

  bool exported = false;              // ever
  bool exported_since_issue = false;  // or renewal
  std::optional<RenewalSummary> renewal{};
};

CertificateStatus status_at(TimePoint now, const Certificate& certificate);
RenewalFacts renewal_facts(const Certificate& certificate, bool in_use);

// arn:aws:acm:us-east-1:111122223333:certificate/<uuid>
Arn certificate_arn(std::string_view region, std::string_view account, std::string_view uuid);

// The text of an ARN that names a certificate; whose and whether it exists is another question.
// InvalidArnException: it names something else.
Result<std::string, ApiError> parse_certificate_arn(std::string_view text);

// Whether it is arn:...:acm-pca:...:certificate-authority/<uuid>.
bool is_ca_arn(std::string_view text);

// Where a private key is sealed: the vault opens it for this certificate only.
std::string key_context(std::string_view certificate_arn);

crypto::KeyAlgorithm crypto_algorithm(KeyAlgorithm algorithm);
KeyAlgorithm model_algorithm(crypto::KeyAlgorithm algorithm);

// As Describe and List write it, unlike the model: "RSA-2048", "EC-prime256v1".
std::string printed(KeyAlgorithm algorithm);

}  // namespace everseal::acm
