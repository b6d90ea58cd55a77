#include "gateway/haproxy/process.h"
#include "gateway/haproxy/test_clients.h"

namespace everseal::gateway::haproxy {
namespace {

const std::vector<std::string> versions = {"-tls1_2", "-tls1_3"};

std::string openssl(std::vector<std::string> words) {
  words.insert(words.begin(), "/usr/bin/openssl");
  return need(run(words, kPatience));
}

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

TEST(Handshake, weak_keys_weak_hashes_and_false_signatures_are_refused) {
  VerifyingGateway world;
  auto& pki = world.pki;
  const auto ca = pki.path("own.pem");
  const auto ca_key = pki.path("own.key");
  openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
           "-keyout", ca_key, "-out", ca, "-days", "3650", "-subj", "/CN=Own CA"});
  const auto made = [&](const std::string& name, const std::string& key, const std::string& hash) {
    const auto at = [&](const char* end) { return pki.path(name + end); };
    openssl({"req", "-new", "-newkey", key, "-nodes", "-keyout", at(".key"), "-out", at(".csr"),
             "-subj", "/CN=" + name});
    openssl({"x509", "-req", "-in", at(".csr"), "-CA", ca, "-CAkey", ca_key, "-set_serial", "7",
             "-days", "3650", hash, "-out", at(".pem")});
    return std::vector<std::string>{"-cert",    at(".pem"), "-key",
                                    at(".key"), "-cipher",  "DEFAULT@SECLEVEL=0"};
  };
  std::ifstream in(ca);
  world.state.trust_stores.front().bundle += std::string(std::istreambuf_iterator<char>(in), {});
  world.start();
  EXPECT_EQ(outcome_of(world.port.number(), made("good", "rsa:2048", "-sha256")), "200");
  EXPECT_NE(outcome_of(world.port.number(), made("small", "rsa:1024", "-sha256")), "200");
  EXPECT_NE(outcome_of(world.port.number(), made("old", "rsa:2048", "-sha1")), "200");

  auto forged = pki.holder(pki.root());
  EXPECT_EQ(world.outcome(forged), "200");
  auto der = to_bytes(forged.certificate.der());
  der.back() = static_cast<std::uint8_t>(der.back() ^ 1);
  forged.certificate_file = pki.put("forged.pem", asn1::Pem("CERTIFICATE", der).text());
  EXPECT_EQ(world.outcome(forged), "alert 51");
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

TEST(Handshake, a_session_is_not_resumed) {
  VerifyingGateway world;
  world.start();
  const auto holder = world.client_of_root();
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
