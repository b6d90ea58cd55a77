#include "http/address_rule.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "http/name_lookup.h"
#include "http/test_server.h"

namespace everseal::http {
namespace {

using namespace std::chrono_literals;

bool holds(bool (*question)(const sockaddr&), const std::string& address) {
  const auto found = look_up(address, 443, std::chrono::steady_clock::now());
  return question(*(*found)->ai_addr);
}

TEST(AddressRule, knows_the_addresses_of_this_machine_in_every_form) {
  for (const auto* address :
       {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"})
    EXPECT_TRUE(holds(is_loopback, address)) << address;
  for (const auto* address : {"128.0.0.1", "10.0.0.1", "::2", "::ffff:10.0.0.1", "fe80::1"})
    EXPECT_FALSE(holds(is_loopback, address)) << address;
}

TEST(AddressRule, knows_what_is_no_server_of_a_network) {
  for (const auto* address :
       {"169.254.169.254", "169.254.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fe80::1",
        "febf::1", "fd00:ec2::254", "100.100.100.200", "0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0",
        "224.0.0.1", "255.255.255.255", "ff02::1"})
    EXPECT_TRUE(holds(is_no_server, address)) << address;
  for (const auto* address : {"10.0.0.1", "192.168.1.1", "169.253.0.1", "100.100.100.201",
                              "8.8.8.8", "223.255.255.254", "fd00::1", "fec0::1", "2001:db8::1"})
    EXPECT_FALSE(holds(is_no_server, address)) << address;
}

TEST(AddressRule, keeps_a_client_from_connecting) {
  TestServer at;
  at.start();
  auto url = *Url::parse("http://localhost:" + std::to_string(at.port()));
  const auto fenced = *Client::create(
      url, {.ca_file = {}, .timeout = kPatience, .may_reach = [](const sockaddr& address) {
              return !is_loopback(address);
            }});
  const auto refused = fenced->send(get("/"), "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().cause, "localhost has an address that must not be connected to");
  EXPECT_EQ(at.server->stats().connections_accepted, 0u);
  const auto free =
      *Client::create(url, {.ca_file = {}, .timeout = kPatience, .may_reach = is_loopback});
  EXPECT_TRUE(free->send(get("/"), ""));
}

}  // namespace
}  // namespace everseal::http
