#include "aws/protocol/query.h"

#include "aws/protocol/common_error.h"
#include "aws/protocol/query_names.h"
#include "aws/protocol/xml_text.h"

namespace everseal::aws::protocol {
namespace {

http::Response reply(int status, std::string xml, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  response.headers.add("Content-Type", "text/xml");
  response.body = std::move(xml);
  return response;
}

std::string opening(std::string_view root, const ServiceFacts& service) {
  std::string xml = "<" + std::string(root);
  if (!service.xml_namespace.empty()) {
    xml.append(" xmlns=\"").append(service.xml_namespace).append("\"");
  }
  return xml + ">";
}

}  // namespace

Result<Document, ApiError> Query::read(const http::RequestHead& head, std::string_view body,
                                       const OperationFacts& /*operation*/) const {
  auto document = parse_form(head.method == "GET" ? head.query() : body);
  if (document) return *std::move(document);
  auto error = common_error(Protocol::Query, CommonError::MalformedQuery,
                            "The request is not a well-formed query string.");
  error.cause = document.error().cause;
  return error;
}

http::Response Query::print(const Document& output, const ServiceFacts& service,
                            const OperationFacts& operation, std::string_view request_id) const {
  const std::string name(operation.name);
  std::string xml = opening(name + "Response", service);
  if (operation.output != nullptr) {
    const XmlWriter writer(service);
    xml += "<" + name + "Result>";
    writer.add_members(xml, output, *operation.output);
    xml += "</" + name + "Result>";
  }
  xml += "<ResponseMetadata>";
  add_element(xml, "RequestId", request_id);
  xml += "</ResponseMetadata></" + name + "Response>";
  return reply(200, std::move(xml), request_id);
}

http::Response Query::print(const ApiError& error, const ServiceFacts& service,
                            std::string_view request_id) const {
  const auto told = query_error(service, error);
  std::string xml = opening("ErrorResponse", service) + "<Error>";
  add_element(xml, "Type", told.status < 500 ? "Sender" : "Receiver");
  add_element(xml, "Code", told.wire);
  add_element(xml, "Message", error.message);
  for (const auto& [name, value] : error.details) add_element(xml, name, value);
  xml += "</Error>";
  add_element(xml, "RequestId", request_id);
  xml += "</ErrorResponse>";
  return reply(told.status, std::move(xml), request_id);
}

}  // namespace everseal::aws::protocol
