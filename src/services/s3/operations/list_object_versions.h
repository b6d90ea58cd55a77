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

// ListObjectVersions: every version and delete marker, by key, the latest first.
struct ListObjectVersions {
  static constexpr std::string_view name = "ListObjectVersions";
  static constexpr aws::Http http{"GET", "/{Bucket}?versions", 200, "ListVersionsResult"};
  struct Request {
    std::string bucket;
    std::optional<std::string> prefix;
    std::optional<std::string> delimiter;
    std::optional<std::int64_t> max_keys;
    std::optional<std::string> key_marker;
    std::optional<std::string> version_id_marker;
    std::optional<std::string> encoding_type;
    static constexpr auto fields = std::tuple{
        aws::required("Bucket", &Request::bucket, aws::in_label()),
        aws::optional("Prefix", &Request::prefix, aws::in_query("prefix")),
        aws::optional("Delimiter", &Request::delimiter, aws::in_query("delimiter")),
        aws::optional("MaxKeys", &Request::max_keys, aws::in_query("max-keys")),
        aws::optional("KeyMarker", &Request::key_marker, aws::in_query("key-marker")),
        aws::optional("VersionIdMarker", &Request::version_id_marker,
                      aws::in_query("version-id-marker")),
        aws::optional("EncodingType", &Request::encoding_type, aws::in_query("encoding-type"))};
  };
  struct Version {
    std::string key;
    std::string version_id;
    bool is_latest = false;
    TimePoint modified_at;
    std::string etag;
    std::int64_t size = 0;
    std::string storage_class = "STANDARD";
    Owner owner;
    static constexpr auto fields =
        std::tuple{aws::required("Key", &Version::key),
                   aws::required("VersionId", &Version::version_id),
                   aws::required("IsLatest", &Version::is_latest),
                   aws::required("LastModified", &Version::modified_at),
                   aws::required("ETag", &Version::etag),
                   aws::required("Size", &Version::size),
                   aws::required("StorageClass", &Version::storage_class),
                   aws::required("Owner", &Version::owner)};
  };
  struct Marker {
    std::string key;
    std::string version_id;
    bool is_latest = false;
    TimePoint modified_at;
    Owner owner;
    static constexpr auto fields = std::tuple{aws::required("Key", &Marker::key),
                                              aws::required("VersionId", &Marker::version_id),
                                              aws::required("IsLatest", &Marker::is_latest),
                                              aws::required("LastModified", &Marker::modified_at),
                                              aws::required("Owner", &Marker::owner)};
  };
  struct Response {
    std::string name;
    std::string prefix;
    std::string key_marker;
    std::string version_id_marker;
    std::optional<std::string> next_key_marker;
    std::optional<std::string> next_version_id_marker;
    std::optional<std::string> delimiter;
    std::int64_t max_keys = 0;
    bool is_truncated = false;
    std::optional<std::string> encoding_type;
    std::vector<Version> versions;
    std::vector<Marker> delete_markers;
    std::vector<Folder> common_prefixes;
    static constexpr auto fields =
        std::tuple{aws::required("Name", &Response::name),
                   aws::required("Prefix", &Response::prefix),
                   aws::required("KeyMarker", &Response::key_marker),
                   aws::required("VersionIdMarker", &Response::version_id_marker),
                   aws::optional("NextKeyMarker", &Response::next_key_marker),
                   aws::optional("NextVersionIdMarker", &Response::next_version_id_marker),
                   aws::optional("Delimiter", &Response::delimiter),
                   aws::required("MaxKeys", &Response::max_keys),
                   aws::required("IsTruncated", &Response::is_truncated),
                   aws::optional("EncodingType", &Response::encoding_type),
                   aws::optional("Version", &Response::versions, aws::flattened()),
                   aws::optional("DeleteMarker", &Response::delete_markers, aws::flattened()),
                   aws::optional("CommonPrefixes", &Response::common_prefixes, aws::flattened())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket; InvalidArgument: a version without a key to begin behind.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
