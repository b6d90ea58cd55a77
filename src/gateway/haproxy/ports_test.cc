#include "gateway/haproxy/ports.h"

#include <atomic>
#include <thread>

#include "gateway/haproxy/test_world.h"

namespace everseal::gateway::haproxy {
namespace {

// Asks over a new connection. Whether there was an answer.
bool is_answered(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto* const general = reinterpret_cast<const sockaddr*>(&address);
  if (connect(socket.number(), general, sizeof address) != 0) return false;
  const std::string_view words = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  std::array<char, 64> answer{};
  if (send(socket.number(), words.data(), words.size(), MSG_NOSIGNAL) < 0) return false;
  return recv(socket.number(), answer.data(), answer.size(), 0) > 0;
}

// Asks again and again as long as it is there.
class Asker {
 public:
  explicit Asker(std::uint16_t port)
      : thread_([this, port](const std::stop_token& stop) {
          while (!stop.stop_requested()) ++(is_answered(port) ? answered_ : refused_);
        }) {}
  int answered() const { return answered_; }
  int refused() const { return refused_; }

 private:
  std::atomic<int> answered_ = 0;
  std::atomic<int> refused_ = 0;
  std::jthread thread_;
};

struct PlainGateway : TestGateway {
  PlainGateway() {
    the_listener().tls.reset();
    the_listener().otherwise = FixedResponse{.status = 200};
  }
  HaproxyGateway& start() {
    need(open().apply(state));
    return *gateway;
  }
};

State listening_at(const std::string& address, std::uint16_t port) {
  State state;
  state.load_balancers = {
      {.id = "edge", .listeners = {{.id = "l", .address = address, .port = port}}}};
  return state;
}

}  // namespace

TEST(Ports, a_port_that_somebody_has_is_refused) {
  const TestTarget holder;
  const FreePort free;
  for (const std::string address : {"127.0.0.1", "*", "0.0.0.0"}) {
    SCOPED_TRACE(address);
    EXPECT_TRUE(check_new_ports(listening_at(address, free.number()), ""));
    const auto taken = check_new_ports(listening_at(address, holder.port()), "");
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, Fault::Kind::Conflict);
    EXPECT_EQ(taken.error().cause, "cannot bind socket (Address already in use) for [" + address +
                                       ":" + std::to_string(holder.port()) + "]");
  }
  EXPECT_TRUE(check_new_ports(listening_at("::1", free.number()), ""));
  EXPECT_FALSE(check_new_ports(listening_at("192.0.2.1", free.number()), ""));  // not ours
}

TEST(Ports, where_haproxy_listens_already_is_not_looked_at) {
  const TestTarget holder;
  const auto asked = listening_at("127.0.0.1", holder.port());
  const auto in_force = [&](const std::string& address) {
    return "global\n\nfrontend l\n  bind " + address + ":" + std::to_string(holder.port()) +
           " ssl crt-list x\n  bind [::1]:80\n";
  };
  for (const std::string address : {"127.0.0.1", "*", "0.0.0.0", "[::]"}) {
    EXPECT_TRUE(check_new_ports(asked, in_force(address))) << address;
    EXPECT_TRUE(check_new_ports(listening_at("*", holder.port()), in_force(address))) << address;
  }
  for (const std::string address : {"127.0.0.2", "[::1]"}) {
    EXPECT_FALSE(check_new_ports(asked, in_force(address))) << address;
  }
  EXPECT_TRUE(check_new_ports(listening_at("0:0::1", holder.port()), in_force("[::1]")));
}

TEST(Ports, no_connection_is_refused_while_haproxy_reloads) {
  PlainGateway world;
  auto& gateway = world.start();
  const Asker asker(world.port.number());
  for (int count = 0; count < 5; ++count) {
    const int before = asker.answered();
    EXPECT_TRUE(wait_until([&] { return asker.answered() > before; }));
    world.state.load_balancers.front().idle_timeout += std::chrono::seconds(1);
    need(gateway.apply(world.state));
  }
  EXPECT_EQ(gateway.status().reloads, 5U);
  EXPECT_EQ(asker.refused(), 0);
}

TEST(Ports, no_connection_is_refused_while_a_port_of_another_program_is) {
  PlainGateway world;
  auto& gateway = world.start();
  const TestTarget holder;
  const Asker asker(world.port.number());
  auto taken = world.state;
  auto& listeners = taken.load_balancers.front().listeners;
  listeners.push_back({.id = "other", .port = holder.port()});
  EXPECT_FALSE(gateway.apply(taken));
  const int before = asker.answered();
  EXPECT_TRUE(wait_until([&] { return asker.answered() > before; }));
  EXPECT_EQ(asker.refused(), 0);
}

TEST(Ports, a_port_that_was_given_up_is_taken_again_at_once) {
  PlainGateway world;
  auto& gateway = world.start();
  const FreePort other;
  auto more = world.state;
  more.load_balancers.front().listeners.push_back(
      {.id = "other", .port = other.number(), .otherwise = FixedResponse{.status = 200}});
  for (int count = 0; count < 5; ++count) {
    need(gateway.apply(more));
    EXPECT_TRUE(is_answered(other.number()));
    need(gateway.apply(world.state));
  }
  EXPECT_TRUE(is_answered(world.port.number()));
}

TEST(Ports, a_listener_moves_from_one_address_to_all) {
  PlainGateway world;
  auto& gateway = world.start();
  world.the_listener().address = "*";
  need(gateway.apply(world.state));
  EXPECT_TRUE(is_answered(world.port.number()));
  world.the_listener().address = "127.0.0.1";
  need(gateway.apply(world.state));
  EXPECT_TRUE(is_answered(world.port.number()));
}

TEST(Ports, a_port_that_another_program_has_is_refused_in_haproxys_words) {
  TestGateway world;
  const TestTarget holder;
  const auto number = std::to_string(holder.port());
  world.open();
  need(world.gateway->set_certificate("certificate", world.identity));
  auto taken = world.state;
  taken.load_balancers.front().listeners.front().port = holder.port();
  const std::string words = "cannot bind socket (Address already in use) for [127.0.0.1:" + number;
  const auto at_start = world.gateway->apply(taken);
  ASSERT_FALSE(at_start);
  EXPECT_NE(at_start.error().cause.find(words), std::string::npos) << at_start.error().cause;
  need(world.gateway->apply(world.state));
  const auto worker = world.worker();
  const auto at_reload = world.gateway->apply(taken);
  ASSERT_FALSE(at_reload);
  EXPECT_EQ(at_reload.error().kind, Fault::Kind::Conflict);
  EXPECT_NE(at_reload.error().cause.find(words), std::string::npos) << at_reload.error().cause;
  EXPECT_EQ(world.worker(), worker);
  EXPECT_EQ(answer_to(*world.client(), get("/")), "200 target: GET /");
}

TEST(Ports, two_gateways_never_share_a_port) {
  TestGateway one;
  TestGateway other;
  other.the_listener().port = one.port.number();
  one.start();
  other.open();
  need(other.gateway->set_certificate("certificate", other.identity));
  const auto refused = other.gateway->apply(other.state);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().cause.find("Address already in use"), std::string::npos);
}

}  // namespace everseal::gateway::haproxy
