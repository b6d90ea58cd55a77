#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

Violation ca_has_subject(const Subject& subject) {
  if (subject.is_ca() && subject.tbs.subject().empty()) return "a CA without a subject";
  return {};
}

}  // namespace everseal::issuance::lint
