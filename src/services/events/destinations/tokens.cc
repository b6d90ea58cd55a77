#include "services/events/destinations/tokens.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "services/events/destinations/connection_store.h"
#include "services/events/destinations/endpoint.h"
#include "services/events/destinations/http_parts.h"
#include "services/events/destinations/outgoing_request.h"
#include "services/events/json/json.h"

namespace everseal::events::destinations {
namespace {

using std::chrono::seconds;

constexpr seconds kLongestLife = std::chrono::hours{24 * 365};
// A token that ends while a request with it is on its way would be refused.
constexpr seconds kMargin{60};

seconds life_in(const json::Value& number) {
  std::int64_t life = 0;
  const auto& text = number.text;  // also as a string, as some servers write it
  std::from_chars(text.data(), text.data() + text.size(), life);
  return std::clamp(seconds{life}, seconds{0}, kLongestLife);
}

TryAgain not_a_token(const http::Url& server, const std::string& what) {
  return {std::string(kNoPermissions),
          "The authorization endpoint " + server.host_header() + " " + what,
          {}};
}

TryAgain refused(const http::Url& server, int status) {
  auto failure = not_a_token(server, "answered with status " + std::to_string(status));
  if (status == 429 || status >= 500) failure.error_code = "CONNECTION_FAILURE";
  return failure;
}

}  // namespace

Result<OutgoingRequest> token_request(const shapes::OAuth& oauth) {
  const auto endpoint = Endpoint::parse(oauth.endpoint);
  if (!endpoint) return endpoint.error();
  const auto http = oauth.http.value_or(shapes::HttpParameters{});
  Pairs form{{"grant_type", "client_credentials"},
             {"client_id", oauth.client.id},
             {"client_secret", oauth.client.secret}};
  set_all(form, http.body);
  Pairs query;
  if (oauth.method == OAuthMethod::Get) std::swap(query, form);
  set_all(query, http.query);

  OutgoingRequest request{.server = endpoint->server};
  request.head.method = aws::name_of(oauth.method);
  request.head.target = target_of(endpoint->path, with_query(endpoint->query, query));
  request.head.headers = {{"User-Agent", "Amazon/EventBridge/ApiDestinations"},
                          {"Accept", "application/json"},
                          {"Connection", "close"}};
  if (!form.empty()) request.head.headers.add("Content-Type", "application/x-www-form-urlencoded");
  set_headers(request.head.headers, http.headers);
  request.body = with_query("", form);
  return request;
}

Result<std::string, TryAgain> Tokens::get(const Connection& connection,
                                          const Authorization& authorization) {
  if (!authorization.oauth) return std::string();
  if (auto token = kept(connection)) return *std::move(token);
  const auto fetched = fetch(connection, *authorization.oauth);
  if (!fetched) return fetched.error();
  // Kept before it is looked whether the connection is still there: whoever deletes it looks here
  // afterwards, so that one of the two forgets the token.
  keep(connection, *fetched);
  const auto noted = database_.write(
      [&](sql::Transaction& tx) { return note_authorized(tx, connection, clock_.now()); });
  if (!noted || !*noted) forget(connection, fetched->text);
  if (!noted) return TryAgain{"INTERNAL_ERROR", "The connection could not be written", {}};
  return fetched->text;
}

void Tokens::keep(const Connection& connection, const Token& token) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(tokens_, [&](const auto& one) { return has_ended(one.second); });
  tokens_.insert_or_assign(connection.arn, token);
}

bool Tokens::has_ended(const Token& token) const {
  return token.ends && *token.ends <= clock_.now();
}

std::size_t Tokens::count() const {
  const std::scoped_lock lock(mutex_);
  return tokens_.size();
}

void Tokens::forget_all_of(const std::string& connection_arn) {
  const std::scoped_lock lock(mutex_);
  tokens_.erase(connection_arn);
}

void Tokens::forget(const Connection& connection, const std::string& token) {
  const std::scoped_lock lock(mutex_);
  const auto found = tokens_.find(connection.arn);
  if (found != tokens_.end() && found->second.text == token) tokens_.erase(found);
}

std::optional<std::string> Tokens::kept(const Connection& connection) {
  const std::scoped_lock lock(mutex_);
  const auto found = tokens_.find(connection.arn);
  if (found == tokens_.end()) return std::nullopt;
  const auto& token = found->second;
  if (token.revision == connection.revision && !has_ended(token)) return token.text;
  tokens_.erase(found);
  return std::nullopt;
}

Result<Tokens::Token, TryAgain> Tokens::fetch(const Connection& connection,
                                              const shapes::OAuth& oauth) const {
  const auto request = token_request(oauth);
  if (!request) return TryAgain{"INVALID_PARAMETER", "The authorization endpoint is none", {}};
  const auto answer = outbound_.send(*request, Needs::WholeAnswer);
  if (!answer) return answer.error();
  if (answer->status != 200) return refused(request->server, answer->status);
  const auto body = json::parse(answer->body);
  const auto* text = body ? body->find("access_token") : nullptr;
  if (text == nullptr || text->kind != json::Value::Kind::String || text->text.empty())
    return not_a_token(request->server, "answered without an access_token");
  Token token{.revision = connection.revision, .text = text->text, .ends = {}};
  if (const auto* life = body->find("expires_in")) {
    const auto lasts = life_in(*life);
    token.ends = clock_.now() + lasts - std::min(kMargin, lasts / 10);
  }
  return token;
}

}  // namespace everseal::events::destinations
