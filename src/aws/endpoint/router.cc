#include "aws/endpoint/router.h"

#include <algorithm>
#include <string>

#include "aws/protocol/common_error.h"
#include "aws/protocol/query.h"
#include "aws/protocol/rest.h"
#include "encoding/percent.h"
#include "encoding/utf8.h"

namespace everseal::aws::endpoint {
namespace {

using protocol::common_error;
using protocol::CommonError;
using protocol::Protocol;

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::size_t longest_shown = 128;  // of what a stranger sent

std::string shown(std::string_view text) { return std::string(text.substr(0, longest_shown)); }

bool is_json(Protocol protocol) {
  return protocol == Protocol::AwsJson10 || protocol == Protocol::AwsJson11;
}
bool is_rest(Protocol protocol) {
  return protocol == Protocol::RestJson || protocol == Protocol::RestXml;
}

bool has_form(const http::RequestHead& head) {
  const auto type = head.headers.find("Content-Type");
  return head.method == "POST" && type && type->starts_with(form_type);
}

// The form that an Action may be in: the body of POST /, or the query of GET /?Action=.
std::optional<std::string_view> form_of(const http::RequestHead& head, std::string_view body,
                                        bool at_any_path) {
  if (head.path() != "/" && !at_any_path) return std::nullopt;
  if (head.method == "POST") return body;
  if (head.method == "GET") return head.query();
  return std::nullopt;
}

// Paths are percent-encoded UTF-8.
bool is_text(std::string_view path) {
  const auto plain = encoding::percent_decode(path);
  return plain && encoding::utf8_length(*plain);
}

const AnyOperation* best_match(const Service& service, const http::RequestHead& head) {
  const AnyOperation* best = nullptr;
  std::size_t greatest = 0;
  for (const auto& [name, operation] : service.operations()) {
    const auto& http = operation->facts().http;
    const std::size_t weight = protocol::weight(http);
    if ((best != nullptr && weight <= greatest) || !protocol::match(http, head)) continue;
    best = operation.get();
    greatest = weight;
  }
  return best;
}

}  // namespace

const Service* Router::signed_as(std::string_view signing_name) const {
  const auto found = std::ranges::find_if(services_, [&](const Service* service) {
    return !signing_name.empty() && service->facts().signing_name == signing_name;
  });
  return found == services_.end() ? nullptr : *found;
}

const Service* Router::query_signed_as(std::string_view signing_name) const {
  const auto found = std::ranges::find_if(services_, [&](const Service* service) {
    const auto& facts = service->facts();
    return facts.protocol == Protocol::Query && facts.signing_name == signing_name;
  });
  return found == services_.end() ? nullptr : *found;
}

Destination Router::by_target(std::string_view target) const {
  for (const Service* service : services_) {
    const auto& facts = service->facts();
    if (!is_json(facts.protocol) || facts.target_prefix.empty()) continue;
    if (!target.starts_with(facts.target_prefix)) continue;
    const auto* operation = service->find(target.substr(facts.target_prefix.size()));
    Destination found{service, operation, facts.protocol};
    if (operation == nullptr) {
      found.refusal = common_error(facts.protocol, CommonError::UnknownOperation,
                                   std::string(facts.name) + " has no operation " + shown(target));
    }
    return found;
  }
  return {.refusal = common_error(Protocol::AwsJson11, CommonError::UnknownOperation,
                                  "No service here has the target " + shown(target))};
}

Destination Router::by_action(std::string_view form, std::string_view action,
                              std::string_view signing_name) const {
  const auto version = protocol::form_value(form, "Version").value_or("");
  Destination found{.protocol = Protocol::Query};
  for (const Service* service : services_) {
    const auto& facts = service->facts();
    if (facts.protocol != Protocol::Query || facts.api_version != version) continue;
    if (!signing_name.empty() && facts.signing_name != signing_name) continue;
    found.service = service;
    found.operation = service->find(action);
    break;
  }
  if (found.operation == nullptr) {
    found.refusal = common_error(
        Protocol::Query, CommonError::UnknownOperation,
        "Could not find operation " + shown(action) + " for version " + shown(version));
  }
  return found;
}

Destination Router::by_path(const http::RequestHead& head, std::string_view signing_name) const {
  const Service* candidate = signed_as(signing_name);
  for (const auto wanted : {Protocol::RestJson, Protocol::RestXml}) {
    for (const Service* service : services_) {
      const bool asked = candidate != nullptr ? service == candidate : signing_name.empty();
      if (!asked || service->facts().protocol != wanted) continue;
      if (const auto* operation = best_match(*service, head)) return {service, operation, wanted};
    }
  }
  if (candidate == nullptr) return nowhere(head);
  Destination found{candidate, nullptr, candidate->facts().protocol};
  if (found.protocol == Protocol::RestXml && !is_text(head.path())) {
    found.refusal = common_error(found.protocol, CommonError::MalformedQuery,
                                 "Couldn't parse the specified URI.");
    return found;
  }
  found.refusal = common_error(found.protocol, CommonError::UnknownOperation,
                               std::string(candidate->facts().name) + " has no operation at " +
                                   head.method + " " + shown(head.path()));
  return found;
}

Destination Router::nowhere(const http::RequestHead& head) const {
  std::string names;
  for (const Service* service : services_) {
    names += (names.empty() ? "" : ", ") + std::string(service->facts().name);
  }
  return {.refusal = ApiError("UnknownOperationException", 404,
                              "There is no operation at " + head.method + " " + shown(head.path()) +
                                  ". The services here are " + names + ".")};
}

Destination Router::route(const http::RequestHead& head, std::string_view body,
                          std::string_view signing_name) const {
  if (const auto target = head.headers.find("X-Amz-Target")) return by_target(*target);
  const Service* query = query_signed_as(signing_name);
  const bool at_any_path = query != nullptr && !query->facts().path_member.empty();
  if (const auto form = form_of(head, body, at_any_path)) {
    const auto action = protocol::form_value(*form, "Action");
    if (action) return by_action(*form, *action, signing_name);
  }
  const Service* candidate = signed_as(signing_name);
  const bool is_query = candidate == nullptr ? has_form(head) && head.path() == "/"
                        : candidate == query ? true
                                             : query != nullptr && has_form(head);
  if (!is_query) return by_path(head, signing_name);
  return {query, nullptr, Protocol::Query,
          common_error(Protocol::Query, CommonError::MissingAction,
                       "The request must contain the parameter Action")};
}

Destination Router::glance(const http::RequestHead& head, std::string_view signing_name) const {
  Destination found;
  if (const auto target = head.headers.find("X-Amz-Target")) {
    found = by_target(*target);
  } else if (const Service* candidate = signed_as(signing_name);
             candidate != nullptr && !is_rest(candidate->facts().protocol)) {
    found = {candidate, nullptr, candidate->facts().protocol};
  } else if (has_form(head) && head.path() == "/") {
    found = {.protocol = Protocol::Query};
  } else {
    found = by_path(head, signing_name);
  }
  found.refusal.reset();
  return found;
}

}  // namespace everseal::aws::endpoint
