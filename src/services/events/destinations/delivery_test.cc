#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <latch>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "services/events/destinations/operations/deauthorize_connection.h"
#include "services/events/destinations/operations/delete_api_destination.h"
#include "services/events/destinations/test_system.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::events::destinations {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

TEST(ApiDestinations, are_sent_the_event_with_a_password) {
  System system;
  Wired world;
  world.wire("room", system.start().url("/hook?a=b"), world.connect("chat", World::basic()));
  const auto id = world.put(R"({"n":1})");
  world.run();
  ASSERT_EQ(system.count(), 1U);
  const auto request = system.taken().front();
  EXPECT_EQ(request.head.method, "POST");
  EXPECT_EQ(request.head.target, "/hook?a=b");
  EXPECT_EQ(header(request, "Authorization"), "Basic YWRhOnMzY3JldC13b3Jk");
  EXPECT_EQ(header(request, "User-Agent"), "Amazon/EventBridge/ApiDestinations");
  EXPECT_EQ(header(request, "Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(json::parse(request.body)->find("id")->text, id);
  EXPECT_EQ(world.waiting(), 0);
  EXPECT_FALSE(world.was_logged("s3cret"));
}

TEST(ApiDestinations, are_sent_a_key_in_its_header) {
  System system;
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat", World::api_key()));
  world.put();
  world.run();
  ASSERT_EQ(system.count(), 1U);
  EXPECT_EQ(header(system.taken().front(), "X-Key"), "s3cret-key");
}

TEST(ApiDestinations, are_sent_parameters_of_the_target_and_of_the_connection) {
  System system;
  Wired world;
  auto authorization = World::basic();
  auto& more = authorization.invocation.emplace();
  more.headers = {{"X-Both", "connection", false}, {"Host", "evil.example", false}};
  more.query = {{"both", "connection", false}, {"b c", "d&e", true}};
  more.body = {{"channel", "#pki", false}, {"detail", "replaced", false}};
  world.wire("room", system.start().url("/a/*/b/*?fixed=1"), world.connect("chat", authorization),
             [](events::shapes::Target& target) {
               target.http_parameters = {
                   {"x/y", "$.detail.press"},
                   {{"X-Both", "target"}, {"X-Target", "$.source"}, {"Content-Type", "text/x"}},
                   {{"both", "target"}, {"press", "$.detail.press"}}};
             });
  world.put(R"({"press":"7 ?"})");
  world.run();
  ASSERT_EQ(system.count(), 1U);
  const auto request = system.taken().front();
  EXPECT_EQ(request.head.target,
            "/a/x%2Fy/b/7%20%3F?fixed=1&both=connection&press=7%20%3F&b%20c=d%26e");
  EXPECT_EQ(header(request, "X-Both"), "connection");
  EXPECT_EQ(header(request, "X-Target"), "plant");
  EXPECT_EQ(header(request, "Content-Type"), "text/x");
  EXPECT_EQ(header(request, "Host").substr(0, 10), "localhost:");
  const auto body = *json::parse(request.body);
  EXPECT_EQ(body.find("channel")->text, "#pki");
  EXPECT_EQ(body.find("detail")->text, "replaced");
}

TEST(ApiDestinations, are_sent_what_the_input_of_the_target_makes_of_the_event) {
  System system;
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"),
             [](events::shapes::Target& target) {
               target.input_transformer = {{{"press", "$.detail.press"}},
                                           R"({"text": "Press <press> stopped"})"};
             });
  world.put(R"({"press":7})");
  world.run();
  ASSERT_EQ(system.count(), 1U);
  EXPECT_EQ(json::parse(system.taken().front().body)->find("text")->text, "Press 7 stopped");
}

TEST(ApiDestinations, cannot_be_led_astray_by_an_event) {
  System system;
  Wired world;
  world.wire("room", system.start().url("/rooms/*"), world.connect("chat"),
             [](events::shapes::Target& target) {
               target.http_parameters = {{"$.detail.room"}, {{"X-Room", "$.detail.room"}}, {}};
             });
  for (const auto* room : {R"({"room":".."})", R"({"room":""})", R"({"room":"a\r\nX-Evil: 1"})"})
    world.put(room);
  world.put(R"({"room":"../x"})");
  world.run();
  ASSERT_EQ(system.count(), 1U);
  EXPECT_EQ(system.taken().front().head.target, "/rooms/..%2Fx");
  ASSERT_EQ(world.queues.letters.size(), 3U);
  for (const auto& letter : world.queues.letters)
    EXPECT_EQ(attribute(letter, "ERROR_CODE"), "INVALID_PARAMETER");
}

TEST(ApiDestinations, that_fail_are_sent_the_same_event_again) {
  System system;
  int calls = 0;
  system.answer = [&](const Request&) { return with_status(++calls == 1 ? 500 : 200); };
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  world.put(R"({"n":1})", {World::certificate("a")});
  world.put(R"({"n":2})", {World::certificate("a")});
  world.run();
  EXPECT_EQ(system.count(), 1U);
  world.run_for(2s);
  EXPECT_EQ(system.details(), (Texts{R"({"n":1})", R"({"n":1})", R"({"n":2})"}));
  EXPECT_EQ(system.taken()[0].body, system.taken()[1].body);  // with the same id
}

TEST(ApiDestinations, are_left_alone_as_long_as_they_ask) {
  System system;
  int calls = 0;
  system.answer = [&](const Request&) {
    return ++calls == 1 ? with_status(429, {{"Retry-After", "600"}}) : with_status(200);
  };
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  world.put();
  world.run_for(599s);
  EXPECT_EQ(system.count(), 1U);
  world.run_for(1s);
  EXPECT_EQ(system.count(), 2U);
}

TEST(ApiDestinations, are_not_asked_again_in_a_hurry_even_if_they_want_it) {
  System system;
  system.answer = [](const Request&) { return with_status(503, {{"Retry-After", "0"}}); };
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  world.put();
  world.run_for(1min);
  EXPECT_LE(system.count(), 7U);
}

TEST(ApiDestinations, understand_dates_and_what_is_none) {
  const auto now = *parse_iso8601("2026-04-06T06:00:00Z");
  const auto after = [&](const std::string& text) -> std::optional<std::chrono::milliseconds> {
    const auto outcome = outcome_of(with_status(429, {{"Retry-After", text}}), now);
    const auto* again = std::get_if<TryAgain>(&outcome);
    return again == nullptr ? -1ms : again->after;
  };
  EXPECT_EQ(after("Mon, 06 Apr 2026 06:01:00 GMT"), 60s);
  EXPECT_EQ(after("Mon, 06 Apr 2026 05:00:00 GMT"), 0s);
  EXPECT_EQ(after("120"), 120s);
  EXPECT_EQ(after("99999999999999999999"), 24h);
  EXPECT_EQ(after("soon"), std::nullopt);
  EXPECT_EQ(after("-1"), -1ms);  // never
}

TEST(ApiDestinations, that_refuse_an_event_are_not_sent_it_again) {
  System system;
  system.answer = [](const Request& request) {
    return with_status(request.body.find("poison") == std::string::npos ? 200 : 400);
  };
  Wired world;
  const auto arn = world.wire("room", system.start().url(), world.connect("chat"));
  world.put(R"({"n":"poison"})", {World::certificate("a")});
  world.put(R"({"n":2})", {World::certificate("a")});
  world.run();
  EXPECT_EQ(system.details(), (Texts{R"({"n":"poison"})", R"({"n":2})"}));
  ASSERT_EQ(world.queues.letters.size(), 1U);
  const auto& letter = world.queues.letters.front();
  EXPECT_EQ(attribute(letter, "ERROR_CODE"), "SDK_CLIENT_ERROR");
  EXPECT_EQ(attribute(letter, "ERROR_MESSAGE"), "The API destination answered with status 400");
  EXPECT_EQ(attribute(letter, "TARGET_ARN"), arn);
  EXPECT_EQ(attribute(letter, "RETRY_ATTEMPTS"), "0");
}

TEST(ApiDestinations, are_not_followed_elsewhere) {
  System system;
  system.answer = [&](const Request&) {
    return with_status(302, {{"Location", system.url("/other")}});
  };
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  world.put();
  world.run_for(1h);
  EXPECT_EQ(system.count(), 1U);
  EXPECT_EQ(world.queues.letters.size(), 1U);
}

TEST(ApiDestinations, that_stay_broken_leave_a_dead_letter_when_the_rule_ends_it) {
  System system;
  system.answer = [](const Request&) { return with_status(500); };
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"),
             [](events::shapes::Target& target) { target.retry_policy = {2, 3600}; });
  world.put();
  world.run_for(1h);
  EXPECT_EQ(system.count(), 3U);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  const auto& letter = world.queues.letters.front();
  EXPECT_EQ(attribute(letter, "ERROR_CODE"), "INTERNAL_ERROR");
  EXPECT_EQ(attribute(letter, "ERROR_MESSAGE"), "The API destination answered with status 500");
  EXPECT_EQ(attribute(letter, "EXHAUSTED_RETRY_CONDITION"), "MaximumRetryAttempts");
  EXPECT_EQ(attribute(letter, "RETRY_ATTEMPTS"), "2");
}

