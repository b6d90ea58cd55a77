#include "gateway/haproxy/writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "gateway/haproxy/text.h"
#include "result/testing/need.h"

namespace everseal::gateway::haproxy {
namespace {

Settings settings() { return {.folder = "/run/everseal/gateway"}; }

State some_state() {
  State state;
  state.target_groups = {{.id = "a"}, {.id = "b"}};
  state.load_balancers = {{.id = "one"}, {.id = "two"}};
  for (auto& balancer : state.load_balancers) {
    for (const int number : {1, 2}) {
      const auto port = static_cast<std::uint16_t>(number + (balancer.id == "two" ? 100 : 0));
      balancer.listeners.push_back({.id = balancer.id + std::to_string(number),
                                    .port = port,
                                    .rules = {{.priority = 2,
                                               .conditions = {PathCondition{{"/b"}}},
                                               .action = Forward{{{"b", 1}}}},
                                              {.priority = 1,
                                               .conditions = {PathCondition{{"/a"}}},
                                               .action = Forward{{{"a", 1}, {"b", 3}}}}}});
    }
  }
  return state;
}

Result<Written> written(const State& state) { return write_configuration(state, {}, settings()); }

std::string text_of(const State& state) { return need(written(state)).files.at("haproxy.cfg"); }

Fault fault_of(const State& state) {
  const auto outcome = written(state);
  return outcome ? Fault::broken("(none)") : outcome.error();
}

}  // namespace

TEST(Writer, equal_states_in_another_order_are_one_text) {
  const auto state = some_state();
  auto other = state;
  std::ranges::reverse(other.target_groups);
  std::ranges::reverse(other.load_balancers);
  for (auto& balancer : other.load_balancers) {
    std::ranges::reverse(balancer.listeners);
    for (auto& listener : balancer.listeners) std::ranges::reverse(listener.rules);
  }
  EXPECT_EQ(need(written(state)).files, need(written(other)).files);
  other.load_balancers.front().http2 = false;
  other.load_balancers.front().preserve_host = true;
  EXPECT_NE(text_of(state), text_of(other));
}

TEST(Writer, a_target_that_is_checked_and_has_its_turn_begins_slowly) {
  auto state = some_state();
  auto& group = state.target_groups.front();
  group.targets = {{.id = "t", .address = "192.0.2.1", .port = 80}};
  EXPECT_EQ(text_of(state).find("slowstart"), std::string::npos);
  group.slow_start = std::chrono::seconds{45};
  EXPECT_NE(text_of(state).find(" check slowstart 45s"), std::string::npos);
  group.balancing = Balancing::LeastOutstandingRequests;
  EXPECT_EQ(text_of(state).find("slowstart"), std::string::npos);
}

TEST(Writer, whatever_stands_in_a_value_stays_within_its_word) {
  EXPECT_EQ(as_word("plain"), "'plain'");
  EXPECT_EQ(as_word("it's $HOME \"x\" \\ # %[src]"), "'it'\\''s $HOME \"x\" \\ # %[src]'");
  EXPECT_EQ(literal("50 % %[src]"), "50 %% %%[src]");
  EXPECT_EQ(expression_of("/a.b/*?(x)"), "^\\/a\\.b\\/.*.\\(x\\)$");
}

TEST(Writer, an_address_is_one_from_its_first_to_its_last_octet) {
  using namespace std::string_view_literals;
  EXPECT_EQ(need(socket_address("192.0.2.1", 80)), "192.0.2.1:80");
  EXPECT_EQ(need(socket_address("2001:DB8::a", 80)), "[2001:DB8::a]:80");
  for (const auto range : {"192.0.2.0/24"sv, "192.0.2.1"sv, "::/0"sv, "2001:db8::/128"sv}) {
    EXPECT_TRUE(check_range(range)) << range;
  }
  for (const auto text : {"192.0.2.1\0 evil"sv, "::1\0\n"sv, "::1%lo"sv, ""sv, "example"sv}) {
    EXPECT_FALSE(socket_address(text, 80)) << text;
    EXPECT_FALSE(check_range(text)) << text;
  }
  for (const auto range : {"192.0.2.0/33"sv, "::/129"sv, "192.0.2.0/"sv, "192.0.2.0/8\0"sv,
                           "192.0.2.0/-1"sv, "192.0.2.0/8 evil"sv, "/8"sv}) {
    EXPECT_FALSE(check_range(range)) << range;
  }
}

TEST(Writer, a_redirection_holds_no_format_of_the_callers) {
  auto state = some_state();
  auto& listener = state.load_balancers.front().listeners.front();
  listener.otherwise = Redirect{.host = "%[env(SECRET)].example", .query = ""};
  const auto text = text_of(state);
  EXPECT_NE(text.find("'http://%%[env(SECRET)].example:"), std::string::npos) << text;
}

TEST(Writer, a_line_break_goes_nowhere) {
  const std::string evil = "x\nbackend evil";
  const auto with = [&](const auto& change) {
    auto state = some_state();
    change(state, state.load_balancers.front().listeners.front());
    return fault_of(state);
  };
  const std::vector<std::pair<std::string, std::function<void(State&, Listener&)>>> ways = {
      {"listener", [&](State&, Listener& listener) { listener.id = evil; }},
      {"address", [&](State&, Listener& listener) { listener.address = evil; }},
      {"group", [&](State& state, Listener&) { state.target_groups.front().id = evil; }},
      {"health check",
       [&](State& state, Listener&) { state.target_groups.front().health_check.path = evil; }},
      {"target",
       [&](State& state, Listener&) {
         state.target_groups.front().targets = {{.id = "t", .address = evil, .port = 1}};
       }},
      {"host",
       [&](State&, Listener& listener) {
         listener.rules.front().conditions = {HostCondition{{evil}}};
       }},
      {"header name",
       [&](State&, Listener& listener) {
         listener.rules.front().conditions = {HeaderCondition{evil, {"a"}}};
       }},
      {"source",
       [&](State&, Listener& listener) {
         listener.rules.front().conditions = {SourceCondition{{evil}}};
       }},
      {"query",
       [&](State&, Listener& listener) {
         listener.rules.front().conditions = {QueryCondition{{{.key = "a", .pattern = evil}}}};
       }},
      {"redirection",
       [&](State&, Listener& listener) { listener.otherwise = Redirect{.host = evil}; }},
      {"content type",
       [&](State&, Listener& listener) {
         listener.otherwise = FixedResponse{.content_type = evil};
       }},
      {"ciphers",
       [&](State&, Listener& listener) { listener.tls = Tls{.policy = {.ciphers = evil}}; }},
      {"header of mutual TLS",
       [&](State&, Listener& listener) {
         listener.tls = Tls{.mutual = {.headers = {.serial_number = evil}}};
       }},
  };
  for (const auto& [name, change] : ways)
    EXPECT_EQ(with(change).kind, Fault::Kind::Malformed) << name;
}

TEST(Writer, what_is_named_must_be_there) {
  auto state = some_state();
  auto& listener = state.load_balancers.front().listeners.front();
  listener.otherwise = Forward{{{"nowhere", 1}}};
  EXPECT_EQ(fault_of(state).cause, "no target group nowhere");
  listener.otherwise = FixedResponse{};
  listener.tls =
      Tls{.certificate = "c", .mutual = {.mode = MutualTlsMode::Verify, .trust_store = "nowhere"}};
  EXPECT_EQ(fault_of(state).cause, "no trust store nowhere");
  state.trust_stores = {{.id = "nowhere", .bundle = "nothing"}};
  EXPECT_EQ(fault_of(state).kind, Fault::Kind::Malformed);
}

TEST(Writer, a_port_or_a_priority_twice_is_refused) {
  auto state = some_state();
  auto& listeners = state.load_balancers.front().listeners;
  listeners.front().port = listeners.back().port;
  EXPECT_EQ(fault_of(state).kind, Fault::Kind::Malformed);
  state = some_state();
  for (auto& rule : state.load_balancers.front().listeners.front().rules) rule.priority = 5;
  EXPECT_EQ(fault_of(state).kind, Fault::Kind::Malformed);
}

}  // namespace everseal::gateway::haproxy
