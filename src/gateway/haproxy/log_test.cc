#include <algorithm>

#include "gateway/haproxy/log_world.h"

namespace everseal::gateway::haproxy {

TEST(Log, a_connection_is_told_with_its_client_and_once) {
  LoggedGateway world;
  auto& gateway = world.start();
  const auto holder = world.client_of_root();
  std::string serial = holder.certificate.serial().plain_hex();
  std::ranges::transform(serial, serial.begin(), ::toupper);
  Connection connection(world.port.number(), holder.words());
  for (const auto* path : {"/1", "/2"}) {
    connection.get(path);
    connection.hear_until("target: GET");
  }
  const auto told = world.heard.connection();
  EXPECT_EQ(told.load_balancer, "edge");
  EXPECT_EQ(told.listener, "listener");
  EXPECT_EQ(told.handshake, Handshake::Success);
  EXPECT_TRUE(told.handshake_time);
  EXPECT_EQ(told.tls_version, "TLSv1.3");
  EXPECT_EQ(told.subject, "CN=dev-0001,C=US");
  EXPECT_EQ(told.serial_number, serial);
  EXPECT_EQ(told.not_before.size(), 20U);
  EXPECT_EQ(told.here.port, world.port.number());
  EXPECT_EQ(told.id.size(), 32U);
  const auto first = world.heard.request();
  const auto second = world.heard.request();
  EXPECT_EQ(first.path + second.path, "/1/2");
  EXPECT_EQ(first.connection, told.id);
  EXPECT_EQ(second.connection, told.id);
  EXPECT_EQ(first.client, told.client);
  EXPECT_EQ(first.certificate, "certificate");
  EXPECT_EQ(world.heard.waiting(), 0U);
  // Refused in the midst of it, it is told again.
  need(gateway.revoke("store", entry(holder.certificate)));
  connection.get("/3");
  connection.hear_all();
  const auto refused = world.heard.connection();
  EXPECT_EQ(refused.handshake, Handshake::CrlHit);
  EXPECT_EQ(refused.id, told.id);
  EXPECT_EQ(refused.serial_number, serial);
  EXPECT_EQ(world.heard.waiting(), 0U);
}

TEST(Log, what_is_no_request_is_told_as_that) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  EXPECT_NE(said_to(plain.number(), "GARBAGE\r\n\r\n").find(" 400 "), std::string::npos);
  const auto told = world.heard.request();
  EXPECT_TRUE(told.is_malformed);
  EXPECT_EQ(told.status, 400);
  EXPECT_EQ(world.heard.connection().id, told.connection);
  said_to(plain.number(), request("GET /") + "");
  EXPECT_EQ(world.heard.request().path, "/");
  EXPECT_EQ(world.heard.connection().handshake, Handshake::None);
  // What is no TLS at a port that speaks it.
  said_to(world.port.number(), request("GET /"));
  const auto failed = world.heard.connection();
  EXPECT_EQ(failed.handshake, Handshake::Unmapped);
  EXPECT_EQ(failed.tls_version + failed.tls_cipher, "");
  EXPECT_FALSE(failed.handshake_time);
  EXPECT_EQ(failed.id.size(), 32U);
  EXPECT_EQ(world.heard.waiting(), 0U);
}

TEST(Log, who_takes_over_hears_what_happened_meanwhile) {
  LoggedGateway world;
  world.settings.at_end = AtEnd::LeaveHaproxy;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  said_to(plain.number(), request("GET /before"));
  EXPECT_EQ(world.heard.request().path, "/before");
  world.gateway.reset();
  world.receiver = std::make_unique<LogReceiver>(world.clock, world.random, world.heard);
  world.settings.log_receiver = world.receiver.get();
  said_to(plain.number(), request("GET /meanwhile"));
  world.settings.at_end = AtEnd::EndHaproxy;
  world.start();
  EXPECT_EQ(world.heard.request().path, "/meanwhile");
  said_to(plain.number(), request("GET /after"));
  EXPECT_EQ(world.heard.request().path, "/after");
  EXPECT_EQ(world.gateway->status().starts, 0U) << "it was taken over";
  world.gateway.reset();
}

TEST(Log, lines_go_on_after_a_reload_and_after_a_death) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  auto& gateway = world.start();
  const auto is_told = [&](const std::string& path) {
    said_to(plain.number(), request("GET " + path));
    return world.heard.request().path;
  };
  EXPECT_EQ(is_told("/1"), "/1");
  world.state.load_balancers.front().idle_timeout = std::chrono::seconds(50);
  need(gateway.apply(world.state));
  EXPECT_EQ(is_told("/2"), "/2");
  kill(world.worker(), SIGKILL);
  EXPECT_NE(world.deaths.first(), "(none)");
  EXPECT_TRUE(wait_until([&] {
    return said_to(plain.number(), request("GET /3")).find(" 200 ") != std::string::npos;
  }));
  EXPECT_EQ(world.heard.request().path, "/3");
}

TEST(Log, lines_that_found_no_room_are_counted) {
  LoggedGateway world;
  const FreePort plain;
  world.add_plain({}, plain.number());
  auto& gateway = world.start();
  need(gateway.heal());
  EXPECT_EQ(world.receiver->counts().lost, 0U);
  // Of what two workers say, one after the other.
  world.receiver->count_lost({{1, 5}});
  world.receiver->count_lost({{1, 6}, {2, 1}});
  world.receiver->count_lost({{1, 7}, {2, 2}});
  world.receiver->count_lost({{2, 2}});
  EXPECT_EQ(world.receiver->counts().lost, 9U);
}

TEST(Log, another_clock_is_followed) {
  LoggedGateway world;
  ManualClock virtual_clock(at("2031-02-03T04:05:06Z"));
  LogReceiver receiver(virtual_clock, world.random, world.heard);
  world.settings.log_receiver = &receiver;
  const FreePort plain;
  world.add_plain({}, plain.number());
  world.start();
  said_to(plain.number(), request("GET /"));
  const auto told = world.heard.request();
  EXPECT_EQ(told.ended_at, Instant(virtual_clock.now()));
  EXPECT_LE(told.began_at, told.ended_at);
  EXPECT_EQ(world.heard.connection().at, Instant(virtual_clock.now()));
  world.gateway.reset();
}

}  // namespace everseal::gateway::haproxy
