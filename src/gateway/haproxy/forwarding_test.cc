#include "gateway/haproxy/test_world.h"

namespace everseal::gateway::haproxy {

TEST(Forwarding, a_request_over_tls_reaches_the_target) {
  TestGateway world;
  world.start();
  EXPECT_EQ(answer_to(*world.client(), get("/a?b=c")), "200 target: GET /a?b=c");
  EXPECT_EQ(world.target.header("X-Forwarded-Proto"), "https");
  EXPECT_EQ(world.target.header("X-Forwarded-For"), "127.0.0.1");
  EXPECT_EQ(world.target.header("X-Forwarded-Port"), std::to_string(world.port.number()));
  EXPECT_TRUE(world.gateway->status().running);
}

TEST(Forwarding, without_haproxy_the_gateway_says_so) {
  TestGateway world;
  world.settings.program = "/nonexistent/haproxy";
  const auto gateway = HaproxyGateway::create(world.settings, world.log, {});
  ASSERT_FALSE(gateway);
  EXPECT_EQ(gateway.error().kind, Fault::Kind::Unavailable);
  EXPECT_EQ(gateway.error().cause, "HAProxy is not installed: there is no /nonexistent/haproxy");
}

}  // namespace everseal::gateway::haproxy