TEST(ApiDestinations, that_do_not_answer_in_time_are_tried_again) {
  std::latch over{1};
  System system;
  system.answer = [&](const Request&) {
    over.wait();
    return with_status(200);
  };
  Wired world{Settings{.loopback = true, .ca_file = {}, .patience = 50ms}};
  world.wire("room", system.start().url(), world.connect("chat"),
             [](events::shapes::Target& target) { target.retry_policy = {0, 3600}; });
  world.put();
  world.run();
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(attribute(world.queues.letters.front(), "ERROR_CODE"), "TIMEOUT");
  over.count_down();
}

// Ends the connection in the middle of the answer's body.
class CutOff final : public http::BodySource {
 public:
  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    if (std::exchange(begun_, true)) return Fault::unavailable("the test cuts it off");
    space[0] = '{';
    return std::size_t{1};
  }

 private:
  bool begun_ = false;
};

Response cut_off(int status, http::Headers headers = {}) {
  auto response = with_status(status, std::move(headers));
  response.length = 100;
  response.source = std::make_unique<CutOff>();
  return response;
}

Response endless(int status) {
  auto response = with_status(status);
  response.body.assign(2 << 20, 'x');
  return response;
}

TEST(ApiDestinations, have_said_enough_with_the_head_of_an_answer) {
  for (const bool is_long : {false, true}) {
    System system;
    system.answer = [&](const Request&) { return is_long ? endless(200) : cut_off(200); };
    Wired world;
    world.wire("room", system.start().url(), world.connect("chat"));
    world.put();
    world.run_for(24h);
    EXPECT_EQ(system.count(), 1U);
    EXPECT_EQ(world.waiting(), 0);
    EXPECT_TRUE(world.queues.letters.empty());
  }
}

