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
#include "services/logs/enums.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// DescribeLogGroups: by name, a page at a time.
struct DescribeLogGroups {
  static constexpr std::string_view name = "DescribeLogGroups";
  struct Request {
    std::optional<std::string> log_group_name_prefix{};
    std::optional<std::string> log_group_name_pattern{};
    std::vector<std::string> log_group_identifiers{};
    std::optional<GroupClass> log_group_class{};
    std::optional<std::string> next_token{};
    std::optional<std::int64_t> limit{};
    static constexpr auto fields = std::tuple{
        aws::optional("logGroupNamePrefix", &Request::log_group_name_prefix, aws::length(1, 512),
                      aws::pattern(group_pattern)),
        aws::optional("logGroupNamePattern", &Request::log_group_name_pattern, aws::length(0, 512),
                      aws::pattern(R"([\.\-_/#A-Za-z0-9]*)")),
        aws::optional("logGroupIdentifiers", &Request::log_group_identifiers, aws::length(1, 50),
                      aws::each(aws::length(1, 2048), aws::pattern(identifier_pattern))),
        aws::optional("logGroupClass", &Request::log_group_class),
        aws::optional("nextToken", &Request::next_token, aws::length(1, 30'000)),
        aws::optional("limit", &Request::limit, aws::range(1, largest_page))};
  };
  struct LogGroup {
    std::string log_group_name;
    std::int64_t creation_time = 0;
    std::optional<std::int64_t> retention_in_days;
    std::int64_t metric_filter_count = 0;
    std::string arn;
    std::int64_t stored_bytes = 0;
    std::string log_group_class;
    std::string log_group_arn;
    static constexpr auto fields =
        std::tuple{aws::required("logGroupName", &LogGroup::log_group_name),
                   aws::required("creationTime", &LogGroup::creation_time),
                   aws::optional("retentionInDays", &LogGroup::retention_in_days),
                   aws::required("metricFilterCount", &LogGroup::metric_filter_count),
                   aws::required("arn", &LogGroup::arn),
                   aws::required("storedBytes", &LogGroup::stored_bytes),
                   aws::required("logGroupClass", &LogGroup::log_group_class),
                   aws::required("logGroupArn", &LogGroup::log_group_arn)};
  };
  struct Response {
    std::vector<LogGroup> log_groups;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("logGroups", &Response::log_groups),
                                              aws::optional("nextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterException: parameters that exclude each other; no token of this listing.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::logs
