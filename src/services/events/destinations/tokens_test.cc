#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "services/events/destinations/operations/deauthorize_connection.h"
#include "services/events/destinations/operations/delete_connection.h"
#include "services/events/destinations/test_system.h"

namespace everseal::events::destinations {
namespace {

using namespace std::chrono_literals;

// A system that asks for tokens, and the server that gives them.
struct Guarded {
  System login, system;
  int given = 0;
  std::string token_answer = R"({"access_token":"token-NUMBER","expires_in":3600})";
  Guarded() {
    login.answer = [this](const Request&) {
      auto text = token_answer;
      const auto at = text.find("NUMBER");
      ++given;
      if (at != std::string::npos) text.replace(at, 6, std::to_string(given));
      Response response;
      response.body = text;
      return response;
    };
    login.start();
    system.start();
  }
};

// Octets, and then the end, whatever length was said.
class OnePiece final : public http::BodySource {
 public:
  explicit OnePiece(std::string octets) : octets_(std::move(octets)) {}
  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    const auto count = octets_.copy(reinterpret_cast<char*>(space.data()), space.size());
    octets_.erase(0, count);
    return count;
  }

 private:
  std::string octets_;
};

TEST(ApiDestinations, are_sent_a_token_that_is_kept_until_it_ends) {
  Guarded guarded;
  Wired world;
  const auto connection = world.connect("chat", World::oauth(guarded.login.url("/token")));
  EXPECT_EQ(world.connection("chat").state, ConnectionState::Authorizing);
  world.run();
  EXPECT_EQ(world.connection("chat").state, ConnectionState::Authorized);
  world.wire("room", guarded.system.url(), connection);
  world.put();
  world.put();
  world.run();
  ASSERT_EQ(guarded.system.count(), 2U);
  EXPECT_EQ(header(guarded.system.taken().back(), "Authorization"), "Bearer token-1");
  ASSERT_EQ(guarded.login.count(), 1U);
  const auto asked = guarded.login.taken().front();
  EXPECT_EQ(asked.head.method, "POST");
  EXPECT_EQ(asked.head.target, "/token");
  EXPECT_EQ(asked.body,
            "grant_type=client_credentials&client_id=client-1&client_secret=s3cret-client");
  EXPECT_EQ(header(asked, "Content-Type"), "application/x-www-form-urlencoded");
  world.clock.set(world.clock.now() + 59min + 30s);  // about to end
  world.put();
  world.run();
  EXPECT_EQ(header(guarded.system.taken().back(), "Authorization"), "Bearer token-2");
  EXPECT_EQ(guarded.login.count(), 2U);
  EXPECT_FALSE(world.was_logged("s3cret"));
  EXPECT_FALSE(world.was_logged("token-"));
}

TEST(ApiDestinations, are_sent_another_token_once_theirs_is_refused) {
  for (const int status : {401, 407}) {
    Guarded guarded;
    guarded.system.answer = [&](const Request& request) {
      return with_status(header(request, "Authorization") == "Bearer token-2" ? 200 : status);
    };
    Wired world;
    world.wire("room", guarded.system.url(),
               world.connect("chat", World::oauth(guarded.login.url("/token"))));
    world.put();
    world.run_for(2s);
    EXPECT_EQ(guarded.system.count(), 2U);
    EXPECT_EQ(guarded.login.count(), 2U);
    EXPECT_EQ(world.waiting(), 0);
    EXPECT_TRUE(world.queues.letters.empty());
  }
}

TEST(ApiDestinations, ask_for_tokens_as_the_connection_says) {
  Guarded guarded;
  World world;
  auto with_get = World::oauth(guarded.login.url("/token?v=2"), OAuthMethod::Get);
  auto& more = with_get.oauth->http.emplace();
  more.headers = {{"X-Tenant", "pki", false}};
  more.query = {{"scope", "a b", false}};
  more.body = {{"grant_type", "custom", false}};
  world.connect("get", with_get);
  world.connect("put", World::oauth(guarded.login.url("/token"), OAuthMethod::Put));
  world.run();
  ASSERT_EQ(guarded.login.count(), 2U);
  auto asked = guarded.login.taken();
  if (asked.front().head.method == "PUT") std::swap(asked.front(), asked.back());
  EXPECT_EQ(asked.front().head.target,
            "/token?v=2&grant_type=custom&client_id=client-1&client_secret=s3cret-client"
            "&scope=a%20b");
  EXPECT_EQ(header(asked.front(), "X-Tenant"), "pki");
  EXPECT_EQ(asked.back().head.method, "PUT");
}

TEST(ApiDestinations, say_why_a_connection_was_not_authorized) {
  Guarded guarded;
  guarded.login.answer = [](const Request&) { return with_status(403); };
  World world;
  world.connect("refused", World::oauth(guarded.login.url("/token")));
  world.run();
  EXPECT_EQ(world.connection("refused").state, ConnectionState::Deauthorized);
  const auto reason = world.connection("refused").state_reason.value_or("");
  EXPECT_NE(reason.find("answered with status 403"), std::string::npos) << reason;
  guarded.login.answer = [](const Request&) { return with_status(500); };
  world.connect("broken", World::oauth(guarded.login.url("/token")));
  world.run();
  EXPECT_EQ(world.connection("broken").state, ConnectionState::Authorizing);
  world.run_for(5min);
  EXPECT_EQ(world.connection("broken").state, ConnectionState::Deauthorized);
}

TEST(ApiDestinations, keep_no_token_of_a_connection_that_is_gone) {
  Guarded guarded;
  Wired world;
  auto& tokens = world.outside->tokens();
  for (const auto* name : {"deleted", "taken-away", "kept"})
    world.connect(name, World::oauth(guarded.login.url("/token")));
  world.run();
  EXPECT_EQ(tokens.count(), 3U);
  need(DeleteConnection{*world.database, tokens}({"deleted"}, world.call));
  EXPECT_EQ(tokens.count(), 2U);
  need(DeauthorizeConnection{*world.database, world.clock, tokens}({"taken-away"}, world.call));
  EXPECT_EQ(tokens.count(), 1U);
}

TEST(ApiDestinations, keep_no_token_that_came_after_its_connection_was_deleted) {
  Guarded guarded;
  Wired world;
  auto& tokens = world.outside->tokens();
  const auto give = guarded.login.answer;
  guarded.login.answer = [&](const Request& request) {
    need(DeleteConnection{*world.database, tokens}({"chat"}, world.call));
    return give(request);
  };
  world.connect("chat", World::oauth(guarded.login.url("/token")));
  world.run();
  EXPECT_EQ(guarded.login.count(), 1U);
  EXPECT_EQ(tokens.count(), 0U);
}

TEST(ApiDestinations, keep_no_token_that_has_ended_once_another_comes) {
  Guarded guarded;
  Wired world;
  world.connect("quiet", World::oauth(guarded.login.url("/token")));
  world.run();
  world.clock.set(world.clock.now() + 1h);
  world.connect("busy", World::oauth(guarded.login.url("/token")));
  world.run();
  EXPECT_EQ(world.outside->tokens().count(), 1U);
}

TEST(ApiDestinations, are_asked_for_a_token_again_if_its_answer_was_cut_off) {
  Guarded guarded;
  const auto give = guarded.login.answer;
  guarded.login.answer = [&](const Request& request) {
    auto answer = give(request);
    if (guarded.given == 1) answer.length = answer.body.size() + 1;
    if (guarded.given == 1)
      answer.source = std::make_unique<OnePiece>(std::exchange(answer.body, {}));
    return answer;
  };
  Wired world;
  world.connect("chat", World::oauth(guarded.login.url("/token")));
  world.run_for(1min);
  EXPECT_EQ(guarded.given, 2);
  EXPECT_EQ(world.connection("chat").state, ConnectionState::Authorized);
}

}  // namespace
}  // namespace everseal::events::destinations
