#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/exchange.h"
#include "http/request_parser.h"
#include "http/shared.h"
#include "http/transport.h"

// For the .cc files of this folder only.
namespace everseal::http {

// What the server knows of a connection when it accepts it.
struct Welcome {
  bool takes_plain_http = false;
  bool in_excess = false;  // there are too many: its request is refused
};

// One client, from its first octet to its last. All is done by one io thread, but for the steps of
// an Exchange, which are handed to a worker; meanwhile nothing is read, so that requests are
// answered in their order and a client that sends faster than we work is slowed down.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;
  // Told once, when the connection has ended.
  using Ended = std::function<void(Connection*)>;

  Connection(Transport::Socket socket, Shared& shared, Welcome welcome, Ended ended);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  void check_deadline(SteadyTime now);
  // The server stops: ends now if it is idle, else with the answer in hand.
  void drain();
  void end();

 private:
  enum class Phase {
    Head,       // waiting for a request, or in the middle of its head
    WholeBody,  // collecting the body
    Stream,     // collecting the body's next piece
    Working,    // a worker has the exchange
    Sending,    // the client is taking an answer
    Lingering,  // the last answer is sent; what still comes is thrown away
    Ended,
  };

  template <class Work>
  void safely(const Work& work);
  void read();
  void run();
  void step();
  void wait_for_more();
  void read_head();
  void begin(ParsedHead head);
  void take_route(Route route);
  void begin_body(std::uint64_t limit);
  void continue_body();
  void read_whole_body();
  void read_piece();
  bool read_body(std::size_t enough);
  bool has_room();
  void hand_over(void (Exchange::*work)());
  void worked();
  void answer();
  void refuse(Refusal refusal);
  void flush();
  void sent();
  void finish();
  void begin_next();
  void linger();
  bool is_quiet();
  void expire();
  void expect_within(std::chrono::milliseconds time);
  void release_buffered();
  void discard_elsewhere();

  Transport transport_;
  Shared& shared_;
  const Welcome welcome_;
  const std::string peer_;
  Ended ended_;
  RequestParser parser_;
  Exchange exchange_;

  Phase phase_ = Phase::Head;
  std::string incoming_;        // read, not yet understood
  ParsedHead head_;             // without `request`, which the exchange has
  bool streams_ = false;        // the body goes to a sink
  bool at_once_ = false;        // there may be an answer at hand
  bool waiting_ = false;        // for the socket to have something
  bool running_ = false;        // in run(): a further step is taken by its loop
  bool step_again_ = false;     // asked for while running_
  bool full_ = false;           // the socket: waiting until it takes more
  bool discarding_ = false;     // the exchange is with a worker for good
  std::uint64_t buffered_ = 0;  // our part of Shared::buffered_bytes
  SteadyTime deadline_ = SteadyTime::max();
  SteadyTime body_deadline_ = SteadyTime::max();  // for all of the body
};

}  // namespace everseal::http
