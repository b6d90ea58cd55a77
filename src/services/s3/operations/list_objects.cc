#include "services/s3/operations/list_objects.h"

#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access ListObjects::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:ListBucket",
          .resources = {bucket_arn(request.bucket)},
          .context = {{"s3:prefix", {request.prefix.value_or("")}},
                      {"s3:delimiter", {request.delimiter.value_or("")}}}};
}

Result<ListObjects::Response, ApiError> ListObjects::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto spelt = KeySpelling::of(request.encoding_type);
  if (!spelt) return spelt.error();
  const auto most = most_keys(request.max_keys);
  if (!most) return most.error();
  const auto page = list_bucket(database, request.bucket,
                                {.prefix = request.prefix.value_or(""),
                                 .delimiter = request.delimiter.value_or(""),
                                 .after = request.marker.value_or(""),
                                 .most = *most});
  if (!page) return page.error();
  Response response{.name = request.bucket,
                    .prefix = (*spelt)(std::string_view(request.prefix.value_or(""))),
                    .marker = (*spelt)(std::string_view(request.marker.value_or(""))),
                    .next_marker = {},
                    .delimiter = (*spelt)(request.delimiter),
                    .max_keys = *most,
                    .is_truncated = page->is_truncated,
                    .encoding_type = request.encoding_type,
                    .contents = spelt->listed(page->objects, Owner{call.caller.account}),
                    .common_prefixes = spelt->folders(page->folders)};
  // Without a delimiter clients go on behind the last key.
  if (page->is_truncated && request.delimiter) {
    response.next_marker = (*spelt)(std::string_view(page->last));
  }
  return response;
}

}  // namespace everseal::s3
