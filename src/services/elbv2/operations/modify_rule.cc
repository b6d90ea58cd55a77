#include "services/elbv2/operations/modify_rule.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/conditions.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"

namespace everseal::elbv2 {

aws::Access ModifyRule::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.rule_arn);
}

Result<shapes::Rules, ApiError> ModifyRule::operator()(const Request& request,
                                                       const aws::Call& call) const {
  if (auto fine = check_transforms(request.transforms); !fine) return fine.error();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Rules, ApiError> {
    auto rule = own_rule(tx, call, request.rule_arn);
    if (!rule) return rule.error();
    if (rule->is_default()) return default_rule_is_fixed("modified");
    const auto listener = own_listener(tx, call, rule->listener_arn);
    if (!listener) return listener.error();
    if (!request.conditions.empty()) {
      auto conditions = completed(request.conditions);
      if (!conditions) return conditions.error();
      rule->conditions = *std::move(conditions);
    }
    const auto& said = request.actions.empty() ? rule->actions : request.actions;
    auto actions = completed(tx, call, listener->load_balancer_arn, listener->protocol, said);
    if (!actions) return actions.error();
    rule->actions = *std::move(actions);
    if (auto kept = change_rule(tx, *rule); !kept) return kept.error();
    const auto fine = check_load(tx, listener->load_balancer_arn);
    if (!fine) return fine.error();
    announce_change(tx);
    return shapes::Rules{{shown(*rule)}};
  });
}

}  // namespace everseal::elbv2
