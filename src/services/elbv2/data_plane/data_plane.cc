#include "services/elbv2/data_plane/data_plane.h"

#include <algorithm>
#include <utility>

#include "services/elbv2/data_plane/for_gateway.h"
#include "services/elbv2/data_plane/target_health.h"

namespace everseal::elbv2::data_plane {
DataPlane::DataPlane(const Surroundings& surroundings, const Settings& settings)
    : around_(surroundings),
      settings_(settings),
      alarms_(surroundings.events, surroundings.log),
      pause_(settings.least_pause) {}

DataPlane::~DataPlane() { stop(); }

void DataPlane::start() {
  state_changes_ = on_change(around_.database, [signal = signal_] {
    signal->add([](Work& work) { work.everything = true; });
  });
  trust_store_changes_ = around_.trust_stores.on_change([signal = signal_](std::int64_t number) {
    signal->add([&](Work& work) { work.trust_stores.insert(number); });
  });
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void DataPlane::stop() {
  state_changes_.reset();
  trust_store_changes_.reset();
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  provisions_.reset();
  in_force_.reset();
  gateway_.reset();
}

void DataPlane::Signal::add(const std::function<void(Work&)>& what) {
  const std::lock_guard lock(mutex);
  what(work);
  changed.notify_all();
}

void DataPlane::certificate_replaced(const std::string& certificate_arn) {
  signal_->add([&](Work& work) { work.certificates.insert(certificate_arn); });
}

std::optional<std::string> DataPlane::hindrance() const {
  const std::lock_guard lock(mutex_);
  return hindrance_;
}

std::optional<std::string> DataPlane::fault_of(std::string_view load_balancer_arn) const {
  const std::lock_guard lock(mutex_);
  if (hindrance_) return hindrance_;
  const auto found = faults_.find(load_balancer_arn);
  return found == faults_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Health> DataPlane::health_of(std::string_view target_group_arn,
                                           const Target& target) const {
  const std::lock_guard lock(mutex_);
  const auto group = health_.find(target_group_arn);
  if (group == health_.end()) return std::nullopt;
  const auto found = group->second.find(target_id(target));
  return found == group->second.end() ? std::nullopt : std::optional(found->second);
}

void DataPlane::run(const std::stop_token& stop) {
  while (!open()) {
    std::unique_lock lock(signal_->mutex);
    signal_->changed.wait_for(lock, stop, settings_.heal_interval, [] { return false; });
    if (stop.stop_requested()) return;
  }
  while (true) {
    auto work = wait(stop);
    if (stop.stop_requested()) return;
    do_work(work);
    look_after();
  }
}

// For something to do, or until it is time to look after what is done.
DataPlane::Work DataPlane::wait(const std::stop_token& stop) {
  std::unique_lock lock(signal_->mutex);
  const bool idle = desired_.state.load_balancers.empty() && !again_at_;
  const auto has_work = [&] { return !signal_->work.is_empty(); };
  if (idle) {
    signal_->changed.wait(lock, stop, has_work);
  } else {
    signal_->changed.wait_for(lock, stop, settings_.look_interval, has_work);
  }
  return std::exchange(signal_->work, {});
}

bool DataPlane::open() {
  auto opened = around_.open_gateway([signal = signal_](const std::string& ending) {
    signal->add([&](Work& work) { work.deaths.push_back(ending); });
  });
  const std::lock_guard lock(mutex_);
  if (!opened) {
    if (hindrance_ != opened.error().cause)
      around_.log.warning("gateway.unavailable", {{"cause", opened.error().cause}});
    hindrance_ = opened.error().cause;
    return false;
  }
  hindrance_.reset();
  gateway_ = *std::move(opened);
  in_force_.emplace(*gateway_);
  provisions_.emplace(around_, *gateway_, settings_.outdated_lists);
  return true;
}

// The urgent first: who is revoked, then who is renewed, then all the rest.
void DataPlane::do_work(const Work& work) {
  bool done = true;
  bool is_changed = work.everything;
  const bool followers = work.trust_stores.contains(trust_stores::Reader::any_follower);
  for (const auto& [arn, number] : desired_.trust_stores) {
    if (!followers && !work.trust_stores.contains(number)) continue;
    done &= provisions_->bring_revocations(arn);
    is_changed = true;
  }
  for (const auto& arn : work.certificates) done &= provisions_->replace_certificate(arn);
  if (is_changed) pause_ = settings_.least_pause;
  if (is_changed || is_time()) carry_out();
  if (!done) again_later();
  for (const auto& ending : work.deaths) alarms_.gateway_died(ending, desired_.state);
}

// For what is desired to have changed by itself, or to be tried again.
bool DataPlane::is_time() const {
  if (again_at_ && std::chrono::steady_clock::now() >= *again_at_) return true;
  return desired_.drains || (desired_.next_expiry && around_.clock.now() >= *desired_.next_expiry);
}

void DataPlane::carry_out() {
  again_at_.reset();
  auto desired = this->desired();
  if (!desired) {
    around_.log.error("gateway.desired_state_unknown", {{"cause", desired.error().cause}});
    return again_later();
  }
  bool done = provisions_->bring_missing(*desired);
  // A gateway that was found running goes on as it did: better a moment more of that than without
  // the listener whose certificate could not be read.
  if (!done && patience_ > 0) {
    --patience_;
    return again_later();
  }
  patience_ = 0;
  auto faults = in_force_->put(desired->state);
  done &= faults.empty();
  desired_ = *std::move(desired);
  provisions_->forget_unused(desired_, *in_force_);
  report(std::move(faults));
  if (done) {
    pause_ = settings_.least_pause;
  } else {
    again_later();
  }
}

void DataPlane::again_later() {
  again_at_ = std::chrono::steady_clock::now() + pause_;
  pause_ = std::min(2 * pause_, settings_.most_pause);
}

Result<Desired> DataPlane::desired() const {
  return around_.database.read([&](sql::Snapshot& view) {
    return read_desired(view, around_.trust_stores, around_.clock.now());
  });
}

void DataPlane::report(Faults faults) {
  alarms_.impaired(faults);
  alarms_.expired(desired_.expired);
  const std::lock_guard lock(mutex_);
  faults_ = std::move(faults);
}

void DataPlane::look_after() {
  look_at_health();
  const auto now = std::chrono::steady_clock::now();
  if (desired_.state.load_balancers.empty() || now < heal_at_) return;
  heal_at_ = now + settings_.heal_interval;
  heal();
}

void DataPlane::look_at_health() {
  std::map<std::string, HealthByTarget, std::less<>> all;
  for (const auto& group : desired_.state.target_groups) {
    const auto found = gateway_->health(group.id);
    // What does not answer now would not for the next group, and make revocations wait.
    if (!found && found.error().kind == Fault::Kind::Unavailable) return;
    if (!found) continue;
    for (const auto& target : *found) all[group.id].emplace(target.target, shown(target));
  }
  const std::lock_guard lock(mutex_);
  health_ = std::move(all);
}

void DataPlane::heal() {
  const auto healed = gateway_->heal();
  if (!healed) {
    around_.log.warning("gateway.not_healed", {{"cause", healed.error().cause}});
  } else if (healed->missing + healed->foreign > 0) {
    around_.log.error("gateway.healed", {{"missing", std::to_string(healed->missing)},
                                         {"foreign", std::to_string(healed->foreign)}});
  }
}

}  // namespace everseal::elbv2::data_plane
