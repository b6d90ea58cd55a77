#include "issuance/lint/rules.h"
#include "x509/oids.h"

namespace everseal::issuance::lint {

Violation ca_has_critical_basic_constraints(const Subject& subject) {
  if (!subject.is_ca()) return {};
  if (subject.tbs.extensions().find(x509::oids::kBasicConstraints)->critical) return {};
  return "the basic constraints of a CA are not critical";
}

}  // namespace everseal::issuance::lint
