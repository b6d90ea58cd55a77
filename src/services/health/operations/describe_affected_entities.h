#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/health/event_filter.h"
#include "sql/database.h"

namespace everseal::health {

// DescribeAffectedEntities: the certificates that events are about. Each event is about one.
struct DescribeAffectedEntities {
  static constexpr std::string_view name = "DescribeAffectedEntities";
  struct Filter {
    std::vector<std::string> event_arns, entity_arns, entity_values;
    std::vector<DateTimeRange> last_updated_times;
    std::vector<std::map<std::string, std::string>> tags;
    std::vector<EntityStatus> status_codes;
    static constexpr auto fields = std::tuple{
        aws::required("eventArns", &Filter::event_arns, aws::length(1, 10)),
        aws::optional("entityArns", &Filter::entity_arns, aws::length(1, 100)),
        aws::optional("entityValues", &Filter::entity_values, aws::length(1, 100)),
        aws::optional("lastUpdatedTimes", &Filter::last_updated_times, aws::length(1, 10)),
        aws::optional("tags", &Filter::tags),
        aws::optional("statusCodes", &Filter::status_codes, aws::length(1, 3))};
  };
  struct Request {
    Filter filter;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> max_results;
    std::optional<std::string> locale;
    static constexpr auto fields =
        std::tuple{aws::required("filter", &Request::filter),
                   aws::optional("nextToken", &Request::next_token, aws::length(4, 10'000)),
                   aws::optional("maxResults", &Request::max_results, aws::range(1, 100)),
                   aws::optional("locale", &Request::locale, aws::length(2, 256))};
  };
  struct Entity {
    std::string entity_arn, event_arn, entity_value, aws_account_id;
    TimePoint last_updated_time;
    EntityStatus status_code{};
    static constexpr auto fields =
        std::tuple{aws::always("entityArn", &Entity::entity_arn),
                   aws::always("eventArn", &Entity::event_arn),
                   aws::always("entityValue", &Entity::entity_value),
                   aws::always("awsAccountId", &Entity::aws_account_id),
                   aws::always("lastUpdatedTime", &Entity::last_updated_time),
                   aws::always("statusCode", &Entity::status_code)};
  };
  struct Response {
    std::vector<Entity> entities;
    static constexpr auto fields = std::tuple{aws::always("entities", &Response::entities)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // UnsupportedLocale. InvalidPaginationToken: ten events never fill a page, so any token is wrong.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::health
