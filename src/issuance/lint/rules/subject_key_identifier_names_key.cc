#include "issuance/lint/rules.h"

#include "x509/key_identifier.h"

namespace everseal::issuance::lint {

Violation subject_key_identifier_names_key(const Subject& subject) {
  if (!subject.subject_key_identifier) return "no subject key identifier";
  const auto expected = x509::key_identifier(subject.tbs.public_key_info());
  if (!expected) return expected.error().cause;
  if (subject.subject_key_identifier->key_id == *expected) return {};
  return "the subject key identifier is not that of the key";
}

}  // namespace everseal::issuance::lint