TEST(ApiDestinations, that_close_within_the_body_are_asked_again_when_they_say) {
  System system;
  int calls = 0;
  system.answer = [&](const Request&) {
    return ++calls == 1 ? cut_off(503, {{"Retry-After", "600"}}) : with_status(200);
  };
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  world.put();
  world.run_for(599s);
  EXPECT_EQ(system.count(), 1U);
  EXPECT_TRUE(world.was_logged("answered with status 503"));
  world.run_for(1s);
  EXPECT_EQ(system.count(), 2U);
  EXPECT_EQ(world.waiting(), 0);
}

// A port of this machine that nobody listens at, and that nobody else gets.
class ReservedPort {
 public:
  ReservedPort() : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(descriptor_, plain, size) != 0 || getsockname(descriptor_, plain, &size) != 0)
      throw std::runtime_error("no port");
    port_ = ntohs(address.sin_port);
  }
  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;
  ~ReservedPort() { close(descriptor_); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
  int listening() const {
    if (listen(descriptor_, 16) != 0) throw std::runtime_error("cannot listen");
    return descriptor_;
  }

 private:
  int descriptor_;
  std::uint16_t port_ = 0;
};

// Answers one who connects with these octets, and ends the connection.
void answer_one(int listening, std::string_view octets) {
  const int connection = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
  if (connection < 0) return;
  std::array<char, 64 * 1024> request{};
  std::string heard;
  while (heard.find("\r\n\r\n") == heard.npos) {
    const auto count = recv(connection, request.data(), request.size(), 0);
    if (count <= 0) break;
    heard.append(request.data(), static_cast<std::size_t>(count));
  }
  static_cast<void>(send(connection, octets.data(), octets.size(), MSG_NOSIGNAL));
  close(connection);
}

