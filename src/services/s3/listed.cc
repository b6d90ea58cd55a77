#include "services/s3/listed.h"

#include <algorithm>
#include <utility>

#include "encoding/percent.h"
#include "services/s3/object_headers.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::int64_t page_size = 1000;

}  // namespace

Result<KeySpelling, ApiError> KeySpelling::of(const std::optional<std::string>& encoding_type) {
  KeySpelling spelling;
  if (encoding_type && *encoding_type != "url") {
    return invalid_argument("encoding-type", *encoding_type,
                            "Invalid Encoding Method specified in Request");
  }
  spelling.encodes_ = encoding_type.has_value();
  return spelling;
}

std::string KeySpelling::operator()(std::string_view key) const {
  return encodes_ ? encoding::percent_encode_path(key) : std::string(key);
}

std::optional<std::string> KeySpelling::operator()(const std::optional<std::string>& text) const {
  if (!text) return std::nullopt;
  return (*this)(std::string_view(*text));
}

std::vector<Listed> KeySpelling::listed(const std::vector<Object>& objects,
                                        const std::optional<Owner>& owner) const {
  std::vector<Listed> all;
  all.reserve(objects.size());
  for (const auto& object : objects) {
    Listed listed{.key = (*this)(std::string_view(object.key)),
                  .modified_at = object.modified_at,
                  .etag = quoted_etag(object.etag),
                  .checksum_algorithm = {},
                  .checksum_type = {},
                  .size = static_cast<std::int64_t>(object.size),
                  .storage_class = "STANDARD",
                  .owner = owner};
    if (!object.checksum_algorithm.empty()) {
      listed.checksum_algorithm = {object.checksum_algorithm};
      listed.checksum_type = object.checksum_type;
    }
    all.push_back(std::move(listed));
  }
  return all;
}

std::vector<Folder> KeySpelling::folders(const std::vector<std::string>& folders) const {
  std::vector<Folder> all;
  for (const auto& folder : folders) all.push_back({(*this)(std::string_view(folder))});
  return all;
}

Result<std::int64_t, ApiError> most_keys(const std::optional<std::int64_t>& max_keys) {
  const auto most = max_keys.value_or(page_size);
  if (most < 0) {
    return invalid_argument("maxKeys", std::to_string(most),
                            "Argument maxKeys must be an integer between 0 and 2147483647");
  }
  return std::min(most, page_size);
}

Result<ListingPage, ApiError> list_bucket(sql::Database& database, const std::string& bucket,
                                          const ListingQuery& query) {
  return database.read([&](sql::Snapshot& view) -> Result<ListingPage, ApiError> {
    const auto found = require_bucket(view, bucket);
    if (!found) return found.error();
    auto page = list_page(query, [&](From from, std::string_view key, std::int64_t limit) {
      return list_objects(view, bucket, from, key, limit);
    });
    if (!page) return page.error();
    return *std::move(page);
  });
}

}  // namespace everseal::s3
