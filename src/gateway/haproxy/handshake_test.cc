#include "gateway/haproxy/test_clients.h"

namespace everseal::gateway::haproxy {
namespace {

const std::vector<std::string> versions = {"-tls1_2", "-tls1_3"};

}  // namespace

TEST(Handshake, a_client_needs_a_certificate_that_leads_to_the_store) {
  VerifyingGateway world;
  world.start();
  auto& pki = world.pki;
  auto& root = pki.root();
  TestCa stranger = TestCa::root();  // of the same name as the root
  TestCa issuing = TestPki::below(root, "Issuing CA", "SubordinateCACertificate_PathLen0");
  const auto good = pki.holder(root);
  const auto below = pki.holder(issuing);
  const auto chainless = pki.holder(issuing, {.with_chain = false});
  const auto foreign = pki.holder(stranger);
  const auto expired = pki.holder(root, {.validity = days(30)});
  const auto later = pki.holder(root, {.from = at("2033-01-01T00:00:00Z"), .validity = days(30)});
  const auto server = pki.holder(root, {.template_name = "EndEntityServerAuthCertificate"});
  for (const auto& version : versions) {
    SCOPED_TRACE(version);
    EXPECT_EQ(world.outcome(good, version), "200");
    EXPECT_EQ(world.outcome(below, version), "200");
    EXPECT_EQ(outcome_of(world.port.number(), {version}),
              version == "-tls1_3" ? "alert 116" : "alert 40");
    EXPECT_EQ(world.outcome(chainless, version), "alert 48");
    EXPECT_EQ(world.outcome(foreign, version), "alert 48");
    EXPECT_EQ(world.outcome(expired, version), "alert 45");
    EXPECT_EQ(world.outcome(later, version), "alert 42");
    EXPECT_EQ(world.outcome(server, version), "alert 43");
  }
  EXPECT_EQ(world.target.requests().size(), 4U);  // of the good ones alone
}

TEST(Handshake, a_chain_has_at_most_four_certificates) {
  VerifyingGateway world;
  world.start();
  auto& pki = world.pki;
  TestCa third = TestPki::below(pki.root(), "Third", "SubordinateCACertificate_PathLen3");
  TestCa second = TestPki::below(third, "Second", "SubordinateCACertificate_PathLen2");
  TestCa first = TestPki::below(second, "First", "SubordinateCACertificate_PathLen1");
  TestCa lowest = TestPki::below(first, "Lowest", "SubordinateCACertificate_PathLen0");
  for (const auto& version : versions) {
    SCOPED_TRACE(version);
    EXPECT_EQ(world.outcome(pki.holder(first), version), "200");
    EXPECT_EQ(world.outcome(pki.holder(lowest), version), "closed");
  }
}

TEST(Handshake, an_intermediate_alone_is_an_anchor_and_a_false_one_is_not) {
  VerifyingGateway world;
  auto& pki = world.pki;
  TestCa issuing = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  TestCa stranger = TestCa::root();
  TestCa false_one = TestPki::below(stranger, "Issuing CA", "SubordinateCACertificate_PathLen0");
  world.state.trust_stores.front().bundle = issuing.certificate.pem();
  world.start();
  EXPECT_EQ(world.outcome(pki.holder(issuing, {.with_chain = false})), "200");
  EXPECT_EQ(world.outcome(pki.holder(issuing)), "200");
  EXPECT_NE(world.outcome(pki.holder(false_one, {.with_chain = false})), "200");
  EXPECT_NE(world.outcome(pki.holder(false_one)), "200");
  EXPECT_NE(world.outcome(pki.holder(pki.root())), "200");
}

TEST(Handshake, expiry_can_be_ignored_and_nothing_else_is) {
  VerifyingGateway world;
  world.mutual().ignore_expiry = true;
  world.start();
  auto& pki = world.pki;
  TestCa stranger = TestCa::root();
  const auto expired = pki.holder(pki.root(), {.validity = days(30)});
  EXPECT_EQ(world.outcome(expired), "200");
  EXPECT_NE(world.outcome(pki.holder(stranger, {.validity = days(30)})), "200");
  EXPECT_NE(world.outcome(pki.holder(pki.root(), {.template_name = "EndEntityServerAuthCertificate",
                                                  .validity = days(30)})),
            "200");
  need(world.gateway->revoke("store", entry(expired.certificate)));
  EXPECT_EQ(world.outcome(expired), "closed");
}

TEST(Handshake, names_of_the_store_are_told_only_where_that_is_wanted) {
  VerifyingGateway world;
  world.start();
  const auto names = [&] {
    Connection connection(world.port.number(), {"-tls1_2"});
    return connection.hear_all();
  };
  EXPECT_NE(names().find("No client certificate CA names sent"), std::string::npos);
  world.mutual().advertise_names = true;
  need(world.gateway->apply(world.state));
  EXPECT_NE(names().find("CN = Example Root CA"), std::string::npos);
}

TEST(Handshake, a_session_is_not_resumed) {
  VerifyingGateway world;
  world.start();
  const auto holder = world.pki.holder(world.pki.root());
  for (const auto& version : versions) {
    SCOPED_TRACE(version);
    const auto session = world.pki.path("session");
    const auto with = [&](const std::string& option) {
      auto words = holder.words();
      words.insert(words.end(), {version, option, session});
      Connection connection(world.port.number(), std::move(words));
      connection.get("/", "Connection: close\r\n");
      return connection.hear_all();
    };
    EXPECT_EQ(outcome_in(with("-sess_out")), "200");
    if (!std::filesystem::exists(session)) continue;  // there was none to keep
    const auto second = with("-sess_in");
    EXPECT_EQ(outcome_in(second), "200");
    EXPECT_EQ(second.find("Reused, "), std::string::npos);
    std::filesystem::remove(session);
  }
}

}  // namespace everseal::gateway::haproxy
