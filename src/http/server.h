#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "http/handler.h"
#include "log/log.h"
#include "result/result.h"

namespace everseal::tls {
class ServerContext;
}

namespace everseal::http {

// Whether a listener takes requests without TLS.
enum class PlainHttp {
  OnLoopback,  // only if its address is one of this machine's loopback; else 400 says to use https
  Anywhere,    // for CRLs and OCSP answers, which are served in the clear on purpose
};

// Where to listen. The first octet of a connection tells TLS from plain HTTP.
struct Listen {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, without brackets
  std::uint16_t port = 0;             // 0: the system chooses; see Server::listening
  PlainHttp plain = PlainHttp::OnLoopback;

  // "127.0.0.1:4566", "[::1]:4566", "0.0.0.0:0". Malformed: anything else.
  static Result<Listen> parse(std::string_view text);
  std::string text() const;
  bool is_loopback() const;
};

struct Limits {
  std::size_t head_bytes = 32 * 1024;             // request line and headers: 431
  std::size_t headers = 256;                      // number of them: 431
  std::size_t connections = 8192;                 // open at once: 503 and closed
  std::size_t queued_requests = 1024;             // waiting for a worker: 503
  std::chrono::milliseconds head{10'000};         // from the first octet to the last of a head: 408
  std::chrono::milliseconds body_idle{30'000};    // between two pieces of a body: 408
  std::chrono::milliseconds whole_body{300'000};  // for all of a body that is not streamed: 408
  std::chrono::milliseconds streamed_body{21'600'000};  // for all of a streamed body: 408
  std::chrono::milliseconds keep_alive{75'000};         // between two requests: closed
  std::chrono::milliseconds write_idle{30'000};         // a client that takes no octet: closed
};

struct Options {
  std::vector<Listen> listen;
  unsigned io_threads = 1;
  unsigned workers = 16;
  Limits limits;
  std::shared_ptr<const tls::ServerContext> tls;  // may be null: then only plain HTTP
};

// Figures since the start, for metrics.
struct Stats {
  std::uint64_t connections_accepted = 0;
  std::uint64_t connections_open = 0;
  std::uint64_t requests = 0;  // whose head was read
  std::uint64_t refused = 0;   // answered by the server itself, see Refusal
  std::uint64_t queued = 0;    // waiting for a worker now
};

// Serves HTTP/1.1, plain and TLS on the same ports: few io threads own all sockets, workers run
// requests. Pipelined requests are answered in order, one after the other.
class Server {
 public:
  // Listens and serves. Unavailable: an address is taken or not of this machine.
  // `clock` gives the Date header: clients set their own clock by it, so it must be the wall's.
  static Result<std::unique_ptr<Server>> start(Options options, Handler& handler,
                                               const Clock& clock, Log& log);
  // Stops at once, if `stop` was not called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The addresses in the order of the options, with their real ports.
  const std::vector<Listen>& listening() const;
  Stats stats() const;

  // Takes no more connections, closes idle ones, answers what has begun, and returns when all is
  // done or the deadline has passed; then the rest is cut off. Waits for handlers that still run.
  void stop(std::chrono::milliseconds deadline = std::chrono::seconds(5));

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::http
