#include <algorithm>

#include "clock/time_text.h"
#include "encoding/percent.h"
#include "gateway/haproxy/http2_client.h"
#include "gateway/haproxy/log_world.h"

// Each kind of client, in TLS 1.2 and 1.3, in HTTP/1.1 and HTTP/2: what it gets, what the target is
// told of it, and what the connection log says.
namespace everseal::gateway::haproxy {
namespace {

struct Way {
  std::string name;
  std::string option;   // of `openssl s_client`
  std::string tls;      // as the log has it
  std::string version;  // of HTTP, as the log has it
};

struct Client {
  std::string name;
  std::optional<Holder> holder;
  Handshake judged;              // by a listener that verifies
  std::string refused;           // in TLS 1.3, as outcome_in() has it; nothing: somehow
  std::string refused_1_2 = {};  // where that is another

  // Who says too much is not even read.
  bool is_read() const { return judged != Handshake::MaxSizeExceeded; }
  std::optional<Holder> told() const { return is_read() ? holder : std::nullopt; }
};

std::string upper_hex(const x509::SerialNumber& serial) {
  auto text = serial.plain_hex();
  std::ranges::transform(text, text.begin(), ::toupper);
  return text;
}

// "ClientCertExpired by TLSv1.3 of CN=a 0A1B from 2025-01-01T00:00:00Z to 2026-01-01T00:00:00Z"
std::string line(Handshake handshake, const Way& way, const std::optional<Holder>& holder) {
  std::string text = std::string(name_of(handshake)) + " by " + way.tls + " of ";
  if (!holder) return text + "nobody";
  const auto& certificate = holder->certificate;
  return text + certificate.subject().text() + " " + upper_hex(certificate.serial()) + " from " +
         to_iso8601(certificate.validity().not_before) + " to " +
         to_iso8601(certificate.validity().not_after);
}
std::string line(const ConnectionRecord& told) {
  const auto text = std::string(name_of(told.handshake)) + " by " + told.tls_version + " of ";
  if ((told.subject + told.serial_number + told.not_before + told.not_after).empty()) {
    return text + "nobody";
  }
  return text + told.subject + " " + told.serial_number + " from " + told.not_before + " to " +
         told.not_after;
}

struct MatrixGateway : LoggedGateway {
  const Way& way;

  explicit MatrixGateway(const Way& way) : way(way) {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", pki.path("own.key"), "-out", pki.path("own.pem"), "-days", "3650", "-subj",
             "/CN=Own CA"});
    state.trust_stores.front().bundle += text_of(pki.path("own.pem"));
  }

