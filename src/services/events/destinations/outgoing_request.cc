#include "services/events/destinations/outgoing_request.h"

#include <optional>
#include <string_view>
#include <utility>

#include "encoding/percent.h"
#include "services/events/destinations/endpoint.h"
#include "services/events/destinations/http_parts.h"
#include "services/events/json/json.h"
#include "services/events/json_path.h"

namespace everseal::events::destinations {
namespace {

Refused cannot_be_said(std::string what) { return {"INVALID_PARAMETER", std::move(what)}; }

// What a parameter of a target says: itself, or what its path finds in the event.
std::string value_of(const std::string& text, const json::Value& event) {
  if (!text.starts_with("$.")) return text;
  const auto path = JsonPath::parse(text);
  if (!path) return text;
  const auto found = path->value_in(event);
  if (!found) return "";
  return found->kind == json::Value::Kind::String ? found->text : json::print(*found);
}

// Nothing: a value that would be another place of the server.
std::optional<std::string> filled(const std::string& path, const std::vector<std::string>& values,
                                  const json::Value& event) {
  std::string result;
  auto next = values.begin();
  for (const char letter : path) {
    if (letter != '*' || next == values.end()) {
      result += letter;
      continue;
    }
    const auto value = value_of(*next++, event);
    if (value.empty() || value == "." || value == "..") return std::nullopt;
    result += encoding::percent_encode(value);
  }
  return result;
}

bool has_body(HttpMethod method) {
  return method == HttpMethod::Post || method == HttpMethod::Put || method == HttpMethod::Patch ||
         method == HttpMethod::Delete;
}

std::string with_members(const std::string& payload,
                         const std::vector<shapes::Parameter<shapes::OfBody>>& parameters) {
  if (parameters.empty()) return payload;
  auto body = json::parse(payload);
  if (!body || body->kind != json::Value::Kind::Object) return payload;
  for (const auto& parameter : parameters) {
    const auto key = parameter.key.value_or("");
    std::erase_if(body->members, [&](const json::Member& member) { return member.name == key; });
    body->members.push_back({key, 0, json::string_value(parameter.value.value_or(""))});
  }
  return json::print(*body);
}

void authorize(http::Headers& headers, const Authorization& authorization,
               const std::string& token) {
  if (authorization.basic) headers.set("Authorization", basic_credentials(*authorization.basic));
  if (authorization.api_key)
    set_header(headers, authorization.api_key->name, authorization.api_key->value);
  if (authorization.oauth) headers.set("Authorization", "Bearer " + token);
}

}  // namespace

Result<OutgoingRequest, Refused> request_for(const ApiDestination& destination,
                                             const Authorization& authorization,
                                             const Delivery& delivery, const std::string& token) {
  const auto endpoint = Endpoint::parse(destination.endpoint);
  const auto event = json::parse(delivery.event);
  if (!endpoint || !event) return cannot_be_said("The endpoint or the event cannot be read");
  const auto of_target = delivery.http.value_or(events::shapes::HttpParameters{});
  const auto of_connection = authorization.invocation.value_or(shapes::HttpParameters{});

  const auto path = filled(endpoint->path, of_target.path_parameter_values, *event);
  if (!path) return cannot_be_said("A PathParameterValue is empty or of dots only");
  Pairs query;
  for (const auto& [name, value] : of_target.query_string_parameters)
    set(query, name, value_of(value, *event));
  set_all(query, of_connection.query);

  OutgoingRequest request{.server = endpoint->server};
  request.head.method = aws::name_of(destination.method);
  request.head.target = target_of(*path, with_query(endpoint->query, query));
  auto& headers = request.head.headers;
  headers = {{"User-Agent", "Amazon/EventBridge/ApiDestinations"},
             {"Content-Type", "application/json; charset=utf-8"},
             {"Range", "bytes=0-1048575"},
             {"Accept-Encoding", "gzip,deflate"},
             {"Connection", "close"}};
  for (const auto& [name, value] : of_target.header_parameters)
    set_header(headers, name, value_of(value, *event));
  set_headers(headers, of_connection.headers);
  authorize(headers, authorization, token);
  if (!is_sound(headers)) return cannot_be_said("A header would have control characters");
  if (has_body(destination.method))
    request.body = with_members(delivery.payload, of_connection.body);
  return request;
}

}  // namespace everseal::events::destinations
