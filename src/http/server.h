#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "clock/clock.h"
#include "http/handler.h"
#include "http/limits.h"
#include "http/listen.h"
#include "log/log.h"
#include "result/result.h"

namespace everseal::tls {
class ServerContext;
}

namespace everseal::http {

struct Options {
  std::vector<Listen> listen;
  unsigned io_threads = 1;
  unsigned workers = 16;  // requests that run at once
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
  // Listens, so that the addresses are this server's; who comes waits until `serve`. Unavailable:
  // an address is taken or not of this machine. `clock` gives the Date header: clients set their
  // own clock by it, so it must be the wall's.
  static Result<std::unique_ptr<Server>> open(Options options, Handler& handler, const Clock& clock,
                                              Log& log);
  // From now on the handler is asked. Once.
  void serve();
  // Answers those as well who connect to a listening socket of somebody else, in the clear, until
  // what this returns ends, which must be before the server does.
  std::shared_ptr<void> serve_also(int listening);
  // Stops at once, if `stop` was not called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The addresses in the order of the options, with their real ports.
  const std::vector<Listen>& listening() const;
  Stats stats() const;

  // Takes no more connections, closes idle ones, answers what has begun, and returns when all is
  // done or the time has come.
  void drain(std::chrono::steady_clock::time_point until);
  // Drains, and cuts off what is left then. Waits for handlers that still run.
  void stop(std::chrono::milliseconds deadline = std::chrono::seconds(5));

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::http
