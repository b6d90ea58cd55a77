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
#include "result/result.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// GetObjectAttributes: of an object, what x-amz-object-attributes asks for.
struct GetObjectAttributes {
  static constexpr std::string_view name = "GetObjectAttributes";
  static constexpr aws::Http http{"GET", "/{Bucket}/{Key+}?attributes", 200,
                                  "GetObjectAttributesResponse"};
  struct Request {
    std::string bucket;
    std::string key;
    std::optional<std::string> version_id;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::optional("VersionId", &Request::version_id, aws::in_query("versionId")),
                   aws::optional("", &Request::headers, aws::in_header({}))};
  };
  // One of the values is there, and the type in that of an object.
  struct Checksums {
    std::optional<std::string> crc32{};
    std::optional<std::string> crc32c{};
    std::optional<std::string> crc64nvme{};
    std::optional<std::string> sha1{};
    std::optional<std::string> sha256{};
    std::optional<std::string> type{};
    static constexpr auto fields =
        std::tuple{aws::optional("ChecksumCRC32", &Checksums::crc32),
                   aws::optional("ChecksumCRC32C", &Checksums::crc32c),
                   aws::optional("ChecksumCRC64NVME", &Checksums::crc64nvme),
                   aws::optional("ChecksumSHA1", &Checksums::sha1),
                   aws::optional("ChecksumSHA256", &Checksums::sha256),
                   aws::optional("ChecksumType", &Checksums::type)};
  };
  struct Part {
    std::int64_t part_number = 0;
    std::int64_t size = 0;
    std::optional<std::string> crc32{};
    std::optional<std::string> crc32c{};
    std::optional<std::string> crc64nvme{};
    std::optional<std::string> sha1{};
    std::optional<std::string> sha256{};
    static constexpr auto fields = std::tuple{aws::required("PartNumber", &Part::part_number),
                                              aws::required("Size", &Part::size),
                                              aws::optional("ChecksumCRC32", &Part::crc32),
                                              aws::optional("ChecksumCRC32C", &Part::crc32c),
                                              aws::optional("ChecksumCRC64NVME", &Part::crc64nvme),
                                              aws::optional("ChecksumSHA1", &Part::sha1),
                                              aws::optional("ChecksumSHA256", &Part::sha256)};
  };
  struct Parts {
    std::int64_t count = 0;
    std::int64_t part_number_marker = 0;
    std::optional<std::int64_t> next_part_number_marker{};
    std::int64_t max_parts = 0;
    bool is_truncated = false;
    std::vector<Part> parts{};
    static constexpr auto fields =
        std::tuple{aws::required("PartsCount", &Parts::count),
                   aws::required("PartNumberMarker", &Parts::part_number_marker),
                   aws::optional("NextPartNumberMarker", &Parts::next_part_number_marker),
                   aws::required("MaxParts", &Parts::max_parts),
                   aws::required("IsTruncated", &Parts::is_truncated),
                   aws::optional("Part", &Parts::parts, aws::flattened())};
  };
  struct Response {
    HeaderMap headers{};
    std::optional<std::string> etag{};
    std::optional<Checksums> checksum{};
    std::optional<Parts> parts{};
    std::optional<std::string> storage_class{};
    std::optional<std::int64_t> size{};
    static constexpr auto fields =
        std::tuple{aws::optional("", &Response::headers, aws::in_header({})),
                   aws::optional("ETag", &Response::etag),
                   aws::optional("Checksum", &Response::checksum),
                   aws::optional("ObjectParts", &Response::parts),
                   aws::optional("StorageClass", &Response::storage_class),
                   aws::optional("ObjectSize", &Response::size)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // As GetObject. InvalidArgument: an attribute that there is not, a marker that is no number.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const aws::endpoint::Authorizer& authorizer;
};

}  // namespace everseal::s3
