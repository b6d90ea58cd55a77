#include "services/elbv2/operations/create_rule.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/conditions.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> add_new(sql::Transaction& tx, const Listener& listener, const Rule& rule,
                               const aws::Tags& tags) {
  const auto there = count_rules(tx, listener.load_balancer_arn);
  if (!there) return there.error();
  if (*there >= limits::rules) return too_many_rules();
  const auto added = add_rule(tx, rule);
  if (!added && added.error().kind == Fault::Kind::Conflict) return priority_taken(rule.priority);
  if (!added) return added.error();
  if (auto tagged = put_tags(tx, rule.arn, tags); !tagged) return tagged.error();
  announce_change(tx);
  return check_load(tx, listener.load_balancer_arn);
}

}  // namespace

aws::Access CreateRule::access(const Request& request, const aws::Call&) const {
  const std::string& listener = request.listener_arn;
  return with_new_tags(access_to(database, listener), request.tags, name, rule_arn(listener, "*"));
}

Result<shapes::Rules, ApiError> CreateRule::operator()(const Request& request,
                                                       const aws::Call& call) const {
  if (auto fine = check_tags(request.tags); !fine) return fine.error();
  if (auto fine = check_transforms(request.transforms); !fine) return fine.error();
  auto conditions = completed(request.conditions);
  if (!conditions) return conditions.error();
  const std::string id = new_id(random);
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Rules, ApiError> {
    const auto listener = own_listener(tx, call, request.listener_arn);
    if (!listener) return listener.error();
    auto actions =
        completed(tx, call, listener->load_balancer_arn, listener->protocol, request.actions);
    if (!actions) return actions.error();
    const Rule rule{rule_arn(listener->arn, id), listener->arn, request.priority, *conditions,
                    *std::move(actions)};
    const auto added = add_new(tx, *listener, rule, shapes::pairs(request.tags));
    if (!added) return added.error();
    return shapes::Rules{{shown(rule)}};
  });
}

}  // namespace everseal::elbv2
