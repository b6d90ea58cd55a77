#include "issuance/lint/rules.h"
#include "x509/oids.h"

namespace everseal::issuance::lint {

// Somebody must be named, and whoever does not look at the extension must refuse the certificate.
Violation alternative_name_for_empty_subject(const Subject& subject) {
  if (!subject.tbs.subject().empty()) return {};
  const auto* names = subject.tbs.extensions().find(x509::oids::kSubjectAlternativeName);
  if (names == nullptr) return "neither a subject nor an alternative name";
  if (!names->critical)
    return "the alternative name of a certificate without subject is not critical";
  return {};
}

}  // namespace everseal::issuance::lint
