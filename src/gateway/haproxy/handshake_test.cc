#include "gateway/haproxy/process.h"
#include "gateway/haproxy/test_clients.h"

namespace everseal::gateway::haproxy {
namespace {

const std::vector<std::string> versions = {"-tls1_2", "-tls1_3"};

}  // namespace

TEST(Handshake, a_chain_too_long_to_be_read_hides_no_revoked_intermediate) {
  VerifyingGateway world;
  auto& gateway = world.start();
  auto& pki = world.pki;
  TestCa issuing = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  auto holder = pki.holder(issuing);
  need(gateway.revoke("store", entry(issuing.certificate)));
  const auto padded_by = [&](std::size_t octets) {
    const auto file = pki.path("padding.pem");
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", pki.path("padding.key"), "-subj", "/CN=padding", "-addext",
             "nsComment=" + std::string(octets, 'x'), "-out", file});
    std::ifstream padding(file);
    return std::string(std::istreambuf_iterator<char>(padding), {}) + issuing.certificate.pem();
  };
  // What does not fit into HAProxy's buffer it leaves out of a chain.
  for (const std::size_t octets : {1'000U, 64'800U, 66'000U, 100'000U, 110'000U}) {
    SCOPED_TRACE(octets);
    holder.chain_file = pki.put("padded.chain", padded_by(octets));
    for (const auto& version : versions) EXPECT_NE(world.outcome(holder, version), "200");
  }
  need(gateway.unrevoke("store", entry(issuing.certificate)));
  holder.chain_file = pki.put("padded.chain", padded_by(66'000));
  for (const auto& version : versions) EXPECT_EQ(world.outcome(holder, version), "200");
}

TEST(Handshake, clients_of_http_2_are_judged_alike) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  const auto asked = [&] {
    const auto said =
        run({"/usr/bin/curl", "-sk", "--http2", "--cert", holder.certificate_file, "--key",
             holder.key_file, "-w", " by %{http_version}", world.url() + "/h2"},
            kPatience);
    return said ? *said : "refused";
  };
  EXPECT_EQ(asked(), "target: GET /h2 by 2");
  EXPECT_EQ(world.target.header("X-Amzn-Mtls-Clientcert-Subject"), "CN=dev-0001,C=US");
  need(gateway.revoke("store", entry(holder.certificate)));
  EXPECT_EQ(asked(), "refused");
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

TEST(Handshake, where_no_ca_is_trusted_nobody_gets_in) {
  VerifyingGateway world;
  world.state.trust_stores.front().bundle.clear();
  world.start();
  EXPECT_NE(world.outcome(world.client_of_root()), "200");
}

}  // namespace everseal::gateway::haproxy
