#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

// Extensions need version 3, and every certificate of ours has some.
Violation version_is_three(const Subject& subject) {
  if (subject.tbs.version() == 3) return {};
  return "not a certificate of version 3";
}

}  // namespace everseal::issuance::lint
