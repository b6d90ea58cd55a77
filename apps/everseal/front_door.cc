#include "front_door.h"

#include <utility>

namespace everseal::app {
namespace {

enum class Page { None, Health, Metrics };

Page page_of(const http::RequestHead& head) {
  if ((head.method != "GET" && head.method != "HEAD") || head.headers.contains("Authorization") ||
      !head.query().empty()) {
    return Page::None;
  }
  if (head.path() == "/health") return Page::Health;
  if (head.path() == "/metrics") return Page::Metrics;
  return Page::None;
}

http::Response text(int status, std::string_view type, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

http::Response health(const Outcome& outcome) {
  return outcome ? text(200, "application/json", "{\"status\":\"ok\"}\n")
                 : text(503, "application/json", "{\"status\":\"unavailable\"}\n");
}

}  // namespace

http::Route FrontDoor::route(const http::RequestHead& head) {
  if (page_of(head) != Page::None) return http::WholeBody{.limit = 0};
  return endpoint_.route(head);
}

http::Response FrontDoor::respond(http::Request request) {
  switch (page_of(request.head)) {
    case Page::Health:
      return health(watched_.health());
    case Page::Metrics:
      return text(200, "text/plain; version=0.0.4; charset=utf-8", watched_.metrics());
    case Page::None:
      break;
  }
  return endpoint_.respond(std::move(request));
}

std::variant<std::unique_ptr<http::BodySink>, http::Response> FrontDoor::open(
    http::RequestHead head) {
  return endpoint_.open(std::move(head));
}

http::Response FrontDoor::refuse(http::Refusal refusal, const http::RequestHead* head) {
  return endpoint_.refuse(refusal, head);
}

}  // namespace everseal::app
