#include <sys/socket.h>

#include <list>
#include <thread>

#include "gateway/haproxy/http2_client.h"

// What becomes of connections that carry more than one request after the other.
namespace everseal::gateway::haproxy {
namespace {

// Whoever asks gets another protocol, in which it says back what it hears.
class EchoingTarget {
 public:
  EchoingTarget() : listening_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const general = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    if (bind(listening_.number(), general, length) != 0 || listen(listening_.number(), 8) != 0 ||
        getsockname(listening_.number(), general, &length) != 0) {
      throw std::runtime_error("no target");
    }
    port_ = ntohs(address.sin_port);
    accepting_ = std::jthread([this] { accept_all(); });
  }
  ~EchoingTarget() {
    shutdown(listening_.number(), SHUT_RDWR);
    accepting_.join();
    for (const auto& each : accepted_) shutdown(each.number(), SHUT_RDWR);
  }
  EchoingTarget(const EchoingTarget&) = delete;
  EchoingTarget& operator=(const EchoingTarget&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  void accept_all() {
    for (;;) {
      Descriptor one(accept4(listening_.number(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!one.is_open()) return;
      accepted_.push_back(std::move(one));
      echoing_.emplace_back([number = accepted_.back().number()] { echo(number); });
    }
  }
  static void echo(int socket) {
    constexpr std::string_view answer =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    std::string head;
    std::array<char, 4096> portion{};
    for (;;) {
      const auto count = recv(socket, portion.data(), portion.size(), 0);
      if (count <= 0) return;
      std::string_view said(portion.data(), static_cast<std::size_t>(count));
      if (!head.ends_with("\r\n\r\n")) {
        head += said;
        if (!head.ends_with("\r\n\r\n")) continue;
        said = answer;
      }
      if (send(socket, said.data(), said.size(), MSG_NOSIGNAL) < 0) return;
    }
  }

  Descriptor listening_;
  std::uint16_t port_ = 0;
  std::list<Descriptor> accepted_;
  std::list<std::jthread> echoing_;
  std::jthread accepting_;
};

constexpr std::string_view upgrade =
    "GET /chat HTTP/1.1\r\nHost: edge\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

struct WebSocket : Connection {
  WebSocket(const VerifyingGateway& world, const Holder& holder)
      : Connection(world.port.number(), holder.words()) {
    say(upgrade);
    EXPECT_EQ(outcome_in(hear_until("\r\n\r\n")), "101");
    EXPECT_TRUE(says_back("before"));
  }
  bool says_back(std::string_view text) {
    say(text);
    return hear_until(text).find(text) != std::string::npos;
  }
  bool is_cut() { return hear_all().find("after") == std::string::npos && is_over(); }
};

struct EchoingGateway : VerifyingGateway {
  EchoingTarget echoing;
  EchoingGateway() {
    state.target_groups.front().targets.front().port = echoing.port();
    state.load_balancers.front().idle_timeout = std::chrono::seconds(4000);  // cuts nothing here
  }
};

}  // namespace

TEST(LiveConnections, a_web_socket_of_a_revoked_client_is_cut_and_others_are_not) {
  EchoingGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  WebSocket of_holder(world, holder);
  WebSocket other(world, world.client_of_root());
  need(gateway.revoke("store", entry(holder.certificate)));
  EXPECT_TRUE(of_holder.is_cut());
  EXPECT_TRUE(other.says_back("after"));
}

TEST(LiveConnections, a_web_socket_below_a_revoked_intermediate_is_cut_and_others_are_not) {
  EchoingGateway world;
  auto& gateway = world.start();
  auto& pki = world.pki;
  TestCa upper = TestPki::below(pki.root(), "Upper CA", "SubordinateCACertificate_PathLen2");
  TestCa middle = TestPki::below(upper, "Middle CA", "SubordinateCACertificate_PathLen1");
  TestCa lower = TestPki::below(middle, "Lower CA", "SubordinateCACertificate_PathLen0");
  WebSocket below_lower(world, pki.holder(lower));
  WebSocket below_middle(world, pki.holder(middle));
  WebSocket below_upper(world, pki.holder(upper));
  WebSocket of_root(world, world.client_of_root());
  // Whoever revokes it was not known when the connection began.
  need(gateway.revoke("store", entry(lower.certificate)));
  EXPECT_TRUE(below_lower.is_cut());
  EXPECT_TRUE(below_middle.says_back("still"));
  need(gateway.revoke("store", entry(upper.certificate)));
  EXPECT_TRUE(below_middle.is_cut());
  EXPECT_TRUE(below_upper.is_cut());
  EXPECT_TRUE(of_root.says_back("after"));
}

TEST(LiveConnections, a_web_socket_with_an_intermediate_of_an_outdated_issuer_is_cut) {
  EchoingGateway world;
  world.settings.heeds_outdated_lists = true;
  auto& gateway = world.start();
  auto& pki = world.pki;
  TestCa issuing = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  WebSocket below(world, pki.holder(issuing));
  need(gateway.revoke(
      "store", {{.issuer = pki.root().certificate.subject(), .serials = {}, .outdated = true}}));
  EXPECT_TRUE(below.is_cut());
}

TEST(LiveConnections, a_web_socket_of_before_a_reload_is_cut_too) {
  EchoingGateway world;
  auto& gateway = world.start();
  auto& pki = world.pki;
  TestCa issuing = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  WebSocket below(world, pki.holder(issuing));
  WebSocket other(world, world.client_of_root());
  world.state.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  need(gateway.apply(world.state));
  EXPECT_EQ(gateway.status().reloads, 1U);
  need(gateway.revoke("store", entry(issuing.certificate)));
  EXPECT_TRUE(below.is_cut());
  EXPECT_TRUE(other.says_back("after"));
}

TEST(LiveConnections, a_web_socket_below_a_revoked_intermediate_of_the_store_is_cut) {
  EchoingGateway world;
  auto& pki = world.pki;
  TestCa upper = TestPki::below(pki.root(), "Upper CA", "SubordinateCACertificate_PathLen1");
  TestCa lower = TestPki::below(upper, "Lower CA", "SubordinateCACertificate_PathLen0");
  TestCa other = TestPki::below(pki.root(), "Other CA", "SubordinateCACertificate_PathLen0");
  auto& bundle = world.state.trust_stores.front().bundle;
  for (const auto* ca : {&upper, &other}) bundle += ca->certificate.pem();
  auto& gateway = world.start();
  auto below_lower = pki.holder(lower);
  below_lower.chain_file = pki.put("lower.chain", lower.certificate.pem());
  WebSocket sends_none(world, pki.holder(upper, {.with_chain = false}));
  WebSocket sends_another(world, below_lower);
  WebSocket below_other(world, pki.holder(other, {.with_chain = false}));
  need(gateway.revoke("store", entry(upper.certificate)));
  EXPECT_TRUE(sends_none.is_cut());
  EXPECT_TRUE(sends_another.is_cut());
  EXPECT_TRUE(below_other.says_back("still"));
  need(gateway.revoke("store", entry(pki.root().certificate)));
  EXPECT_TRUE(below_other.says_back("after"));  // an anchor of its own
}

TEST(LiveConnections, a_web_socket_goes_on_where_another_certificate_of_its_ca_is_revoked) {
  EchoingGateway world;
  auto& pki = world.pki;
  TestCa kept = TestPki::below(pki.root(), "Issuing CA", "SubordinateCACertificate_PathLen0");
  const auto csr = kept.applying.request("Issuing CA");
  const auto lost =
      issued_or_why(pki.root().issue("SubordinateCACertificate_PathLen0", csr, days(3000)));
  auto& bundle = world.state.trust_stores.front().bundle;
  bundle += kept.certificate.pem() + lost.pem();
  auto& gateway = world.start();
  WebSocket below(world, pki.holder(kept, {.with_chain = false}));
  need(gateway.revoke("store", entry(lost)));
  EXPECT_TRUE(below.says_back("after"));
}

TEST(LiveConnections, streams_of_a_revoked_client_are_cut_and_it_gets_no_other) {
  VerifyingGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  const auto good = world.client_of_root();
  Http2 connection(world.port.number(), holder.words());
  Http2 other(world.port.number(), good.words());
  for (auto* each : {&connection, &other}) {
    each->get(1, "/first");
    EXPECT_TRUE(each->hears("GET /first"));
    each->begin_post(3, "/slow");
  }
  world.target.wait_for_heads(4);
  need(gateway.revoke("store", entry(holder.certificate)));
  connection.hear_reset(3);
  connection.get(5, "/third");
  connection.hear_reset(5);
  other.end_post(3);
  EXPECT_TRUE(other.hears("POST /slow"));
  other.get(5, "/fifth");
  EXPECT_TRUE(other.hears("GET /fifth"));
  std::size_t of_the_revoked = 0;
  for (const auto& request : world.target.requests()) of_the_revoked += request.target == "/third";
  EXPECT_EQ(of_the_revoked, 0U);
  EXPECT_EQ(world.target.requests().size(), 4U);
}

}  // namespace everseal::gateway::haproxy
