#include <algorithm>
#include <array>

#include "issuance/lint/rules.h"
#include "x509/oids.h"

namespace everseal::issuance::lint {
namespace {

namespace oids = x509::oids;

constexpr std::array never{
    oids::kAuthorityKeyIdentifier, oids::kSubjectKeyIdentifier, oids::kAuthorityInfoAccess,
    oids::kSubjectInfoAccess,      oids::kFreshestCrl,          oids::kSubjectDirectoryAttributes};
constexpr std::array always{oids::kNameConstraints, oids::kPolicyConstraints,
                            oids::kInhibitAnyPolicy};

bool is_among(std::span<const asn1::Oid> types, const asn1::Oid& type) {
  return std::ranges::find(types, type) != types.end();
}

}  // namespace

Violation criticality_is_as_prescribed(const Subject& subject) {
  for (const auto& extension : subject.tbs.extensions()) {
    if (extension.critical && is_among(never, extension.type)) {
      return "the extension " + extension.type.text() + " is critical, and must not be";
    }
    if (!extension.critical && is_among(always, extension.type)) {
      return "the extension " + extension.type.text() + " is not critical, and must be";
    }
  }
  return {};
}

}  // namespace everseal::issuance::lint
