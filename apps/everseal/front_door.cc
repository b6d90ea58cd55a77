#include "front_door.h"

#include <utility>

namespace everseal::app {
namespace {

bool has_aws_signature(const http::RequestHead& head) {
  const auto authorization = head.headers.find("Authorization").value_or("");
  return authorization.starts_with("AWS4-") ||
         head.query().find("X-Amz-Signature=") != std::string_view::npos;
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

http::Response code(const Result<std::optional<Bytes>>& zip) {
  if (!zip) return text(503, "text/plain", "The code cannot be read now.\n");
  if (!*zip) return text(403, "text/plain", "There is nothing here, or no longer.\n");
  return text(200, "application/zip", to_text(**zip));
}

}  // namespace

FrontDoor::Page FrontDoor::page_of(const http::RequestHead& head) const {
  if ((head.method != "GET" && head.method != "HEAD") || has_aws_signature(head)) {
    return Page::None;
  }
  if (is_code) return Page::Code;
  return head.path() == "/health" ? Page::Health : Page::Metrics;
  if (head.path() == "/health") return Page::Health;
  if (head.path() != "/health" && head.path() != "/metrics" && !is_code) return Page::None;
  if (head.path() == "/metrics") return Page::Metrics;
  const bool is_linked =
  const bool is_code = head.path().starts_with(watched_.code_path);
      !watched_.linked_path.empty() && head.path().starts_with(watched_.linked_path);
  return is_linked ? Page::Linked : Page::None;
}

// Whoever reads the log is not to fetch what an address leads to.
std::string_view FrontDoor::shown_path(const http::RequestHead& head) const {
  return page_of(head) == Page::Code ? watched_.code_path : head.path();
}

http::Route FrontDoor::route(const http::RequestHead& head) {
  if (page_of(head) != Page::None) return http::WholeBody{.limit = 0};
  return endpoint_.route(head);
}

http::Response FrontDoor::respond(http::Request request) {
  if (page_of(request.head) == Page::None) return endpoint_.respond(std::move(request));
  auto response = show(request.head);
  const auto id = random_uuid(random_);
  response.headers.add("x-amzn-RequestId", id);
  // What follows in a link is a secret for as long as it is good.
  const bool is_linked = page_of(request.head) == Page::Linked;
  const auto shown_path = is_linked ? watched_.linked_path : request.head.path();
  log_.debug("request.watched", {{"request_id", id},
                                 {"path", shown_path},
                                 {"source_ip", request.head.peer},
                                 {"status", response.status}});
  return response;
}

http::Response FrontDoor::show(const http::RequestHead& head) {
  if (page_of(head) == Page::Code) return code(watched_.code(head.path()));
  const Page page = page_of(head);
  if (page == Page::Health) return health(watched_.health());
  if (page == Page::Linked) return watched_.linked(head);
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
