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
#include "result/result.h"
#include "services/s3/listed.h"
#include "sql/database.h"

namespace everseal::s3 {

// ListParts: what was uploaded of an upload that is neither complete nor aborted.
struct ListParts {
  static constexpr std::string_view name = "ListParts";
  static constexpr aws::Http http{"GET", "/{Bucket}/{Key+}?uploadId", 200};
  struct Request {
    std::string bucket;
    std::string key;
    std::string upload_id;
    std::optional<std::int64_t> part_number_marker;
    std::optional<std::int64_t> max_parts;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::required("UploadId", &Request::upload_id, aws::in_query("uploadId")),
                   aws::optional("PartNumberMarker", &Request::part_number_marker,
                                 aws::in_query("part-number-marker")),
                   aws::optional("MaxParts", &Request::max_parts, aws::in_query("max-parts"))};
  };
  struct Part {
    std::int64_t part_number = 0;
    TimePoint modified_at;
    std::string etag;
    std::int64_t size = 0;
    static constexpr auto fields =
        std::tuple{aws::required("PartNumber", &Part::part_number),
                   aws::required("LastModified", &Part::modified_at),
                   aws::required("ETag", &Part::etag), aws::required("Size", &Part::size)};
  };
  struct Response {
    std::string bucket;
    std::string key;
    std::string upload_id;
    std::int64_t part_number_marker = 0;
    std::optional<std::int64_t> next_part_number_marker;
    std::int64_t max_parts = 0;
    bool is_truncated = false;
    std::vector<Part> parts;
    Owner owner;
    std::string storage_class = "STANDARD";
    std::optional<std::string> checksum_algorithm;
    std::optional<std::string> checksum_type;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Response::bucket),
                   aws::required("Key", &Response::key),
                   aws::required("UploadId", &Response::upload_id),
                   aws::required("PartNumberMarker", &Response::part_number_marker),
                   aws::optional("NextPartNumberMarker", &Response::next_part_number_marker),
                   aws::required("MaxParts", &Response::max_parts),
                   aws::required("IsTruncated", &Response::is_truncated),
                   aws::optional("Part", &Response::parts, aws::flattened()),
                   aws::required("Owner", &Response::owner),
                   aws::required("StorageClass", &Response::storage_class),
                   aws::optional("ChecksumAlgorithm", &Response::checksum_algorithm),
                   aws::optional("ChecksumType", &Response::checksum_type)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchUpload.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
