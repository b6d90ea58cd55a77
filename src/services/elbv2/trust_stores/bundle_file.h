#pragma once

#include <cstdint>

#include "aws/api_error.h"
#include "aws/call.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/elbv2/trust_stores/settings.h"

namespace everseal::elbv2::trust_stores {

// The file of a bundle that can be used.
struct BundleFile {
  Bytes octets;
  std::int64_t ca_certificates;
};

// CaCertificatesBundleNotFound: no such object, or the caller may not read it.
// InvalidCaCertificatesBundle: see read_bundle.
Result<BundleFile, ApiError> read_bundle_file(ObjectSource& objects, const aws::Call& call,
                                              const ObjectSource::Place& place,
                                              const Settings& settings);

}  // namespace everseal::elbv2::trust_stores
