#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/gateway.h"

// For the tests of this folder: a gateway that remembers what it was told, and refuses as told.
namespace everseal::elbv2::data_plane {

class Told {
 public:
  using Check = std::function<bool(const Told&)>;
  // Until it is so. Whether it is.
  bool comes_to(const Check& check) {
    std::unique_lock lock(mutex_);
    constexpr std::chrono::seconds patience{60};
    return changed_.wait_for(lock, patience, [&] { return check(*this); });
  }
  template <class Change>
  auto change(Change change) {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
    return change();
  }
  const gateway::LoadBalancer* load_balancer(std::string_view id) const {
    const auto found = std::ranges::find(state.load_balancers, id, &gateway::LoadBalancer::id);
    return found == state.load_balancers.end() ? nullptr : &*found;
  }

  // To be read by a check, and changed by a change, only.
  gateway::State state;
  std::map<std::string, Bytes> certificates;  // by id: the first of the chain
  // By trust store: serial numbers, and * for an issuer that is outdated.
  std::map<std::string, std::set<std::string>> revoked;
  std::vector<std::string> calls;
  std::function<Outcome(const gateway::State&)> judge = [](const auto&) { return Outcome(); };
  std::vector<gateway::TargetHealth> health;
  int heals = 0;
  std::set<std::string> events;  // "type resource"
  std::function<void(const std::string&)> tell_death;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

class TestGateway final : public gateway::Gateway {
 public:
  explicit TestGateway(Told& told) : told_(told) {}

  Outcome apply(const gateway::State& desired) override {
    return told_.change([&]() -> Outcome {
      told_.calls.emplace_back("apply");
      auto judged = told_.judge(desired);
      if (judged) told_.state = desired;
      return judged;
    });
  }
  Outcome set_certificate(std::string_view id, const tls::ServerIdentity& identity) override {
    return told_.change([&]() -> Outcome {
      told_.calls.push_back("set_certificate " + std::string(id));
      told_.certificates[std::string(id)] = identity.chain.at(0);
      return {};
    });
  }
  Outcome remove_certificate(std::string_view id) override {
    return told_.change([&]() -> Outcome {
      told_.certificates.erase(std::string(id));
      return {};
    });
  }
  Outcome revoke(std::string_view store, const std::vector<gateway::Revoked>& entries) override {
    return told_.change([&] {
      told_.calls.emplace_back("revoke " + serials(entries));
      return add(store, entries);
    });
  }
  Outcome unrevoke(std::string_view store, const std::vector<gateway::Revoked>& entries) override {
    return told_.change([&]() -> Outcome {
      told_.calls.emplace_back("unrevoke " + serials(entries));
      for (const auto& each : entries) {
        if (each.outdated) told_.revoked[std::string(store)].erase("*");
        for (const auto& serial : each.serials)
          told_.revoked[std::string(store)].erase(serial.plain_hex());
      }
      return {};
    });
  }
  Outcome set_revoked(std::string_view store,
                      const std::vector<gateway::Revoked>& entries) override {
    return told_.change([&] {
      told_.calls.emplace_back("set_revoked " + serials(entries));
      told_.revoked.erase(std::string(store));
      return add(store, entries);
    });
  }
  std::string digest() const override { return {}; }
  Result<gateway::Healed> heal() override {
    return told_.change([&] {
      ++told_.heals;
      return gateway::Healed{};
    });
  }
  Result<std::vector<gateway::TargetHealth>> health(std::string_view) override {
    return told_.change([&] { return told_.health; });
  }
  gateway::Status status() const override { return {}; }

 private:
  // "01,02"
  static std::string serials(const std::vector<gateway::Revoked>& entries) {
    std::string all;
    for (const auto& each : entries) {
      for (const auto& serial : each.serials) all += (all.empty() ? "" : ",") + serial.plain_hex();
    }
    return all;
  }
  Outcome add(std::string_view store, const std::vector<gateway::Revoked>& entries) {
    for (const auto& each : entries) {
      if (each.outdated) told_.revoked[std::string(store)].insert("*");
      for (const auto& serial : each.serials)
        told_.revoked[std::string(store)].insert(serial.plain_hex());
    }
    return {};
  }

  Told& told_;
};

}  // namespace everseal::elbv2::data_plane
