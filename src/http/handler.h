#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "encoding/bytes.h"
#include "http/message.h"

// What the server asks of the program that answers requests.
namespace everseal::http {

// How a request's body is taken, decided from its head.
struct WholeBody {
  std::size_t limit;  // octets; more is answered 413
};
// The same, for what can mostly be answered without a worker: Handler::respond_now is asked first.
struct SmallBody {
  std::size_t limit;  // octets; more is answered 413
};
struct StreamedBody {
  std::uint64_t limit;  // octets; more is answered 413
};
using Route = std::variant<WholeBody, SmallBody, StreamedBody, Response>;  // Response: at once

// Takes the body of one request piece by piece, in order. Called by worker threads, never by two at
// once; no further piece is read from the network until `write` has returned. Destroyed without
// `finish` when the client went away, was too slow, or broke the framing.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // A response refuses the rest of the body and ends the connection; nothing: go on.
  virtual std::optional<Response> write(ByteView piece) = 0;
  // The whole body has arrived.
  virtual Response finish() = 0;
};

// Why the server itself answers.
enum class Refusal {
  Malformed,       // 400: the bytes are not an HTTP/1.1 request, or an ambiguous one
  PlainHttp,       // 400: plain HTTP where only https is served
  Timeout,         // 408: head or body came too slowly
  BodyTooLarge,    // 413
  HeadTooLarge,    // 431
  Broken,          // 500: the handler threw an exception; it has been logged
  NotImplemented,  // 501: a transfer coding other than chunked, or a stream where there are none
  Busy,            // 503: all workers are busy and the queue is full
  TooManyConnections,  // 503
  Version,             // 505: neither HTTP/1.0 nor HTTP/1.1
};
int status_of(Refusal refusal);
// One sentence for people: "The request body is larger than this operation allows."
std::string_view sentence_of(Refusal refusal);

// Answers requests. Must be thread-safe, and must outlive the server.
class Handler {
 public:
  virtual ~Handler() = default;

  // Called on an io thread for every head: decides at once, and waits for nothing.
  virtual Route route(const RequestHead& head) = 0;

  // Called on an io thread for a request that was routed as SmallBody, once its body is there: the
  // answer, if it is at hand. Like route() it waits for nothing: no query, no signature, no lock
  // that anybody holds across either; the answer has no `source`. Nothing: a worker asks respond().
  // As it stands, nothing is at hand.
  virtual std::optional<Response> respond_now(const Request& request);

  // Called by a worker thread for a request whose body was routed as a whole.
  virtual Response respond(Request request) = 0;

  // Called by a worker thread for a request whose body is streamed, before any of it is read (and
  // before "100 Continue" is sent): where the body goes, or the answer if it is not wanted. As
  // it stands, there are no streams: 501.
  virtual std::variant<std::unique_ptr<BodySink>, Response> open(RequestHead head);

  // Called on an io thread when the server itself refuses: the answer, in the words of whatever
  // protocol the client speaks. `head` is null when none was read. As it stands: the sentence as
  // plain text, with `status_of(refusal)`. Waits for nothing.
  virtual Response refuse(Refusal refusal, const RequestHead* head);
};

}  // namespace everseal::http
