#include "front_door.h"

#include <algorithm>
#include <utility>

namespace everseal::app {
namespace {

bool has_aws_signature(const http::RequestHead& head) {
  const auto authorization = head.headers.find("Authorization").value_or("");
  const auto query_has = [&](std::string_view name) {
    return head.query().find(name) != std::string_view::npos;
  };
  return authorization.starts_with("AWS4-") || query_has("X-Amz-Signature=") ||
         query_has("AWSAccessKeyId=");  // of the second version, in URLs of S3
}

// Browsers say so (the Service Workers specification, "Handle Service Worker Script Request").
bool wants_service_worker(const http::RequestHead& head) {
  return head.headers.contains("Service-Worker");
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

bool is_at(const http::RequestHead& head, std::string_view path) {
  return path.ends_with('/') ? head.path().starts_with(path) : head.path() == path;
}

}  // namespace

FrontDoor::FrontDoor(http::Handler& endpoint, Watched watched, Random& random, Log& log)
    : endpoint_(endpoint), pages_(std::move(watched.linked)), random_(random), log_(log) {
  pages_.push_back({"/health", [check = std::move(watched.health)](const http::RequestHead&) {
                      return health(check());
                    }});
  pages_.push_back({"/metrics", [tell = std::move(watched.metrics)](const http::RequestHead&) {
                      return text(200, "text/plain; version=0.0.4; charset=utf-8", tell());
                    }});
  if (!watched.console) return;
  pages_.push_back({"/console", watched.console});
  pages_.push_back({"/console/", std::move(watched.console)});
}

const FrontDoor::Linked* FrontDoor::page_of(const http::RequestHead& head) const {
  if (head.method != "GET" && head.method != "HEAD") return nullptr;
  if (has_aws_signature(head) && !wants_service_worker(head)) return nullptr;
  const auto found =
      std::ranges::find_if(pages_, [&](const Linked& page) { return is_at(head, page.path); });
  return found == pages_.end() ? nullptr : &*found;
}

http::Route FrontDoor::route(const http::RequestHead& head) {
  if (page_of(head) != nullptr) return http::WholeBody{.limit = 0};
  return endpoint_.route(head);
}

http::Response FrontDoor::respond(http::Request request) {
  const Linked* const page = page_of(request.head);
  if (page == nullptr) return endpoint_.respond(std::move(request));
  auto response = page->answer(request.head);
  const auto id = random_uuid(random_);
  response.headers.add("x-amzn-RequestId", id);
  // Not the whole path: whoever reads the log is not to fetch what a link leads to.
  log_.debug("request.watched", {{"request_id", id},
                                 {"path", page->path},
                                 {"source_ip", request.head.peer},
                                 {"status", response.status}});
  return response;
}

std::variant<std::unique_ptr<http::BodySink>, http::Response> FrontDoor::open(
    http::RequestHead head) {
  return endpoint_.open(std::move(head));
}

http::Response FrontDoor::refuse(http::Refusal refusal, const http::RequestHead* head) {
  // Watchers speak no protocol of AWS.
  const bool is_watched = head != nullptr && page_of(*head) != nullptr;
  return endpoint_.refuse(refusal, is_watched ? nullptr : head);
}

}  // namespace everseal::app
