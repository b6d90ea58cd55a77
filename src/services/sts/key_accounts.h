#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::sts {

// Whose account an access key belongs to, whether it is active or not. Given by whoever keeps
// access keys. Thread-safe.
class KeyAccounts {
 public:
  virtual ~KeyAccounts() = default;
  // Nothing: no such key.
  virtual Result<std::optional<std::string>> account_of(std::string_view access_key_id) const = 0;
};

}  // namespace everseal::sts
