#pragma once

#include "aws/endpoint/authorizer.h"
#include "services/acmpca/buckets/object_sink.h"
#include "services/acmpca/buckets/object_source.h"
#include "services/s3/object_reader.h"
#include "services/s3/outside_deliveries.h"
#include "services/s3/service_writes.h"

namespace everseal::app {

// S3, as Private CA wants it: where its CRLs and audit reports go, and where the CRLs that it
// publishes over HTTP come from.
class BucketsForPrivateCa final : public acmpca::ObjectSink, public acmpca::ObjectSource {
 public:
  BucketsForPrivateCa(s3::ServiceWrites writes, s3::ObjectReader reader,
                      const aws::endpoint::Authorizer& authorizer,
                      const s3::OutsideDeliveries& outside)
      : writes_(writes), reader_(reader), authorizer_(authorizer), outside_(outside) {}

  Outcome check(const Target& target) override;
  Result<bool> has_bucket(const Target& target) override;
  Result<std::unique_ptr<Pending>> begin(const Target& target) override;
  Result<std::optional<Opened>> open(std::string_view bucket, std::string_view key) override;

 private:
  s3::ServiceWrites writes_;
  s3::ObjectReader reader_;
  const aws::endpoint::Authorizer& authorizer_;
  const s3::OutsideDeliveries& outside_;
};

}  // namespace everseal::app
