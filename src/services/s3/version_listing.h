#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "services/s3/object_store.h"
#include "sql/database.h"

namespace everseal::s3 {

// What part of a bucket's versions is listed. Behind a version of a key; without one, behind the
// key or folder.
struct VersionQuery {
  std::string prefix{};
  std::string delimiter{};
  std::string after_key{};
  std::string after_version{};
  std::int64_t most = 1000;
};

struct VersionPage {
  std::vector<Object> objects{};  // delete markers too
  std::vector<std::string> folders{};
  bool is_truncated = false;
  std::string last_key{};
  std::string last_version{};  // empty: the last one is a folder
};

Result<VersionPage> list_versions(sql::Snapshot& view, std::string_view bucket,
                                  const VersionQuery& query);

}  // namespace everseal::s3
