#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "result/result.h"
#include "services/elbv2/data_plane/alarms.h"
#include "services/elbv2/data_plane/desired.h"
#include "services/elbv2/data_plane/in_force.h"
#include "services/elbv2/data_plane/provisions.h"
#include "services/elbv2/data_plane/surroundings.h"
#include "services/elbv2/reports.h"
#include "sql/database.h"

namespace everseal::elbv2::data_plane {

struct Settings {
  std::chrono::milliseconds look_interval{1'000};  // at the health of targets
  std::chrono::milliseconds heal_interval{10'000};
  // After something could not be carried out: doubles from the least to the most.
  std::chrono::milliseconds least_pause{1'000};
  std::chrono::milliseconds most_pause{60'000};
  OutdatedLists outdated_lists = OutdatedLists::CountOn;
};

// Makes a gateway do what load balancing and trust stores desire: at once after each change, and
// again until it is done. Thread-safe; works on a thread of its own.
class DataPlane final : public Reports {
 public:
  DataPlane(const Surroundings& surroundings, const Settings& settings);
  ~DataPlane() override;

  void start();
  // The gateway goes with it.
  void stop();

  // Another certificate and key stand behind the ARN.
  void certificate_replaced(const std::string& certificate_arn);

  std::optional<std::string> hindrance() const override;
  std::optional<std::string> fault_of(std::string_view load_balancer_arn) const override;
  std::optional<Health> health_of(std::string_view target_group_arn,
                                  const Target& target) const override;

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Work {
    bool is_empty() const {
      return !everything && trust_stores.empty() && certificates.empty() && deaths.empty();
    }
    bool everything = false;              // what is desired may have changed
    std::set<std::int64_t> trust_stores;  // by number: what they revoke may have changed
    std::set<std::string> certificates;   // replaced
    std::vector<std::string> deaths;      // of the gateway: how it ended
  };
  // Who has something to do for the thread; outlives this where it is told late.
  struct Signal {
    void add(const std::function<void(Work&)>& what);
    std::mutex mutex;
    std::condition_variable_any changed;
    Work work{.everything = true, .trust_stores = {}, .certificates = {}, .deaths = {}};
  };
  using HealthByTarget = std::map<std::string, Health, std::less<>>;

  void run(const std::stop_token& stop);
  Work wait(const std::stop_token& stop);
  void do_work(const Work& work);
  void look_after();
  bool open();
  void carry_out();
  Result<Desired> desired() const;
  bool is_time() const;
  void report(Faults faults);
  void look_at_health();
  void heal();
  void again_later();

  const Surroundings around_;
  const Settings settings_;

  const std::shared_ptr<Signal> signal_ = std::make_shared<Signal>();
  sql::Subscription state_changes_;
  sql::Subscription trust_store_changes_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::optional<std::string> hindrance_;
  Faults faults_;
  std::map<std::string, HealthByTarget, std::less<>> health_;  // by target group

  // Of the thread alone.
  std::unique_ptr<gateway::Gateway> gateway_;
  std::optional<InForce> in_force_;
  Alarms alarms_;
  Desired desired_;
  std::optional<Provisions> provisions_;
  int patience_ = 2;  // with what cannot be brought, before anything was put in force
  Time heal_at_{};
  std::optional<Time> again_at_;
  std::chrono::milliseconds pause_;
  std::jthread thread_;  // last: it uses all of the others
};

}  // namespace everseal::elbv2::data_plane
