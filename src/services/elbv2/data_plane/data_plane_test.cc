#include "services/elbv2/data_plane/data_plane.h"

#include <gtest/gtest.h>

#include "services/elbv2/data_plane/test_gateway.h"
#include "services/elbv2/operations/delete_load_balancer.h"
#include "services/elbv2/operations/deregister_targets.h"
#include "services/elbv2/operations/register_targets.h"
#include "services/elbv2/test_world.h"
#include "services/elbv2/trust_stores/test_world.h"

namespace everseal::elbv2::data_plane {
namespace {

using trust_stores::crl_of;

class TestIdentities final : public ServerIdentities {
 public:
  Result<std::optional<tls::ServerIdentity>> find(sql::Snapshot&,
                                                  std::string_view arn) const override {
    const std::lock_guard lock(mutex_);
    const auto found = leaves_.find(arn);
    if (found == leaves_.end()) return std::optional<tls::ServerIdentity>();
    return std::optional(tls::ServerIdentity{{to_bytes(found->second)}, SecretBytes()});
  }
  void put(const std::string& arn, const std::string& leaf) {
    const std::lock_guard lock(mutex_);
    leaves_[arn] = leaf;
  }

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
  // At the port, of HTTPS: verifies clients against that store, if one is named.
  std::string listen(const std::string& balancer, std::int32_t port = 443,
                     const std::string& trust_store = "") {
    auto request = TestWorld::listener_request(balancer, port);
    request.protocol = Protocol::Https;
    request.certificates = {{certificate, {}}};
    if (!trust_store.empty()) {
      world.trust_stores.statuses[trust_store] = TrustStores::Status::Active;
      request.mutual_authentication =
          shapes::MutualAuthentication{"verify", trust_store, {}, {}, {}};
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
  static sql::Database* with_all_tables(sql::Database& database) {
    need(sql::migrate(database, {trust_stores::migrations(), elbv2::migrations()}));
    return &database;
  }
  static std::ptrdiff_t position(const Told& now, const std::string& call) {
    return std::ranges::find(now.calls, call) - now.calls.begin();
  }

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
       .most_pause = std::chrono::milliseconds{1}}};

  void SetUp() override { identities.put(certificate, "leaf 1"); }
  void TearDown() override { plane.stop(); }
};

TEST_F(DataPlaneTest, carries_out_what_was_desired_before_and_what_is_from_then_on) {
  const auto first = balancer("first");
  listen(first);
  plane.start();
  EXPECT_TRUE(listens(first));
  const auto second = balancer("second");
  listen(second, 8443);
  EXPECT_TRUE(listens(second));
  EXPECT_EQ(plane.fault_of(second), std::nullopt);
  EXPECT_TRUE(told.comes_to([](const Told& now) { return now.heals > 1; }));

  need(DeleteLoadBalancer{*world.database, world.certificates}({first}, world.call));
  EXPECT_TRUE(told.comes_to([&](const Told& now) { return !now.load_balancer(first); }));
}

TEST_F(DataPlaneTest, listens_where_the_load_balancer_is_said_to_be) {
  plane.start();
  const auto shown = world.create("edge");
  listen(shown.load_balancer_arn);
  ASSERT_TRUE(listens(shown.load_balancer_arn));
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.state.load_balancers[0].listeners[0].address ==
           shown.availability_zones[0].load_balancer_addresses[0].ip_address;
  }));
}

TEST_F(DataPlaneTest, knows_who_is_revoked_before_it_listens) {
  const auto store = stores.create();
  stores.add(store, crl_of("Devices", {"0a", "0b"}));
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  EXPECT_TRUE(told.comes_to([](const Told& now) {
    const auto revoked = position(now, "set_revoked 0a,0b");
    return revoked < std::ssize(now.calls) && revoked < position(now, "apply");
  }));
}

TEST_F(DataPlaneTest, tells_what_changed_of_who_is_revoked) {
  const auto store = stores.create();
  const auto old = stores.add(store, crl_of("Devices", {"0a", "0b"}));
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  stores.add(store, crl_of("Devices", {"0b", "0c"}));
  EXPECT_TRUE(told.comes_to(
      [](const Told& now) { return position(now, "revoke 0c") < std::ssize(now.calls); }));
  need(stores.remove(store, {old}));
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return position(now, "unrevoke 0a") < std::ssize(now.calls) &&
           now.revoked.at(store) == std::set<std::string>{"0b", "0c"};
  }));
}

TEST_F(DataPlaneTest, tells_what_a_private_ca_revoked_since) {
  const std::string devices =
      "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/"
      "11111111-2222-3333-4444-555555555555";
  stores.cas.all[devices] = {.number = 7,
                             .version = 1,
                             .revoked = 0,
                             .certificate = to_bytes(trust_stores::ca("Devices").der())};
  stores.cas.serials = {"0b"};
  const auto store = need(stores.try_create("bound", "no file is asked for",
                                            {{std::string(trust_stores::ca_tag), devices}}))
                         .trust_stores.at(0)
                         .trust_store_arn;
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  stores.cas.revoke("0a");
  EXPECT_TRUE(told.comes_to(
      [](const Told& now) { return position(now, "revoke 0a") < std::ssize(now.calls); }));
  stores.add(store, crl_of("Devices", {"0a", "0c"}));
  EXPECT_TRUE(told.comes_to([](const Told& now) {
    return position(now, "revoke 0c") < std::ssize(now.calls);
  })) << "what was told is not told again";
  stores.cas.revoke("0d");
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return position(now, "revoke 0d") < std::ssize(now.calls) &&
           now.revoked.at(store) == std::set<std::string>{"0a", "0b", "0c", "0d"};
  }));
}

