#include "services/elbv2/operations/listeners.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/listener_rules.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/pages.h"
#include "services/elbv2/rule_store.h"

namespace everseal::elbv2 {
namespace {

Result<std::vector<Listener>, ApiError> named_listeners(sql::Snapshot& view, const aws::Call& call,
                                                        const std::vector<std::string>& arns) {
  std::vector<Listener> listeners;
  for (const std::string& arn : arns) {
    auto found = own_listener(view, call, arn);
    if (!found) return found.error();
    listeners.push_back(*std::move(found));
  }
  return listeners;
}

Result<std::vector<Listener>, ApiError> page_of_listeners(sql::Snapshot& view,
                                                          const aws::Call& call,
                                                          const std::string& load_balancer_arn,
                                                          const aws::Page& page) {
  const auto balancer = own_load_balancer(view, call, load_balancer_arn);
  if (!balancer) return balancer.error();
  auto listeners = list_listeners(view, balancer->arn, page.after(), page.limit());
  if (!listeners) return listeners.error();
  return *std::move(listeners);
}

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

Result<DescribeListeners::Response, ApiError> DescribeListeners::operator()(
    const Request& request, const aws::Call& call) const {
  const bool by_arn = !request.listener_arns.empty();
  if (by_arn == request.load_balancer_arn.has_value()) {
    return invalid("You must specify either listener ARNs or a load balancer ARN");
  }
  const std::string balancer = request.load_balancer_arn.value_or("");
  const auto page = page_of(name, call, balancer, request.marker, request.page_size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto listeners = by_arn ? named_listeners(view, call, request.listener_arns)
                            : page_of_listeners(view, call, balancer, *page);
    if (!listeners) return listeners.error();
    Response response;
    if (!by_arn) {
      response.next_marker = page->cut(*listeners, [](const Listener& it) { return it.arn; });
    }
    for (const Listener& listener : *listeners) {
      auto one = shown(view, listener);
      if (!one) return one.error();
      response.listeners.push_back(*std::move(one));
    }
    return response;
  });
}

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

aws::Access DeleteListener::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.listener_arn);
}

Result<shapes::Nothing, ApiError> DeleteListener::operator()(const Request& request,
                                                             const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto listener = own_listener(tx, call, request.listener_arn);
    if (!listener) return listener.error();
    const auto removed = with_uses_told(tx, certificates, listener->load_balancer_arn,
                                        [&] { return remove_listener(tx, listener->arn); });
    if (!removed) return removed.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2
