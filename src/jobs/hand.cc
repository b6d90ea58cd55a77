#include "jobs/hand.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <limits>

namespace everseal::jobs {

bool InHand::take(const std::string& kind, const std::string& key, std::size_t most_of_kind) {
  const std::scoped_lock lock(mutex_);
  auto& keys = keys_[kind];
  return keys.size() < most_of_kind && keys.insert(key).second;
}

void InHand::give_back(const std::string& kind, const std::string& key) {
  const std::scoped_lock lock(mutex_);
  keys_[kind].erase(key);
}

bool InHand::has(const std::string& kind, const std::string& key) const {
  const std::scoped_lock lock(mutex_);
  const auto keys = keys_.find(kind);
  return keys != keys_.end() && keys->second.contains(key);
}

std::size_t InHand::count(const std::string& kind) const {
  const std::scoped_lock lock(mutex_);
  const auto keys = keys_.find(kind);
  return keys != keys_.end() ? keys->second.size() : 0;
}

std::size_t Shop::most_at_once(const std::string& kind) const {
  const auto wanted = kinds.at(kind).options.most_at_once;
  if (!wanted) return std::numeric_limits<std::size_t>::max();
  return std::clamp(*wanted, 1U, std::max(options.threads, 2U) - 1);
}

// An end that could not be written is lost: the lease ends, and the job runs once more.
Hand::~Hand() {
  if (ended_) shop_.in_hand.give_back(ended_->job.execution.kind, ended_->job.execution.key);
}

Result<std::optional<Ready>> Hand::find() const {
  auto kinds = shop_.names;
  std::erase_if(kinds, [&](const std::string& kind) {
    return shop_.in_hand.count(kind) >= shop_.most_at_once(kind);
  });
  return shop_.database.read([&](sql::Snapshot& view) {
    return earliest(view, kinds,
                    [&](const Ready& job) { return shop_.in_hand.has(job.kind, job.key); });
  });
}

Outcome Hand::exchange(const std::optional<Ready>& next) {
  const bool taken =
      next && shop_.in_hand.take(next->kind, next->key, shop_.most_at_once(next->kind));
  if (!taken && !ended_) return {};
  const auto until = shop_.clock.now() + shop_.options.lease;
  auto leased = shop_.database.write([&](sql::Transaction& tx) -> Result<std::optional<Leased>> {
    if (ended_) {
      const auto finished = finish(tx, *ended_);
      if (!finished) return finished.error();
    }
    if (!taken) return std::optional<Leased>();
    return lease(tx, *next, until);
  });
  if (taken && !(leased && *leased)) shop_.in_hand.give_back(next->kind, next->key);
  if (!leased) return leased.error();
  if (ended_) shop_.in_hand.give_back(ended_->job.execution.kind, ended_->job.execution.key);
  ended_.reset();
  leased_ = *std::move(leased);
  return {};
}

void Hand::run() {
  auto job = *std::exchange(leased_, std::nullopt);
  auto& kind = shop_.kinds.at(job.execution.kind);
  const Stopwatch watch;
  const auto verdict = call(kind, job.execution);
  ++kind.runs;
  if (!verdict) ++kind.failures;
  note(kind, job.execution, verdict, watch.elapsed());
  unfinished_ = verdict && verdict->is_unfinished();
  const auto next = next_run(kind, job.execution, verdict);
  ended_ = Ended{std::move(job), next, !verdict};
}

Result<Verdict> Hand::call(const Kind& kind, const Execution& execution) const {
  try {
    return kind.handler(execution);
  } catch (const std::exception& bug) {
    return Fault::broken(std::string("the handler threw: ") + bug.what());
  } catch (...) {
    return Fault::broken("the handler threw");
  }
}

Options Hand::pauses_of(const Kind& kind) const {
  auto options = shop_.options;
  options.first_pause = kind.options.first_pause.value_or(options.first_pause);
  options.longest_pause = kind.options.longest_pause.value_or(options.longest_pause);
  return options;
}

std::optional<TimePoint> Hand::next_run(const Kind& kind, const Execution& execution,
                                        const Result<Verdict>& verdict) const {
  const auto now = shop_.clock.now();
  if (!verdict) return now + pause_after(execution.attempt, execution, pauses_of(kind));
  if (verdict->next() || !kind.interval) return verdict->next();
  const auto next = execution.due + *kind.interval;
  return next > now ? next : now + *kind.interval;
}

void Hand::note(const Kind& kind, const Execution& execution, const Result<Verdict>& verdict,
                std::chrono::microseconds duration) const {
  const auto millis = static_cast<double>(duration.count()) / 1000;
  if (!verdict) {
    const bool bug = verdict.error().kind == Fault::Kind::Broken;
    const auto write = bug ? &Log::error : &Log::warning;
    (shop_.log.*write)("job.failed", {{"kind", execution.kind},
                                      {"key", execution.key},
                                      {"attempt", execution.attempt},
                                      {"cause", verdict.error().cause},
                                      {"duration_ms", millis}});
    return;
  }
  const bool is_routine = kind.interval || verdict->is_postponed();
  const auto write = is_routine ? &Log::debug : &Log::info;
  (shop_.log.*write)(verdict->is_postponed() ? "job.postponed" : "job.done",
                     {{"kind", execution.kind},
                      {"key", execution.key},
                      {"attempt", execution.attempt},
                      {"duration_ms", millis}});
}

std::chrono::milliseconds pause_after(int failures, const Execution& execution,
                                      const Options& options) {
  auto pause = options.first_pause;
  for (int i = 1; i < failures && pause < options.longest_pause; ++i) pause *= 2;
  pause = std::min(pause, options.longest_pause);
  const auto hash = std::hash<std::string>{}(execution.kind + '\0' + execution.key) +
                    static_cast<std::size_t>(failures) * 7919;
  return pause - pause * static_cast<std::int64_t>(hash % 1000) / 5000;
}

}  // namespace everseal::jobs
