#include "services/s3/operations/list_objects_v2.h"

#include "aws/pagination.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

// A token is of one bucket, prefix and delimiter.
std::string selection_of(const ListObjectsV2::Request& request) {
  return request.bucket + '\0' + request.prefix.value_or("") + '\0' +
         request.delimiter.value_or("");
}

Result<std::string, ApiError> listed_before(const ListObjectsV2::Request& request,
                                            const aws::Listing& listing) {
  if (!request.continuation_token) return request.start_after.value_or("");
  auto key = aws::page_key(listing, *request.continuation_token);
  if (!key) {
    return invalid_argument("continuation-token", *request.continuation_token,
                            "The continuation token provided is incorrect");
  }
  return *std::move(key);
}

std::optional<Owner> owner_for(const ListObjectsV2::Request& request, const aws::Call& call) {
  if (!request.fetch_owner.value_or(false)) return std::nullopt;
  return Owner{call.caller.account};
}

}  // namespace

aws::Access ListObjectsV2::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:ListBucket",
          .resources = {bucket_arn(request.bucket)},
          .context = {{"s3:prefix", {request.prefix.value_or("")}},
                      {"s3:delimiter", {request.delimiter.value_or("")}}}};
}

Result<ListObjectsV2::Response, ApiError> ListObjectsV2::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const auto spelt = KeySpelling::of(request.encoding_type);
  if (!spelt) return spelt.error();
  const auto most = most_keys(request.max_keys);
  if (!most) return most.error();
  const auto selection = selection_of(request);
  const aws::Listing listing{"s3:ListObjectsV2", call.caller.account, /*region=*/"", selection};
  const auto after = listed_before(request, listing);
  if (!after) return after.error();
  const auto page = list_bucket(database, request.bucket,
                                {.prefix = request.prefix.value_or(""),
                                 .delimiter = request.delimiter.value_or(""),
                                 .after = *after,
                                 .most = *most});
  if (!page) return page.error();
  Response response{.name = request.bucket,
                    .prefix = (*spelt)(std::string_view(request.prefix.value_or(""))),
                    .delimiter = (*spelt)(request.delimiter),
                    .max_keys = *most,
                    .is_truncated = page->is_truncated,
                    .encoding_type = request.encoding_type,
                    .continuation_token = request.continuation_token,
                    .next_continuation_token = {},
                    .start_after = (*spelt)(request.start_after),
                    .contents = spelt->listed(page->objects, owner_for(request, call)),
                    .common_prefixes = spelt->folders(page->folders)};
  response.key_count =
      static_cast<std::int64_t>(response.contents.size() + response.common_prefixes.size());
  if (page->is_truncated) response.next_continuation_token = aws::page_token(listing, page->last);
  return response;
}

}  // namespace everseal::s3
