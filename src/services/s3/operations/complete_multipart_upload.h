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
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// CompleteMultipartUpload: the named parts, in their order, are the object. No octet is copied.
struct CompleteMultipartUpload {
  static constexpr std::string_view name = "CompleteMultipartUpload";
  static constexpr aws::Http http{"POST", "/{Bucket}/{Key+}?uploadId"};
  struct Part {
    std::int64_t part_number = 0;
    std::string etag;
    std::optional<std::string> crc32, crc32c, crc64nvme, sha1, sha256;
    static constexpr auto fields = std::tuple{aws::required("PartNumber", &Part::part_number),
                                              aws::required("ETag", &Part::etag),
                                              aws::optional("ChecksumCRC32", &Part::crc32),
                                              aws::optional("ChecksumCRC32C", &Part::crc32c),
                                              aws::optional("ChecksumCRC64NVME", &Part::crc64nvme),
                                              aws::optional("ChecksumSHA1", &Part::sha1),
                                              aws::optional("ChecksumSHA256", &Part::sha256)};
  };
  struct Parts {
    std::vector<Part> parts;
    static constexpr auto fields =
        std::tuple{aws::optional("Part", &Parts::parts, aws::flattened())};
  };
  struct Request {
    std::string bucket;
    std::string key;
    std::string upload_id;
    HeaderMap headers;
    std::optional<Parts> parts;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::required("UploadId", &Request::upload_id, aws::in_query("uploadId")),
                   aws::optional("", &Request::headers, aws::in_header({})),
                   aws::optional("CompleteMultipartUpload", &Request::parts, aws::as_payload())};
  };
  struct Response {
    std::string location;
    std::string bucket;
    std::string key;
    std::string etag;
    std::optional<std::string> crc32, crc32c, crc64nvme, sha1, sha256;
    std::string checksum_type;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("Location", &Response::location),
                   aws::required("Bucket", &Response::bucket),
                   aws::required("Key", &Response::key),
                   aws::required("ETag", &Response::etag),
                   aws::optional("ChecksumCRC32", &Response::crc32),
                   aws::optional("ChecksumCRC32C", &Response::crc32c),
                   aws::optional("ChecksumCRC64NVME", &Response::crc64nvme),
                   aws::optional("ChecksumSHA1", &Response::sha1),
                   aws::optional("ChecksumSHA256", &Response::sha256),
                   aws::required("ChecksumType", &Response::checksum_type),
                   aws::optional("", &Response::headers, aws::in_header({}))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchUpload; MalformedXML: no part is named. InvalidPartOrder; InvalidPart: a part that is not
  // there, or another. EntityTooSmall: a part but the last has less than 5 MiB. BadDigest: the
  // checksum of the whole is another. PreconditionFailed, as may_write.
  Result<Response, ApiError> operator()(const Request& request) const;

  sql::Database& database;
  ObjectFiles& files;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::s3
