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
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// CreateMultipartUpload: parts of an object may be sent in any order, and become the object at once
// when the upload is completed.
struct CreateMultipartUpload {
  static constexpr std::string_view name = "CreateMultipartUpload";
  static constexpr aws::Http http{"POST", "/{Bucket}/{Key+}?uploads", 200,
                                  "InitiateMultipartUploadResult"};
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
    std::string bucket;
    std::string key;
    std::string upload_id;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Response::bucket), aws::required("Key", &Response::key),
                   aws::required("UploadId", &Response::upload_id),
                   aws::optional("", &Response::headers, aws::in_header({}))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket, KeyTooLongError; InvalidRequest: a checksum that there is not, or SHA of the
  // whole object, which cannot be had from those of its parts.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const aws::endpoint::Authorizer& authorizer;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::s3