  // By OpenSSL, as ours signs nothing weak.
  Holder weak(const std::string& name, const std::string& key, const std::string& hash) {
    Holder made{.certificate_file = pki.path(name + ".pem"),
                .key_file = pki.path(name + ".key"),
                .chain_file = {},
                .certificate = pki.root().certificate};
    openssl({"req",
             "-x509",
             "-newkey",
             key,
             "-nodes",
             "-keyout",
             made.key_file,
             "-out",
             made.certificate_file,
             "-CA",
             pki.path("own.pem"),
             "-CAkey",
             pki.path("own.key"),
             "-days",
             "3650",
             hash,
             "-subj",
             "/CN=" + name,
             "-addext",
             "basicConstraints=critical,CA:FALSE"});
    made.certificate = need(x509::Certificate::parse_pem(text_of(made.certificate_file)));
    return made;
  }
  Holder with_false_signature() {
    auto forged = client_of_root();
    auto der = to_bytes(forged.certificate.der());
    der.back() = static_cast<std::uint8_t>(der.back() ^ 1);
    forged.certificate_file = pki.put("forged.pem", asn1::Pem("CERTIFICATE", der).text());
    forged.certificate = need(x509::Certificate::parse(der));
    return forged;
  }
  // More than OpenSSL takes.
  Holder with_long_chain() {
    auto holder = client_of_root();
    const auto file = pki.path("padding.pem");
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", pki.path("padding.key"), "-subj", "/CN=padding", "-addext",
             "nsComment=" + std::string(110'000, 'x'), "-out", file});
    holder.chain_file = file;
    return holder;
  }

  // All of them, and who is revoked is.
  std::vector<Client> clients() {
    auto& root = pki.root();
    TestCa third = TestPki::below(root, "Third", "SubordinateCACertificate_PathLen3");
    TestCa second = TestPki::below(third, "Second", "SubordinateCACertificate_PathLen2");
    TestCa first = TestPki::below(second, "First", "SubordinateCACertificate_PathLen1");
    TestCa lowest = TestPki::below(first, "Lowest", "SubordinateCACertificate_PathLen0");
    TestCa lost = TestPki::below(root, "Lost", "SubordinateCACertificate_PathLen0");
    TestCa stranger = TestCa::root();  // of the same name as the root
    const auto revoked = pki.holder(root);
    need(gateway->revoke("store", entry(revoked.certificate)));
    need(gateway->revoke("store", entry(lost.certificate)));
    const Wish later{.from = at("2033-01-01T00:00:00Z"), .validity = days(30)};
    using enum Handshake;
    return {
        {"of the store's CA", pki.holder(root), Success, ""},
        {"with a chain of four", pki.holder(first), Success, ""},
        {"of another store's CA", weak("sound", "rsa:2048", "-sha256"), Success, ""},
        {"without a certificate", std::nullopt, Unmapped, "alert 116", "alert 40"},
        {"of a wrong CA", pki.holder(stranger), Untrusted, "alert 48"},
        {"without its chain", pki.holder(first, {.with_chain = false}), Untrusted, "alert 48"},
        {"expired", pki.holder(root, {.validity = days(30)}), Expired, "alert 45"},
        {"not yet valid", pki.holder(root, later), NotYetValid, "alert 42"},
        {"of a wrong purpose",
         pki.holder(root, {.template_name = "EndEntityServerAuthCertificate"}), PurposeInvalid,
         "alert 43"},
        {"with too long a chain", pki.holder(lowest), MaxChainDepthExceeded, "closed"},
        {"with too large a chain", with_long_chain(), MaxSizeExceeded, ""},
        {"with a weak key", weak("small", "rsa:1024", "-sha256"), TypeUnsupported, "alert 42"},
        {"with a weak hash", weak("old", "rsa:2048", "-sha1"), TypeUnsupported, "alert 42"},
        {"with a false signature", with_false_signature(), Invalid, "alert 51"},
        {"revoked", revoked, CrlHit, "closed"},
        {"below a revoked intermediate", pki.holder(lost), CrlHit, "closed"},
    };
  }

  std::string answer(std::uint16_t to, std::vector<std::string> words) const {
    words.insert(words.end(), {way.option, "-cipher", "DEFAULT@SECLEVEL=0"});
    if (way.version == "HTTP/1.1") return outcome_of(to, std::move(words));
    Http2 connection(to, std::move(words));
    connection.get(1, "/");
    return connection.outcome(1, "/");
  }
  std::string answer(const std::optional<Holder>& holder) const {
    return answer(port.number(), holder ? holder->words() : std::vector<std::string>());
  }

  // What the target was told of it last, the leaf as PEM.
  std::string told(std::string_view name) const {
    return target.header("X-Amzn-Mtls-Clientcert" + std::string(name));
  }
  std::string told_chain(std::string_view name) const {
    return need(encoding::percent_decode(told(name)));
  }
};

class HandshakeMatrix : public testing::TestWithParam<Way> {};

// A request came to the target, and is told once.
void expect_request(MatrixGateway& world, std::size_t count) {
  EXPECT_EQ(world.target.requests().size(), count);
  EXPECT_EQ(world.heard.request().version,
            world.way.version == "HTTP/1.1" ? "HTTP/1.1" : "HTTP/2.0");
}

void expect_told_of(const MatrixGateway& world, const Holder& holder) {
  const auto& certificate = holder.certificate;
  EXPECT_EQ(world.told("-Serial-Number"), upper_hex(certificate.serial()));
  EXPECT_EQ(world.told("-Issuer"), certificate.issuer().text());
  EXPECT_EQ(world.told("-Subject"), certificate.subject().text());
  EXPECT_EQ(world.told("-Validity"),
            "NotBefore=" + to_iso8601(certificate.validity().not_before) +
                ";NotAfter=" + to_iso8601(certificate.validity().not_after));
  EXPECT_EQ(world.told_chain("-Leaf"), certificate.pem());
  EXPECT_EQ(world.told(""), "(none)");
}

// Each as it is judged, but for those whom `accepted` is about.
void expect_judged(MatrixGateway& world, const std::vector<Client>& clients,
                   Handshake accepted = Handshake::Success) {
  auto served = world.target.requests().size();
  for (const auto& client : clients) {
    SCOPED_TRACE("a client " + client.name);
    const auto judged = client.judged == accepted ? Handshake::Success : client.judged;
    const auto answer = world.answer(client.holder);
    EXPECT_EQ(line(world.heard.connection()), line(judged, world.way, client.told()));
    if (judged == Handshake::Success) {
      EXPECT_EQ(answer, "200");
      expect_request(world, ++served);
      expect_told_of(world, *client.holder);
      continue;
    }
    const bool is_old = world.way.tls == "TLSv1.2" && !client.refused_1_2.empty();
    const auto refused = is_old ? client.refused_1_2 : client.refused;
    EXPECT_EQ(answer, refused.empty() && answer != "200" ? answer : refused);
    EXPECT_EQ(world.target.requests().size(), served);
  }
  EXPECT_EQ(world.heard.waiting(), 0U);
}

}  // namespace

