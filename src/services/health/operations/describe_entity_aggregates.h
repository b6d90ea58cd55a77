#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::health {

// DescribeEntityAggregates: how many certificates each event is about, and how they are.
struct DescribeEntityAggregates {
  static constexpr std::string_view name = "DescribeEntityAggregates";
  struct Request {
    std::vector<std::string> event_arns;
    static constexpr auto fields =
        std::tuple{aws::optional("eventArns", &Request::event_arns, aws::length(1, 50))};
  };
  struct Aggregate {
    std::string event_arn;
    std::int32_t count = 0;
    std::map<std::string, std::int32_t> statuses;
    static constexpr auto fields = std::tuple{aws::always("eventArn", &Aggregate::event_arn),
                                              aws::always("count", &Aggregate::count),
                                              aws::always("statuses", &Aggregate::statuses)};
  };
  struct Response {
    std::vector<Aggregate> entity_aggregates;
    static constexpr auto fields =
        std::tuple{aws::always("entityAggregates", &Response::entity_aggregates)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // Events that are not there are left out.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::health
