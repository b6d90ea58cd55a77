#include "services/events/operations/put_permission.h"

#include <utility>

#include "services/events/errors.h"
#include "services/events/own_rule.h"

namespace everseal::events {
namespace {

using Request = PutPermission::Request;

bool has_parts(const Request& request) {
  return request.action || request.principal || request.statement_id || request.condition;
}

std::optional<ApiError> refuse(const Request& request) {
  if (request.policy) {
    if (!has_parts(request)) return std::nullopt;
    return invalid(
        "Parameter Policy must not be combined with Action, Principal, StatementId or Condition.");
  }
  if (!request.action) return invalid("Parameter Action must be specified.");
  if (!request.principal) return invalid("Parameter Principal must be specified.");
  if (!request.statement_id) return invalid("Parameter StatementId must be specified.");
  if (*request.action != "events:PutEvents")
    return invalid("Provided value in parameter 'action' is not supported.");
  if (!request.condition) return std::nullopt;
  if (*request.principal != "*")
    return invalid(
        "Value of the parameter 'principal' must be '*' when the parameter 'condition' is set.");
  if (request.condition->type != "StringEquals" || request.condition->key != "aws:PrincipalOrgID")
    return invalid("Parameter Condition is not valid.");
  return std::nullopt;
}

Result<std::string, ApiError> policy_of(const Bus& bus, const Request& request) {
  if (request.policy) return checked_policy(*request.policy);
  Permission permission{.statement_id = *request.statement_id, .principal = *request.principal};
  if (const auto& condition = request.condition)
    permission.condition = {condition->type, condition->key, condition->value};
  return with_permission(bus, permission);
}

}  // namespace

aws::Access PutPermission::access(const Request& request, const aws::Call& call) const {
  return access_to(database, bus_of(call, request.bus_name.value_or("")));
}

Result<aws::Empty, ApiError> PutPermission::operator()(const Request& request,
                                                       const aws::Call& call) const {
  if (auto refused = refuse(request)) return *std::move(refused);
  const auto wanted = bus_of(call, request.bus_name.value_or(""));
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    auto bus = own_bus(tx, call, wanted);
    if (!bus) return bus.error();
    auto policy = policy_of(*bus, request);
    if (!policy) return policy.error();
    bus->policy = *std::move(policy);
    if (const auto set = change_bus(tx, *bus, clock.now()); !set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::events
