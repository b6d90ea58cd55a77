#include "services/s3/operations/list_buckets.h"

#include <algorithm>

#include "aws/pagination.h"
#include "services/s3/bucket_store.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::int64_t page_size = 10'000;

aws::Listing listing(const aws::Call& call, const std::string& prefix) {
  return {"s3:ListBuckets", call.caller.account, /*region=*/"", prefix};
}

}  // namespace

aws::Access ListBuckets::access(const Request&, const aws::Call&) const {
  return {.action = "s3:ListAllMyBuckets", .resources = {"*"}};
}

Result<ListBuckets::Response, ApiError> ListBuckets::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto prefix = request.prefix.value_or("");
  const auto most = request.max_buckets.value_or(page_size);
  std::string after;
  if (request.continuation_token) {
    const auto key = aws::page_key(listing(call, prefix), *request.continuation_token);
    if (!key) {
      return invalid_argument("continuation-token", *request.continuation_token,
                              "The continuation token provided is incorrect");
    }
    after = *key;
  }
  const auto buckets = database.read([&](sql::Snapshot& view) {
    return list_buckets(view, call.caller.account, prefix, after, most + 1);
  });
  if (!buckets) return buckets.error();
  Response response{.buckets = {},
                    .owner = {call.caller.account},
                    .continuation_token = {},
                    .prefix = request.prefix};
  const auto size = static_cast<std::size_t>(most);
  for (std::size_t i = 0; i < std::min(size, buckets->size()); ++i) {
    const auto& bucket = (*buckets)[i];
    if (request.bucket_region && *request.bucket_region != bucket.region) continue;
    response.buckets.push_back({bucket.name, bucket.created_at, bucket.region});
  }
  if (buckets->size() > size) {
    response.continuation_token = aws::page_token(listing(call, prefix), (*buckets)[size - 1].name);
  }
  return response;
}

}  // namespace everseal::s3
