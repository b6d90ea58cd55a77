#pragma once

#include <cstdint>

#include "aws/endpoint/authorizer.h"
#include "services/elbv2/trust_stores/object_source.h"
#include "services/s3/object_reader.h"

namespace everseal::app {

// S3, as trust stores want it: bundles of CA certificates and CRLs.
class ObjectsForTrustStores final : public elbv2::trust_stores::ObjectSource {
 public:
  ObjectsForTrustStores(s3::ObjectReader reader, const aws::endpoint::Authorizer& authorizer)
      : reader_(reader), authorizer_(authorizer) {}

  Result<Found, ApiError> read(const aws::Call& call, const Place& place,
                               std::uint64_t most) override;

 private:
  s3::ObjectReader reader_;
  const aws::endpoint::Authorizer& authorizer_;
};

}  // namespace everseal::app
