#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// CopyObject: an object or version as a new one, with its headers or with others.
struct CopyObject {
  static constexpr std::string_view name = "CopyObject";
  static constexpr std::string_view source_header = "x-amz-copy-source";
  static constexpr aws::Http http{"PUT", "/{Bucket}/{Key+}", 200, "CopyObjectResult",
                                  source_header};
  struct Request {
    std::string bucket;
    std::string key;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({}))};
  };
  struct Response {
    std::string etag;
    TimePoint modified_at;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("ETag", &Response::etag),
                   aws::required("LastModified", &Response::modified_at),
                   aws::optional("", &Response::headers, aws::in_header({}))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket, NoSuchKey, NoSuchVersion, AccessDenied: of the source. InvalidArgument: it cannot
  // be read. InvalidRequest: onto itself without a change. PreconditionFailed.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  ObjectFiles& files;
  const aws::endpoint::Authorizer& authorizer;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::s3
