#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "random/random.h"
#include "result/result.h"
#include "services/elbv2/rule_store.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// CreateRule: what a listener does with requests that fit, before all rules of higher numbers.
struct CreateRule {
  static constexpr std::string_view name = "CreateRule";
  struct Request {
    std::string listener_arn;
    std::vector<shapes::RuleCondition> conditions;
    std::int64_t priority = 0;
    std::vector<shapes::Action> actions;
    std::vector<shapes::Tag> tags;
    std::vector<shapes::RuleTransform> transforms;
    static constexpr auto fields =
        std::tuple{aws::required("ListenerArn", &Request::listener_arn),
                   aws::required("Conditions", &Request::conditions),
                   aws::required("Priority", &Request::priority, aws::range(1, 50000)),
                   aws::required("Actions", &Request::actions),
                   aws::optional("Tags", &Request::tags, shapes::tag_count),
                   aws::optional("Transforms", &Request::transforms)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ListenerNotFound. PriorityInUse. TooManyRules: the load balancer has 100. ValidationError:
  // transforms; and all that `completed` says of conditions and actions.
  Result<shapes::Rules, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Random& random;
};

}  // namespace everseal::elbv2
