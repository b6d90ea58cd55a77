#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/health/event.h"
#include "sql/database.h"

namespace everseal::health {

// How many events one call looks at: a filter that few pass must not read all.
inline constexpr std::size_t kEventsLookedAt = 20'000;

struct Page {
  std::string_view operation;  // "health:DescribeEvents"
  std::optional<std::string> token;
  std::size_t size = 100;
};

// Gives `use` the events of the caller's account, the last updated first, which answers whether it
// took one, until the page is full. The token of the next page, if there is one: a page may be
// shorter than asked for although more follow. InvalidPaginationToken.
Result<std::optional<std::string>, ApiError> list_events(
    sql::Database& database, const aws::Call& call, const Page& page,
    const std::function<bool(const Event&)>& use);

}  // namespace everseal::health
