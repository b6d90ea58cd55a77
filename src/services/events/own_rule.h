#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/events/bus_store.h"
#include "services/events/names.h"
#include "services/events/rule_store.h"
#include "sql/database.h"

// What a request is about, of what belongs to its caller.
namespace everseal::events {

RuleName rule_of(const aws::Call& call, std::string_view name,
                 const std::optional<std::string>& bus_name);
// Of this rule, for policies.
aws::Access access_to(sql::Database& database, const RuleName& rule);
aws::Access access_to(sql::Database& database, const BusName& bus);

// ResourceNotFoundException: the bus is not there, or belongs to another account or region.
Result<Bus, ApiError> own_bus(sql::Snapshot& view, const aws::Call& call, const BusName& name);
// The same, but of any account: whether the caller may put events there has been asked of policies.
Result<Bus, ApiError> bus_to_put_on(sql::Snapshot& view, const aws::Call& call,
                                    const BusName& name);
// As own_bus(), or: there is no such rule on it.
Result<Rule, ApiError> own_rule(sql::Snapshot& view, const aws::Call& call, const RuleName& name);

}  // namespace everseal::events
