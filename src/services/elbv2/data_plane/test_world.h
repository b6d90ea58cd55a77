#pragma once

#include <gtest/gtest.h>

#include <atomic>

#include "services/elbv2/data_plane/data_plane.h"
#include "services/elbv2/data_plane/test_gateway.h"
#include "services/elbv2/test_world.h"
#include "services/elbv2/trust_stores/test_world.h"

// For the tests of this folder: a data plane between databases and a gateway that remembers.
namespace everseal::elbv2::data_plane {

class TestIdentities final : public ServerIdentities {
 public:
  Result<std::optional<tls::ServerIdentity>> find(sql::Snapshot&,
                                                  std::string_view arn) const override {
    const std::lock_guard lock(mutex_);
    if (faults > 0 && faults-- > 0) return Fault::unavailable("the disk is busy");
    const auto found = leaves_.find(arn);
    if (found == leaves_.end()) return std::optional<tls::ServerIdentity>();
    return std::optional(tls::ServerIdentity{{to_bytes(found->second)}, SecretBytes()});
  }
  void put(const std::string& arn, const std::string& leaf) {
    const std::lock_guard lock(mutex_);
    leaves_[arn] = leaf;
  }
  mutable std::atomic<int> faults = 0;  // so many finds fail

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> leaves_;
};

class TestEvents final : public EventSink {
 public:
  explicit TestEvents(Told& told) : told_(told) {}
  Outcome tell(const Event& event) override {
    told_.change([&] {
      for (const auto& resource : event.resources) told_.events.insert(event.type + " " + resource);
    });
    return {};
  }

 private:
  Told& told_;
};

class DataPlaneTest : public testing::Test {
 protected:
  explicit DataPlaneTest(OutdatedLists outdated = OutdatedLists::CountOn) : outdated_(outdated) {}

  enum class Expiry { Refused, Ignored };  // of clients

  // At the port, of HTTPS: verifies clients against that store, if one is named.
  std::string listen(const std::string& balancer, std::int32_t port = 443,
                     const std::string& trust_store = "", Expiry expiry = Expiry::Refused) {
    auto request = TestWorld::listener_request(balancer, port);
    request.protocol = Protocol::Https;
    request.certificates = {{certificate, {}}};
    if (!trust_store.empty()) {
      world.trust_stores.statuses[trust_store] = TrustStores::Status::Active;
      request.mutual_authentication =
          shapes::MutualAuthentication{"verify", trust_store, expiry == Expiry::Ignored, {}, {}};
    }
    return world.listen(request).listener_arn;
  }
  std::string balancer(const std::string& name) { return world.create(name).load_balancer_arn; }
  bool listens(const std::string& balancer) {
    return told.comes_to([&](const Told& now) {
      const auto* found = now.load_balancer(balancer);
      return found != nullptr && !found->listeners.empty();
    });
  }
  // A trust store that follows a CA, which revoked 0b.
  std::string follower() {
    const std::string devices =
        "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/"
        "11111111-2222-3333-4444-555555555555";
    stores.cas.all[devices] = {.number = 7,
                               .version = 1,
                               .revoked = 0,
                               .certificate = to_bytes(trust_stores::ca("Devices").der())};
    stores.cas.serials = {"0b"};
    return need(stores.try_create("bound", "no file is asked for",
                                  {{std::string(trust_stores::ca_tag), devices}}))
        .trust_stores.at(0)
        .trust_store_arn;
  }
  static sql::Database* with_all_tables(sql::Database& database) {
    need(sql::migrate(database, {trust_stores::migrations(), elbv2::migrations()}));
    return &database;
  }
  static std::ptrdiff_t position(const Told& now, const std::string& call) {
    return std::ranges::find(now.calls, call) - now.calls.begin();
  }

  const OutdatedLists outdated_;
  trust_stores::World stores;
  TestWorld world{with_all_tables(*stores.database)};
  const std::string certificate = world.certificate("one");
  TestIdentities identities;
  Told told;
  TestEvents events{told};
  bool available = true;
  DataPlane plane{
      {.database = *stores.database,
       .trust_stores = stores.reader,
       .identities = identities,
       .clock = stores.clock,
       .log = stores.log,
       .events = events,
       .open_gateway = [this](auto tell_death) -> Result<std::unique_ptr<gateway::Gateway>> {
         if (!told.change([&] { return available; }))
           return Fault::unavailable("HAProxy is not installed");
         told.change([&] { told.tell_death = std::move(tell_death); });
         return std::unique_ptr<gateway::Gateway>(new TestGateway(told));
       }},
      {.look_interval = std::chrono::milliseconds{1},
       .heal_interval = std::chrono::milliseconds{1},
       .least_pause = std::chrono::milliseconds{1},
       .most_pause = std::chrono::milliseconds{1},
       .outdated_lists = outdated_}};

  void SetUp() override { identities.put(certificate, "leaf 1"); }
  void TearDown() override { plane.stop(); }
};

}  // namespace everseal::elbv2::data_plane
