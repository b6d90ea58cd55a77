#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "services/s3/object_store.h"

namespace everseal::s3 {

// What part of a bucket is listed.
struct ListingQuery {
  std::string prefix{};
  std::string delimiter{};  // empty: no folding
  // A key or folder: everything up to it was listed before, and of a folder all that is folded into
  // it; empty: nothing was.
  std::string after{};
  std::int64_t most = 1000;  // objects and folders together
};

// One page: objects, and "folders" that stand for all objects whose keys share the part up to the
// first delimiter after the prefix.
struct ListingPage {
  std::vector<Object> objects{};
  std::vector<std::string> folders{};
  bool is_truncated = false;
  std::string last{};  // `after` of the next page: the last key or folder of this one
};

// At most `limit` objects in the order of their keys.
using ObjectsFrom =
    std::function<Result<std::vector<Object>>(From from, std::string_view key, std::int64_t limit)>;

// Steps over folders instead of reading them.
Result<ListingPage> list_page(const ListingQuery& query, const ObjectsFrom& objects_from);

// The least text behind all that begin with `prefix`; nothing if there is none.
std::optional<std::string> behind_all_of(std::string_view prefix);

}  // namespace everseal::s3
