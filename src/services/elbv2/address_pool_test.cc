#include "services/elbv2/address_pool.h"

#include <gtest/gtest.h>

#include "result/testing/need.h"

namespace everseal::elbv2 {
namespace {

std::set<std::string> all_of(const std::string& text) {
  CountingRandom random;
  const auto pool = need(AddressPool::parse(text));
  std::set<std::string> taken;
  while (const auto address = pool.choose(taken, random)) taken.insert(*address);
  return taken;
}

TEST(AddressPool, gives_each_address_of_a_range_but_the_first_and_the_last) {
  EXPECT_EQ(all_of("127.66.0.0/29"),
            (std::set<std::string>{"127.66.0.1", "127.66.0.2", "127.66.0.3", "127.66.0.4",
                                   "127.66.0.5", "127.66.0.6"}));
  EXPECT_EQ(all_of("192.0.2.7/30"), (std::set<std::string>{"192.0.2.5", "192.0.2.6"}));
}

TEST(AddressPool, gives_single_addresses_of_both_kinds) {
  EXPECT_EQ(all_of("192.0.2.10, 2001:db8::10"),
            (std::set<std::string>{"192.0.2.10", "2001:db8::10"}));
}

TEST(AddressPool, two_that_choose_from_a_large_one_hardly_choose_the_same) {
  CountingRandom one(1), other(2);
  const auto pool = need(AddressPool::parse("127.66.0.0/16"));
  EXPECT_NE(pool.choose({}, one), pool.choose({}, other));
}

TEST(AddressPool, refuses_what_is_neither_an_address_nor_a_range) {
  for (const char* text : {"", "127.66.0.0/7", "127.66.0.0/31", "127.66.0.0/x", "localhost",
                           "127.66.0.1,", "2001:db8::/64"}) {
    EXPECT_FALSE(AddressPool::parse(text)) << text;
  }
}

}  // namespace
}  // namespace everseal::elbv2
