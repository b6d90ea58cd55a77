#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "clock/clock.h"
#include "http/handler.h"
#include "http/response_text.h"
#include "log/log.h"

namespace everseal::http {

// One request on its way through the handler and back as octets. It belongs to the connection's io
// thread, and to a worker while that runs one of the steps; never to both.
class Exchange {
 public:
  // `stopping`: answers say that the connection ends.
  Exchange(Handler& handler, const Clock& clock, Log& log, const std::atomic<bool>& stopping)
      : handler_(handler), clock_(clock), log_(log), stopping_(stopping) {}

  // What is to be done after a step, once `outgoing` is sent.
  enum class Next {
    TakeBody,  // more of the request's body is wanted
    SendMore,  // the answer goes on: next_piece
    Finish,    // the answer is complete
    Cut,       // the answer cannot be completed: end the connection
  };

  void begin(RequestHead head, const Framing& framing);
  // There is no request yet.
  void forget();

  // Of the io thread: answers without a worker.
  void answer(Response response);
  void refuse(Refusal refusal);
  // The same, if the handler has the answer at hand. False: a worker has to be asked.
  bool respond_now();

  // Of a worker. `incoming` is the whole body, or the next piece of it.
  void respond();
  void open();
  void take_piece();
  void take_last_piece();
  void next_piece();
  // Lets go of what the handler gave: the client is gone.
  void discard();

  std::string& incoming() { return incoming_; }
  std::string& outgoing() { return outgoing_; }
  Next next() const { return next_; }
  bool keeps_alive() const { return keeps_alive_; }
  // The connection must end after the answer: what follows in it cannot be told apart.
  void end_connection() { framing_.keep_alive = false; }
  bool holds_handler_state() const { return sink_ || source_; }
  const RequestHead* head() const { return has_head_ ? &head_ : nullptr; }

 private:
  template <class Work>
  void guarded(const Work& work);
  void print(Response response);
  void start_source(Response& response);
  void append_piece(std::string_view piece);
  void finish_source();
  void cut(std::string_view why);

  Handler& handler_;
  const Clock& clock_;
  Log& log_;
  const std::atomic<bool>& stopping_;

  RequestHead head_;
  bool has_head_ = false;
  Framing framing_;
  std::string incoming_;
  std::string outgoing_;
  Next next_ = Next::Finish;
  bool keeps_alive_ = false;
  DateText date_;

  std::unique_ptr<BodySink> sink_;
  std::unique_ptr<BodySource> source_;
  bool chunked_ = false;
  std::optional<std::uint64_t> left_;  // of the source's octets, if it said how many
};

}  // namespace everseal::http
