#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/health/event_filter.h"
#include "services/health/shapes.h"
#include "sql/database.h"

namespace everseal::health {

// DescribeEvents: the events of the caller's account in all regions, the last updated first.
struct DescribeEvents {
  static constexpr std::string_view name = "DescribeEvents";
  struct Request {
    std::optional<EventFilter> filter{};
    std::optional<std::string> next_token{};
    std::optional<std::int32_t> max_results{};
    std::optional<std::string> locale{};
    static constexpr auto fields =
        std::tuple{aws::optional("filter", &Request::filter),
                   aws::optional("nextToken", &Request::next_token, aws::length(4, 10'000)),
                   aws::optional("maxResults", &Request::max_results, aws::range(1, 100)),
                   aws::optional("locale", &Request::locale, aws::length(2, 256))};
  };
  struct Response {
    std::vector<EventShape> events;
    std::optional<std::string> next_token{};
    static constexpr auto fields = std::tuple{aws::always("events", &Response::events),
                                              aws::optional("nextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // UnsupportedLocale, InvalidPaginationToken.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::health
