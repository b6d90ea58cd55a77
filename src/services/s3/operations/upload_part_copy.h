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
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// UploadPartCopy: a part from an object that is here already, or a range of it.
struct UploadPartCopy {
  static constexpr std::string_view name = "UploadPartCopy";
  static constexpr std::string_view source_header = "x-amz-copy-source";
  static constexpr aws::Http http{"PUT", "/{Bucket}/{Key+}?partNumber&uploadId", 200,
                                  "CopyPartResult", source_header};
  struct Request {
    std::string bucket;
    std::string key;
    std::string upload_id;
    std::int64_t part_number = 0;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::required("UploadId", &Request::upload_id, aws::in_query("uploadId")),
                   aws::required("PartNumber", &Request::part_number, aws::in_query("partNumber"),
                                 aws::range(1, 10000)),
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
  // NoSuchUpload; of the source what CopyObject refuses; InvalidArgument: the range is not one of
  // it.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  ObjectFiles& files;
  const aws::endpoint::Authorizer& authorizer;
  const Clock& clock;
};

}  // namespace everseal::s3
