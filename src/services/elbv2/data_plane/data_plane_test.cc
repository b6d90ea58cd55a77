#include "services/elbv2/data_plane/data_plane.h"

#include "services/elbv2/data_plane/test_world.h"
#include "services/elbv2/operations/delete_load_balancer.h"
#include "services/elbv2/operations/deregister_targets.h"
#include "services/elbv2/operations/modify_listener_attributes.h"
#include "services/elbv2/operations/register_targets.h"

namespace everseal::elbv2::data_plane {
namespace {

using trust_stores::crl_of;

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

TEST_F(DataPlaneTest, tells_which_headers_a_listener_has) {
  const auto edge = balancer("edge");
  const auto listener = listen(edge);
  const std::string request = "routing.http.request.", response = "routing.http.response.";
  const ModifyListenerAttributes modify{*world.database};
  need(modify({listener,
               {{request + "x_amzn_tls_version.header_name", "Tls-Version"},
                {response + "server.enabled", "false"},
                {response + "x_frame_options.header_value", "DENY"},
                {response + "access_control_max_age.header_value", "60"}}},
              world.call));
  plane.start();
  ASSERT_TRUE(listens(edge));
  told.comes_to([&](const Told& now) {
    const auto& found = now.load_balancer(edge)->listeners.at(0);
    EXPECT_EQ(found.tls->headers, (gateway::TlsHeaders{.version = "Tls-Version"}));
    EXPECT_FALSE(found.server_header);
    EXPECT_EQ(found.response_headers,
              (std::vector<gateway::ResponseHeader>{{"Access-Control-Max-Age", "60"},
                                                    {"X-Frame-Options", "DENY"}}));
    return true;
  });
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

TEST_F(DataPlaneTest, trusts_no_expired_ca_where_the_expiry_of_clients_is_ignored) {
  const auto ca_until = [](std::string_view name, std::string_view end) {
    return x509::testing::Draft{
        .subject = name,
        .issuer = name,
        .extensions = trust_stores::of_ca(),
        .validity = {*parse_iso8601("2025-01-01T00:00:00Z"), *parse_iso8601(end)}}
        .signed_certificate()
        .pem();
  };
  const auto first = ca_until("First", "2026-01-01T00:00:00Z");
  const auto second = ca_until("Second", "2027-01-01T00:00:00Z");
  stores.buckets.objects["pki/both.pem"] = first + second;
  const auto store = stores.create("both", "both.pem");
  const auto other = stores.create("other", "both.pem");
  const auto edge = balancer("edge");
  listen(edge, 443, store, Expiry::Ignored);
  listen(edge, 8443, other);
  plane.start();
  const auto trusts = [&](const std::string& arn, const std::string& bundle) {
    return told.comes_to([&](const Told& now) {
      return std::ranges::any_of(now.state.trust_stores, [&](const auto& each) {
        return each.id == arn && each.bundle == bundle;
      });
    });
  };
  EXPECT_TRUE(trusts(store, first + second));
  stores.clock.set(*parse_iso8601("2026-01-01T00:00:01Z"));
  EXPECT_TRUE(trusts(store, second));
  EXPECT_TRUE(trusts(other, first + second)) << "it is refused as expired there";
  stores.clock.set(*parse_iso8601("2027-01-01T00:00:01Z"));
  EXPECT_TRUE(trusts(store, ""));
}

}  // namespace
}  // namespace everseal::elbv2::data_plane
