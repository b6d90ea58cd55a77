#include "services/s3/version_listing.h"

#include <limits>
#include <optional>

#include "services/s3/listing.h"

namespace everseal::s3 {
namespace {

// Behind that position of the key; all versions of later keys follow.
struct Cursor {
  std::string key{};
  std::int64_t position = std::numeric_limits<std::int64_t>::max();
};

std::optional<std::string> folder_of(const VersionQuery& query, std::string_view key) {
  if (query.delimiter.empty()) return std::nullopt;
  const auto found = key.find(query.delimiter, query.prefix.size());
  if (found == key.npos) return std::nullopt;
  return std::string(key.substr(0, found + query.delimiter.size()));
}

// Nothing: there is nothing behind.
Result<std::optional<Cursor>> first_cursor(sql::Snapshot& view, std::string_view bucket,
                                           const VersionQuery& query) {
  using Found = std::optional<Cursor>;
  if (query.after_key.empty()) return Found(Cursor{.key = query.prefix});
  if (query.after_version.empty()) {
    if (folder_of(query, query.after_key) != query.after_key) {
      return Found(Cursor{.key = query.after_key, .position = 0});
    }
    const auto behind = behind_all_of(query.after_key);
    if (!behind) return Found();
    return Found(Cursor{.key = *behind});
  }
  const auto row =
      view.one("SELECT position FROM s3_object WHERE bucket = $1 AND key = $2 AND version_id = $3",
               bucket, query.after_key, query.after_version);
  if (!row) return row.error();
  return Found(Cursor{.key = query.after_key, .position = *row ? (*row)->integer(0) : 0});
}

class Versions {
 public:
  Versions(sql::Snapshot& view, std::string_view bucket, const VersionQuery& query)
      : view_(view), bucket_(bucket), query_(query) {}

  Result<VersionPage> from(Cursor cursor) {
    cursor_ = std::move(cursor);
    while (!ended_) {
      const auto wanted = query_.most - count() + 1;
      const auto batch =
          list_versions_behind(view_, bucket_, cursor_.key, cursor_.position, wanted);
      if (!batch) return batch.error();
      jumped_ = false;
      for (const auto& version : *batch) {
        if (ended_ || jumped_) break;
        take(version);
      }
      if (static_cast<std::int64_t>(batch->size()) < wanted && !jumped_) break;
    }
    return std::move(page_);
  }

 private:
  std::int64_t count() const {
    return static_cast<std::int64_t>(page_.objects.size() + page_.folders.size());
  }

  void take(const PositionedObject& version) {
    const auto& object = version.object;
    ended_ = !object.key.starts_with(query_.prefix);
    if (!ended_ && count() == query_.most) page_.is_truncated = ended_ = true;
    if (ended_) return;
    cursor_ = {object.key, version.position};
    if (auto folder = folder_of(query_, object.key)) return step_over(*folder);
    page_.last_key = object.key;
    page_.last_version = object.version_id;
    page_.objects.push_back(object);
  }

  void step_over(const std::string& folder) {
    page_.folders.push_back(folder);
    page_.last_key = folder;
    page_.last_version.clear();
    const auto behind = behind_all_of(folder);
    jumped_ = behind.has_value();
    ended_ = !jumped_;
    if (behind) cursor_ = {.key = *behind};
  }

  sql::Snapshot& view_;
  std::string_view bucket_;
  const VersionQuery& query_;
  Cursor cursor_;
  VersionPage page_;
  bool jumped_ = false;
  bool ended_ = false;
};

}  // namespace

Result<VersionPage> list_versions(sql::Snapshot& view, std::string_view bucket,
                                  const VersionQuery& query) {
  if (query.most == 0) return VersionPage{};
  auto cursor = first_cursor(view, bucket, query);
  if (!cursor) return cursor.error();
  if (!*cursor) return VersionPage{};
  if ((*cursor)->key < query.prefix) *cursor = Cursor{.key = query.prefix};
  return Versions(view, bucket, query).from(**std::move(cursor));
}

}  // namespace everseal::s3