TEST_P(HandshakeMatrix, a_listener_that_verifies) {
  MatrixGateway world(GetParam());
  world.start();
  const auto clients = world.clients();
  expect_judged(world, clients);
  world.mutual().ignore_expiry = true;
  need(world.gateway->apply(world.state));
  expect_judged(world, clients, Handshake::Expired);
}

TEST_P(HandshakeMatrix, a_listener_that_passes_certificates_through) {
  MatrixGateway world(GetParam());
  world.start();
  const auto clients = world.clients();
  world.mutual() = {.mode = MutualTlsMode::Passthrough};
  need(world.gateway->apply(world.state));
  std::size_t served = 0;
  for (const auto& client : clients) {
    SCOPED_TRACE("a client " + client.name);
    const auto judged = client.is_read() ? Handshake::Success : client.judged;
    const auto answer = world.answer(client.holder);
    EXPECT_EQ(line(world.heard.connection()), line(judged, world.way, client.told()));
    EXPECT_EQ(answer == "200", client.is_read()) << answer;
    if (!client.is_read()) continue;
    expect_request(world, ++served);
    if (client.holder) {
      const auto& chain = client.holder->chain_file;
      EXPECT_EQ(world.told_chain(""),
                client.holder->certificate.pem() + (chain.empty() ? "" : text_of(chain)));
    } else {
      EXPECT_EQ(world.told(""), "(none)");
    }
    EXPECT_EQ(world.told("-Subject"), "(none)");
  }
  EXPECT_EQ(world.heard.waiting(), 0U);
}

// Where clients are judged there is no session to keep, and one from elsewhere lets nobody in.
TEST_P(HandshakeMatrix, a_session_is_resumed_by_nobody) {
  MatrixGateway world(GetParam());
  const FreePort open;
  auto listener = world.the_listener();
  listener.id = "open";
  listener.port = open.number();
  listener.tls->mutual = {};
  world.state.load_balancers.push_back({.id = "other", .listeners = {listener}});
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  const auto with = [&](std::vector<std::string> words, const std::string& option,
                        const std::string& file) {
    words.insert(words.end(), {option, world.pki.path(file)});
    return words;
  };
  const auto connection = [&] { return line(world.heard.connection()); };
  const auto told = [&](Handshake judged, const std::optional<Holder>& client) {
    return line(judged, world.way, client);
  };
  std::size_t served = 0;

  EXPECT_EQ(world.answer(world.port.number(), with(holder.words(), "-sess_out", "own")), "200");
  EXPECT_EQ(connection(), told(Handshake::Success, holder));
  expect_request(world, ++served);

  EXPECT_EQ(world.answer(open.number(), with({}, "-sess_out", "open")), "200");
  EXPECT_EQ(connection(), told(Handshake::Success, std::nullopt));
  expect_request(world, ++served);
  EXPECT_TRUE(std::filesystem::exists(world.pki.path("open")));
  for (const auto* session : {"own", "open"}) {
    SCOPED_TRACE(session);
    if (!std::filesystem::exists(world.pki.path(session))) continue;  // there was none to keep
    EXPECT_NE(world.answer(world.port.number(), with({}, "-sess_in", session)), "200");
    EXPECT_EQ(connection(), told(Handshake::Unmapped, std::nullopt));
  }
  EXPECT_EQ(world.answer(world.port.number(), with(holder.words(), "-sess_in", "open")), "200");
  EXPECT_EQ(connection(), told(Handshake::Success, holder));
  expect_request(world, ++served);
  expect_told_of(world, holder);
  need(gateway.revoke("store", entry(holder.certificate)));
  EXPECT_EQ(world.answer(world.port.number(), with(holder.words(), "-sess_in", "open")), "closed");
  EXPECT_EQ(connection(), told(Handshake::CrlHit, holder));
  EXPECT_EQ(world.heard.waiting(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Ways, HandshakeMatrix,
                         testing::Values(Way{"tls_1_2_http_1", "-tls1_2", "TLSv1.2", "HTTP/1.1"},
                                         Way{"tls_1_2_http_2", "-tls1_2", "TLSv1.2", "HTTP/2.0"},
                                         Way{"tls_1_3_http_1", "-tls1_3", "TLSv1.3", "HTTP/1.1"},
                                         Way{"tls_1_3_http_2", "-tls1_3", "TLSv1.3", "HTTP/2.0"}),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace everseal::gateway::haproxy
