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
  state_changes_ = on_change(around_.database, [this] {
    const std::lock_guard lock(mutex_);
    work_.everything = true;
    changed_.notify_all();
  });
  trust_store_changes_ = around_.trust_stores.on_change([this](std::int64_t number) {
    const std::lock_guard lock(mutex_);
    work_.trust_stores.insert(number);
    changed_.notify_all();
  });
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void DataPlane::stop() {
  state_changes_.reset();
  trust_store_changes_.reset();
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  in_force_.reset();
  gateway_.reset();
}

void DataPlane::certificate_replaced(const std::string& certificate_arn) {
  const std::lock_guard lock(mutex_);
  work_.certificates.insert(certificate_arn);
  changed_.notify_all();
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
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, settings_.heal_interval, [] { return false; });
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
  std::unique_lock lock(mutex_);
  const bool idle = desired_.state.load_balancers.empty() && !again_at_;
  const auto has_work = [&] {
    return work_.everything || !work_.trust_stores.empty() || !work_.certificates.empty() ||
           !work_.deaths.empty();
  };
  if (idle) {
    changed_.wait(lock, stop, has_work);
  } else {
    changed_.wait_for(lock, stop, settings_.look_interval, has_work);
  }
  return std::exchange(work_, {});
}

bool DataPlane::open() {
  auto opened = around_.open_gateway([this](const std::string& ending) {
    const std::lock_guard lock(mutex_);
    work_.deaths.push_back(ending);
    changed_.notify_all();
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
  return true;
}

// The urgent first: who is revoked, then who is renewed, then all the rest.
void DataPlane::do_work(const Work& work) {
  bool done = true;
  bool is_changed = work.everything;
  const bool followers = work.trust_stores.contains(trust_stores::Reader::any_follower);
  for (const auto& [arn, number] : desired_.trust_stores) {
    if (!followers && !work.trust_stores.contains(number)) continue;
    done &= bring_revocations(arn);
    is_changed = true;
  }
  for (const auto& arn : work.certificates) {
    if (certificates_.contains(arn)) done &= bring_certificate(arn);
  }
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
  bool done = bring_certificates(desired->certificates);
  for (const auto& [arn, number] : desired->trust_stores) {
    if (!revoked_.contains(arn)) done &= bring_revocations(arn);
  }
  auto faults = in_force_->put(desired->state);
  done &= faults.empty();
  desired_ = *std::move(desired);
  forget_unused(desired_);
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

bool DataPlane::noted(const Outcome& outcome, std::string_view event,
                      const std::string& about) const {
  if (!outcome) around_.log.error(event, {{"about", about}, {"cause", outcome.error().cause}});
  return static_cast<bool>(outcome);
}

bool DataPlane::bring_certificates(const std::set<std::string>& wanted) {
  bool done = true;
  for (const auto& arn : wanted) {
    if (!certificates_.contains(arn)) done &= bring_certificate(arn);
  }
  return done;
}

bool DataPlane::bring_certificate(const std::string& arn) {
  constexpr std::string_view event = "gateway.certificate_not_given";
  const auto identity = around_.database.read(
      [&](sql::Snapshot& view) { return around_.identities.find(view, arn); });
  if (!identity) return noted(identity.error(), event, arn);
  if (!*identity) return noted(Fault::conflict("it is gone"), event, arn);
  const auto given = gateway_->set_certificate(arn, **identity);
  // What is Unavailable is kept, and counts later.
  if (given || given.error().kind == Fault::Kind::Unavailable) certificates_.insert(arn);
  return noted(given, event, arn);
}

bool DataPlane::bring_revocations(const std::string& trust_store) {
  constexpr std::string_view event = "gateway.revocations_not_given";
  const auto before = revoked_.find(trust_store);
  if (before != revoked_.end()) {
    if (const auto brought = bring_what_is_newly_revoked(trust_store, before->second))
      return noted(*brought, event, trust_store);
  }
  auto now = around_.database.read(
      [&](sql::Snapshot& view) { return read_revoked(view, around_.trust_stores, trust_store); });
  if (!now) return noted(now.error(), event, trust_store);
  if (before == revoked_.end()) {
    const auto told = gateway_->set_revoked(trust_store, all_of(now->by_issuer));
    revoked_.emplace(trust_store, *std::move(now));
    return noted(told, event, trust_store);
  }
  const auto added = without(now->by_issuer, before->second.by_issuer);
  const auto removed = without(before->second.by_issuer, now->by_issuer);
  before->second = *std::move(now);
  bool done = true;
  if (!added.empty()) done &= noted(gateway_->revoke(trust_store, added), event, trust_store);
  if (!removed.empty()) done &= noted(gateway_->unrevoke(trust_store, removed), event, trust_store);
  return done;
}

// In the time that these take, however many are revoked before. Nothing: everything is to be
// looked at.
std::optional<Outcome> DataPlane::bring_what_is_newly_revoked(const std::string& trust_store,
                                                              RevokedInStore& told) {
  const auto more = around_.database.read([&](sql::Snapshot& view) {
    return read_newly_revoked(view, around_.trust_stores, trust_store, told);
  });
  if (!more) return more.error();
  if (!*more) return std::nullopt;
  if ((*more)->revoked_by_ca == told.revoked_by_ca) return Outcome();
  told.revoked_by_ca = (*more)->revoked_by_ca;
  unite(told.by_issuer, (*more)->by_issuer);
  return gateway_->revoke(trust_store, all_of((*more)->by_issuer));
}

void DataPlane::forget_unused(const Desired& desired) {
  std::erase_if(certificates_, [&](const std::string& arn) {
    return !desired.certificates.contains(arn) && gateway_->remove_certificate(arn);
  });
  std::erase_if(revoked_, [&](const auto& each) {
    return !desired.trust_stores.contains(each.first) && gateway_->set_revoked(each.first, {});
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
