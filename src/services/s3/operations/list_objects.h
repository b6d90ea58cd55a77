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
#include "result/result.h"
#include "services/s3/listed.h"
#include "sql/database.h"

namespace everseal::s3 {

// ListObjects: the listing before ListObjectsV2, whose pages begin behind a key.
struct ListObjects {
  static constexpr std::string_view name = "ListObjects";
  static constexpr aws::Http http{"GET", "/{Bucket}", 200, "ListBucketResult"};
  struct Request {
    std::string bucket;
    std::optional<std::string> prefix;
    std::optional<std::string> delimiter;
    std::optional<std::int64_t> max_keys;
    std::optional<std::string> marker;
    std::optional<std::string> encoding_type;
    static constexpr auto fields = std::tuple{
        aws::required("Bucket", &Request::bucket, aws::in_label()),
        aws::optional("Prefix", &Request::prefix, aws::in_query("prefix")),
        aws::optional("Delimiter", &Request::delimiter, aws::in_query("delimiter")),
        aws::optional("MaxKeys", &Request::max_keys, aws::in_query("max-keys")),
        aws::optional("Marker", &Request::marker, aws::in_query("marker")),
        aws::optional("EncodingType", &Request::encoding_type, aws::in_query("encoding-type"))};
  };
  struct Response {
    std::string name;
    std::string prefix;
    std::string marker;
    std::optional<std::string> next_marker;
    std::optional<std::string> delimiter;
    std::int64_t max_keys = 0;
    bool is_truncated = false;
    std::optional<std::string> encoding_type;
    std::vector<Listed> contents;
    std::vector<Folder> common_prefixes;
    static constexpr auto fields =
        std::tuple{aws::required("Name", &Response::name),
                   aws::required("Prefix", &Response::prefix),
                   aws::required("Marker", &Response::marker),
                   aws::optional("NextMarker", &Response::next_marker),
                   aws::optional("Delimiter", &Response::delimiter),
                   aws::required("MaxKeys", &Response::max_keys),
                   aws::required("IsTruncated", &Response::is_truncated),
                   aws::optional("EncodingType", &Response::encoding_type),
                   aws::optional("Contents", &Response::contents, aws::flattened()),
                   aws::optional("CommonPrefixes", &Response::common_prefixes, aws::flattened())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket, InvalidArgument.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
