#include "services/s3/operations/list_object_versions.h"

#include <utility>

#include "services/s3/object_headers.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/version_listing.h"

namespace everseal::s3 {
namespace {

using Operation = ListObjectVersions;

void add(Operation::Response& response, const Object& object, const KeySpelling& spelt,
         const Owner& owner) {
  const auto key = spelt(std::string_view(object.key));
  if (object.is_delete_marker) {
    response.delete_markers.push_back(
        {key, object.version_id, object.is_latest, object.modified_at, owner});
    return;
  }
  response.versions.push_back({.key = key,
                               .version_id = object.version_id,
                               .is_latest = object.is_latest,
                               .modified_at = object.modified_at,
                               .etag = quoted_etag(object.etag),
                               .size = static_cast<std::int64_t>(object.size),
                               .storage_class = "STANDARD",
                               .owner = owner});
}

}  // namespace

aws::Access ListObjectVersions::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:ListBucketVersions",
          .resources = {bucket_arn(request.bucket)},
          .context = {{"s3:prefix", {request.prefix.value_or("")}},
                      {"s3:delimiter", {request.delimiter.value_or("")}}}};
}

Result<ListObjectVersions::Response, ApiError> ListObjectVersions::operator()(
    const Request& request, const aws::Call& call) const {
  const auto spelt = KeySpelling::of(request.encoding_type);
  if (!spelt) return spelt.error();
  const auto most = most_keys(request.max_keys);
  if (!most) return most.error();
  if (request.version_id_marker && !request.key_marker) {
    return invalid_argument("version-id-marker", *request.version_id_marker,
                            "A version-id marker cannot be specified without a key marker.");
  }
  const VersionQuery query{.prefix = request.prefix.value_or(""),
                           .delimiter = request.delimiter.value_or(""),
                           .after_key = request.key_marker.value_or(""),
                           .after_version = request.version_id_marker.value_or(""),
                           .most = *most};
  const auto page = database.read([&](sql::Snapshot& view) -> Result<VersionPage, ApiError> {
    const auto bucket = require_bucket(view, request.bucket);
    if (!bucket) return bucket.error();
    auto found = list_versions(view, request.bucket, query);
    if (!found) return found.error();
    return *std::move(found);
  });
  if (!page) return page.error();
  Response response;
  response.name = request.bucket;
  response.prefix = (*spelt)(std::string_view(query.prefix));
  response.key_marker = (*spelt)(std::string_view(query.after_key));
  response.version_id_marker = query.after_version;
  response.delimiter = (*spelt)(request.delimiter);
  response.max_keys = *most;
  response.is_truncated = page->is_truncated;
  response.encoding_type = request.encoding_type;
  for (const auto& object : page->objects) add(response, object, *spelt, {call.caller.account});
  response.common_prefixes = spelt->folders(page->folders);
  if (page->is_truncated) {
    response.next_key_marker = (*spelt)(std::string_view(page->last_key));
    if (!page->last_version.empty()) response.next_version_id_marker = page->last_version;
  }
  return response;
}

}  // namespace everseal::s3
