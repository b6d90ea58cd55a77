#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/operation.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/shapes.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// UploadPart: one part of an upload, from a stream; it takes the place of the part of that number.
struct UploadPart {
  static constexpr std::string_view name = "UploadPart";
  static constexpr aws::Http http{"PUT", "/{Bucket}/{Key+}?partNumber&uploadId"};
  static constexpr std::size_t body_limit = std::size_t{16} << 30U;  // with framing
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
  using Response = shapes::OnlyHeaders;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchUpload; otherwise as PutObject.
  Result<std::unique_ptr<aws::endpoint::Upload<Response>>, ApiError> open(
      const Request& request, const aws::Call& call) const;

  sql::Database& database;
  ObjectFiles& files;
  const Clock& clock;
};

}  // namespace everseal::s3
