#include "issuance/lint/attribute_bounds.h"

#include <algorithm>
#include <array>

#include "encoding/utf8.h"
#include "x509/oids.h"

namespace everseal::issuance::lint {
namespace {

namespace oids = x509::oids;

// The upper bounds of RFC 5280, A.1, in characters.
struct Bound {
  asn1::Oid type;
  std::size_t longest;
};
constexpr std::array bounds{
    Bound{oids::kCommonName, 64},
    Bound{oids::kSurname, 40},
    Bound{oids::kSerialNumber, 64},
    Bound{oids::kCountry, 2},
    Bound{oids::kLocality, 128},
    Bound{oids::kState, 128},
    Bound{oids::kOrganization, 64},
    Bound{oids::kOrganizationalUnit, 64},
    Bound{oids::kTitle, 64},
    Bound{oids::kGivenName, 16},
    Bound{oids::kInitials, 5},
    Bound{oids::kGenerationQualifier, 3},
    Bound{oids::kPseudonym, 128},
    Bound{oids::kEmailAddress, 255},
    Bound{oids::kDistinguishedNameQualifier, 64},
};

std::optional<std::string> check(const x509::NameAttribute& attribute) {
  const auto bound = std::ranges::find(bounds, attribute.type, &Bound::type);
  if (bound == bounds.end()) return {};
  const auto text = attribute.text();
  const auto length = text ? encoding::utf8_length(*text) : std::nullopt;
  if (!length) return "the attribute " + attribute.type.text() + " is not text";
  if (*length == 0) return "the attribute " + attribute.type.text() + " is empty";
  if (*length > bound->longest) {
    return "the attribute " + attribute.type.text() + " has more than " +
           std::to_string(bound->longest) + " characters";
  }
  if (attribute.type == oids::kCountry && *length != 2) return "the country has not two letters";
  return {};
}

}  // namespace

std::optional<std::string> attribute_out_of_bounds(const x509::Name& name) {
  for (const auto& attribute : name.attributes()) {
    if (auto violation = check(attribute)) return violation;
  }
  return {};
}

}  // namespace everseal::issuance::lint
