#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "services/events/destinations/authorization.h"
#include "services/events/destinations/connection_store.h"
#include "services/events/destinations/operations/deauthorize_connection.h"
#include "services/events/destinations/operations/delete_api_destination.h"
#include "services/events/destinations/operations/delete_connection.h"
#include "services/events/destinations/operations/list_api_destinations.h"
#include "services/events/destinations/operations/list_connections.h"
#include "services/events/destinations/operations/update_api_destination.h"
#include "services/events/destinations/operations/update_connection.h"
#include "services/events/destinations/test_world.h"

namespace everseal::events::destinations {
namespace {

using namespace std::chrono_literals;

template <class T>
std::string json_of(const T& value) {
  return aws::protocol::print_json(aws::protocol::print(value));
}

template <class Rules>
shapes::Parameter<Rules> parameter(const std::string& key, const std::string& value,
                                   std::optional<bool> is_secret) {
  return {key, value, is_secret};
}

UpdateConnection::Request change_of(const std::string& name) {
  UpdateConnection::Request request;
  request.connection = name;
  return request;
}

Result<ConnectionAnswer, ApiError> update(World& world, const UpdateConnection::Request& request) {
  return UpdateConnection{*world.database, world.clock, world.vault, world.settings}(request,
                                                                                     world.call);
}

Authorization secrets_of(World& world, const std::string& name) {
  const auto found = need(world.database->read(
      [&](sql::Snapshot& view) { return find_connection(view, name_of(world.call, name)); }));
  return need(open(world.vault, found->arn, *found->sealed));
}

TEST(Connection, is_authorized_at_once_with_a_password_or_a_key) {
  World world;
  const auto made = need(world.try_connection("chat", AuthorizationType::Basic, World::basic()));
  EXPECT_EQ(made.arn.rfind("arn:aws:events:us-east-1:111122223333:connection/chat/", 0), 0U);
  EXPECT_EQ(made.state, ConnectionState::Authorized);
  world.connect("tickets", World::api_key());
  const auto shown = world.connection("tickets");
  EXPECT_EQ(shown.state, ConnectionState::Authorized);
  EXPECT_EQ(shown.type, AuthorizationType::ApiKey);
  EXPECT_EQ(shown.authorization->api_key->name, "X-Key");
  EXPECT_EQ(shown.authorized_at, world.clock.now());
}

TEST(Connection, never_shows_a_secret) {
  World world;
  auto authorization = World::oauth("https://login.example/token");
  authorization.oauth->http.emplace().body = {
      parameter<shapes::OfBody>("scope", "open-value", false),
      parameter<shapes::OfBody>("key", "s3cret-body", true)};
  auto& invocation = authorization.invocation.emplace();
  invocation.headers = {parameter<shapes::OfHeader>("X-A", "open-value", false),
                        parameter<shapes::OfHeader>("X-B", "s3cret-header", true),
                        parameter<shapes::OfHeader>("X-C", "s3cret-by-default", {})};
  invocation.query = {parameter<shapes::OfQuery>("q", "s3cret-query", true)};
  world.connect("chat", authorization);
  world.connect("basic", World::basic());
  world.connect("key", World::api_key());
  for (const auto* name : {"chat", "basic", "key"})
    EXPECT_EQ(json_of(world.connection(name)).find("s3cret"), std::string::npos) << name;
  const auto text = json_of(world.connection("chat"));
  EXPECT_NE(text.find(R"({"Key":"X-A","Value":"open-value","IsValueSecret":false})"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"({"Key":"X-C","IsValueSecret":true})"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("ClientParameters":{"ClientID":"client-1"})"), std::string::npos) << text;
  EXPECT_FALSE(world.was_logged("s3cret"));
}

TEST(Connection, lies_sealed_in_the_database) {
  World world;
  world.connect("chat", World::basic("ada", "s3cret-word"));
  const auto sealed = need(world.database->read([&](sql::Snapshot& view) {
                        return view.one("SELECT sealed FROM events_connection");
                      }))->blob(0);
  EXPECT_EQ(std::string(as_text(sealed)).find("s3cret"), std::string::npos);
  EXPECT_EQ(secrets_of(world, "chat").basic->password, "s3cret-word");
}

TEST(Connection, is_refused_with_parameters_that_are_not_of_its_type) {
  World world;
  for (const auto type : {AuthorizationType::ApiKey, AuthorizationType::OAuthClientCredentials})
    EXPECT_EQ(error_of(world.try_connection("chat", type, World::basic())).substr(0, 61),
              "ValidationException: Parameter AuthParameters is not valid. R");
  auto both = World::basic();
  both.api_key = World::api_key().api_key;
  EXPECT_EQ(error_of(world.try_connection("chat", AuthorizationType::Basic, both)),
            "ValidationException: Parameter AuthParameters is not valid. Reason: AuthorizationType "
            "BASIC needs BasicAuthParameters and no others.");
  EXPECT_EQ(error_of(world.try_connection("chat", AuthorizationType::ApiKey,
                                          World::api_key("no header", "x"))),
            "ValidationException: Parameter ApiKeyName is not valid. Reason: It must be the name "
            "of an HTTP header, and not one of the connection.");
  EXPECT_EQ(error_of(world.try_connection("chat", AuthorizationType::ApiKey,
                                          World::api_key("Upgrade", "x")))
                .substr(0, 51),
            "ValidationException: Parameter ApiKeyName is not va");
  auto linked = World::basic();
  linked.connectivity = shapes::Connectivity{};
  EXPECT_EQ(error_of(world.try_connection("chat", AuthorizationType::Basic, linked)),
            "ValidationException: Parameter ConnectivityParameters is not valid. Reason: Private "
            "networks are not supported by Everseal.");
}

TEST(Connection, is_refused_twice_under_one_name) {
  World world;
  world.connect("chat");
  EXPECT_EQ(error_of(world.try_connection("chat", AuthorizationType::Basic, World::basic())),
            "ResourceAlreadyExistsException: Connection chat already exists.");
}

TEST(Connection, keeps_what_an_update_does_not_say) {
  World world;
  world.connect("chat", World::basic("ada", "first"));
  auto request = change_of("chat");
  request.change.emplace().basic.emplace().password = "second";
  world.clock.set(world.clock.now() + 1h);
  const auto answer = need(update(world, request));
  EXPECT_EQ(answer.state, ConnectionState::Authorized);
  EXPECT_EQ(answer.modified_at, world.clock.now());
  const auto after = secrets_of(world, "chat");
  EXPECT_EQ(after.basic->username, "ada");
  EXPECT_EQ(after.basic->password, "second");
}

TEST(Connection, needs_all_of_another_type) {
  World world;
  world.connect("chat");
  auto request = change_of("chat");
  request.type = AuthorizationType::ApiKey;
  EXPECT_EQ(error_of(update(world, request)),
            "ValidationException: Parameter AuthParameters is not valid. Reason: All of "
            "ApiKeyAuthParameters must be there, for there is nothing to keep.");
  request.change.emplace().api_key.emplace().name = "X-Key";
  EXPECT_NE(error_of(update(world, request)), "none");
  request.change->api_key->value = "v";
  EXPECT_EQ(error_of(update(world, request)), "none");
  EXPECT_EQ(world.connection("chat").type, AuthorizationType::ApiKey);
  EXPECT_FALSE(world.connection("chat").authorization->basic);
}

TEST(Connection, has_no_secrets_any_more_once_it_is_deauthorized) {
  World world;
  const auto arn = world.connect("chat");
  need(world.try_destination("room", arn, "https://chat.example/"));
  EXPECT_EQ(world.destination("room").state, DestinationState::Active);
  const auto answer = need(DeauthorizeConnection{*world.database, world.clock,
                                                 world.outside->tokens()}({"chat"}, world.call));
  EXPECT_EQ(answer.state, ConnectionState::Deauthorized);
  EXPECT_FALSE(world.connection("chat").authorization);
  EXPECT_EQ(world.rows("SELECT count(*) FROM events_connection WHERE sealed IS NOT NULL"), 0);
  EXPECT_EQ(world.destination("room").state, DestinationState::Inactive);
  auto request = change_of("chat");
  request.change.emplace().basic = {"ada", "again"};
  EXPECT_EQ(error_of(update(world, request)), "none");
  EXPECT_EQ(world.destination("room").state, DestinationState::Active);
}

TEST(Connection, that_is_made_again_is_another_one) {
  World world;
  const auto arn = world.connect("chat");
  need(world.try_destination("room", arn, "https://chat.example/"));
  EXPECT_EQ(
      need(DeleteConnection{*world.database, world.outside->tokens()}({"chat"}, world.call)).state,
      ConnectionState::Deleting);
  EXPECT_EQ(error_of(DescribeConnection{*world.database, world.vault}({"chat"}, world.call)),
            "ResourceNotFoundException: Failed to describe the connection(s). Connection 'chat' "
            "does not exist.");
  EXPECT_NE(world.connect("chat"), arn);
  EXPECT_EQ(world.destination("room").state, DestinationState::Inactive);
}

TEST(Connection, is_listed_by_name_in_pages) {
  World world;
  for (const auto* name : {"b", "a2", "c", "a1"}) world.connect(name);
  need(DeauthorizeConnection{*world.database, world.clock, world.outside->tokens()}({"b"},
                                                                                    world.call));
  const ListConnections list{*world.database};
  const auto names = [](const ListConnections::Response& page) {
    std::string all;
    for (const auto& item : page.connections) all += item.connection + " ";
    return all;
  };
  ListConnections::Request request;
  request.limit = 3;
  const auto first = need(list(request, world.call));
  EXPECT_EQ(names(first), "a1 a2 b ");
  request.next_token = first.next_token;
  const auto last = need(list(request, world.call));
  EXPECT_EQ(names(last), "c ");
  EXPECT_FALSE(last.next_token);
  request.name_prefix = "a";
  EXPECT_EQ(error_of(list(request, world.call)).substr(0, 20), "ValidationException:");
  ListConnections::Request chosen;
  chosen.name_prefix = "a";
  EXPECT_EQ(names(need(list(chosen, world.call))), "a1 a2 ");
  chosen = {};
  chosen.state = ConnectionState::Deauthorized;
  EXPECT_EQ(names(need(list(chosen, world.call))), "b ");
}

TEST(ApiDestination, is_described_as_it_was_made) {
  World world;
  const auto arn = world.connect("chat");
  const auto made = need(world.try_destination("room", arn, "https://chat.example/a/*?b=c", 7));
  EXPECT_EQ(made.arn.rfind("arn:aws:events:us-east-1:111122223333:api-destination/room/", 0), 0U);
  EXPECT_EQ(made.state, DestinationState::Active);
  const auto shown = world.destination("room");
  EXPECT_EQ(shown.arn, made.arn);
  EXPECT_EQ(shown.connection_arn, arn);
  EXPECT_EQ(shown.endpoint, "https://chat.example/a/*?b=c");
  EXPECT_EQ(shown.rate, 7);
  need(world.try_destination("other", arn, "https://chat.example"));
  EXPECT_EQ(world.destination("other").rate, 300);
}

TEST(ApiDestination, is_refused_without_its_connection_or_with_a_name_that_is_taken) {
  World world;
  const auto arn = world.connect("chat");
  auto elsewhere = arn;
  elsewhere.back() = elsewhere.back() == '0' ? '1' : '0';
  EXPECT_EQ(error_of(world.try_destination("room", elsewhere, "https://chat.example/")),
            "ResourceNotFoundException: Failed to describe the connection(s). Connection '" +
                elsewhere + "' does not exist.");
  need(world.try_destination("room", arn, "https://chat.example/"));
  EXPECT_EQ(error_of(world.try_destination("room", arn, "https://chat.example/")),
            "ResourceAlreadyExistsException: An api-destination 'room' already exists.");
  world.call.region = "eu-west-1";
  EXPECT_EQ(error_of(world.try_destination("room", arn, "https://chat.example/")).substr(0, 25),
            "ResourceNotFoundException");
}

TEST(ApiDestination, has_tls_unless_this_machine_may_be_reached) {
  World open;
  World strict{Settings{}};
  const auto arn = open.connect("chat");
  const auto other = strict.connect("chat");
  constexpr auto needs_tls =
      "ValidationException: Parameter InvocationEndpoint is not valid. Reason: It must be an "
      "https:// URL.";
  for (const auto* endpoint : {"http://chat.example/", "http://10.0.0.1/"})
    EXPECT_EQ(error_of(open.try_destination("room", arn, endpoint)), needs_tls) << endpoint;
  for (const auto* endpoint : {"http://localhost:8080/", "http://127.0.0.1/"}) {
    EXPECT_EQ(error_of(strict.try_destination("room", other, endpoint)), needs_tls) << endpoint;
    EXPECT_EQ(error_of(open.try_destination(std::string("r") + endpoint[7], arn, endpoint)),
              "none");
  }
  for (const auto* endpoint : {"ftp://chat.example/", "chat.example", "https://", "https:///x",
                               "https://a@chat.example/", "https://*.example/"})
    EXPECT_EQ(error_of(open.try_destination("room", arn, endpoint)),
              "ValidationException: Parameter InvocationEndpoint is not valid. Reason: It must be "
              "the URL of a server.")
        << endpoint;
  EXPECT_EQ(error_of(strict.try_connection("o", AuthorizationType::OAuthClientCredentials,
                                           World::oauth("http://localhost/token"))),
            "ValidationException: Parameter AuthorizationEndpoint is not valid. Reason: It must be "
            "an https:// URL.");
}

TEST(ApiDestination, keeps_what_an_update_does_not_say) {
  World world;
  const auto arn = world.connect("chat");
  need(world.try_destination("room", arn, "https://chat.example/", 7));
  const UpdateApiDestination change{*world.database, world.clock, world.settings};
  UpdateApiDestination::Request request;
  request.destination = "room";
  request.method = HttpMethod::Put;
  need(change(request, world.call));
  const auto shown = world.destination("room");
  EXPECT_EQ(shown.method, HttpMethod::Put);
  EXPECT_EQ(shown.endpoint, "https://chat.example/");
  EXPECT_EQ(shown.rate, 7);
  request.endpoint = "http://chat.example/";
  EXPECT_NE(error_of(change(request, world.call)), "none");
  request.endpoint.reset();
  request.connection_arn = arn + "0";
  EXPECT_NE(error_of(change(request, world.call)), "none");
}

TEST(ApiDestination, is_listed_by_name_also_of_one_connection) {
  World world;
  const auto chat = world.connect("chat");
  const auto mail = world.connect("mail");
  need(world.try_destination("c", chat, "https://chat.example/"));
  need(world.try_destination("a", chat, "https://chat.example/"));
  need(world.try_destination("b", mail, "https://chat.example/"));
  const ListApiDestinations list{*world.database};
  const auto names = [&](const ListApiDestinations::Request& wanted) {
    std::string all;
    for (const auto& item : need(list(wanted, world.call)).destinations) all += item.name + " ";
    return all;
  };
  EXPECT_EQ(names({}), "a b c ");
  ListApiDestinations::Request request;
  request.connection_arn = chat;
  EXPECT_EQ(names(request), "a c ");
  request = {};
  request.name_prefix = "b";
  EXPECT_EQ(names(request), "b ");
  request = {};
  request.limit = 2;
  request.next_token = need(list(request, world.call)).next_token;
  EXPECT_EQ(names(request), "c ");
  need(DeleteApiDestination{*world.database}({"a"}, world.call));
  EXPECT_EQ(names({}), "b c ");
  EXPECT_EQ(error_of(DeleteApiDestination{*world.database}({"a"}, world.call)),
            "ResourceNotFoundException: Failed to describe the api-destination(s). An "
            "api-destination 'a' does not exist.");
}

}  // namespace
}  // namespace everseal::events::destinations
