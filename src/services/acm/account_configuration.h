#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::acm {

struct ExpiryEvents {
  std::optional<std::int32_t> days_before_expiry;
  static constexpr auto fields =
      std::tuple{aws::optional("DaysBeforeExpiry", &ExpiryEvents::days_before_expiry,
                               aws::range(1, std::numeric_limits<std::int32_t>::max()))};
};

// What an account chose for one region.
struct AccountChoice {
  std::string account;
  std::string region;
  std::int32_t days_before_expiry = 0;
  std::string token;
  TimePoint token_expires_at;
};

// Nothing: it never chose.
Result<std::optional<std::int32_t>> days_before_expiry(sql::Snapshot& view,
                                                       std::string_view account,
                                                       std::string_view region);

// Unless the choice before was made with the same token, and that has not expired.
Outcome put_days_before_expiry(sql::Transaction& tx, const AccountChoice& choice, TimePoint now);

}  // namespace everseal::acm
