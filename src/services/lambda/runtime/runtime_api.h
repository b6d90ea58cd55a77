#pragma once

#include <poll.h>

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clock/clock.h"
#include "descriptor/descriptor.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/request_parser.h"
#include "services/lambda/runtime/event.h"

namespace everseal::lambda::runtime {

// What a runtime told about an invocation, or about its own beginning.
struct Said {
  enum class Kind { Response, Error, InitError, TooLarge };
  Kind kind;
  std::string body;  // as it was sent
};

// The largest answer of a function.
inline constexpr std::size_t longest_response = 6'291'556;

// The Lambda Runtime API, 2018-06-01, for one environment: hands out one event at a time and takes
// what becomes of it. Never blocks; who waits for something polls on what it names. For one thread
// at a time.
class RuntimeApi {
 public:
  // With a word, only who begins a path with it is heard: "/word/2018-06-01/runtime/...". Others
  // are told so before anything of theirs is taken, and make room for who knows it.
  RuntimeApi(int listening, const Clock& wall, std::string word = {})
      : listening_(listening), wall_(wall), word_(std::move(word)) {}
  RuntimeApi(const RuntimeApi&) = delete;
  RuntimeApi& operator=(const RuntimeApi&) = delete;

  // The next event, for whoever asks or has asked. Before the last one has ended nobody gives
  // another. `deadline` is the wall's.
  void give(const Event& event, TimePoint deadline);
  // What was said of it, once.
  std::optional<Said> take_said();
  // Whether the runtime waits for an event: it has begun.
  bool is_ready() const;

  void add_to(std::vector<pollfd>& wanted) const;
  // Takes what came, sends what goes.
  void serve();

 private:
  struct Connection {
    Connection(Descriptor accepted, const http::Limits& limits, bool known)
        : socket(std::move(accepted)), parser(limits), is_known(known) {
      parser.begin();
    }
    Descriptor socket;
    http::RequestParser parser;
    std::string incoming{};
    std::optional<http::ParsedHead> head{};
    std::string body{};
    std::string outgoing{};
    bool is_known;       // has shown the word
    bool waits = false;  // for an event
    bool ends = false;   // once all is sent
  };
  bool has_room() const;
  void make_room();
  void accept_all();
  void serve_all();
  bool serve(Connection& connection);
  bool read(Connection& connection);
  bool understand(Connection& connection);
  bool understand_head(Connection& connection);
  bool admit(Connection& connection);
  std::string_view operation_of(const Connection& connection) const;
  bool tells_of_current(const Connection& connection) const;
  void handle(Connection& connection);
  void answer(Connection& connection, int status, std::string_view body);
  void refuse(Connection& connection, int status, std::string_view type, std::string_view text);
  void refuse_unknown(Connection& connection);
  void refuse_body(Connection& connection, int status);
  void hand_out(Connection& connection);
  void take(Connection& connection, Said::Kind kind);
  static bool flush(Connection& connection);

  const int listening_;
  const Clock& wall_;
  const std::string word_;
  const http::Limits limits_{};
  std::list<Connection> connections_;
  std::optional<Event> event_;  // not yet asked for
  TimePoint deadline_{};
  std::string current_;  // the id of the one that was handed out
  std::optional<Said> said_;
};

}  // namespace everseal::lambda::runtime
