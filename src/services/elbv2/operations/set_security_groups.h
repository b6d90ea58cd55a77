#pragma once

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

namespace everseal::elbv2 {

// SetSecurityGroups: instead of those before.
struct SetSecurityGroups {
  static constexpr std::string_view name = "SetSecurityGroups";
  struct Request {
    std::string load_balancer_arn;
    std::vector<std::string> security_groups;
    static constexpr auto fields =
        std::tuple{aws::required("LoadBalancerArn", &Request::load_balancer_arn),
                   aws::required("SecurityGroups", &Request::security_groups)};
  };
  struct Response {
    std::vector<std::string> security_group_ids;
    static constexpr auto fields =
        std::tuple{aws::always("SecurityGroupIds", &Response::security_group_ids)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // LoadBalancerNotFound. InvalidConfigurationRequest: none.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
