#pragma once

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/events/rule_store.h"
#include "sql/database.h"

namespace everseal::events {

// Enables or disables a rule. ResourceNotFoundException.
Result<aws::Empty, ApiError> switch_rule(sql::Database& database, const aws::Call& call,
                                         const RuleName& name, RuleState state, const Clock& clock,
                                         Random& random);

}  // namespace everseal::events
