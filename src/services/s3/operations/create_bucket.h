#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/s3/shapes.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// CreateBucket: a place for objects, in the region of the signature unless that is us-east-1, which
// makes buckets anywhere.
struct CreateBucket {
  static constexpr std::string_view name = "CreateBucket";
  static constexpr aws::Http http{"PUT", "/{Bucket}"};
  struct Configuration {
    std::optional<std::string> location_constraint;
    static constexpr auto fields =
        std::tuple{aws::optional("LocationConstraint", &Configuration::location_constraint)};
  };
  struct Request {
    std::string bucket;
    HeaderMap headers;
    std::optional<Configuration> configuration;
    static constexpr auto fields = std::tuple{
        aws::required("Bucket", &Request::bucket, aws::in_label()),
        aws::optional("", &Request::headers, aws::in_header({})),
        aws::optional("CreateBucketConfiguration", &Request::configuration, aws::as_payload())};
  };
  using Response = shapes::OnlyHeaders;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidBucketName; InvalidLocationConstraint, IllegalLocationConstraintException: not the
  // region of the signature. BucketAlreadyOwnedByYou, BucketAlreadyExists.
  // AccessControlListNotSupported, NotImplemented: object lock.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::s3
