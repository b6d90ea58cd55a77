#include "front_door.h"

#include <utility>

namespace everseal::app {
namespace {

enum class Page { None, Health, Metrics };

bool has_aws_signature(const http::RequestHead& head) {
  const auto authorization = head.headers.find("Authorization").value_or("");
  return authorization.starts_with("AWS4-") ||
         head.query().find("X-Amz-Signature=") != std::string_view::npos;
}

Page page_of(const http::RequestHead& head) {
  if (head.path() != "/health" && head.path() != "/metrics") return Page::None;
  if ((head.method != "GET" && head.method != "HEAD") || has_aws_signature(head)) {
    return Page::None;
  }
  return head.path() == "/health" ? Page::Health : Page::Metrics;
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
  if (page_of(request.head) == Page::None) return endpoint_.respond(std::move(request));
  auto response = show(request.head);
  const auto id = random_uuid(random_);
  response.headers.add("x-amzn-RequestId", id);
  log_.debug("request.watched", {{"request_id", id},
                                 {"path", request.head.path()},
                                 {"source_ip", request.head.peer},
                                 {"status", response.status}});
  return response;
}

http::Response FrontDoor::show(const http::RequestHead& head) {
  if (page_of(head) == Page::Health) return health(watched_.health());
  return text(200, "text/plain; version=0.0.4; charset=utf-8", watched_.metrics());
}

std::variant<std::unique_ptr<http::BodySink>, http::Response> FrontDoor::open(
    http::RequestHead head) {
  return endpoint_.open(std::move(head));
}

http::Response FrontDoor::refuse(http::Refusal refusal, const http::RequestHead* head) {
  // Watchers speak no protocol of AWS.
  const bool is_watched = head != nullptr && page_of(*head) != Page::None;
  return endpoint_.refuse(refusal, is_watched ? nullptr : head);
}

}  // namespace everseal::app
