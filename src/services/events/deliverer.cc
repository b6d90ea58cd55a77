#include "services/events/deliverer.h"

#include <algorithm>
#include <utility>

#include "services/events/input.h"

namespace everseal::events {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kInOneRun = 20;
constexpr int kUsualAttempts = 185;
constexpr int kUsualAgeSeconds = 86400;
// With these, 185 attempts take about a day.
constexpr milliseconds kFirstPause = seconds{1};
constexpr milliseconds kLongestPause = seconds{480};
// Until a target has less in hand.
constexpr milliseconds kTurn{200};

std::int64_t most_retries(const shapes::Target& target) {
  if (!target.retry_policy) return kUsualAttempts;
  return target.retry_policy->maximum_retry_attempts.value_or(kUsualAttempts);
}

seconds longest_age(const shapes::Target& target) {
  const auto& policy = target.retry_policy;
  return seconds{policy ? policy->maximum_event_age_in_seconds.value_or(kUsualAgeSeconds)
                        : kUsualAgeSeconds};
}

const std::string* dead_letter_queue(const shapes::Target& target) {
  const auto& config = target.dead_letter_config;
  return config && config->arn ? &*config->arn : nullptr;
}

}  // namespace

Result<jobs::Verdict> Deliverer::run(const jobs::Execution& job) {
  for (int i = 0; i < kInOneRun; ++i) {
    const auto task = next_task(job.key);
    if (!task) return task.error();
    if (!*task) return jobs::Verdict::done();
    const auto later = step(**task);
    if (!later) return later.error();
    if (*later) return jobs::Verdict::again(**later);
  }
  return jobs::Verdict::unfinished(parts_.clock.now());
}

Result<std::optional<Deliverer::Task>> Deliverer::next_task(std::string_view lane) const {
  return parts_.database.read([&](sql::Snapshot& view) -> Result<std::optional<Task>> {
    auto waiting = next_in(view, lane);
    if (!waiting) return waiting.error();
    if (!*waiting) return std::optional<Task>();
    auto target = find_target(view, (*waiting)->target);
    if (!target) return target.error();
    if (!*target) return Fault::broken("a delivery without its target");
    auto rule = find_rule(view, (*target)->rule);
    if (!rule) return rule.error();
    if (!*rule) return Fault::broken("a target without its rule");
    const auto expires = (*waiting)->event.event.received_at + longest_age((*target)->target);
    return std::optional(
        Task{**std::move(waiting), **std::move(target), **std::move(rule), expires});
  });
}

// When to go on with the lane; nothing: at once.
Result<std::optional<TimePoint>> Deliverer::step(const Task& task) {
  const auto now = parts_.clock.now();
  if (task.waiting.not_before > now) return std::optional(task.waiting.not_before);
  const auto as_now = [](const Outcome& done) -> Result<std::optional<TimePoint>> {
    if (!done) return done.error();
    return std::optional<TimePoint>();
  };
  if (now >= task.expires)
    return as_now(give_up(task, {.error_code = "TIMEOUT",
                                 .message = "The event is older than its rule allows",
                                 .exhausted = "MaximumEventAgeInSeconds"}));
  const auto outcome = deliver_in_turn(task);
  if (!outcome) return std::optional(now + kTurn);
  if (const auto* wait = std::get_if<NotYet>(&*outcome))
    return std::optional(std::max(wait->at, now + milliseconds{1}));
  if (const auto* again = std::get_if<TryAgain>(&*outcome)) return try_later(task, *again);
  if (const auto* refused = std::get_if<Refused>(&*outcome))
    return as_now(give_up(task, {.error_code = refused->error_code, .message = refused->message}));
  return as_now(conclude(task));
}

std::optional<DeliveryOutcome> Deliverer::deliver_in_turn(const Task& task) {
  struct Turn {
    TargetLoad& load;
    std::int64_t target;
    const Clock& clock;
    std::optional<bool> took_it = false;
    ~Turn() { load.leave(target, took_it, clock.now()); }
  };
  if (!load_.enter(task.target.row)) return std::nullopt;
  Turn turn{load_, task.target.row, parts_.clock};
  auto outcome = deliver(task);
  turn.took_it = !std::holds_alternative<TryAgain>(outcome);
  if (std::holds_alternative<NotYet>(outcome)) turn.took_it.reset();
  return outcome;
}

