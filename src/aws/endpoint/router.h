#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "aws/api_error.h"
#include "aws/endpoint/service.h"
#include "aws/protocol/facts.h"
#include "http/message.h"

namespace everseal::aws::endpoint {

// A request's way as far as it is known.
struct Destination {
  const Service* service = nullptr;         // null: none of ours
  const AnyOperation* operation = nullptr;  // null: none of the service's
  protocol::Protocol protocol{};            // how to answer, also where there is no service
};

// Tells services apart, all on one address, in this order:
//   1. X-Amz-Target: its prefix names a JSON service, the rest the operation;
//   2. Action and Version in a form: the query service of that version and signing name;
//   3. the service in the credential scope, and then method and path name the operation;
//   4. without a scope: the rest-json service that knows the path, or else rest-xml.
// Immutable; refers to the services.
class Router {
 public:
  explicit Router(std::vector<const Service*> services) : services_(std::move(services)) {}

  // From the head alone, for what must be known before the body: of query requests only the
  // service. `signing_name` is that of the credential scope; empty if there is none.
  Destination glance(const http::RequestHead& head, std::string_view signing_name) const;

  // The operation, or why there is none: UnknownOperationException, MissingAction, InvalidAction.
  // `found` is set as far as it is known in either case.
  std::optional<ApiError> route(const http::RequestHead& head, std::string_view body,
                                std::string_view signing_name, Destination& found) const;

 private:
  const Service* with_target(std::string_view target) const;
  const Service* of_query(std::string_view signing_name, std::string_view version) const;
  const Service* signed_as(std::string_view signing_name) const;
  Destination by_path(const http::RequestHead& head, std::string_view signing_name) const;

  std::vector<const Service*> services_;
};

}  // namespace everseal::aws::endpoint
