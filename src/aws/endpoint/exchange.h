#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "aws/endpoint/line_budget.h"
#include "aws/endpoint/request_metrics.h"
#include "aws/endpoint/router.h"
#include "aws/endpoint/surroundings.h"
#include "aws/sigv4/verifier.h"
#include "clock/clock.h"
#include "http/message.h"

namespace everseal::aws::endpoint {

// What all requests share.
struct Shared {
  const Surroundings& around;
  const Router& router;
  RequestMetrics& metrics;
  LineBudget& strangers;  // how many log lines those may cause who proved nothing
};

// One request on its way from head to answer. For one thread at a time.
class Exchange {
 public:
  Exchange(const Shared& shared, http::RequestHead head);

  // The whole way of a request with its body, which is wiped if the operation is told a secret.
  http::Response answer(std::string& body);

  // The way of a request whose body follows, up to where that is wanted: what takes the body, or
  // the answer if it is not wanted.
  using Opened = std::variant<std::unique_ptr<Upload<Document>>, http::Response>;
  Opened open();
  // The hash that the streamed body must have, or the chunks it comes in, as it was signed.
  const sigv4::SignedPayload& payload() const { return payload_; }
  const http::RequestHead& head() const { return head_; }
  // The body has proven who sent it.
  void take_as(const Call& proven);
  // The streamed body is not the one that was signed.
  ApiError not_as_signed() const;
  // Answers, once: logs and counts it.
  http::Response finish(Result<Answer, ApiError> outcome);
  // The client went away.
  void abandon();

 private:
  class CallGate;

  Result<Document, ApiError> input(std::string_view body, BodyKind kind);
  Result<void, ApiError> identify(const Result<sigv4::Claim, sigv4::Refusal>& claim,
                                  const http::RequestHead& routed, const ByteView* body);
  Result<void, ApiError> prove(const sigv4::Claim& claim, const http::RequestHead& signed_head,
                               const ByteView* body);
  Result<void, ApiError> take_as_anonymous(bool streams);
  http::Response printed(const ApiError& error) const;
  http::Response printed(Answer answer) const;
  // In the words of its service.
  ApiError worded(ApiError error) const;
  void record(int status, const ApiError* error);
  void log(int status, const ApiError* error, double milliseconds) const;
  const protocol::ServiceFacts& service() const;
  std::string_view operation() const;

  const Shared shared_;
  const Stopwatch stopwatch_;
  const http::RequestHead head_;
  Call call_;
  bool proven_ = false;
  Destination destination_;
  sigv4::SignedPayload payload_;
};

}  // namespace everseal::aws::endpoint
