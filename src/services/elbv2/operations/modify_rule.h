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
#include "services/elbv2/rule_store.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// ModifyRule: what is given takes the place of what was.
struct ModifyRule {
  static constexpr std::string_view name = "ModifyRule";
  struct Request {
    std::string rule_arn;
    std::vector<shapes::RuleCondition> conditions;
    std::vector<shapes::Action> actions;
    std::vector<shapes::RuleTransform> transforms;
    static constexpr auto fields = std::tuple{aws::required("RuleArn", &Request::rule_arn),
                                              aws::optional("Conditions", &Request::conditions),
                                              aws::optional("Actions", &Request::actions),
                                              aws::optional("Transforms", &Request::transforms)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // RuleNotFound. OperationNotPermitted: the default rule, see ModifyListener. As CreateRule.
  Result<shapes::Rules, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
