#include "services/events/errors.h"

#include <utility>

namespace everseal::events {
namespace {

ApiError not_found(std::string message) {
  return {"ResourceNotFoundException", 400, std::move(message)};
}

ApiError exists(const std::string& kind, std::string_view name) {
  return {"ResourceAlreadyExistsException", 400,
          kind + " " + std::string(name) + " already exists."};
}

}  // namespace

ApiError no_such_bus(const BusName& bus) {
  return not_found("Event bus " + bus.name + " does not exist.");
}

ApiError no_such_rule(const RuleName& rule) {
  return not_found("Rule " + rule.name + " does not exist on EventBus " + rule.bus.name + ".");
}

ApiError no_such_archive(std::string_view name) {
  return not_found("Archive " + std::string(name) + " does not exist.");
}

ApiError no_such_replay(std::string_view name) {
  return not_found("Replay " + std::string(name) + " does not exist.");
}

ApiError no_such_resource(std::string_view arn) {
  return not_found("Resource " + std::string(arn) + " does not exist.");
}

ApiError no_policy() { return not_found("EventBus does not have a policy."); }

ApiError no_such_statement() { return not_found("Statement with the provided id does not exist."); }

ApiError bus_exists(std::string_view name) { return exists("Event bus", name); }

ApiError archive_exists(std::string_view name) { return exists("Archive", name); }

ApiError replay_exists(std::string_view name) { return exists("Replay", name); }

ApiError over_limit() {
  return {"LimitExceededException", 400,
          "The requested resource exceeds the maximum number allowed."};
}

ApiError policy_too_long() {
  return {"PolicyLengthExceededException", 400,
          "The event bus policy is longer than 10240 characters."};
}

ApiError invalid_pattern(std::string_view reason) {
  return {"InvalidEventPatternException", 400,
          "Event pattern is not valid. Reason: " + std::string(reason)};
}

ApiError replay_is_over(std::string_view name) {
  return {"IllegalStatusException", 400,
          "Replay " + std::string(name) + " is not in a valid state for this operation."};
}

ApiError invalid(std::string message) { return {"ValidationException", 400, std::move(message)}; }

ApiError invalid_parameter(std::string_view member, std::string_view reason) {
  return invalid("Parameter " + std::string(member) +
                 " is not valid. Reason: " + std::string(reason));
}

ApiError too_many_filters(std::string_view operation) {
  return invalid("At most one filter is allowed for " + std::string(operation) +
                 ". Use either : State, EventSourceArn, or NamePrefix.");
}

ApiError bad_token() { return invalid("The NextToken is not one of this list."); }

}  // namespace everseal::events
