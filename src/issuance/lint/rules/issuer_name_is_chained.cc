#include <algorithm>

#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

// Octet by octet the subject of the issuer's certificate, so that no comparison can go wrong.
Violation issuer_name_is_chained(const Subject& subject) {
  if (subject.tbs.issuer().empty()) return "no issuer";
  if (std::ranges::equal(subject.tbs.issuer().der(), subject.issuer.name)) return {};
  return "the issuer is not the subject of the issuing certificate";
}

}  // namespace everseal::issuance::lint
