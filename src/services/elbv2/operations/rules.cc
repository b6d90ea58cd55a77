#include "services/elbv2/operations/rules.h"

#include <charconv>
#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/conditions.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/pages.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

ApiError default_rule_is_fixed(std::string_view what) {
  return not_permitted("Default rule cannot be " + std::string(what));
}

Result<void, ApiError> check_transforms(const std::vector<shapes::RuleTransform>& transforms) {
  if (transforms.empty()) return {};
  return invalid("Transforms are not supported by Everseal");
}

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

Result<std::vector<Rule>, ApiError> named_rules(sql::Snapshot& view, const aws::Call& call,
                                                const std::vector<std::string>& arns) {
  std::vector<Rule> rules;
  for (const std::string& arn : arns) {
    auto found = own_rule(view, call, arn);
    if (!found) return found.error();
    rules.push_back(*std::move(found));
  }
  return rules;
}

// Nothing else stands in a marker; whoever forges one begins at the beginning.
std::int64_t priority_in(const std::string& key) {
  std::int64_t priority = 0;
  std::from_chars(key.data(), key.data() + key.size(), priority);
  return priority;
}

Result<std::vector<Rule>, ApiError> page_of_rules(sql::Snapshot& view, const aws::Call& call,
                                                  const std::string& listener_arn,
                                                  const aws::Page& page) {
  const auto listener = own_listener(view, call, listener_arn);
  if (!listener) return listener.error();
  auto rules = list_rules(view, listener->arn, priority_in(page.after()), page.limit());
  if (!rules) return rules.error();
  return *std::move(rules);
}

// The rules that are to have other priorities, with these.
Result<std::vector<Rule>, ApiError> moved_rules(sql::Snapshot& view, const aws::Call& call,
                                                const SetRulePriorities::Request& request) {
  if (request.rule_priorities.empty()) return invalid("A rule priority must be specified");
  std::vector<Rule> rules;
  for (const auto& [arn, priority] : request.rule_priorities) {
    if (!arn || !priority) return invalid("A rule ARN and a priority must be specified");
    auto rule = own_rule(view, call, *arn);
    if (!rule) return rule.error();
    if (rule->is_default()) return default_rule_is_fixed("given a priority");
    rule->priority = *priority;
    rules.push_back(*std::move(rule));
  }
  return rules;
}

// First all out of the way, so that rules can change places.
Result<void, ApiError> move(sql::Transaction& tx, const std::vector<Rule>& rules) {
  std::int64_t aside = 0;
  for (const Rule& rule : rules) {
    if (auto moved = change_priority(tx, rule.arn, --aside); !moved) return moved.error();
  }
  for (const Rule& rule : rules) {
    const auto moved = change_priority(tx, rule.arn, rule.priority);
    if (moved) continue;
    if (moved.error().kind == Fault::Kind::Conflict) return priority_taken(rule.priority);
    return moved.error();
  }
  return {};
}

aws::Access to_rules(sql::Database& database, const SetRulePriorities::Request& request) {
  aws::Access all;
  for (const auto& pair : request.rule_priorities) {
    aws::Access one = access_to(database, pair.rule_arn.value_or("*"));
    one.action = "elasticloadbalancing:SetRulePriorities";
    if (all.resources.empty()) {
      all = std::move(one);
    } else {
      all.also.push_back(std::move(one));
    }
  }
  return all.resources.empty() ? aws::on_anything() : all;
}

}  // namespace

aws::Access CreateRule::access(const Request& request, const aws::Call&) const {
  const std::string& listener = request.listener_arn;
  return with_new_tags(access_to(database, listener), request.tags, name, rule_arn(listener, "*"));
}

Result<RulesAnswer, ApiError> CreateRule::operator()(const Request& request,
                                                     const aws::Call& call) const {
  if (auto fine = check_tags(request.tags); !fine) return fine.error();
  if (auto fine = check_transforms(request.transforms); !fine) return fine.error();
  auto conditions = completed(request.conditions);
  if (!conditions) return conditions.error();
  const std::string id = new_id(random);
  return database.write([&](sql::Transaction& tx) -> Result<RulesAnswer, ApiError> {
    const auto listener = own_listener(tx, call, request.listener_arn);
    if (!listener) return listener.error();
    auto actions =
        completed(tx, call, listener->load_balancer_arn, listener->protocol, request.actions);
    if (!actions) return actions.error();
    const Rule rule{rule_arn(listener->arn, id), listener->arn, request.priority, *conditions,
                    *std::move(actions)};
    const auto added = add_new(tx, *listener, rule, shapes::pairs(request.tags));
    if (!added) return added.error();
    return RulesAnswer{{shown(rule)}};
  });
}

Result<DescribeRules::Response, ApiError> DescribeRules::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const bool by_arn = !request.rule_arns.empty();
  if (by_arn == request.listener_arn.has_value()) {
    return invalid("You must specify either listener rule ARNs or a listener ARN");
  }
  const std::string listener = request.listener_arn.value_or("");
  const auto page = page_of(name, call, listener, request.marker, request.page_size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto rules = by_arn ? named_rules(view, call, request.rule_arns)
                        : page_of_rules(view, call, listener, *page);
    if (!rules) return rules.error();
    Response response;
    if (!by_arn) {
      response.next_marker =
          page->cut(*rules, [](const Rule& rule) { return std::to_string(rule.priority); });
    }
    for (const Rule& rule : *rules) response.rules.push_back(shown(rule));
    return response;
  });
}

aws::Access ModifyRule::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.rule_arn);
}

Result<RulesAnswer, ApiError> ModifyRule::operator()(const Request& request,
                                                     const aws::Call& call) const {
  if (auto fine = check_transforms(request.transforms); !fine) return fine.error();
  return database.write([&](sql::Transaction& tx) -> Result<RulesAnswer, ApiError> {
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
    return RulesAnswer{{shown(*rule)}};
  });
}

aws::Access DeleteRule::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.rule_arn);
}

Result<shapes::Nothing, ApiError> DeleteRule::operator()(const Request& request,
                                                         const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto rule = own_rule(tx, call, request.rule_arn);
    if (!rule) return rule.error();
    if (rule->is_default()) return default_rule_is_fixed("deleted");
    if (auto removed = remove_rule(tx, rule->arn); !removed) return removed.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

aws::Access SetRulePriorities::access(const Request& request, const aws::Call&) const {
  return to_rules(database, request);
}

Result<RulesAnswer, ApiError> SetRulePriorities::operator()(const Request& request,
                                                            const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<RulesAnswer, ApiError> {
    const auto rules = moved_rules(tx, call, request);
    if (!rules) return rules.error();
    if (auto moved = move(tx, *rules); !moved) return moved.error();
    announce_change(tx);
    RulesAnswer answer;
    for (const Rule& rule : *rules) answer.rules.push_back(shown(rule));
    return answer;
  });
}

}  // namespace everseal::elbv2
