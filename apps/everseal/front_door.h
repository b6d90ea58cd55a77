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
// other credentials and queries are, as watchers send what they were told to.
//
// Where the console is shown, an object of a bucket is a page of the same host. So that none can
// act as the console, browsers are told to run no script of it and to give it an origin of its own
// ("sandbox" of Content Security Policy, level 3), and to keep no object in the console's place;
// and one in want of a service worker never gets an object from there.
class FrontDoor final : public http::Handler {
 public:
  // What is told to whoever knows the whole path, below that one; no signature is asked for.
  struct Linked {
    std::string_view path;
    std::function<http::Response(const http::RequestHead&)> answer;
  };
  // At /console and below. Whose host is a bucket's has none: there it is an object like others.
  struct Console {
    std::function<http::Response(const http::RequestHead&)> answer = {};  // null: no console
    std::function<bool(const http::RequestHead&)> is_of_bucket = {};
  };
  struct Watched {
    std::function<Outcome()> health;
    std::function<std::string()> metrics;
    Console console = {};
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
  bool shows_console(const http::RequestHead& head) const;
  http::Response answer_of_endpoint(http::Request request);

  http::Handler& endpoint_;
  Console console_;
  std::vector<Linked> pages_;
  Random& random_;
  Log& log_;
};

}  // namespace everseal::app
