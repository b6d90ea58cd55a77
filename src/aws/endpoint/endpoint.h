#pragma once

#include <memory>
#include <string>
#include <vector>

#include "aws/endpoint/authorizer.h"
#include "aws/endpoint/request_metrics.h"
#include "aws/endpoint/router.h"
#include "aws/endpoint/service.h"
#include "aws/sigv4/verifier.h"
#include "clock/clock.h"
#include "http/handler.h"
#include "log/log.h"
#include "random/random.h"

namespace everseal::aws::endpoint {

// What the endpoint works with; outlives it.
struct Surroundings {
  const sigv4::Verifier& verifier;
  const Authorizer& authorizer;
  const Clock& clock;  // the domain's: Call::received_at
  Random& random;      // request ids
  Log& log;
};

// Every AWS service on one address. A request's way: route -> prove who asks -> read the input ->
// ask whether they may -> do -> print. The first refusal ends it and is told in the words of the
// service's protocol. An exception is logged and answered as InternalFailure. Each finished request
// is one log line, "request", and is counted. Thread-safe.
class Endpoint final : public http::Handler {
 public:
  Endpoint(std::vector<Service> services, const Surroundings& surroundings);
  ~Endpoint() override;

  http::Route route(const http::RequestHead& head) override;
  http::Response respond(http::Request request) override;
  // Overload is ThrottlingException and its kin, a body too large RequestEntityTooLargeException:
  // errors that SDKs understand, and retry where that helps.
  http::Response refuse(http::Refusal refusal, const http::RequestHead* head) override;

  const RequestMetrics& metrics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::aws::endpoint
