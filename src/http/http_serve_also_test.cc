#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "http/test_server.h"

namespace everseal::http {
namespace {

// A socket that listens and that no server made, as a sandbox gives one out.
class OtherSocket {
 public:
  OtherSocket() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* named = reinterpret_cast<sockaddr*>(&address);
    if (bind(number_, named, size) != 0 || listen(number_, 8) != 0 ||
        getsockname(number_, named, &size) != 0) {
      throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(address.sin_port);
  }
  ~OtherSocket() { close(number_); }
  OtherSocket(const OtherSocket&) = delete;
  OtherSocket& operator=(const OtherSocket&) = delete;

  int number() const { return number_; }
  std::uint16_t port() const { return port_; }
  std::unique_ptr<Client> client() const {
    auto url = *Url::parse("http://127.0.0.1:" + std::to_string(port_));
    return *Client::create(std::move(url), {.ca_file = {}, .timeout = kPatience});
  }
  // Whether somebody waits who was not accepted.
  bool somebody_waits() const {
    pollfd wanted{.fd = number_, .events = POLLIN, .revents = 0};
    return poll(&wanted, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) == 1;
  }

 private:
  const int number_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  std::uint16_t port_ = 0;
};

TEST(AServerThatServesAlso, answers_who_comes_to_the_other_socket_as_it_answers_all) {
  TestServer at;
  at.start();
  const OtherSocket other;
  const auto serving = at.server->serve_also(other.number());
  ASSERT_TRUE(serving);
  const auto client = other.client();
  for (const std::string body : {"first", "second"}) {
    const auto answer = client->send(post("/a"), body);
    ASSERT_TRUE(answer) << answer.error().cause;
    EXPECT_EQ(answer->body, "POST /a " + body);
  }
  EXPECT_EQ(client_of(at)->send(get("/b"), "")->body, "GET /b ");
  EXPECT_EQ(at.server->stats().connections_accepted, 2U);
}

TEST(AServerThatServesAlso, answers_there_in_the_clear_though_others_must_speak_tls) {
  TestServer at;
  const auto identity = tls::testing::make_identity("server");
  at.options.listen = {Listen{.address = "0.0.0.0"}};
  at.options.tls = *tls::ServerContext::create(identity);
  at.start();
  EXPECT_EQ(client_of(at)->send(get("/"), "")->status, 400);
  const OtherSocket other;
  const auto serving = at.server->serve_also(other.number());
  ASSERT_TRUE(serving);
  EXPECT_EQ(other.client()->send(get("/"), "")->status, 200);
}

TEST(AServerThatServesAlso, takes_nobody_from_there_once_that_has_ended) {
  TestServer at;
  at.start();
  const OtherSocket other;
  auto serving = at.server->serve_also(other.number());
  ASSERT_TRUE(serving);
  const auto before = other.client();
  EXPECT_EQ(before->send(get("/"), "")->status, 200);
  serving.reset();
  // What its one loop answers now comes after the end.
  EXPECT_EQ(client_of(at)->send(get("/"), "")->status, 200);
  const auto late = ClientSocket::connect("127.0.0.1", other.port(),
                                          std::chrono::steady_clock::now() + kPatience);
  ASSERT_TRUE(late);
  EXPECT_TRUE(other.somebody_waits());
  EXPECT_EQ(at.server->stats().connections_accepted, 2U);
  EXPECT_EQ(before->send(get("/"), "")->status, 200);  // who was there before is served on
}

TEST(AServerThatServesAlso, leaves_the_socket_to_its_owner) {
  TestServer at;
  at.start();
  auto other = std::make_unique<OtherSocket>();
  auto serving = at.server->serve_also(other->number());
  const auto client = other->client();
  other.reset();  // the server has it still
  EXPECT_EQ(client->send(get("/"), "")->status, 200);
  const OtherSocket second;
  serving = at.server->serve_also(second.number());
  EXPECT_EQ(second.client()->send(get("/"), "")->status, 200);
  serving.reset();
  EXPECT_GE(fcntl(second.number(), F_GETFD), 0);
}

TEST(AServerThatServesAlso, ends_while_somebody_is_there) {
  const OtherSocket other;
  const auto client = other.client();
  TestServer at;
  at.start();
  auto serving = at.server->serve_also(other.number());
  EXPECT_EQ(client->send(get("/"), "")->status, 200);
  serving.reset();
  at.server.reset();
  EXPECT_FALSE(client->send(get("/"), ""));
}

TEST(AServerThatServesAlso, needs_a_socket) {
  TestServer at;
  at.start();
  EXPECT_FALSE(at.server->serve_also(-1));
}

}  // namespace
}  // namespace everseal::http
