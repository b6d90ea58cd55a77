#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "encoding/bytes.h"
#include "http/handler.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"

namespace everseal::app {

// The port that everybody uses: /health and /metrics for whoever watches, /_functions/code/... for
// whoever was given such an address, everything else for the AWS endpoint. A request with an AWS
// AWS endpoint, but for what is told by links that prove themselves. A request with an AWS
// signature is never the watcher's, so that a bucket may be called "health"; other credentials and
// queries are, as watchers send what they were told to.
class FrontDoor final : public http::Handler {
 public:
  struct Watched {
    std::function<Outcome()> health;
    std::function<std::string()> metrics;
    // What lies at a path without a signature: the code of a function, by an address that
    // GetFunction made.
    // Of what lies below `linked_path`, where nobody's signature is asked for.
    std::string_view linked_path = {};
    std::string_view code_path;  // what all of these begin with
    std::function<http::Response(const http::RequestHead&)> linked = {};
    std::function<Result<std::optional<Bytes>>(std::string_view path)> code;
  };
  // `random`: names of requests.
  FrontDoor(http::Handler& endpoint, Watched watched, Random& random, Log& log)
      : endpoint_(endpoint), watched_(std::move(watched)), random_(random), log_(log) {}

  http::Route route(const http::RequestHead& head) override;
  http::Response respond(http::Request request) override;
  std::variant<std::unique_ptr<http::BodySink>, http::Response> open(
      http::RequestHead head) override;
  http::Response refuse(http::Refusal refusal, const http::RequestHead* head) override;

 private:
  enum class Page { None, Health, Metrics, Linked };
  enum class Page { None, Health, Metrics, Code };
  Page page_of(const http::RequestHead& head) const;
  std::string_view shown_path(const http::RequestHead& head) const;
  http::Response show(const http::RequestHead& head);

  http::Handler& endpoint_;
  Watched watched_;
  Random& random_;
  Log& log_;
};

}  // namespace everseal::app
