#include "http/handler.h"

#include <string>

namespace everseal::http {
namespace {

Response plain_text(int status, std::string_view sentence) {
  Response response{.status = status};
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = std::string(sentence) + "\n";
  return response;
}

}  // namespace

int status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::Malformed:
    case Refusal::PlainHttp:
      return 400;
    case Refusal::Timeout:
      return 408;
    case Refusal::BodyTooLarge:
      return 413;
    case Refusal::HeadTooLarge:
      return 431;
    case Refusal::Broken:
      return 500;
    case Refusal::NotImplemented:
      return 501;
    case Refusal::Busy:
    case Refusal::TooManyConnections:
      return 503;
    case Refusal::Version:
      return 505;
  }
  return 500;
}

std::string_view sentence_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::Malformed:
      return "The request is not well-formed HTTP/1.1.";
    case Refusal::PlainHttp:
      return "This address is served over TLS only: use https.";
    case Refusal::Timeout:
      return "The request did not arrive in time.";
    case Refusal::BodyTooLarge:
      return "The request body is larger than is allowed here.";
    case Refusal::HeadTooLarge:
      return "The request's headers are larger than is allowed here.";
    case Refusal::Broken:
      return "An internal error occurred.";
    case Refusal::NotImplemented:
      return "This transfer coding or kind of request is not supported.";
    case Refusal::Busy:
      return "The server is busy. Please try again later.";
    case Refusal::TooManyConnections:
      return "The server has too many connections. Please try again later.";
    case Refusal::Version:
      return "Only HTTP/1.0 and HTTP/1.1 are spoken here.";
  }
  return "An internal error occurred.";
}

std::optional<Response> Handler::respond_now(const Request&) { return std::nullopt; }

// Who takes the body keeps the head. NOLINTNEXTLINE(performance-unnecessary-value-param)
std::variant<std::unique_ptr<BodySink>, Response> Handler::open(RequestHead) {
  return refuse(Refusal::NotImplemented, nullptr);
}

Response Handler::refuse(Refusal refusal, const RequestHead*) {
  return plain_text(status_of(refusal), sentence_of(refusal));
}

}  // namespace everseal::http
