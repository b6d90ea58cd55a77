#include "issuance/lint/rules.h"

#include <algorithm>

namespace everseal::issuance::lint {

// A self-signed certificate may leave it out; if it has one, it names its own key.
Violation authority_key_identifier_names_issuer(const Subject& subject) {
  const auto& identifier = subject.authority_key_identifier;
  if (!identifier || !identifier->key_id) {
    if (subject.is_self_signed()) return {};
    return "no identifier of the issuer's key";
  }
  ByteView expected = subject.issuer.key_id;
  if (subject.is_self_signed() && subject.subject_key_identifier) {
    expected = subject.subject_key_identifier->key_id;
  }
  if (std::ranges::equal(*identifier->key_id, expected)) return {};
  return "the authority key identifier is not that of the issuer";
}

}  // namespace everseal::issuance::lint
