#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// PutRetentionPolicy: older events are shown no more, and erased within hours.
struct PutRetentionPolicy {
  static constexpr std::string_view name = "PutRetentionPolicy";
  struct Request {
    std::string log_group_name;
    std::int64_t retention_in_days = 0;
    static constexpr auto fields =
        std::tuple{group_field(&Request::log_group_name),
                   aws::required("retentionInDays", &Request::retention_in_days)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterException: no number of days that AWS has. ResourceNotFoundException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::logs
