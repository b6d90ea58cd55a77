#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/api_error.h"
#include "aws/endpoint/service.h"
#include "aws/protocol/facts.h"
#include "http/message.h"

namespace everseal::aws::endpoint {

// Where a request goes, as far as that is known.
struct Destination {
  const Service* service = nullptr;                             // null: none of ours
  const AnyOperation* operation = nullptr;                      // null: none of the service's
  protocol::Protocol protocol = protocol::Protocol::AwsJson11;  // how to answer, in any case
  // Why there is no operation: UnknownOperationException, MissingAction, InvalidAction.
  std::optional<ApiError> refusal{};
};

// Tells services apart, all on one address, in this order:
//   1. X-Amz-Target: its prefix names a JSON service, the rest the operation;
//   2. Action and Version in a form: the query service of that version and signing name, at / or,
//      if it says so, at any path;
//   3. the service in the credential scope: if it is a rest service, method and path name the
//      operation;
//   4. without a scope: the rest-json service that knows the path, or else rest-xml.
// Immutable; refers to the services.
class Router {
 public:
  explicit Router(std::vector<const Service*> services) : services_(std::move(services)) {}

  // `signing_name` is the service of the credential scope; empty if there is none.
  Destination route(const http::RequestHead& head, std::string_view body,
                    std::string_view signing_name) const;

  // The same from the head alone, for what must be known before the body: of query requests the
  // operation is not known, and no reason given.
  Destination glance(const http::RequestHead& head, std::string_view signing_name) const;

 private:
  Destination by_target(std::string_view target) const;
  Destination by_action(std::string_view form, std::string_view action,
                        std::string_view signing_name) const;
  Destination by_path(const http::RequestHead& head, std::string_view signing_name) const;
  Destination nowhere(const http::RequestHead& head) const;
  const Service* signed_as(std::string_view signing_name) const;
  const Service* query_signed_as(std::string_view signing_name) const;

  std::vector<const Service*> services_;
};

}  // namespace everseal::aws::endpoint
