#include "http/connection.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>
#include <variant>

namespace everseal::http {
namespace {

constexpr std::size_t kPiece = 64 * 1024;  // what a sink is given at once

// Of a route that takes a body.
std::uint64_t limit_of(const Route& route) {
  if (const auto* streamed = std::get_if<StreamedBody>(&route)) return streamed->limit;
  if (const auto* small = std::get_if<SmallBody>(&route)) return small->limit;
  return std::get<WholeBody>(route).limit;
}

std::chrono::steady_clock::time_point steady_now() { return std::chrono::steady_clock::now(); }

}  // namespace

Connection::Connection(Transport::Socket socket, Shared& shared, Welcome welcome, Ended ended)
    : transport_(std::move(socket), shared.tls.get()),
      shared_(shared),
      welcome_(welcome),
      peer_(transport_.peer()),
      ended_(std::move(ended)),
      parser_(shared.limits),
      exchange_(shared.handler, shared.clock, shared.log, shared.stopping) {
  ++shared_.connections_open;
}

Connection::~Connection() { shared_.connection_ended(); }

// Exceptions are bugs or exhausted memory: this connection ends, the others go on.
template <class Work>
void Connection::safely(const Work& work) {
  try {
    work();
  } catch (const std::exception& bug) {
    shared_.log.error("http.connection_threw", {{"what", bug.what()}});
    running_ = false;
    end();
  }
}

void Connection::start() {
  expect_within(shared_.limits.head);
  wait_for_more();
}

// --- Reading

void Connection::wait_for_more() {
  if (std::exchange(waiting_, true)) return;
  transport_.when_readable([self = shared_from_this()] { self->safely([&] { self->read(); }); });
}

void Connection::read() {
  waiting_ = false;
  if (phase_ == Phase::Working || phase_ == Phase::Sending || phase_ == Phase::Ended) return;
  const bool was_idle = phase_ == Phase::Head && incoming_.empty();
  const auto got = transport_.read(incoming_);
  flush();
  if (phase_ == Phase::Ended) return;
  if (got == Transport::Got::End || got == Transport::Got::Broken) return end();
  if (phase_ == Phase::Lingering) incoming_.clear();
  if (got == Transport::Got::Nothing || phase_ == Phase::Lingering) return wait_for_more();
  if (was_idle) expect_within(shared_.limits.head);
  run();
}

// A step may ask for the next one, as pipelined requests do: they are taken in a loop.
void Connection::run() {
  step_again_ = true;
  if (running_) return;
  running_ = true;
  while (std::exchange(step_again_, false)) step();
  running_ = false;
}

void Connection::step() {
  switch (phase_) {
    case Phase::Head:
      return read_head();
    case Phase::WholeBody:
      return read_whole_body();
    case Phase::Stream:
      return read_piece();
    case Phase::Working:
    case Phase::Sending:
    case Phase::Lingering:
    case Phase::Ended:
      return;
  }
}

void Connection::read_head() {
  std::size_t taken = 0;
  auto head = parser_.read_head(incoming_, taken);
  if (!head) return refuse(head.error());
  if (!*head) return wait_for_more();
  incoming_.erase(0, taken);
  begin(**std::move(head));
}

void Connection::begin(ParsedHead head) {
  ++shared_.requests;
  head.request.peer = peer_;
  head.request.secure = transport_.is_secure();
  const Framing framing{.to_head = head.request.method == "HEAD",
                        .version_1_0 = head.version_1_0,
                        .keep_alive = head.keep_alive,
                        .body_follows = head.has_body};
  exchange_.begin(std::move(head.request), framing);
  head_ = std::move(head);
  if (welcome_.in_excess) return refuse(Refusal::TooManyConnections);
  if (!transport_.is_secure() && !welcome_.takes_plain_http) return refuse(Refusal::PlainHttp);
  take_route(shared_.handler.route(*exchange_.head()));
}

void Connection::take_route(Route route) {
  if (auto* refused = std::get_if<Response>(&route)) {
    if (!parser_.is_done()) exchange_.end_connection();
    exchange_.answer(std::move(*refused));
    return answer();
  }
  streams_ = std::holds_alternative<StreamedBody>(route);
  at_once_ = std::holds_alternative<SmallBody>(route);
  begin_body(limit_of(route));
}

// --- The body

void Connection::begin_body(std::uint64_t limit) {
  if (const auto fits = parser_.limit_body(limit); !fits) return refuse(fits.error());
  phase_ = Phase::WholeBody;
  if (!streams_ && parser_.is_done()) return read_whole_body();
  body_deadline_ =
      steady_now() + (streams_ ? shared_.limits.streamed_body : shared_.limits.whole_body);
  if (streams_) return hand_over(&Exchange::open);
  continue_body();
}

// Whoever waits for it is told to send the body.
void Connection::continue_body() {
  if (std::exchange(head_.expects_continue, false) && !parser_.is_done() && incoming_.empty()) {
    transport_.write(kContinue);
    flush();
  }
  expect_within(shared_.limits.body_idle);
  run();
}

// False: it was refused.
bool Connection::read_body(std::size_t enough) {
  const auto taken = parser_.read_body(incoming_, exchange_.incoming(), enough);
  if (!taken) {
    refuse(taken.error());
    return false;
  }
  incoming_.erase(0, *taken);
  if (*taken > 0) expect_within(shared_.limits.body_idle);
  return true;
}

void Connection::read_whole_body() {
  if (!read_body(std::string::npos)) return;
  if (!has_room()) return refuse(Refusal::Busy);
  if (!parser_.is_done()) return wait_for_more();
  if (at_once_ && exchange_.respond_now()) return answer();
  hand_over(&Exchange::respond);
}

// All whole bodies together have a bound.
bool Connection::has_room() {
  const auto size = exchange_.incoming().size();
  shared_.buffered_bytes += size - buffered_;
  buffered_ = size;
  return shared_.buffered_bytes <= shared_.limits.buffered_bytes;
}

void Connection::release_buffered() { shared_.buffered_bytes -= std::exchange(buffered_, 0); }

void Connection::read_piece() {
  if (!read_body(kPiece)) return;
  if (parser_.is_done()) return hand_over(&Exchange::take_last_piece);
  if (exchange_.incoming().empty()) return wait_for_more();
  hand_over(&Exchange::take_piece);
}

// --- Workers

void Connection::hand_over(void (Exchange::*work)()) {
  const bool begins = work == &Exchange::respond || work == &Exchange::open;
  phase_ = Phase::Working;
  deadline_ = SteadyTime::max();  // whatever the worker waits for has its own deadline
  WorkerPool::Task task = [self = shared_from_this(), work] {
    (self->exchange_.*work)();
    boost::asio::post(self->transport_.executor(),
                      [self] { self->safely([&] { self->worked(); }); });
  };
  if (!begins) return shared_.workers.add(std::move(task));
  if (!shared_.workers.offer(std::move(task))) refuse(Refusal::Busy);
}

void Connection::worked() {
  release_buffered();
  if (phase_ == Phase::Ended) return discard_elsewhere();
  if (exchange_.next() != Exchange::Next::TakeBody) return answer();
  phase_ = Phase::Stream;
  continue_body();
}

// What the handler holds for this request may take time to let go of.
void Connection::discard_elsewhere() {
  if (discarding_ || !exchange_.holds_handler_state()) return;
  discarding_ = true;
  shared_.workers.add([self = shared_from_this()] { self->exchange_.discard(); });
}

// --- Answering

void Connection::refuse(Refusal refusal) {
  ++shared_.refused;
  // A request that was read to its end, and came only too early, may be sent again at once.
  if (refusal != Refusal::Busy || !parser_.is_done()) exchange_.end_connection();
  exchange_.refuse(refusal);
  answer();
}

void Connection::answer() {
  phase_ = Phase::Sending;
  expect_within(shared_.limits.write_idle);
  if (!transport_.write(std::move(exchange_.outgoing()))) return end();
  slim(exchange_.outgoing());
  flush();
}

void Connection::flush() {
  switch (transport_.flush()) {
    case Transport::Sent::Broken:
      return end();
    case Transport::Sent::All:
      return sent();
    case Transport::Sent::Some:
      break;
  }
  if (std::exchange(full_, true)) return;
  transport_.when_writable([self = shared_from_this()] {
    self->full_ = false;
    if (self->phase_ == Phase::Ended) return;
    if (self->phase_ == Phase::Sending) self->expect_within(self->shared_.limits.write_idle);
    self->safely([&] { self->flush(); });
  });
}

void Connection::sent() {
  if (phase_ != Phase::Sending) return;
  switch (exchange_.next()) {
    case Exchange::Next::SendMore:
      return hand_over(&Exchange::next_piece);
    case Exchange::Next::Cut:
      return end();
    case Exchange::Next::Finish:
    case Exchange::Next::TakeBody:
      return finish();
  }
}

void Connection::finish() {
  if (exchange_.keeps_alive() && parser_.is_done() && !shared_.stopping) return begin_next();
  discard_elsewhere();
  linger();
}

void Connection::begin_next() {
  release_buffered();
  parser_.begin();
  exchange_.forget();
  slim(exchange_.incoming());
  phase_ = Phase::Head;
  if (!incoming_.empty()) {
    expect_within(shared_.limits.head);
    return run();
  }
  slim(incoming_);
  expect_within(shared_.limits.keep_alive);
  wait_for_more();
}

// Were the socket closed while octets are coming, the client's kernel might throw away the answer.
void Connection::linger() {
  transport_.end_sending();
  if (is_quiet()) return end();
  phase_ = Phase::Lingering;
  incoming_.clear();
  expect_within(shared_.limits.linger);
  wait_for_more();
}

// The client has sent its request and nothing else.
bool Connection::is_quiet() {
  return parser_.is_done() && incoming_.empty() &&
         transport_.read(incoming_) != Transport::Got::Something;
}

// --- The end

void Connection::drain() {
  if (phase_ == Phase::Head && incoming_.empty()) end();
}

void Connection::end() {
  if (phase_ == Phase::Ended) return;
  const bool working = phase_ == Phase::Working;
  phase_ = Phase::Ended;
  transport_.close();
  if (!working) {
    release_buffered();
    discard_elsewhere();
  }
  ended_(this);
}

void Connection::expect_within(std::chrono::milliseconds time) {
  deadline_ = steady_now() + time;
  if (phase_ == Phase::WholeBody || phase_ == Phase::Stream) {
    deadline_ = std::min(deadline_, body_deadline_);
  }
}

void Connection::check_deadline(SteadyTime now) {
  if (now >= deadline_) safely([&] { expire(); });
}

void Connection::expire() {
  const bool is_late = (phase_ == Phase::Head && !incoming_.empty()) ||
                       phase_ == Phase::WholeBody || phase_ == Phase::Stream;
  if (is_late) return refuse(Refusal::Timeout);
  end();
}

}  // namespace everseal::http
