#include "services/events/operations/put_targets.h"

#include <utility>

#include "services/events/errors.h"
#include "services/events/input.h"
#include "services/events/own_rule.h"
#include "services/events/settings.h"
#include "services/events/target_store.h"

namespace everseal::events {
namespace {

std::string about(const std::string& id, const std::string& what) {
  return "Parameter " + what + " is not valid for target " + id + ".";
}

std::optional<ApiError> refuse_queue(const shapes::Target& target, const DeadLetterQueues* queues) {
  const auto& config = target.dead_letter_config;
  if (!config || !config->arn) return std::nullopt;
  if (queues != nullptr && queues->takes(*config->arn)) return std::nullopt;
  return invalid(about(target.id, "DeadLetterConfig.Arn") +
                 " Reason: Provided Arn is not that of a queue.");
}

std::optional<ApiError> refuse(const shapes::Target& target, const Targets& kinds) {
  const auto arn = Arn::parse(target.arn);
  if (!arn)
    return invalid(about(target.id, "Arn") + " Reason: Provided Arn is not in correct format.");
  const auto* kind = kinds.find(target.arn);
  if (kind == nullptr)
    return invalid(about(target.id, "Arn") + " Reason: Targets of " + std::string(arn->service()) +
                   " are not supported by Everseal.");
  const bool has_input = target.input || target.input_path || target.input_transformer;
  if (has_input && !kind->takes_input())
    return invalid("Input, InputPath and InputTransformer are not supported for target " +
                   target.id + ".");
  if (auto sentence = refuse_input(target)) return invalid(*std::move(sentence));
  return std::nullopt;
}

}  // namespace

aws::Access PutTargets::access(const Request& request, const aws::Call& call) const {
  auto access = access_to(database, rule_of(call, request.rule, request.event_bus_name));
  std::vector<std::string> arns;
  for (const auto& target : request.targets) arns.push_back(target.arn);
  access.context.push_back({"events:TargetArn", std::move(arns)});
  return access;
}

Result<PutTargets::Response, ApiError> PutTargets::operator()(const Request& request,
                                                              const aws::Call& call) const {
  for (const auto& target : request.targets) {
    if (auto refused = refuse(target, kinds)) return *std::move(refused);
    if (auto refused = refuse_queue(target, dead_letters)) return *std::move(refused);
  }
  const auto name_of_rule = rule_of(call, request.rule, request.event_bus_name);
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto rule = own_rule(tx, call, name_of_rule);
    if (!rule) return rule.error();
    for (const auto& target : request.targets) {
      if (const auto put = put_target(tx, rule->id, target); !put) return put.error();
    }
    const auto targets = count_targets(tx, rule->id);
    if (!targets) return targets.error();
    if (*targets > kMostTargets) return over_limit();
    const auto noted = note_change(tx, name_of_rule.bus, clock.now(), random);
    if (!noted) return noted.error();
    return Response{};
  });
}

}  // namespace everseal::events
