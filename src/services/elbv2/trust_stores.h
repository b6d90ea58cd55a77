#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// Trust stores, as listeners and tags want them. Given by who keeps them. Thread-safe. All of it
// happens in the transaction of who asks.
class TrustStores {
 public:
  enum class Status { Absent, Creating, Active };

  virtual ~TrustStores() = default;
  virtual Result<Status> status(sql::Snapshot& view, std::string_view arn) const = 0;

  // Of one that is there. Refused: a tag that means something to the store.
  virtual Result<aws::Tags> tags(sql::Snapshot& view, std::string_view arn) const = 0;
  virtual Result<void, ApiError> put_tags(sql::Transaction& tx, std::string_view arn,
                                          const aws::Tags& tags) const = 0;
  virtual Result<void, ApiError> remove_tags(sql::Transaction& tx, std::string_view arn,
                                             const std::vector<std::string>& keys) const = 0;
};

}  // namespace everseal::elbv2
