#include "services/s3/operations/get_object_attributes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "clock/time_text.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {
namespace {

using Response = GetObjectAttributes::Response;
using Part = GetObjectAttributes::Part;
using Parts = GetObjectAttributes::Parts;

constexpr std::int64_t page_size = 1000;
constexpr std::array<std::string_view, 5> attributes{"ETag", "Checksum", "ObjectParts",
                                                     "StorageClass", "ObjectSize"};
constexpr std::string_view wanted_header = "x-amz-object-attributes";

std::string header(const HeaderMap& headers, std::string_view name) {
  const auto found = headers.find(std::string(name));
  return found == headers.end() ? std::string() : found->second;
}

Result<std::set<std::string, std::less<>>, ApiError> wanted_in(const HeaderMap& headers) {
  std::set<std::string, std::less<>> wanted;
  const auto text = header(headers, wanted_header);
  std::string_view rest = text;
  while (!rest.empty()) {
    auto piece = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
    piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
    if (std::ranges::find(attributes, piece) == attributes.end()) {
      return invalid_argument(wanted_header, piece, "Invalid attribute name specified.");
    }
    wanted.emplace(piece);
  }
  if (wanted.empty()) {
    return invalid_argument(wanted_header, text, "No attribute name is specified.");
  }
  return wanted;
}

Result<std::int64_t, ApiError> number_in(const HeaderMap& headers, std::string_view name,
                                         std::int64_t otherwise) {
  const auto text = header(headers, name);
  if (text.empty()) return otherwise;
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end || number < 0) {
    return invalid_argument(name, text, "Provided " + std::string(name) + " is not a number");
  }
  return number;
}

template <class T>
void set_checksum(T& into, ChecksumAlgorithm algorithm, const std::string& value) {
  switch (algorithm) {
    case ChecksumAlgorithm::Crc32:
      into.crc32 = value;
      break;
    case ChecksumAlgorithm::Crc32c:
      into.crc32c = value;
      break;
    case ChecksumAlgorithm::Crc64Nvme:
      into.crc64nvme = value;
      break;
    case ChecksumAlgorithm::Sha1:
      into.sha1 = value;
      break;
    case ChecksumAlgorithm::Sha256:
      into.sha256 = value;
      break;
  }
}

std::optional<GetObjectAttributes::Checksums> checksum_of(const Object& object) {
  const auto algorithm = checksum_algorithm(object.checksum_algorithm);
  if (!algorithm || object.checksum.empty()) return std::nullopt;
  GetObjectAttributes::Checksums checksum{.type = object.checksum_type};
  set_checksum(checksum, *algorithm, object.checksum);
  return checksum;
}

Part described(const FileRow& file, std::int64_t number, const Object& object) {
  Part part{.part_number = number, .size = static_cast<std::int64_t>(file.size)};
  const auto algorithm = checksum_algorithm(object.checksum_algorithm);
  if (algorithm && !file.checksum.empty()) set_checksum(part, *algorithm, file.checksum);
  return part;
}

// A page of the parts, which are numbered without gaps once they are an object.
Result<Parts, ApiError> parts_of(const Seen& seen, const HeaderMap& headers) {
  const auto after = number_in(headers, "x-amz-part-number-marker", 0);
  if (!after) return after.error();
  const auto most = number_in(headers, "x-amz-max-parts", page_size);
  if (!most) return most.error();
  Parts parts{.count = seen.object.part_count,
              .part_number_marker = *after,
              .max_parts = std::min(*most, page_size)};
  const auto all = static_cast<std::int64_t>(seen.files.size());
  const auto begin = std::min(*after, all);
  const auto end = std::min(all, begin + parts.max_parts);
  for (auto i = begin; i < end; ++i) {
    parts.parts.push_back(described(seen.files[static_cast<std::size_t>(i)], i + 1, seen.object));
  }
  parts.is_truncated = end < all;
  if (parts.is_truncated) parts.next_part_number_marker = end;
  return parts;
}

HeaderMap headers_of(const Seen& seen) {
  HeaderMap headers{{"Last-Modified", to_http_date(seen.object.modified_at)}};
  if (seen.bucket.versioning != Bucket::Versioning::Never) {
    headers["x-amz-version-id"] = seen.object.version_id;
  }
  return headers;
}

}  // namespace

aws::Access GetObjectAttributes::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:GetObjectVersionAttributes" : "s3:GetObjectAttributes",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<Response, ApiError> GetObjectAttributes::operator()(const Request& request,
                                                           const aws::Call& call) const {
  const auto wanted = wanted_in(request.headers);
  if (!wanted) return wanted.error();
  const auto denied =
      authorizer.authorize(call, request.version_id ? "s3:GetObjectVersion" : "s3:GetObject",
                           aws::on(object_arn(request.bucket, request.key)));
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDenied", 403, (*denied)->message);
  const auto seen = see(database, request.bucket, request.key, request.version_id);
  if (!seen) return as_told(seen.error(), authorizer, call, request.bucket);
  Response response{.headers = headers_of(*seen)};
  if (wanted->contains("ETag")) response.etag = seen->object.etag;
  if (wanted->contains("Checksum")) response.checksum = checksum_of(seen->object);
  if (wanted->contains("StorageClass")) response.storage_class = "STANDARD";
  if (wanted->contains("ObjectSize")) {
    response.size = static_cast<std::int64_t>(seen->object.size);
  }
  if (wanted->contains("ObjectParts") && seen->object.part_count > 0) {
    auto parts = parts_of(*seen, request.headers);
    if (!parts) return parts.error();
    response.parts = *std::move(parts);
  }
  return response;
}

}  // namespace everseal::s3
