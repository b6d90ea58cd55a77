#include "services/elbv2/operations/create_listener.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/listener_rules.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/rule_store.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

struct NewListener {
  Listener listener;
  std::vector<shapes::Action> actions;
};

// Whether the old one is the new one, but for its ARN. DuplicateListener: it is not.
Result<bool, ApiError> is_there_already(sql::Snapshot& view, const NewListener& made,
                                        const std::optional<Listener>& old) {
  if (!old) return false;
  const auto rule = default_rule(view, old->arn);
  if (!rule) return rule.error();
  Listener same = made.listener;
  same.arn = old->arn;
  if (same != *old || rule->actions != made.actions) {
    return listener_exists(made.listener.load_balancer_arn);
  }
  return true;
}

Result<void, ApiError> add(sql::Transaction& tx, const CertificateSource& certificates,
                           const NewListener& made, const Rule& rule, const aws::Tags& tags) {
  const std::string& balancer = made.listener.load_balancer_arn;
  const auto added = with_uses_told(tx, certificates, balancer, [&]() -> Outcome {
    if (auto put = add_listener(tx, made.listener); !put) return put;
    if (auto put = add_rule(tx, rule); !put) return put;
    return put_tags(tx, made.listener.arn, tags);
  });
  if (!added) return added.error();
  if (auto fine = check_listeners(tx, balancer); !fine) return fine;
  if (auto fine = check_load(tx, balancer); !fine) return fine;
  announce_change(tx);
  return {};
}

}  // namespace

aws::Access CreateListener::access(const Request& request, const aws::Call&) const {
  const std::string& balancer = request.load_balancer_arn;
  auto access =
      with_new_tags(access_to(database, balancer), request.tags, name, listener_arn(balancer, "*"));
  return request.protocol ? with_said(std::move(access), {}, said_in(request)) : access;
}

Result<shapes::Listeners, ApiError> CreateListener::operator()(const Request& request,
                                                               const aws::Call& call) const {
  if (auto fine = check_tags(request.tags); !fine) return fine.error();
  const SaidOfListener said = said_in(request);
  const std::string id = new_id(random), rule_id = new_id(random);
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Listeners, ApiError> {
    const auto balancer = own_load_balancer(tx, call, request.load_balancer_arn);
    if (!balancer) return balancer.error();
    Listener blank;
    blank.arn = listener_arn(balancer->arn, id);
    blank.load_balancer_arn = balancer->arn;
    auto listener = changed(tx, call, certificates, trust_stores, std::move(blank), said);
    if (!listener) return listener.error();
    auto actions = completed(tx, call, balancer->arn, listener->protocol, request.default_actions);
    if (!actions) return actions.error();
    const NewListener made{*std::move(listener), *std::move(actions)};
    const auto old = find_listener_at(tx, balancer->arn, made.listener.port);
    if (!old) return old.error();
    const auto there = is_there_already(tx, made, *old);
    if (!there) return there.error();
    if (*there) return shown_alone(tx, **old);
    const Rule rule{rule_arn(made.listener.arn, rule_id),
                    made.listener.arn,
                    default_priority,
                    {},
                    made.actions};
    const auto added = add(tx, certificates, made, rule, shapes::pairs(request.tags));
    if (!added) return added.error();
    return shown_alone(tx, made.listener);
  });
}

}  // namespace everseal::elbv2
