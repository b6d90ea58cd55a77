#include "services/events/scheduler.h"

#include <limits>
#include <utility>

#include "jobs/jobs.h"
#include "services/events/bus.h"
#include "services/events/event_store.h"
#include "services/events/promises.h"
#include "services/events/target_store.h"

namespace everseal::events {
namespace {

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

Event scheduled_event(const std::string& id, const Rule& rule, TimePoint planned) {
  return {.id = id,
          .bus = rule.name.bus,
          .source = "aws.events",
          .detail_type = "Scheduled Event",
          .time = planned,
          .resources = {rule_arn(rule.name)},
          .detail = "{}"};
}

}  // namespace

Result<jobs::Verdict> Scheduler::run(const jobs::Execution& job) {
  const auto rule = jobs::id_in(job.key);
  const auto id = random_uuid(random_);
  const auto fired =
      database_.write([&](sql::Transaction& tx) { return fire_if_due(tx, rule, id); });
  if (!fired) return fired.error();
  if (*fired) log_.debug("events.fired", {{"event_id", id}, {"rule", job.key}});
  return jobs::Verdict::done();
}

// The plan and the job may have gone apart while the job waited for its turn.
Result<bool> Scheduler::fire_if_due(sql::Transaction& tx, std::int64_t row,
                                    const std::string& event_id) {
  const auto plan = find_plan(tx, row);
  if (!plan) return plan.error();
  if (!*plan) return false;
  const auto rule = find_rule(tx, row);
  if (!rule) return rule.error();
  const auto now = clock_.now();
  const bool is_due = *rule && (*plan)->planned_at <= now;
  const auto planned = !*rule   ? end_plan(tx, row)
                       : is_due ? plan_next(tx, **plan, now)
                                : keep_plan(tx, **plan);
  if (!planned) return planned.error();
  if (!is_due) return false;
  if (auto fired = fire(tx, **rule, **plan, event_id); !fired) return fired.error();
  return true;
}

Outcome Scheduler::fire(sql::Transaction& tx, const Rule& rule, const Plan& plan,
                        const std::string& event_id) {
  const auto targets = list_targets(tx, rule.id, "", kAll);
  if (!targets) return targets.error();
  if (targets->empty()) return {};
  const auto event = scheduled_event(event_id, rule, plan.planned_at);
  auto text = text_of(event);
  if (!text) return text.error();
  WaitingEvent waiting{.event = {.id = event.id,
                                 .bus = event.bus,
                                 .resource = event.resources.front(),
                                 .body = *std::move(text),
                                 .received_at = clock_.now()}};
  const auto seq = add_matched_event(tx, waiting.event);
  if (!seq) return seq.error();
  waiting.seq = *seq;
  for (const auto& target : *targets) {
    if (auto promised = promise_delivery(tx, waiting, target.row, clock_.now()); !promised)
      return promised;
  }
  return {};
}

}  // namespace everseal::events
