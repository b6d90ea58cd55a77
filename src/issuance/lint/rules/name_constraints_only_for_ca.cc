#include "issuance/lint/rules.h"
#include "x509/oids.h"

namespace everseal::issuance::lint {

Violation name_constraints_only_for_ca(const Subject& subject) {
  if (subject.is_ca() || !subject.tbs.extensions().contains(x509::oids::kNameConstraints))
    return {};
  return "name constraints in a certificate that is not a CA's";
}

}  // namespace everseal::issuance::lint
