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
#include "services/elbv2/rule_store.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

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
  Result<shapes::Rules, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
