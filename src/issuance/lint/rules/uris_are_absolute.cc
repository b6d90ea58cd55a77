#include "issuance/lint/rules.h"

#include "issuance/lint/uri.h"

namespace everseal::issuance::lint {

Violation uris_are_absolute(const Subject& subject) {
  if (!subject.alternative_name) return {};
  for (const auto& name : subject.alternative_name->names) {
    const auto* uri = std::get_if<x509::UniformResourceIdentifier>(&name);
    if (uri != nullptr && !is_absolute_uri(uri->text)) return uri->text + " is not an absolute URI";
  }
  return {};
}

}  // namespace everseal::issuance::lint
