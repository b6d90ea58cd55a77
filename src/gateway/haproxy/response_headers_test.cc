#include "gateway/haproxy/test_world.h"

namespace everseal::gateway::haproxy {
namespace {

// A fixed answer at /fixed, a redirection at /away, nobody at /nowhere; all else is the target's.
TestGateway& prepared(TestGateway& world) {
  world.state.target_groups.push_back({.id = "empty"});
  const auto at = [](int priority, const std::string& path, Action action) {
    return Rule{.priority = priority,
                .conditions = {PathCondition{.patterns = {path}}},
                .action = std::move(action)};
  };
  world.the_listener().rules = {at(1, "/fixed", FixedResponse{.status = 403}),
                                at(2, "/away", Redirect{}),
                                at(3, "/nowhere", TestGateway::to("empty"))};
  return world;
}

std::string header(const TestGateway& world, const std::string& path, std::string_view name) {
  const auto response = world.client()->send(get(path), "");
  if (!response) return response.error().cause;
  return std::string(response->headers.find(name).value_or("(none)"));
}

}  // namespace

TEST(ResponseHeaders, stand_in_each_response_instead_of_what_the_target_says) {
  TestGateway world;
  world.target.answered.add("X-Frame-Options", "SAMEORIGIN");
  world.target.answered.add("X-Content-Type-Options", "nosniff");
  const std::string policy = "default-src 'self' \"100%\" # \\ \xc3\xa9 $HOME %[src]; script-src *";
  prepared(world).the_listener().response_headers = {
      {"X-Frame-Options", "DENY"},
      {"Content-Security-Policy", policy},
      {"Access-Control-Allow-Origin", std::string(1024, '\'')},
      {"Access-Control-Allow-Headers", std::string(1024, '%')}};
  world.start();
  for (const std::string path : {"/", "/fixed", "/away", "/nowhere"}) {
    SCOPED_TRACE(path);
    EXPECT_EQ(header(world, path, "X-Frame-Options"), "DENY");
    EXPECT_EQ(header(world, path, "Content-Security-Policy"), policy);
    EXPECT_EQ(header(world, path, "Access-Control-Allow-Origin"), std::string(1024, '\''));
    EXPECT_EQ(header(world, path, "Access-Control-Allow-Headers"), std::string(1024, '%'));
  }
  EXPECT_EQ(header(world, "/", "X-Content-Type-Options"), "nosniff");
}

TEST(ResponseHeaders, the_gateways_own_name_can_be_left_out_and_that_of_targets_stays) {
  TestGateway world;
  world.target.answered.add("Server", "nginx");
  auto& gateway = prepared(world).start();
  EXPECT_EQ(header(world, "/fixed", "Server"), "awselb/2.0");
  EXPECT_EQ(header(world, "/", "Server"), "nginx");
  world.the_listener().server_header = false;
  need(gateway.apply(world.state));
  EXPECT_EQ(header(world, "/fixed", "Server"), "(none)");
  EXPECT_EQ(header(world, "/", "Server"), "nginx");
}

TEST(ResponseHeaders, a_value_or_a_name_that_cannot_be_is_malformed) {
  TestGateway world;
  auto& gateway = world.start();
  const std::vector<ResponseHeader> bad = {{"X-Frame-Options", ""},
                                           {"X-Frame-Options", "DENY\r\nX-Other: 1"},
                                           {"X-Frame-Options", std::string(1025, 'a')},
                                           {"X Frame", "DENY"},
                                           {"", "DENY"}};
  for (const auto& each : bad) {
    world.the_listener().response_headers = {each};
    const auto applied = gateway.apply(world.state);
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().kind, Fault::Kind::Malformed);
  }
}

}  // namespace everseal::gateway::haproxy
