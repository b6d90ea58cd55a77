#include "services/s3/object_reader.h"

#include <span>
#include <utility>
#include <vector>

#include "services/s3/object_store.h"
#include "services/s3/reading.h"

namespace everseal::s3 {
namespace {

constexpr int most_attempts = 5;  // against a writer that always comes between

struct Found {
  Object object;
  std::vector<FileRow> files;
};

Result<std::optional<Found>> find(sql::Snapshot& view, std::string_view bucket,
                                  std::string_view key,
                                  const std::optional<std::string>& version_id) {
  auto object = find_object(view, bucket, key, version_id);
  if (!object) return object.error();
  if (!*object || (*object)->is_delete_marker) return std::optional<Found>();
  auto files = files_of(view, (*object)->id);
  if (!files) return files.error();
  return std::optional(Found{**std::move(object), *std::move(files)});
}

OpenObject opened(const Object& object, std::unique_ptr<http::BodySource> octets) {
  const auto type = object.headers.find("content-type");
  return {.size = object.size,
          .etag = object.etag,
          .modified_at = object.modified_at,
          .content_type = type != object.headers.end() ? type->second : std::string(),
          .headers = object.headers,
          .acl = object.acl,
          .octets = std::move(octets)};
}

}  // namespace

Result<std::optional<OpenObject>> ObjectReader::open(
    std::string_view bucket, std::string_view key,
    const std::optional<std::string>& version_id) const {
  for (int attempt = 1;; ++attempt) {
    const auto found =
        database_.read([&](sql::Snapshot& view) { return find(view, bucket, key, version_id); });
    if (!found) return found.error();
    if (!*found) return std::optional<OpenObject>();
    auto octets = files_.read(segments_of((*found)->files), 0, (*found)->object.size);
    if (octets) return std::optional(opened((*found)->object, *std::move(octets)));
    // It was replaced after its row was read: the next one is the answer.
    const bool is_gone = octets.error().kind == Fault::Kind::Conflict;
    if (!is_gone || attempt == most_attempts) return Fault::broken(octets.error().cause);
  }
}

Result<Bytes> read_all(const OpenObject& object) {
  Bytes all(object.size);
  std::size_t filled = 0;
  while (filled < all.size()) {
    const auto size = object.octets->read(std::span(all).subspan(filled));
    if (!size) return size.error();
    if (*size == 0) return Fault::broken("an object ends before its length");
    filled += *size;
  }
  return all;
}

}  // namespace everseal::s3
