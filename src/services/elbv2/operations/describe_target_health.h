#pragma once

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
#include "services/elbv2/reports.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeTargetHealth: of all the targets, or of those that are named.
struct DescribeTargetHealth {
  static constexpr std::string_view name = "DescribeTargetHealth";
  struct Request {
    std::string target_group_arn;
    std::vector<shapes::TargetDescription> targets;
    static constexpr auto fields =
        std::tuple{aws::required("TargetGroupArn", &Request::target_group_arn),
                   aws::optional("Targets", &Request::targets)};
  };
  struct TargetHealth {
    TargetState state = TargetState::Initial;
    std::optional<std::string> reason;
    std::optional<std::string> description;
    static constexpr auto fields =
        std::tuple{aws::required("State", &TargetHealth::state),
                   aws::optional("Reason", &TargetHealth::reason),
                   aws::optional("Description", &TargetHealth::description)};
  };
  struct Description {
    shapes::TargetDescription target;
    std::optional<std::string> health_check_port;
    TargetHealth target_health;
    static constexpr auto fields =
        std::tuple{aws::required("Target", &Description::target),
                   aws::optional("HealthCheckPort", &Description::health_check_port),
                   aws::required("TargetHealth", &Description::target_health)};
  };
  struct Response {
    std::vector<Description> target_health_descriptions;
    static constexpr auto fields =
        std::tuple{aws::always("TargetHealthDescriptions", &Response::target_health_descriptions)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // TargetGroupNotFound. One that is not registered is `unused`, Target.NotRegistered.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  const Reports* reports;  // null: nobody checks targets
};

}  // namespace everseal::elbv2
