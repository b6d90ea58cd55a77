#include "aws/protocol/restjson.h"

#include <string>
#include <utility>

#include "aws/protocol/common_error.h"
#include "aws/protocol/json.h"
#include "aws/protocol/read.h"
#include "aws/protocol/rest.h"

namespace everseal::aws::protocol {
namespace {

ApiError not_understood(const Fault& fault) {
  auto error =
      common_error(Protocol::RestJson, CommonError::Serialization, "Could not parse the request.");
  error.cause = fault.cause;
  return error;
}

// The body's members beside those that were bound elsewhere; these cannot be said twice.
Result<Document> with_body(Document::Members bound, std::string_view body) {
  if (body.empty()) return Document(std::move(bound));
  auto parsed = parse_json(body);
  if (!parsed) return parsed.error();
  auto* members = std::get_if<Document::Members>(&parsed->value());
  if (members == nullptr) return Fault::malformed("JSON: not an object");
  for (auto& member : bound) members->push_back(std::move(member));
  return parsed;
}

Result<Document> with_payload(Document::Members bound, const Member& payload,
                              std::string_view body) {
  if (payload.shape->kind != Shape::Kind::Structure) {
    bound.emplace_back(payload.name, raw_payload(payload, body));
  } else if (!body.empty()) {
    auto parsed = parse_json(body);
    if (!parsed) return parsed.error();
    bound.emplace_back(payload.name, *std::move(parsed));
  }
  return Document(std::move(bound));
}

http::Response reply(int status, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  response.headers.add("Content-Type", "application/json");
  return response;
}

}  // namespace

Result<Document, ApiError> RestJson::read(const http::RequestHead& head, std::string_view body,
                                          const OperationFacts& operation) const {
  auto bound = read_bound(head, operation);
  if (!bound) return not_understood(bound.error());
  const Member* payload = payload_of(*operation.input);
  auto document = payload != nullptr ? with_payload(*std::move(bound), *payload, body)
                                     : with_body(*std::move(bound), body);
  if (!document) return not_understood(document.error());
  return *std::move(document);
}

http::Response RestJson::print(const Document& output, const ServiceFacts& /*service*/,
                               const OperationFacts& operation, std::string_view request_id) const {
  auto response = reply(operation.http.status, request_id);
  if (operation.output == nullptr) return response;
  print_bound(output, *operation.output, response);
  const Member* payload = payload_of(*operation.output);
  if (payload == nullptr) {
    response.body = print_json(body_of(output, *operation.output));
  } else if (const Document* value = present(output, payload->name)) {
    const bool is_structure = payload->shape->kind == Shape::Kind::Structure;
    response.body = is_structure ? print_json(*value) : raw_body(*value);
  }
  return response;
}

http::Response RestJson::print(const ApiError& error, const ServiceFacts& /*service*/,
                               std::string_view request_id) const {
  auto response = reply(error.http_status, request_id);
  response.headers.add("x-amzn-ErrorType", std::string(error.code));
  Document::Members members;
  members.emplace_back("Type", Document(std::string(error.http_status < 500 ? "User" : "Service")));
  members.emplace_back("Message", Document(error.message));
  for (const auto& [name, value] : error.details) {
    // The model of Lambda binds this member to a header.
    if (name == "retryAfterSeconds") {
      response.headers.add("Retry-After", value);
    } else {
      members.emplace_back(name, Document(value));
    }
  }
  response.body = print_json(Document(std::move(members)));
  return response;
}

}  // namespace everseal::aws::protocol
