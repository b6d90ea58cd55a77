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
#include "sql/database.h"

namespace everseal::health {

enum class EventAggregateField { EventTypeCategory };

// DescribeEventAggregates: how many events there are of each category.
struct DescribeEventAggregates {
  static constexpr std::string_view name = "DescribeEventAggregates";
  struct Request {
    std::optional<EventFilter> filter{};
    EventAggregateField aggregate_field{};
    std::optional<std::int32_t> max_results{};
    std::optional<std::string> next_token{};
    static constexpr auto fields =
        std::tuple{aws::optional("filter", &Request::filter),
                   aws::required("aggregateField", &Request::aggregate_field),
                   aws::optional("maxResults", &Request::max_results, aws::range(10, 100)),
                   aws::optional("nextToken", &Request::next_token, aws::length(4, 10'000))};
  };
  struct Aggregate {
    std::string aggregate_value;
    std::int64_t count = 0;
    static constexpr auto fields =
        std::tuple{aws::always("aggregateValue", &Aggregate::aggregate_value),
                   aws::always("count", &Aggregate::count)};
  };
  struct Response {
    std::vector<Aggregate> event_aggregates;
    static constexpr auto fields =
        std::tuple{aws::always("eventAggregates", &Response::event_aggregates)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidPaginationToken: there is one page only.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::health

namespace everseal::aws {
template <>
inline constexpr auto names_of<health::EventAggregateField> =
    std::to_array<EnumName<health::EventAggregateField>>({
        {health::EventAggregateField::EventTypeCategory, "eventTypeCategory"},
    });
}  // namespace everseal::aws