TEST(ApiDestinations, that_close_before_the_head_is_complete_are_tried_again) {
  for (const std::string_view octets : {"", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"}) {
    const ReservedPort port;
    const auto listening = port.listening();
    Wired world;
    world.wire("room", port.url(), world.connect("chat"));
    const auto id = world.put();
    std::jthread rude([&] {
      pollfd waiting{.fd = listening, .events = POLLIN, .revents = 0};
      if (poll(&waiting, 1, 20'000) == 1) answer_one(listening, octets);
    });
    world.run();
    rude.join();
    EXPECT_EQ(world.waiting(), 2);
    EXPECT_TRUE(world.was_logged("CONNECTION_FAILURE"));
    System system;
    system.start();
    const auto better = system.server().serve_also(listening);
    world.run_for(2s);
    ASSERT_EQ(system.count(), 1U);
    EXPECT_EQ(json::parse(system.taken().front().body)->find("id")->text, id);
    EXPECT_EQ(world.waiting(), 0);
  }
}

TEST(ApiDestinations, that_were_down_for_an_hour_get_all_events_in_order) {
  const ReservedPort port;
  System system;
  Wired world;
  world.wire("room", port.url(), world.connect("chat"));
  Texts expected;
  for (int i = 0; i < 12; ++i) {
    const auto detail = "{\"n\":" + std::to_string(i) + "}";
    world.put(detail, {World::certificate("a")});
    expected.push_back(detail);
    world.run_for(5min);
  }
  EXPECT_EQ(system.count(), 0U);
  EXPECT_TRUE(world.queues.letters.empty());
  const auto up = system.start().server().serve_also(port.listening());
  world.run_for(10min);
  EXPECT_EQ(system.details(), expected);
  std::set<std::string> ids;
  for (const auto& request : system.taken())
    ids.insert(json::parse(request.body)->find("id")->text);
  EXPECT_EQ(ids.size(), expected.size());
  EXPECT_EQ(world.waiting(), 0);
}

TEST(ApiDestinations, that_are_down_do_not_hold_up_others) {
  const ReservedPort port;
  System system;
  system.start();
  Wired world;
  const auto connection = world.connect("chat");
  world.wire("down", port.url(), connection);
  world.wire("up", system.url(), connection);
  for (int i = 0; i < 5; ++i) world.put();
  world.run();
  EXPECT_EQ(system.count(), 5U);
}

TEST(ApiDestinations, that_are_deleted_leave_dead_letters) {
  System system;
  system.answer = [](const Request&) { return with_status(500); };
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  world.put();
  world.run();
  need(DeleteApiDestination{*world.database}({"room"}, world.call));
  world.run_for(2s);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(attribute(world.queues.letters.front(), "ERROR_CODE"), "NO_RESOURCE");
  EXPECT_EQ(system.count(), 1U);
}

TEST(ApiDestinations, wait_for_a_connection_to_be_authorized_again) {
  System system;
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  need(DeauthorizeConnection{*world.database, world.clock, world.outside->tokens()}({"chat"},
                                                                                    world.call));
  world.put();
  world.run_for(1min);
  EXPECT_EQ(system.count(), 0U);
  EXPECT_TRUE(world.queues.letters.empty());
  EXPECT_TRUE(world.was_logged("gone or not authorized"));
}

TEST(ApiDestinations, of_other_accounts_are_not_sent_anything) {
  System system;
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"));
  const auto arn = "arn:aws:events:us-east-1:999999999999:api-destination/room/1-2";
  auto foreign = World::target("2", arn);
  foreign.dead_letter_config = events::shapes::DeadLetterConfig{World::queue("dead")};
  world.put_target("press", foreign);
  world.put();
  world.run();
  EXPECT_EQ(system.count(), 1U);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(attribute(world.queues.letters.front(), "ERROR_CODE"), "NO_PERMISSIONS");
}

TEST(ApiDestinations, get_no_more_requests_a_second_than_they_say) {
  System system;
  Wired world;
  world.wire("room", system.start().url(), world.connect("chat"), {}, 2);
  for (int i = 0; i < 7; ++i) world.put();
  world.run();
  EXPECT_EQ(system.count(), 2U);
  world.run_for(999ms);
  EXPECT_EQ(system.count(), 2U);
  world.run_for(1ms);
  EXPECT_EQ(system.count(), 4U);
  world.run_for(2s);
  EXPECT_EQ(system.count(), 7U);
  EXPECT_FALSE(world.was_logged("events.delivery.postponed"));  // to wait is no attempt
}

TEST(ApiDestinations, are_trusted_by_the_file_of_the_settings) {
  const auto identity = tls::testing::make_identity("localhost");
  const TemporaryFolder folder;
  const auto file = folder.path() / "ca.pem";
  std::ofstream(file) << tls::testing::pem_of(identity);
  System system;
  system.with_tls(identity).start();
  Wired trusting{Settings{.loopback = true, .ca_file = file}};
  trusting.wire("room", system.url(), trusting.connect("chat"));
  trusting.put();
  trusting.run();
  EXPECT_EQ(system.count(), 1U);
  Wired other;
  other.wire("room", system.url(), other.connect("chat"));
  other.put();
  other.run();
  EXPECT_EQ(system.count(), 1U);
  EXPECT_TRUE(other.was_logged("CONNECTION_FAILURE"));
}

TEST(ApiDestinations, are_not_looked_for_on_this_machine_unless_the_settings_say_so) {
  const auto identity = tls::testing::make_identity("localhost");
  System system;
  system.with_tls(identity).start();
  Wired world{Settings{}};
  world.wire("room", system.url(), world.connect("chat"));
  world.put();
  world.run();
  EXPECT_EQ(system.server().stats().connections_accepted, 0U);
  EXPECT_TRUE(world.was_logged("must not be connected to"));
}

}  // namespace
}  // namespace everseal::events::destinations
