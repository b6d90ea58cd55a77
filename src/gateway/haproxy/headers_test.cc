#include "clock/time_text.h"
#include "encoding/percent.h"
#include "gateway/haproxy/test_clients.h"

namespace everseal::gateway::haproxy {

TEST(Headers, the_target_is_told_of_tls_under_names_that_no_client_can_send) {
  TestGateway world;
  auto request = get("/");
  for (const auto* name : {"X-Amzn-Tls-Version", "X-Amzn-Tls-Cipher-Suite", "Tls-Version",
                           "tls_version", "X-Suite%"}) {
    request.headers.add(name, "of the client");
  }
  world.the_listener().tls->headers = {.version = "Tls-Version", .cipher_suite = "X-Suite%"};
  auto& gateway = world.start();
  EXPECT_EQ(answer_to(*world.client(), request), "200 target: GET /");
  for (const auto* name : {"X-Amzn-Tls-Version", "Tls-Version", "tls_version", "X-Suite%"}) {
    EXPECT_EQ(world.target.header(name), "(none)") << name;
  }
  world.state.load_balancers.front().tls_headers = true;
  need(gateway.apply(world.state));
  EXPECT_EQ(answer_to(*world.client(), request), "200 target: GET /");
  EXPECT_EQ(world.target.header("Tls-Version"), "TLSv1.3");
  EXPECT_EQ(world.target.header("X-Suite%").substr(0, 4), "TLS_");
  for (const auto* name : {"X-Amzn-Tls-Version", "X-Amzn-Tls-Cipher-Suite", "tls_version"}) {
    EXPECT_EQ(world.target.header(name), "(none)") << name;
  }
}

TEST(Headers, names_that_are_not_valid_go_no_further_where_they_are_dropped) {
  TestGateway world;
  auto request = get("/");
  for (const auto* name : {"X-Valid-1", "x_under_score", "X.Dot", "X!"}) {
    request.headers.add(name, "said");
  }
  auto& gateway = world.start();
  EXPECT_EQ(answer_to(*world.client(), request), "200 target: GET /");
  for (const auto* name : {"X-Valid-1", "x_under_score", "X.Dot", "X!"}) {
    EXPECT_EQ(world.target.header(name), "said") << name;
  }
  world.state.load_balancers.front().drops_invalid_headers = true;
  need(gateway.apply(world.state));
  EXPECT_EQ(answer_to(*world.client(), request), "200 target: GET /");
  EXPECT_EQ(world.target.header("X-Valid-1"), "said");
  for (const auto* name : {"x_under_score", "X.Dot", "X!"}) {
    EXPECT_EQ(world.target.header(name), "(none)") << name;
  }
}

TEST(Headers, the_target_is_told_of_a_verified_client) {
  VerifyingGateway world;
  world.start();
  const auto holder = world.client_of_root();
  EXPECT_EQ(world.outcome(holder), "200");
  const auto told = [&](const std::string& name) {
    return world.target.header("X-Amzn-Mtls-Clientcert-" + name);
  };
  std::string serial = holder.certificate.serial().plain_hex();
  std::ranges::transform(serial, serial.begin(), ::toupper);
  EXPECT_EQ(told("Serial-Number"), serial);
  EXPECT_EQ(told("Issuer"), "CN=Example Root CA,C=US");
  EXPECT_EQ(told("Subject"), "CN=dev-0001,C=US");
  const auto& validity = holder.certificate.validity();
  EXPECT_EQ(told("Validity"), "NotBefore=" + to_iso8601(validity.not_before) +
                                  ";NotAfter=" + to_iso8601(validity.not_after));
  EXPECT_EQ(need(encoding::percent_decode(told("Leaf"))), holder.certificate.pem());
  EXPECT_EQ(world.target.header("X-Amzn-Mtls-Clientcert"), "(none)");
}

TEST(Headers, passthrough_judges_nobody_and_hands_on_the_chain) {
  VerifyingGateway world;
  world.mutual() = {.mode = MutualTlsMode::Passthrough};
  world.start();
  TestCa stranger = TestCa::root();
  TestCa issuing = TestPki::below(stranger, "Issuing CA", "SubordinateCACertificate_PathLen0");
  const auto expired = world.pki.holder(issuing, {.validity = days(30)});
  for (const std::string version : {"-tls1_2", "-tls1_3"}) {
    SCOPED_TRACE(version);
    EXPECT_EQ(world.outcome(expired, version), "200");
    EXPECT_EQ(need(encoding::percent_decode(world.target.header("X-Amzn-Mtls-Clientcert"))),
              expired.certificate.pem() + issuing.certificate.pem());
    EXPECT_EQ(outcome_of(world.port.number(), {version}), "200");
    EXPECT_EQ(world.target.header("X-Amzn-Mtls-Clientcert"), "(none)");
  }
}

TEST(Headers, a_trace_id_is_made_or_carried_on) {
  TestGateway world;
  world.start();
  const auto client = world.client();
  EXPECT_EQ(answer_to(*client, get("/")), "200 target: GET /");
  const auto made = world.target.header("X-Amzn-Trace-Id");
  EXPECT_EQ(made.substr(0, 7), "Root=1-") << made;
  EXPECT_EQ(made.size(), std::string("Root=1-01234567-0123456789abcdef01234567").size()) << made;
  auto again = get("/");
  again.headers.add("X-Amzn-Trace-Id", "Self=1-a-b;Root=1-c-d");
  EXPECT_EQ(answer_to(*client, again), "200 target: GET /");
  const auto carried = world.target.header("X-Amzn-Trace-Id");
  EXPECT_EQ(carried.substr(0, 7), "Self=1-") << carried;
  EXPECT_TRUE(carried.ends_with(";Root=1-c-d")) << carried;
}

TEST(Headers, who_forwarded_a_request_is_added_to_those_before) {
  TestGateway world;
  auto& gateway = world.start();
  auto request = get("/");
  request.headers.add("X-Forwarded-For", "192.0.2.1");
  const auto forwarded_for = [&](ForwardedFor way) {
    world.state.load_balancers.front().forwarded_for = way;
    need(gateway.apply(world.state));
    EXPECT_EQ(answer_to(*world.client(), request), "200 target: GET /");
    return world.target.header("X-Forwarded-For");
  };
  EXPECT_EQ(forwarded_for(ForwardedFor::Append), "192.0.2.1, 127.0.0.1");
  EXPECT_EQ(forwarded_for(ForwardedFor::Preserve), "192.0.2.1");
  EXPECT_EQ(forwarded_for(ForwardedFor::Remove), "(none)");
}

}  // namespace everseal::gateway::haproxy
