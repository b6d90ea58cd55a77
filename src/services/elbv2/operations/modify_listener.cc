#include "services/elbv2/operations/modify_listener.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/listener_rules.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/rule_store.h"

namespace everseal::elbv2 {
namespace {

// What it does otherwise from now on, if that is said.
Result<void, ApiError> change_default_actions(sql::Transaction& tx, const aws::Call& call,
                                              const Listener& listener,
                                              const std::vector<shapes::Action>& said) {
  auto rule = default_rule(tx, listener.arn);
  if (!rule) return rule.error();
  const auto& wanted = said.empty() ? rule->actions : said;
  auto actions = completed(tx, call, listener.load_balancer_arn, listener.protocol, wanted);
  if (!actions) return actions.error();
  rule->actions = *std::move(actions);
  if (auto kept = change_rule(tx, *rule); !kept) return kept.error();
  return said.empty() ? Result<void, ApiError>{} : check_load(tx, listener.load_balancer_arn);
}

Result<void, ApiError> check_port(sql::Snapshot& view, const Listener& listener) {
  const auto there = find_listener_at(view, listener.load_balancer_arn, listener.port);
  if (!there) return there.error();
  if (*there && (*there)->arn != listener.arn) return listener_exists(listener.load_balancer_arn);
  return {};
}

Outcome keep(sql::Transaction& tx, const CertificateSource& certificates,
             const Listener& listener) {
  return with_uses_told(tx, certificates, listener.load_balancer_arn, [&]() -> Outcome {
    if (listener.protocol == Protocol::Http) {
      if (auto gone = remove_further_certificates(tx, listener.arn); !gone) return gone;
    }
    return change_listener(tx, listener);
  });
}

}  // namespace

aws::Access ModifyListener::access(const Request& request, const aws::Call& call) const {
  aws::Access access = access_to(database, request.listener_arn);
  const auto listener = database.read(
      [&](sql::Snapshot& view) { return own_listener(view, call, request.listener_arn); });
  if (listener) return with_said(std::move(access), *listener, said_in(request));
  if (listener.error().http_status >= 500) access.fault = Fault::unavailable("the listener");
  return access;
}

Result<shapes::Listeners, ApiError> ModifyListener::operator()(const Request& request,
                                                               const aws::Call& call) const {
  const SaidOfListener said = said_in(request);
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Listeners, ApiError> {
    auto old = own_listener(tx, call, request.listener_arn);
    if (!old) return old.error();
    const auto listener = changed(tx, call, certificates, trust_stores, *std::move(old), said);
    if (!listener) return listener.error();
    if (auto free = check_port(tx, *listener); !free) return free.error();
    if (auto kept = keep(tx, certificates, *listener); !kept) return kept.error();
    const auto& balancer = listener->load_balancer_arn;
    if (auto fine = check_listeners(tx, balancer); !fine) return fine.error();
    const auto done = change_default_actions(tx, call, *listener, request.default_actions);
    if (!done) return done.error();
    announce_change(tx);
    return shown_alone(tx, *listener);
  });
}

}  // namespace everseal::elbv2
