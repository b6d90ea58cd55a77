#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

// No leap of time: there is a moment at which the certificate is valid, and it is more than one.
Violation validity_can_be_used(const Subject& subject) {
  const auto& [not_before, not_after] = subject.tbs.validity();
  if (not_after > not_before) return {};
  return "the validity ends before it begins";
}

}  // namespace everseal::issuance::lint
