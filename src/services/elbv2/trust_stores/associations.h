#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// Which listeners use which trust store: told by who has the listeners. A trust store that is in
// use cannot be deleted; as both are asked and changed within one transaction, none slips through.
class Associations {
 public:
  virtual ~Associations() = default;
  // ARNs of what uses the store, in their order, behind `after`.
  virtual Result<std::vector<std::string>> list(sql::Snapshot& view,
                                                std::string_view trust_store_arn,
                                                std::string_view after,
                                                std::int64_t limit) const = 0;
  virtual Result<bool> has(sql::Snapshot& view, std::string_view trust_store_arn,
                           std::string_view resource_arn) const = 0;
};

}  // namespace everseal::elbv2::trust_stores
