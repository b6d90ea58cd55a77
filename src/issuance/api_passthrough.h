#pragma once

#include <optional>
#include <vector>

#include "asn1/oid.h"
#include "x509/extension.h"
#include "x509/extension_types.h"
#include "x509/general_name.h"
#include "x509/name.h"

namespace everseal::issuance {

// What the caller of IssueCertificate asks for beside the CSR. Only templates with API passthrough
// look at it. Empty means not asked for.
struct ApiPassthrough {
  std::optional<x509::Name> subject = {};
  std::vector<x509::GeneralName> subject_alternative_names = {};
  x509::KeyUsage key_usage = {};                   // no bit: not asked for
  std::vector<asn1::Oid> extended_key_usage = {};  // purposes
  std::vector<x509::PolicyInformation> certificate_policies = {};
  std::vector<x509::Extension> custom_extensions = {};
};

}  // namespace everseal::issuance
