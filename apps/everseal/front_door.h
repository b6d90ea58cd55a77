#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "http/handler.h"
#include "result/result.h"

namespace everseal::app {

// The port that everybody uses: /health and /metrics for whoever watches, everything else for the
// AWS endpoint. A request with a signature is never the watcher's, so that a bucket may be called
// "health".
class FrontDoor final : public http::Handler {
 public:
  struct Watched {
    std::function<Outcome()> health;
    std::function<std::string()> metrics;
  };
  FrontDoor(http::Handler& endpoint, Watched watched)
      : endpoint_(endpoint), watched_(std::move(watched)) {}

  http::Route route(const http::RequestHead& head) override;
  http::Response respond(http::Request request) override;
  std::variant<std::unique_ptr<http::BodySink>, http::Response> open(
      http::RequestHead head) override;
  http::Response refuse(http::Refusal refusal, const http::RequestHead* head) override;

 private:
  http::Handler& endpoint_;
  Watched watched_;
};

}  // namespace everseal::app
