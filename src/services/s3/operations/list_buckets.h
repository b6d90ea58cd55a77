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
#include "sql/database.h"

namespace everseal::s3 {

// ListBuckets: the account's buckets, by name.
struct ListBuckets {
  static constexpr std::string_view name = "ListBuckets";
  static constexpr aws::Http http{"GET", "/", 200, "ListAllMyBucketsResult"};
  struct Request {
    std::optional<std::int64_t> max_buckets;
    std::optional<std::string> continuation_token;
    std::optional<std::string> prefix;
    std::optional<std::string> bucket_region;
    static constexpr auto fields = std::tuple{
        aws::optional("MaxBuckets", &Request::max_buckets, aws::in_query("max-buckets"),
                      aws::range(1, 10000)),
        aws::optional("ContinuationToken", &Request::continuation_token,
                      aws::in_query("continuation-token")),
        aws::optional("Prefix", &Request::prefix, aws::in_query("prefix")),
        aws::optional("BucketRegion", &Request::bucket_region, aws::in_query("bucket-region"))};
  };
  struct Listed {
    std::string name;
    TimePoint created_at;
    std::string region;
    static constexpr auto fields = std::tuple{aws::required("Name", &Listed::name),
                                              aws::required("CreationDate", &Listed::created_at),
                                              aws::required("BucketRegion", &Listed::region)};
  };
  struct Owner {
    std::string id;
    static constexpr auto fields = std::tuple{aws::required("ID", &Owner::id)};
  };
  struct Response {
    std::vector<Listed> buckets;
    Owner owner;
    std::optional<std::string> continuation_token;
    std::optional<std::string> prefix;
    static constexpr auto fields =
        std::tuple{aws::always("Buckets", &Response::buckets, aws::elements_named("Bucket")),
                   aws::required("Owner", &Response::owner),
                   aws::optional("ContinuationToken", &Response::continuation_token),
                   aws::optional("Prefix", &Response::prefix)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidArgument: the token is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
