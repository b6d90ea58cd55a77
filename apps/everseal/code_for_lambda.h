#pragma once

#include "aws/endpoint/authorizer.h"
#include "services/lambda/object_source.h"
#include "services/s3/object_reader.h"

namespace everseal::app {

// S3, as Lambda wants it: the code of functions.
class CodeForLambda final : public lambda::ObjectSource {
 public:
  CodeForLambda(s3::ObjectReader reader, const aws::endpoint::Authorizer& authorizer)
      : reader_(reader), authorizer_(authorizer) {}

  Result<std::optional<Bytes>, ApiError> read(const aws::Call& call, const Object& wanted,
                                              std::uint64_t most) override;

 private:
  s3::ObjectReader reader_;
  const aws::endpoint::Authorizer& authorizer_;
};

}  // namespace everseal::app
