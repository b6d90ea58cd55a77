#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/handler.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"

namespace everseal::app {

// The port that everybody uses: /health and /metrics for whoever watches, the console for browsers,
// links that prove themselves for whoever was given one, everything else for the AWS endpoint. A
// request with an AWS signature is never the watcher's, so that a bucket may be called "health";
// other credentials and queries are, as watchers send what they were told to. A browser in want of
// a service worker never gets an object below /console/: it would stand before the console for
// good.
class FrontDoor final : public http::Handler {
 public:
  // What is told to whoever knows the whole path, below that one; no signature is asked for.
  struct Linked {
    std::string_view path;
    std::function<http::Response(const http::RequestHead&)> answer;
  };
  struct Watched {
    std::function<Outcome()> health;
    std::function<std::string()> metrics;
    // At /console and below; null: those are buckets like all others.
    std::function<http::Response(const http::RequestHead&)> console = {};
    std::vector<Linked> linked = {};
  };
  // `random`: names of requests.
  FrontDoor(http::Handler& endpoint, Watched watched, Random& random, Log& log);

  http::Route route(const http::RequestHead& head) override;
  http::Response respond(http::Request request) override;
  std::variant<std::unique_ptr<http::BodySink>, http::Response> open(
      http::RequestHead head) override;
  http::Response refuse(http::Refusal refusal, const http::RequestHead* head) override;

 private:
  // Whose the request is: /health, /metrics, /console, or one of the links; null: the endpoint's.
  const Linked* page_of(const http::RequestHead& head) const;

  http::Handler& endpoint_;
  std::vector<Linked> pages_;
  Random& random_;
  Log& log_;
};

}  // namespace everseal::app
