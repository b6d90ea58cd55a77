#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "aws/endpoint/request_metrics.h"
#include "aws/endpoint/service.h"
#include "aws/endpoint/surroundings.h"
#include "http/handler.h"

namespace everseal::aws::endpoint {

// Every AWS service on one address. A request's way: route -> prove who asks -> read the input ->
// ask whether they may -> do -> print. The first refusal ends it and is told in the words of the
// service's protocol. An exception is logged and answered as InternalFailure. Each finished request
// is one log line, "request", and is counted; so is what the server itself refused,
// "request.refused". Of requests that prove nothing, at most fifty a second are logged. Every
// answer names its request, and the line has that name. Thread-safe.
class Endpoint final : public http::Handler {
 public:
  // Throws std::logic_error if two services have the same name.
  Endpoint(std::vector<Service> services, const Surroundings& surroundings);
  ~Endpoint() override;

  http::Route route(const http::RequestHead& head) override;
  http::Response respond(http::Request request) override;
  std::variant<std::unique_ptr<http::BodySink>, http::Response> open(
      http::RequestHead head) override;
  // Overload is ThrottlingException and its kin, a body too large RequestEntityTooLargeException,
  // each with the status that the protocol gives it: errors that SDKs understand, and retry where
  // that helps.
  http::Response refuse(http::Refusal refusal, const http::RequestHead* head) override;

  const RequestMetrics& metrics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::aws::endpoint
