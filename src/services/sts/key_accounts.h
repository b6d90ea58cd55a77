#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::sts {

// Whose account an access key belongs to, be the key active or not; nothing: there is no such key.
// Given by whoever keeps access keys. Thread-safe.
using KeyAccounts =
    std::function<Result<std::optional<std::string>>(std::string_view access_key_id)>;

}  // namespace everseal::sts
