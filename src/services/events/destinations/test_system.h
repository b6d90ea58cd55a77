#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/test_server.h"
#include "services/events/destinations/test_world.h"
#include "tls/testing/identity.h"

// For tests: systems on this machine that take events, and a world whose rule leads to them.
namespace everseal::events::destinations {

using http::Request;
using http::Response;

inline Response with_status(int status, http::Headers headers = {}) {
  return {.status = status, .headers = std::move(headers)};
}

// A system on this machine: remembers what it was sent, and answers as the test says.
class System {
 public:
  std::function<Response(const Request&)> answer = [](const Request&) { return with_status(200); };

  System() {
    at_.handler.on_route = [](const http::RequestHead&) {
      return http::Route{http::WholeBody{1 << 20}};
    };
    at_.handler.on_respond = [this](Request request) {
      auto response = answer(request);
      const std::lock_guard lock(mutex_);
      taken_.push_back(std::move(request));
      return response;
    };
  }
  System& start() {
    at_.start();
    return *this;
  }
  System& with_tls(const tls::ServerIdentity& identity) {
    at_.options.tls = *tls::ServerContext::create(identity);
    return *this;
  }
  http::Server& server() { return *at_.server; }

  std::string url(const std::string& path = "/hook") const {
    return std::string(at_.options.tls ? "https" : "http") +
           "://localhost:" + std::to_string(at_.port()) + path;
  }
  std::vector<Request> taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }
  std::size_t count() const { return taken().size(); }
  // The details of the events it was sent, in order.
  std::vector<std::string> details() const {
    std::vector<std::string> all;
    for (const auto& request : taken())
      all.push_back(json::print(*json::parse(request.body)->find("detail")));
    return all;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Request> taken_;  // guarded by mutex_
  http::TestServer at_;
};

inline std::string header(const Request& request, std::string_view name) {
  return std::string(request.head.headers.find(name).value_or("(none)"));
}

inline std::string attribute(const DeadLetter& letter, std::string_view name) {
  for (const auto& [key, value] : letter.attributes) {
    if (key == name) return value;
  }
  return "(none)";
}

// A world whose rule "press" has destinations as its targets.
struct Wired : World {
  using World::World;
  // Its ARN.
  std::string wire(const std::string& name, const std::string& url, const std::string& connection,
                   const std::function<void(events::shapes::Target&)>& change = {},
                   std::optional<std::int32_t> rate = {}) {
    const auto arn = need(try_destination(name, connection, url, rate)).arn;
    auto made = target(name, arn);
    made.dead_letter_config = events::shapes::DeadLetterConfig{queue("dead")};
    if (change) change(made);
    put_rule("press");
    put_target("press", made);
    return arn;
  }
};

}  // namespace everseal::events::destinations