TEST_F(DataPlaneTest, one_that_cannot_be_carried_out_leaves_the_others_alone) {
  told.judge = [](const gateway::State& state) -> Outcome {
    for (const auto& each : state.load_balancers) {
      for (const auto& listener : each.listeners) {
        if (listener.port == 443) return Fault::unavailable("the port is taken");
      }
    }
    return {};
  };
  const auto bad = balancer("bad");
  listen(bad, 443);
  plane.start();
  const auto good = balancer("good");
  listen(good, 8443);
  EXPECT_TRUE(listens(good));
  EXPECT_TRUE(told.comes_to([&](const Told&) { return plane.fault_of(bad).has_value(); }));
  EXPECT_EQ(plane.fault_of(bad), "the port is taken");
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.events == std::set<std::string>{"Everseal Load Balancer Impaired " + bad};
  }));
  EXPECT_EQ(plane.fault_of(good), std::nullopt);

  told.change([&] { told.judge = [](const auto&) { return Outcome(); }; });
  EXPECT_TRUE(listens(bad));
  EXPECT_TRUE(told.comes_to([&](const Told&) { return !plane.fault_of(bad); }));
}

TEST_F(DataPlaneTest, tells_of_deaths_and_of_lists_that_became_outdated) {
  const auto store = stores.create();
  stores.add(store, crl_of("Devices", {"0a"}));
  const auto edge = balancer("edge");
  listen(edge, 443, store);
  plane.start();
  ASSERT_TRUE(listens(edge));
  told.tell_death("signal: killed");
  EXPECT_TRUE(told.comes_to(
      [&](const Told& now) { return now.events.contains("Everseal Gateway Died " + edge); }));
  EXPECT_TRUE(told.comes_to([&](const Told& now) { return now.events.size() == 1; }));

  stores.clock.advance(std::chrono::hours{24 * 365});
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.events.contains("Everseal Revocation List Expired " + store);
  }));
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.revoked.at(store) == std::set<std::string>{"0a"};
  })) << "what it revokes stays revoked";
}

TEST_F(DataPlaneTest, gives_a_certificate_anew_when_it_was_replaced) {
  const auto edge = balancer("edge");
  listen(edge);
  plane.start();
  ASSERT_TRUE(listens(edge));
  identities.put(certificate, "leaf 2");
  plane.certificate_replaced(world.certificate("of somebody else"));
  plane.certificate_replaced(certificate);
  EXPECT_TRUE(told.comes_to([&](const Told& now) {
    return now.certificates == std::map<std::string, Bytes>{{certificate, to_bytes("leaf 2")}};
  }));

  need(DeleteLoadBalancer{*world.database, world.certificates}({edge}, world.call));
  EXPECT_TRUE(told.comes_to([](const Told& now) { return now.certificates.empty(); }));
}

TEST_F(DataPlaneTest, says_what_is_in_the_way_and_begins_when_nothing_is) {
  available = false;
  plane.start();
  EXPECT_TRUE(told.comes_to([&](const Told&) { return plane.hindrance().has_value(); }));
  EXPECT_EQ(plane.hindrance(), "HAProxy is not installed");
  const auto edge = balancer("edge");
  listen(edge);
  EXPECT_EQ(plane.fault_of(edge), "HAProxy is not installed");
  told.change([&] { available = true; });
  EXPECT_TRUE(listens(edge));
  EXPECT_EQ(plane.hindrance(), std::nullopt);
}

TEST_F(DataPlaneTest, shows_the_health_of_targets_and_leaves_out_those_that_drained) {
  const auto edge = balancer("edge");
  const auto group = world.create_group("api").target_group_arn;
  auto request = TestWorld::listener_request(edge);
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  need(RegisterTargets{*world.database, stores.clock}(
      {group, {{"192.0.2.7", 8080, {}}, {"192.0.2.8", 8080, {}}}}, world.call));
  told.health = {{"192.0.2.7:8080", gateway::Health::Healthy, {}, {}},
                 {"192.0.2.8:8080", gateway::Health::Unhealthy,
                  gateway::HealthReason::ResponseCodeMismatch, 503}};
  plane.start();
  const auto health = [&](const std::string& address) {
    return plane.health_of(group, {.id = address, .port = 8080, .zone = {}, .deregistered_at = {}});
  };
  EXPECT_TRUE(told.comes_to([&](const Told&) { return health("192.0.2.8").has_value(); }));
  EXPECT_EQ(health("192.0.2.7")->state, TargetState::Healthy);
  EXPECT_EQ(health("192.0.2.8")->state, TargetState::Unhealthy);
  EXPECT_EQ(health("192.0.2.8")->description, "Health checks failed with these codes: [503]");
  EXPECT_EQ(health("192.0.2.9"), std::nullopt);

  need(DeregisterTargets{*world.database, stores.clock}({group, {{"192.0.2.8", 8080, {}}}},
                                                        world.call));
  EXPECT_TRUE(told.comes_to([](const Told& now) {
    const auto& targets = now.state.target_groups.at(0).targets;
    return targets.size() == 2 && targets[1].draining;
  }));
  stores.clock.advance(std::chrono::seconds{301});
  EXPECT_TRUE(told.comes_to(
      [](const Told& now) { return now.state.target_groups.at(0).targets.size() == 1; }));
}

}  // namespace
}  // namespace everseal::elbv2::data_plane
