#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::s3 {

struct Bucket {
  enum class Versioning { Never, Enabled, Suspended };

  std::string name;
  std::string account;
  std::string region;
  Versioning versioning = Versioning::Never;
  TimePoint created_at;
};

std::string_view text_of(Bucket::Versioning versioning);  // "", "Enabled", "Suspended"

Result<std::optional<Bucket>> find_bucket(sql::Snapshot& view, std::string_view name);

// NoSuchBucket. Whoever may not do what they ask of it was not let in.
Result<Bucket, ApiError> require_bucket(sql::Snapshot& view, std::string_view name);

// At most `limit` buckets of the account whose names begin so, in order, after that one.
Result<std::vector<Bucket>> list_buckets(sql::Snapshot& view, std::string_view account,
                                         std::string_view prefix, std::string_view after,
                                         std::int64_t limit);

// Conflict: there is one of that name.
Outcome add_bucket(sql::Transaction& tx, const Bucket& bucket);

// Conflict: it is not empty.
Outcome remove_bucket(sql::Transaction& tx, std::string_view name);

Outcome set_versioning(sql::Transaction& tx, std::string_view name, Bucket::Versioning versioning);

}  // namespace everseal::s3
