#include "gateway/haproxy/log_world.h"

namespace everseal::gateway::haproxy {
namespace {

std::vector<Revoked> outdated(const TestCa& ca) {
  return {{.issuer = ca.certificate.subject(), .serials = {}, .outdated = true}};
}

}  // namespace

TEST(Outdated, whoever_an_issuer_without_a_list_that_counts_issued_is_refused_until_it_has_one) {
  LoggedGateway world;
  world.settings.heeds_outdated_lists = true;
  auto& gateway = world.start();
  TestCa below = TestPki::below(world.pki.root(), "Below", "SubordinateCACertificate_PathLen0");
  const auto leaf = world.pki.holder(below);
  const auto of_root = world.client_of_root();
  for (const std::string version : {"-tls1_2", "-tls1_3"}) {
    SCOPED_TRACE(version);
    EXPECT_EQ(world.outcome(leaf, version), "200");
    EXPECT_EQ(world.heard.connection().handshake, Handshake::Success);
    need(gateway.revoke("store", outdated(below)));
    EXPECT_EQ(world.outcome(leaf, version), "closed");
    EXPECT_EQ(world.heard.connection().handshake, Handshake::CrlProcessingError);
    EXPECT_EQ(world.outcome(of_root, version), "200");
    EXPECT_EQ(world.heard.connection().handshake, Handshake::Success);
    need(gateway.unrevoke("store", outdated(below)));
  }
  EXPECT_EQ(world.outcome(leaf), "200");
}

TEST(Outdated, an_intermediate_that_the_client_sends_is_refused_too) {
  LoggedGateway world;
  world.settings.heeds_outdated_lists = true;
  auto& gateway = world.start();
  TestCa below = TestPki::below(world.pki.root(), "Below", "SubordinateCACertificate_PathLen0");
  const auto leaf = world.pki.holder(below);
  need(gateway.revoke("store", outdated(world.pki.root())));
  EXPECT_EQ(world.outcome(leaf), "closed");
  EXPECT_EQ(world.heard.connection().handshake, Handshake::CrlProcessingError);
}

TEST(Outdated, so_is_one_of_the_trust_store) {
  LoggedGateway world;
  world.settings.heeds_outdated_lists = true;
  TestCa below = TestPki::below(world.pki.root(), "Below", "SubordinateCACertificate_PathLen0");
  world.state.trust_stores.front().bundle += below.certificate.pem();
  auto& gateway = world.start();
  const auto chainless = world.pki.holder(below, {.with_chain = false});
  EXPECT_EQ(world.outcome(chainless), "200");
  need(gateway.revoke("store", outdated(world.pki.root())));
  EXPECT_NE(world.outcome(chainless), "200");
  need(gateway.unrevoke("store", outdated(world.pki.root())));
  EXPECT_EQ(world.outcome(chainless), "200");
}

TEST(Outdated, a_revoked_certificate_is_still_said_to_be_revoked) {
  LoggedGateway world;
  world.settings.heeds_outdated_lists = true;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  need(gateway.revoke("store", outdated(world.pki.root())));
  need(gateway.revoke("store", entry(holder.certificate)));
  EXPECT_EQ(world.outcome(holder), "closed");
  EXPECT_EQ(world.heard.connection().handshake, Handshake::CrlHit);
}

TEST(Outdated, connections_that_stand_are_refused_at_their_next_request_and_what_runs_is_cut) {
  VerifyingGateway world;
  world.settings.heeds_outdated_lists = true;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  Connection standing(world.port.number(), holder.words());
  standing.get("/first");
  EXPECT_EQ(outcome_in(standing.hear_until("GET /first")), "200");
  Connection running(world.port.number(), holder.words());
  running.say("POST /slow HTTP/1.1\r\nHost: edge\r\nContent-Length: 4\r\n\r\nab");
  world.target.wait_for_heads(2);
  need(gateway.revoke("store", outdated(world.pki.root())));
  EXPECT_EQ(outcome_in(running.hear_all()), "closed");
  standing.get("/second");
  EXPECT_EQ(outcome_in(standing.hear_all()), "closed");
}

}  // namespace everseal::gateway::haproxy
