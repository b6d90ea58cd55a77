#include "services/elbv2/logs/delivery.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "jobs/jobs.h"
#include "services/elbv2/desired_state.h"

namespace everseal::elbv2::logs {
namespace {

constexpr std::string_view job_kind = "elbv2.deliver-logs";
constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::size_t unique_letters = 8;
constexpr std::chrono::seconds pause_after_fault{1};
constexpr std::size_t most_waiting = 10'000;

}  // namespace

Delivery::Delivery(const DeliveryParts& parts, const LogSettings& settings)
    : parts_(parts),
      files_(parts.clock, settings),
      changes_(on_change(parts.database,
                         [signal = signal_] {
                           const std::lock_guard lock(signal->mutex);
                           signal->has_new_settings = signal->is_behind = true;
                           signal->changed.notify_all();
                         })),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Delivery::~Delivery() {
  thread_.request_stop();
  thread_.join();
  for (const auto& record : signal_->waiting) put_into_file(record);
  files_.end_all();
  if (const auto done = deliver_due(); !done) {
    parts_.log.error("elbv2.logs_lost", {{"cause", done.error().cause}});
  }
}

void Delivery::take(gateway::RequestRecord request) { take_or_wait(std::move(request)); }
void Delivery::take(gateway::ConnectionRecord connection) { take_or_wait(std::move(connection)); }

void Delivery::take_or_wait(Record record) {
  {
    const std::lock_guard lock(signal_->mutex);
    if (signal_->is_behind) {
      if (signal_->waiting.size() < most_waiting) {
        signal_->waiting.push_back(std::move(record));
      } else {
        ++signal_->dropped;
      }
      return;
    }
  }
  put_into_file(record);
}

void Delivery::put_into_file(const Record& record) {
  expect(std::visit([this](const auto& each) { return files_.take(each); }, record));
}

// All that was committed until now is known, unless something new was since.
void Delivery::go_on() {
  std::vector<Record> waiting;
  {
    const std::lock_guard lock(signal_->mutex);
    if (signal_->has_new_settings) return;
    signal_->is_behind = false;
    waiting = std::exchange(signal_->waiting, {});
  }
  for (const auto& record : waiting) put_into_file(record);
}

void Delivery::expect(std::optional<TimePoint> end) {
  if (!end) return;
  const std::lock_guard lock(signal_->mutex);
  signal_->wanted_job = std::min(signal_->wanted_job.value_or(*end), *end);
  signal_->changed.notify_all();
}

// What fails is tried again: a disk that is full may have room later.
void Delivery::run(const std::stop_token& stop) {
  std::unique_lock lock(signal_->mutex);
  while (signal_->changed.wait(lock, stop,
                               [&] { return signal_->has_new_settings || signal_->wanted_job; })) {
    const bool is_new = std::exchange(signal_->has_new_settings, false);
    const auto due = std::exchange(signal_->wanted_job, std::nullopt);
    lock.unlock();
    const auto learned = is_new ? learn() : Outcome();
    const auto promised = due ? promise(*due) : Outcome();
    lock.lock();
    if (!learned) signal_->has_new_settings = true;
    if (!promised) signal_->wanted_job = std::min(signal_->wanted_job.value_or(*due), *due);
    if (learned && promised) continue;
    parts_.log.warning("elbv2.logs_behind",
                       {{"cause", learned ? promised.error().cause : learned.error().cause}});
    signal_->changed.wait_for(lock, stop, pause_after_fault, [] { return false; });
    if (stop.stop_requested()) return;
  }
}

Outcome Delivery::learn() {
  auto wanted = parts_.database.read([](sql::Snapshot& view) { return wanted_logs(view); });
  if (!wanted) return wanted.error();
  files_.want(*std::move(wanted));
  go_on();
  return {};
}

Outcome Delivery::promise(TimePoint due) {
  return parts_.database.write([&](sql::Transaction& tx) {
    return jobs::add(tx, {.kind = std::string(job_kind), .key = {}, .due = due, .payload = {}});
  });
}

void Delivery::handle_jobs(jobs::Runner& runner) {
  runner.handle(
      std::string(job_kind), [this](const jobs::Execution&) { return deliver(); },
      {.first_pause = std::chrono::minutes{1}, .longest_pause = std::chrono::minutes{15}});
}

Result<jobs::Verdict> Delivery::deliver() {
  if (const auto done = deliver_due(); !done) return done.error();
  const auto next = files_.next_end();
  return next ? jobs::Verdict::again(*next) : jobs::Verdict::done();
}

// A bucket that takes nothing keeps no other from its files.
Outcome Delivery::deliver_due() {
  Outcome outcome;
  std::vector<LogFile> refused;
  while (auto file = files_.next_due()) {
    const auto done = put(*file);
    const std::lock_guard lock(mutex_);
    if (done) {
      ++counts_.files;
      counts_.entries += file->entries;
      continue;
    }
    ++counts_.failures;
    outcome = Fault{done.error().kind, file->place.load_balancer_arn + ": " + done.error().cause};
    refused.push_back(*std::move(file));
  }
  for (auto& file : refused) files_.give_back(std::move(file));
  return outcome;
}

Outcome Delivery::put(const LogFile& file) {
  const auto key = log_object_key(file.place, file.end, file.address,
                                  random_text(parts_.random, alphabet, unique_letters));
  return parts_.objects.put(file.place, key, "application/x-gzip", file.octets);
}

DeliveryCounts Delivery::counts() const {
  const auto dropped = [this] {
    const std::lock_guard lock(signal_->mutex);
    return signal_->dropped;
  }();
  const std::lock_guard lock(mutex_);
  auto counts = counts_;
  counts.dropped_entries = files_.dropped_entries() + dropped;
  return counts;
}

}  // namespace everseal::elbv2::logs
