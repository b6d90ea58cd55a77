#include "server_names.h"

#include <gtest/gtest.h>

namespace everseal::app {
namespace {

using Texts = std::vector<std::string>;

bool can_be_said(std::string_view name) {
  auto names = local_names();
  return add_name(names, name).has_value();
}

TEST(ServerNames, tells_addresses_from_names_and_keeps_each_once) {
  auto names = local_names();
  for (const auto* name : {"Pki.Corp.Internal", "pki.corp.internal", "192.0.2.1", "2001:DB8:0::1",
                           "2001:db8::1", "127.0.0.1", "localhost", "1and1.example"}) {
    EXPECT_TRUE(add_name(names, name)) << name;
  }
  EXPECT_EQ(names.dns_names, (Texts{"localhost", "pki.corp.internal", "1and1.example"}));
  EXPECT_EQ(names.ip_addresses, (Texts{"127.0.0.1", "::1", "192.0.2.1", "2001:db8::1"}));
}

TEST(ServerNames, has_none_that_a_certificate_cannot_say) {
  const std::string label(63, 'a');
  EXPECT_TRUE(can_be_said(label));
  for (const auto& name : Texts{"", "12345", "host.12345", "300.1.2.3", "1.2.3", "under_score",
                                "-a", "a-", "a..b", ".a", "a.", "ü", "a b", "fe80::1%eth0", "::g",
                                label + "a", label + "." + label + "." + label + "." + label}) {
    EXPECT_FALSE(can_be_said(name)) << name;
  }
}

TEST(ServerNames, gives_clients_a_host_that_the_certificate_has) {
  const auto host = [](std::string_view listen) { return url_host(*http::Listen::parse(listen)); };
  EXPECT_EQ(host("127.0.0.1:4566"), "127.0.0.1");
  EXPECT_EQ(host("[::1]:4566"), "[::1]");
  EXPECT_EQ(host("0.0.0.0:4566"), "localhost");
  EXPECT_EQ(host("[::]:4566"), "localhost");
  EXPECT_EQ(host("192.0.2.1:4566"), "192.0.2.1");
  EXPECT_EQ(host("[2001:db8::1]:4566"), "[2001:db8::1]");
}

TEST(ServerNames, adds_the_address_beyond_loopback_that_is_listened_at) {
  const auto name = [](std::string_view listen) { return name_of(*http::Listen::parse(listen)); };
  EXPECT_EQ(name("192.0.2.1:4566"), "192.0.2.1");
  EXPECT_EQ(name("[2001:db8::1]:4566"), "2001:db8::1");
  for (const auto* listen : {"127.0.0.1:4566", "[::1]:4566", "0.0.0.0:4566", "[::]:4566"}) {
    EXPECT_EQ(name(listen), "") << listen;
  }
}

}  // namespace
}  // namespace everseal::app
