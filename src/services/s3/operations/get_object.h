#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/answer.h"
#include "aws/endpoint/authorizer.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// GetObject: an object, one of its versions, a part or a range of it, as a stream that is verified
// block by block before it is sent.
struct GetObject {
  static constexpr std::string_view name = "GetObject";
  static constexpr aws::Http http{"GET", "/{Bucket}/{Key+}"};
  struct Request {
    std::string bucket;
    std::string key;
    std::optional<std::string> version_id;
    std::optional<std::int64_t> part_number;
    HeaderMap headers;
    HeaderMap parameters;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::optional("VersionId", &Request::version_id, aws::in_query("versionId")),
                   aws::optional("PartNumber", &Request::part_number, aws::in_query("partNumber"),
                                 aws::range(1, 10000)),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("Parameters", &Request::parameters, aws::in_query())};
  };
  struct Response {
    std::int64_t status = 200;
    HeaderMap headers{};
    aws::Content content{};
    static constexpr auto fields =
        std::tuple{aws::required("Status", &Response::status, aws::as_status()),
                   aws::optional("", &Response::headers, aws::in_header({}))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchKey, NoSuchVersion, or AccessDenied for whoever may not list the bucket. InvalidRange,
  // PreconditionFailed; NotModified is an answer: 304 with its ETag.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  ObjectFiles& files;
  const aws::endpoint::Authorizer& authorizer;
};

}  // namespace everseal::s3
