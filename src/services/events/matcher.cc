#include "services/events/matcher.h"

#include <limits>
#include <utility>

#include "services/events/bus_store.h"
#include "services/events/promises.h"
#include "services/events/rule_store.h"
#include "services/events/target_store.h"

namespace everseal::events {
namespace {

constexpr std::size_t kTogether = 50;  // events in one transaction
constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

}  // namespace

Result<jobs::Verdict> Matcher::run(const jobs::Execution& job) {
  const auto bus = bus_in(job.key);
  if (!bus) return bus.error();
  if (const auto known = look_at(*bus); !known) return known.error();
  const auto matched = database_.write([&](sql::Transaction& tx) { return match_some(tx, *bus); });
  if (!matched) return matched.error();
  return *matched < kTogether ? jobs::Verdict::done() : jobs::Verdict::unfinished(clock_.now());
}

Outcome Matcher::look_at(const BusName& bus) {
  return database_.read([&](sql::Snapshot& view) { return remember_rules(view, bus); });
}

Result<std::optional<std::int64_t>> Matcher::put_again(sql::Transaction& tx,
                                                       const QueuedEvent& event,
                                                       const std::set<std::string>& rules) {
  const auto parsed = json::parse(event.body);
  if (!parsed) return parsed.error();
  const auto known = rules_of(tx, event.bus);
  if (!known) return known.error();
  const auto targets = targets_for(**known, *parsed, rules);
  if (targets.empty()) return std::optional<std::int64_t>();
  const auto seq = add_matched_event(tx, event);
  if (!seq) return seq.error();
  for (const auto target : targets) {
    const auto promised = promise_delivery(tx, {*seq, event}, target, clock_.now());
    if (!promised) return promised.error();
  }
  return std::optional(*seq);
}

Result<std::size_t> Matcher::match_some(sql::Transaction& tx, const BusName& bus) {
  const auto events = to_match(tx, bus, kTogether);
  if (!events) return events.error();
  if (events->empty()) return std::size_t{0};
  const auto rules = rules_of(tx, bus);
  if (!rules) return rules.error();
  for (const auto& event : *events) {
    if (auto matched = match_one(tx, **rules, event); !matched) return matched.error();
  }
  return events->size();
}

std::vector<std::int64_t> Matcher::targets_for(const Rules& rules, const json::Value& event,
                                               const std::set<std::string>& only) {
  std::vector<std::int64_t> targets;
  for (const auto position : rules.index.matching(event)) {
    if (!only.empty() && !only.contains(rules.arns[position])) continue;
    const auto& of_rule = rules.targets[position];
    targets.insert(targets.end(), of_rule.begin(), of_rule.end());
  }
  return targets;
}

Outcome Matcher::match_one(sql::Transaction& tx, const Rules& rules, const WaitingEvent& waiting) {
  const auto event = json::parse(waiting.event.body);
  if (!event) {
    log_.error("events.unreadable", {{"event_id", waiting.event.id}});
    return mark_matched(tx, waiting.seq);
  }
  for (const auto target : targets_for(rules, *event, {})) {
    if (auto promised = promise_delivery(tx, waiting, target, clock_.now()); !promised)
      return promised;
  }
  return mark_matched(tx, waiting.seq);
}

Outcome Matcher::remember_rules(sql::Snapshot& view, const BusName& bus) {
  auto rules = rules_of(view, bus);
  if (!rules) return rules.error();
  const std::scoped_lock lock(mutex_);
  rules_[bus] = *std::move(rules);
  return {};
}

Result<Matcher::SharedRules> Matcher::rules_of(sql::Snapshot& view, const BusName& bus) {
  const auto found = find_bus(view, bus);
  if (!found) return found.error();
  const auto revision = *found ? (*found)->revision : 0;
  {
    const std::scoped_lock lock(mutex_);
    const auto known = rules_.find(bus);
    if (known != rules_.end() && known->second->revision == revision) return known->second;
  }
  return compile(view, bus, revision);
}

Result<Matcher::SharedRules> Matcher::compile(sql::Snapshot& view, const BusName& bus,
                                              std::int64_t revision) {
  const auto rules = list_rules(view, {bus, ""}, "", kAll);
  if (!rules) return rules.error();
  std::vector<Pattern> patterns;
  std::vector<std::string> arns;
  std::vector<std::vector<std::int64_t>> rows;
  for (const auto& rule : *rules) {
    if (!rule.event_pattern || rule.state == RuleState::Disabled) continue;
    auto pattern = Pattern::compile(*rule.event_pattern);
    if (!pattern) return Fault::broken("a stored rule: " + pattern.error().reason);
    const auto targets = list_targets(view, rule.id, "", kAll);
    if (!targets) return targets.error();
    patterns.push_back(*std::move(pattern));
    arns.push_back(rule_arn(rule.name));
    auto& of_rule = rows.emplace_back();
    for (const auto& target : *targets) of_rule.push_back(target.row);
  }
  return SharedRules(std::make_shared<const Rules>(
      Rules{revision, PatternIndex(std::move(patterns)), std::move(arns), std::move(rows)}));
}

}  // namespace everseal::events
