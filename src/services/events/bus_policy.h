#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/arn.h"
#include "aws/policy/evaluate.h"
#include "result/result.h"
#include "services/events/bus_store.h"
#include "services/events/names.h"
#include "sql/database.h"

// The policy of a bus: who may do what with it besides those whom their own policies let, and who
// may not.
namespace everseal::events {

inline constexpr std::string_view kStatementId = R"([a-zA-Z0-9-_]+)";

// One statement, as PutPermission writes it.
struct Permission {
  struct Condition {
    std::string type;   // "StringEquals"
    std::string key;    // "aws:PrincipalOrgID"
    std::string value;  // "o-1234567890"
  };
  std::string statement_id;
  std::string principal;  // an account, or "*"
  std::optional<Condition> condition{};
};

// PolicyLengthExceededException. ValidationException: not of the policy language.
Result<std::string, ApiError> checked_policy(std::string policy);
// The policy of a bus with this statement, which takes the place of one of the same id.
Result<std::string, ApiError> with_permission(const Bus& bus, const Permission& permission);
// The policy without it; nothing: that was the last one. ResourceNotFoundException: there is none.
Result<std::optional<std::string>, ApiError> without_permission(const Bus& bus,
                                                                std::string_view statement_id);

// Whether a rule may put events there: one of the bus's own account unless the policy denies it,
// others if the policy lets their account. Broken: the policy cannot be read.
Result<bool> takes_events_of(const Bus& bus, const Arn& rule);

// What a bus says, for IAM.
struct SaidByBus {
  std::string account;                 // whose bus it is
  aws::policy::SharedPolicy policy{};  // none: it says nothing
};
// For the ARN of a bus, or of a rule on it. Nothing: it is neither, or there is no such bus.
// Broken: the policy that is stored cannot be read.
Result<std::optional<SaidByBus>> said_by_bus(sql::Database& database, std::string_view resource);

}  // namespace everseal::events
