#include "aws/protocol/restxml.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "aws/protocol/common_error.h"
#include "aws/protocol/leaf.h"
#include "aws/protocol/read.h"
#include "aws/protocol/rest.h"
#include "aws/protocol/xml_text.h"
#include "encoding/base64.h"

namespace everseal::aws::protocol {
namespace {

constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)"
                                         "\n";

ApiError not_understood(const Fault& fault) {
  auto error = common_error(Protocol::RestXml, CommonError::Serialization,
                            "The XML you provided was not well-formed or did not validate against "
                            "our published schema");
  error.cause = fault.cause;
  return error;
}

// S3's own form: sixteen digits, the first of the request id that is logged.
std::string short_id(std::string_view request_id) {
  std::string digits;
  for (const char character : request_id) {
    if (character == '-' || digits.size() == 16) continue;
    digits += static_cast<char>(std::toupper(static_cast<unsigned char>(character)));
  }
  return digits;
}

std::string host_id(std::string_view request_id) {
  return encoding::to_base64(as_bytes(request_id));
}

http::Response reply(int status, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.headers.add("x-amz-request-id", short_id(request_id));
  response.headers.add("x-amz-id-2", host_id(request_id));
  return response;
}

void set_xml(http::Response& response, const std::string& xml) {
  response.headers.set("Content-Type", "application/xml");
  response.body = std::string(declaration) + xml;
}

std::string opening(std::string_view root, const ServiceFacts& service) {
  return "<" + std::string(root) + " xmlns=\"" + std::string(service.xml_namespace) + "\">";
}

const Member* content_of(const Shape& shape) {
  const auto found = std::ranges::find_if(shape.members, [](const Member& member) {
    return member.binding.place == Binding::Place::Content;
  });
  return found == shape.members.end() ? nullptr : &*found;
}

// <root>members</root>, or the text of the one member that is the root's content.
std::string document_of(std::string_view root, const Document& output, const Shape& shape,
                        const ServiceFacts& service) {
  std::string xml = opening(root, service);
  if (const Member* content = content_of(shape)) {
    const Document* value = present(output, content->name);
    if (value != nullptr) xml += escape_xml(leaf_text(*value));
  } else {
    XmlWriter(service).add_members(xml, output, shape);
  }
  return xml + "</" + std::string(root) + ">";
}

bool has_body_members(const Shape& shape) {
  return std::ranges::any_of(shape.members, [](const Member& member) {
    return member.binding.place == Binding::Place::Body ||
           member.binding.place == Binding::Place::Content;
  });
}

void print_payload(const Member& payload, const Document& value, const ServiceFacts& service,
                   http::Response& response) {
  if (payload.shape->kind == Shape::Kind::Structure) {
    set_xml(response, document_of(payload.name, value, *payload.shape, service));
  } else {
    if (!response.headers.contains("Content-Type")) {
      response.headers.add("Content-Type", "binary/octet-stream");
    }
    response.body = raw_body(value);
  }
}

}  // namespace

Result<Document, ApiError> RestXml::read(const http::RequestHead& head, std::string_view body,
                                         const OperationFacts& operation) const {
  auto bound = read_bound(head, operation);
  if (!bound) return not_understood(bound.error());
  const Member* payload = payload_of(*operation.input);
  if (payload != nullptr && payload->shape->kind != Shape::Kind::Structure) {
    bound->emplace_back(payload->name, raw_payload(*payload, body));
  } else if (!body.empty()) {
    auto parsed = parse_xml(body, payload != nullptr ? *payload->shape : *operation.input);
    if (!parsed) return not_understood(parsed.error());
    if (payload != nullptr) {
      bound->emplace_back(payload->name, *std::move(parsed));
    } else {
      auto& members = std::get<Document::Members>(parsed->value());
      bound->insert(bound->begin(), members.begin(), members.end());
    }
  }
  return Document(*std::move(bound));
}

http::Response RestXml::print(const Document& output, const ServiceFacts& service,
                              const OperationFacts& operation, std::string_view request_id) const {
  auto response = reply(operation.http.status, request_id);
  if (operation.output == nullptr) return response;
  const Shape& shape = *operation.output;
  print_bound(output, shape, response);
  if (const Member* payload = payload_of(shape)) {
    const Document* value = present(output, payload->name);
    if (value != nullptr) print_payload(*payload, *value, service, response);
  } else if (has_body_members(shape)) {
    const auto root = operation.http.root.empty() ? std::string(operation.name) + "Result"
                                                  : std::string(operation.http.root);
    set_xml(response, document_of(root, output, shape, service));
  }
  return response;
}

http::Response RestXml::print(const ApiError& error, const ServiceFacts& /*service*/,
                              std::string_view request_id) const {
  auto response = reply(error.http_status, request_id);
  std::string xml = "<Error>";
  add_element(xml, "Code", error.code);
  add_element(xml, "Message", error.message);
  for (const auto& [name, value] : error.details) add_element(xml, name, value);
  add_element(xml, "RequestId", short_id(request_id));
  add_element(xml, "HostId", host_id(request_id));
  set_xml(response, xml + "</Error>");
  return response;
}

}  // namespace everseal::aws::protocol
