#include "aws/protocol/awsjson.h"

#include <string>
#include <utility>

#include "aws/protocol/common_error.h"
#include "aws/protocol/json.h"
#include "aws/protocol/query_names.h"

namespace everseal::aws::protocol {
namespace {

http::Response reply(int status, std::string_view content_type, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  response.headers.add("Content-Type", std::string(content_type));
  return response;
}

}  // namespace

Result<Document, ApiError> AwsJson::read(const http::RequestHead& /*head*/, std::string_view body,
                                         const OperationFacts& /*operation*/) const {
  if (body.empty()) return Document(Document::Members());
  auto document = parse_json(body);
  if (document && document->as<Document::Members>()) return *std::move(document);
  auto error = common_error(Protocol::AwsJson11, CommonError::Serialization,
                            "The request body is not a JSON object.");
  if (!document) error.cause = document.error().cause;
  return error;
}

http::Response AwsJson::print(const Document& output, const ServiceFacts& /*service*/,
                              const OperationFacts& operation, std::string_view request_id) const {
  auto response = reply(200, content_type_, request_id);
  if (operation.output != nullptr) response.body = print_json(output);
  return response;
}

http::Response AwsJson::print(const ApiError& error, const ServiceFacts& service,
                              std::string_view request_id) const {
  auto response = reply(error.http_status, content_type_, request_id);
  response.headers.add("x-amzn-ErrorType", std::string(error.code));
  if (was_query()) {
    const auto* side = error.http_status < 500 ? ";Sender" : ";Receiver";
    response.headers.add("x-amzn-query-error",
                         std::string(query_error(service, error).wire) + side);
  }
  Document::Members members;
  members.emplace_back("__type", Document(std::string(error.code)));
  members.emplace_back("message", Document(error.message));
  for (const auto& [name, value] : error.details) members.emplace_back(name, Document(value));
  response.body = print_json(Document(std::move(members)));
  return response;
}

}  // namespace everseal::aws::protocol
