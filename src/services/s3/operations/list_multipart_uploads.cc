#include "services/s3/operations/list_multipart_uploads.h"

#include <algorithm>

#include "services/s3/upload_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::int64_t page_size = 1000;
// Behind every id of an upload: a key marker alone leaves out all uploads of its key.
constexpr std::string_view behind_all_ids = "~";

}  // namespace

aws::Access ListMultipartUploads::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:ListBucketMultipartUploads", .resources = {bucket_arn(request.bucket)}};
}

Result<ListMultipartUploads::Response, ApiError> ListMultipartUploads::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.delimiter) return not_implemented("delimiter");
  const auto spelt = KeySpelling::of(request.encoding_type);
  if (!spelt) return spelt.error();
  const auto most = std::clamp<std::int64_t>(request.max_uploads.value_or(page_size), 1, page_size);
  const auto prefix = request.prefix.value_or("");
  const auto key = request.key_marker.value_or("");
  const auto id = request.upload_id_marker.value_or(key.empty() ? "" : std::string(behind_all_ids));
  using All = std::vector<PartedUpload>;
  const auto uploads = database.read([&](sql::Snapshot& view) -> Result<All, ApiError> {
    const auto bucket = require_bucket(view, request.bucket);
    if (!bucket) return bucket.error();
    auto found = list_uploads(view, request.bucket, prefix, key, id, most + 1);
    if (!found) return found.error();
    return *std::move(found);
  });
  if (!uploads) return uploads.error();
  Response response;
  response.bucket = request.bucket;
  response.key_marker = (*spelt)(std::string_view(key));
  response.upload_id_marker = request.upload_id_marker.value_or("");
  response.prefix = (*spelt)(std::string_view(prefix));
  response.max_uploads = most;
  response.encoding_type = request.encoding_type;
  response.is_truncated = static_cast<std::int64_t>(uploads->size()) > most;
  for (const auto& upload : *uploads) {
    if (static_cast<std::int64_t>(response.uploads.size()) == most) break;
    response.uploads.push_back({.upload_id = upload.id,
                                .key = (*spelt)(std::string_view(upload.key)),
                                .initiated = upload.created_at,
                                .storage_class = "STANDARD",
                                .owner = {call.caller.account}});
  }
  if (response.is_truncated) {
    response.next_key_marker = response.uploads.back().key;
    response.next_upload_id_marker = response.uploads.back().upload_id;
  }
  return response;
}

}  // namespace everseal::s3
