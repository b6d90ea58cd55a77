#include "issuance/lint/attribute_bounds.h"
#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {

Violation subject_attributes_fit(const Subject& subject) {
  return attribute_out_of_bounds(subject.tbs.subject());
}

}  // namespace everseal::issuance::lint
