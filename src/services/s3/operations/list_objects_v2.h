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

// ListObjectsV2: the keys of a bucket in the order of their octets, in pages, folded at a
// delimiter.
struct ListObjectsV2 {
  static constexpr std::string_view name = "ListObjectsV2";
  static constexpr aws::Http http{"GET", "/{Bucket}?list-type=2", 200, "ListBucketResult"};
  struct Request {
    std::string bucket;
    std::optional<std::string> prefix;
    std::optional<std::string> delimiter;
    std::optional<std::int64_t> max_keys;
    std::optional<std::string> continuation_token;
    std::optional<std::string> start_after;
    std::optional<bool> fetch_owner;
    std::optional<std::string> encoding_type;
    static constexpr auto fields = std::tuple{
        aws::required("Bucket", &Request::bucket, aws::in_label()),
        aws::optional("Prefix", &Request::prefix, aws::in_query("prefix")),
        aws::optional("Delimiter", &Request::delimiter, aws::in_query("delimiter")),
        aws::optional("MaxKeys", &Request::max_keys, aws::in_query("max-keys")),
        aws::optional("ContinuationToken", &Request::continuation_token,
                      aws::in_query("continuation-token")),
        aws::optional("StartAfter", &Request::start_after, aws::in_query("start-after")),
        aws::optional("FetchOwner", &Request::fetch_owner, aws::in_query("fetch-owner")),
        aws::optional("EncodingType", &Request::encoding_type, aws::in_query("encoding-type"))};
  };
  struct Response {
    std::string name;
    std::string prefix;
    std::optional<std::string> delimiter;
    std::int64_t max_keys = 0;
    std::int64_t key_count = 0;
    bool is_truncated = false;
    std::optional<std::string> encoding_type;
    std::optional<std::string> continuation_token;
    std::optional<std::string> next_continuation_token;
    std::optional<std::string> start_after;
    std::vector<Listed> contents;
    std::vector<Folder> common_prefixes;
    static constexpr auto fields =
        std::tuple{aws::required("Name", &Response::name),
                   aws::required("Prefix", &Response::prefix),
                   aws::optional("Delimiter", &Response::delimiter),
                   aws::required("MaxKeys", &Response::max_keys),
                   aws::required("KeyCount", &Response::key_count),
                   aws::required("IsTruncated", &Response::is_truncated),
                   aws::optional("EncodingType", &Response::encoding_type),
                   aws::optional("ContinuationToken", &Response::continuation_token),
                   aws::optional("NextContinuationToken", &Response::next_continuation_token),
                   aws::optional("StartAfter", &Response::start_after),
                   aws::optional("Contents", &Response::contents, aws::flattened()),
                   aws::optional("CommonPrefixes", &Response::common_prefixes, aws::flattened())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket; InvalidArgument: the token is not one of this listing, or a number or encoding is
  // none.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
