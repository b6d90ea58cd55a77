#include "front_door.h"

#include <algorithm>
#include <utility>

#include "encoding/ascii.h"

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

bool is_read(const http::RequestHead& head) {
  return head.method == "GET" || head.method == "HEAD";
}

bool is_in_place_of_console(const http::RequestHead& head) {
  return is_at(head, "/console") || is_at(head, "/console/");
}

// HTML, XHTML, SVG and whatever else is XML.
bool may_have_scripts(const http::Headers& headers) {
  const auto type = encoding::lower_case(headers.find("Content-Type").value_or(""));
  return type.find("html") != type.npos || type.find("xml") != type.npos;
}

// A page is shown, but no script of it runs (it could take the console's address), and it has an
// origin of its own; nor does a browser guess that something is HTML.
void set_apart(http::Headers& headers) {
  headers.set("X-Content-Type-Options", "nosniff");
  if (!may_have_scripts(headers)) return;
  headers.set("Content-Security-Policy", "sandbox allow-downloads allow-popups");
}

}  // namespace

FrontDoor::FrontDoor(http::Handler& endpoint, Watched watched, Random& random, Log& log)
    : endpoint_(endpoint),
      console_(std::move(watched.console)),
      pages_(std::move(watched.linked)),
      random_(random),
      log_(log) {
  pages_.push_back({"/health", [check = std::move(watched.health)](const http::RequestHead&) {
                      return health(check());
                    }});
  pages_.push_back({"/metrics", [tell = std::move(watched.metrics)](const http::RequestHead&) {
                      return text(200, "text/plain; version=0.0.4; charset=utf-8", tell());
                    }});
  if (!console_.answer) return;
  pages_.push_back({"/console", console_.answer});
  pages_.push_back({"/console/", console_.answer});
}

bool FrontDoor::shows_console(const http::RequestHead& head) const {
  return console_.answer && !console_.is_of_bucket(head);
}

const FrontDoor::Linked* FrontDoor::page_of(const http::RequestHead& head) const {
  if (!is_read(head) || (has_aws_signature(head) && !wants_service_worker(head))) return nullptr;
  if (is_in_place_of_console(head) && !shows_console(head)) return nullptr;
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
  if (page == nullptr) return answer_of_endpoint(std::move(request));
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

http::Response FrontDoor::answer_of_endpoint(http::Request request) {
  const bool beside_console = is_read(request.head) && shows_console(request.head);
  const bool in_its_place = is_in_place_of_console(request.head);
  auto response = endpoint_.respond(std::move(request));
  if (beside_console) set_apart(response.headers);
  if (beside_console && in_its_place) response.headers.set("Cache-Control", "no-store");
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
