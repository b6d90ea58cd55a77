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
#include "random/random.h"
#include "result/result.h"
#include "services/elbv2/rule_store.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

struct RulesAnswer {
  std::vector<shapes::Rule> rules;
  static constexpr auto fields = std::tuple{aws::always("Rules", &RulesAnswer::rules)};
};

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
  Result<RulesAnswer, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Random& random;
};

// DescribeRules: those that are named, or all of a listener by priority, the default one last, in
// pages.
struct DescribeRules {
  static constexpr std::string_view name = "DescribeRules";
  struct Request {
    std::optional<std::string> listener_arn;
    std::vector<std::string> rule_arns;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields = std::tuple{
        aws::optional("ListenerArn", &Request::listener_arn),
        aws::optional("RuleArns", &Request::rule_arns), aws::optional("Marker", &Request::marker),
        aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Response {
    std::vector<shapes::Rule> rules;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Rules", &Response::rules),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ListenerNotFound, RuleNotFound. ValidationError: not one way to choose, or the marker is not
  // one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

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
  Result<RulesAnswer, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

// DeleteRule.
struct DeleteRule {
  static constexpr std::string_view name = "DeleteRule";
  struct Request {
    std::string rule_arn;
    static constexpr auto fields = std::tuple{aws::required("RuleArn", &Request::rule_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // RuleNotFound. OperationNotPermitted: the default rule.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

// SetRulePriorities: in one step, so that rules can change places.
struct SetRulePriorities {
  static constexpr std::string_view name = "SetRulePriorities";
  struct Pair {
    std::optional<std::string> rule_arn;
    std::optional<std::int64_t> priority;
    static constexpr auto fields =
        std::tuple{aws::optional("RuleArn", &Pair::rule_arn),
                   aws::optional("Priority", &Pair::priority, aws::range(1, 50000))};
  };
  struct Request {
    std::vector<Pair> rule_priorities;
    static constexpr auto fields =
        std::tuple{aws::required("RulePriorities", &Request::rule_priorities)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // All or none. RuleNotFound. PriorityInUse: another rule of the listener has it.
  // OperationNotPermitted: the default rule. ValidationError: a pair is not whole.
  Result<RulesAnswer, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