DeliveryOutcome Deliverer::deliver(const Task& task) const {
  const auto& target = task.target.target;
  const auto& event = task.waiting.event.event;
  auto* kind = parts_.targets.find(target.arn);
  if (kind == nullptr) return Refused{"NO_RESOURCE", "Nothing takes events at this ARN"};
  return kind->deliver({.event_id = event.id,
                        .rule_arn = rule_arn(task.rule.name),
                        .target_arn = target.arn,
                        .role_arn = target.role_arn,
                        .event = event.body,
                        .payload = input_for(target, event.body, task.rule.name, event.received_at),
                        .hops = event.hops,
                        .http = target.http_parameters,
                        .sqs = target.sqs_parameters});
}

Outcome Deliverer::conclude(const Task& task) const {
  const auto finished =
      parts_.database.write([&](sql::Transaction& tx) { return finish(tx, task.waiting); });
  if (!finished) return finished.error();
  parts_.log.debug("events.delivered", {{"event_id", task.waiting.event.event.id},
                                        {"rule", rule_arn(task.rule.name)},
                                        {"target", task.target.target.arn},
                                        {"attempt", task.waiting.attempts + 1}});
  return {};
}

Result<std::optional<TimePoint>> Deliverer::try_later(const Task& task, const TryAgain& why) const {
  const auto failed = task.waiting.attempts + 1;
  if (failed > most_retries(task.target.target)) {
    const auto done = give_up(task, {.error_code = why.error_code,
                                     .message = why.message,
                                     .exhausted = "MaximumRetryAttempts"});
    if (!done) return done.error();
    return std::optional<TimePoint>();
  }
  const auto next = std::min(after_pause(task, why), task.expires);
  const auto written = parts_.database.write(
      [&](sql::Transaction& tx) { return postpone(tx, task.waiting.id, failed, next); });
  if (!written) return written.error();
  parts_.log.info("events.delivery.postponed", {{"event_id", task.waiting.event.event.id},
                                                {"rule", rule_arn(task.rule.name)},
                                                {"target", task.target.target.arn},
                                                {"attempt", failed},
                                                {"error", why.error_code},
                                                {"cause", why.message}});
  return std::optional(next);
}

// Twice as long each time, and up to a fifth less, so that those that failed together do not come
// back together; or as long as the target asked for, if that is longer.
TimePoint Deliverer::after_pause(const Task& task, const TryAgain& why) const {
  const auto now = parts_.clock.now();
  const auto doublings = std::min<std::int64_t>(task.waiting.attempts, 20);
  const auto pause = std::min(kFirstPause * (std::int64_t{1} << doublings), kLongestPause);
  const auto fifths = parts_.random.bytes(1).front();
  return now + std::max<milliseconds>(pause - pause * fifths / (5 * 256),
                                      why.after.value_or(milliseconds{0}));
}

Outcome Deliverer::give_up(const Task& task, const Failure& failure) const {
  const auto kept = parts_.database.write([&](sql::Transaction& tx) -> Result<bool> {
    const auto finished = finish(tx, task.waiting);
    if (!finished) return finished.error();
    return *finished ? bury(tx, task, failure) : Result<bool>(true);
  });
  if (!kept) return kept.error();
  parts_.log.warning("events.not_delivered", {{"event_id", task.waiting.event.event.id},
                                              {"rule", rule_arn(task.rule.name)},
                                              {"target", task.target.target.arn},
                                              {"error", failure.error_code},
                                              {"cause", failure.message},
                                              {"retries", task.waiting.attempts},
                                              {"kept_in_queue", *kept}});
  return {};
}

Result<bool> Deliverer::bury(sql::Transaction& tx, const Task& task, const Failure& failure) const {
  const auto* queue = dead_letter_queue(task.target.target);
  if (queue == nullptr || parts_.dead_letters == nullptr) return false;
  DeadLetter letter{.body = task.waiting.event.event.body,
                    .attributes = {{"RULE_ARN", rule_arn(task.rule.name)},
                                   {"TARGET_ARN", task.target.target.arn},
                                   {"ERROR_CODE", failure.error_code},
                                   {"ERROR_MESSAGE", failure.message}}};
  if (!failure.exhausted.empty())
    letter.attributes.emplace_back("EXHAUSTED_RETRY_CONDITION", failure.exhausted);
  letter.attributes.emplace_back("RETRY_ATTEMPTS", std::to_string(task.waiting.attempts));
  return parts_.dead_letters->put(tx, *queue, letter);
}

}  // namespace everseal::events
