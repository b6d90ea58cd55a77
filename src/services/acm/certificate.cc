#include "services/acm/certificate.h"

#include <algorithm>

#include "services/acm/errors.h"

namespace everseal::acm {

namespace {

constexpr std::string_view kCertificate = "certificate/";
constexpr std::string_view kAuthority = "certificate-authority/";

bool names_one(const Result<Arn>& arn, std::string_view service, std::string_view kind) {
  if (!arn || arn->service() != service || !arn->resource().starts_with(kind)) return false;
  const auto id = arn->resource().substr(kind.size());
  return !id.empty() && id.find('/') == id.npos;
}

}  // namespace

CertificateStatus status_at(TimePoint now, const Certificate& certificate) {
  const auto& facts = certificate.facts;
  return status_at(now, certificate.status, facts ? std::optional(facts->not_after) : std::nullopt);
}

RenewalFacts renewal_facts(const Certificate& certificate, bool in_use) {
  RenewalFacts facts{.type = certificate.type,
                     .status = certificate.status,
                     .issued_at = certificate.issued_at.value_or(certificate.created_at),
                     .not_after = certificate.facts ? certificate.facts->not_after : TimePoint{},
                     .exported_since_issue = certificate.exported_since_issue,
                     .in_use = in_use,
                     .renewal_status = std::nullopt,
                     .renewal_began_at = std::nullopt};
  if (certificate.renewal) {
    facts.renewal_status = certificate.renewal->status;
    facts.renewal_began_at = certificate.renewal->began_at;
  }
  return facts;
}

Arn certificate_arn(std::string_view region, std::string_view account, std::string_view uuid) {
  return {"acm", region, account, std::string(kCertificate) + std::string(uuid)};
}

Result<std::string, ApiError> parse_certificate_arn(std::string_view text) {
  if (!names_one(Arn::parse(text), "acm", kCertificate)) return not_a_certificate_arn(text);
  return std::string(text);
}

bool is_ca_arn(std::string_view text) { return names_one(Arn::parse(text), "acm-pca", kAuthority); }

std::string key_context(std::string_view certificate_arn) {
  return "acm.key " + std::string(certificate_arn);
}

crypto::KeyAlgorithm crypto_algorithm(KeyAlgorithm algorithm) {
  switch (algorithm) {
    case KeyAlgorithm::Rsa1024:
      return crypto::KeyAlgorithm::Rsa1024;
    case KeyAlgorithm::Rsa2048:
      return crypto::KeyAlgorithm::Rsa2048;
    case KeyAlgorithm::Rsa3072:
      return crypto::KeyAlgorithm::Rsa3072;
    case KeyAlgorithm::Rsa4096:
      return crypto::KeyAlgorithm::Rsa4096;
    case KeyAlgorithm::EcP256:
      return crypto::KeyAlgorithm::P256;
    case KeyAlgorithm::EcP384:
      return crypto::KeyAlgorithm::P384;
    default:
      return crypto::KeyAlgorithm::P521;
  }
}

KeyAlgorithm model_algorithm(crypto::KeyAlgorithm algorithm) {
  for (const auto& [value, name] : aws::names_of<KeyAlgorithm>) {
    if (crypto_algorithm(value) == algorithm) return value;
  }
  return KeyAlgorithm::Rsa2048;  // never: both enumerations have the same seven
}

std::string printed(KeyAlgorithm algorithm) {
  std::string name(aws::name_of(algorithm));
  std::ranges::replace(name, '_', '-');
  return name;
}

}  // namespace everseal::acm
