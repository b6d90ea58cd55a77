#include "issuance/lint/rules.h"

#include "issuance/lint/uri.h"

namespace everseal::issuance::lint {

// A client must be able to ask where it is sent.
Violation pointers_are_uris(const Subject& subject) {
  if (subject.crl_distribution_points) {
    for (const std::string& uri : subject.crl_distribution_points->uris()) {
      if (!is_absolute_uri(uri)) return "the CRL distribution point " + uri + " is not a URI";
    }
  }
  if (subject.authority_info_access) {
    for (const auto& [method, location] : subject.authority_info_access->descriptions) {
      const auto* uri = std::get_if<x509::UniformResourceIdentifier>(&location);
      if (uri != nullptr && !is_absolute_uri(uri->text))
        return "the access location " + uri->text + " is not a URI";
    }
  }
  return {};
}

}  // namespace everseal::issuance::lint
