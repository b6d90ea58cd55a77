#include "services/s3/object_headers.h"

#include <algorithm>

#include "clock/time_text.h"

namespace everseal::s3 {

std::string quoted_etag(std::string_view etag) { return '"' + std::string(etag) + '"'; }

HeaderMap written_headers(const Object& object, Bucket::Versioning versioning) {
  HeaderMap headers{{"ETag", quoted_etag(object.etag)}, {"x-amz-server-side-encryption", "AES256"}};
  if (versioning != Bucket::Versioning::Never) headers["x-amz-version-id"] = object.version_id;
  return headers;
}

HeaderMap read_headers(const Object& object, Bucket::Versioning versioning) {
  auto headers = written_headers(object, versioning);
  headers.insert(object.headers.begin(), object.headers.end());
  headers["Accept-Ranges"] = "bytes";
  headers["Last-Modified"] = to_http_date(object.modified_at);
  if (!object.tagging.empty()) {
    const auto tags = std::ranges::count(object.tagging, '&') + 1;
    headers["x-amz-tagging-count"] = std::to_string(tags);
  }
  return headers;
}

void add_checksum(HeaderMap& headers, const Object& object) {
  const auto algorithm = checksum_algorithm(object.checksum_algorithm);
  if (!algorithm || object.checksum.empty()) return;
  headers[std::string(header_of(*algorithm))] = object.checksum;
  headers["x-amz-checksum-type"] = object.checksum_type;
}

}  // namespace everseal::s3
