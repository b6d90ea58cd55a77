#include "http/exchange.h"

#include <exception>
#include <span>
#include <stdexcept>
#include <utility>
#include <variant>

namespace everseal::http {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

}  // namespace

// Exceptions are bugs or exhausted memory: the request fails, the server goes on.
template <class Work>
void Exchange::guarded(const Work& work) {
  try {
    work();
  } catch (const std::exception& bug) {
    log_.error("http.handler_threw", {{"what", bug.what()}});
    discard();
    end_connection();
    refuse(Refusal::Broken);
  }
}

void Exchange::begin(RequestHead head, const Framing& framing) {
  head_ = std::move(head);
  has_head_ = true;
  framing_ = framing;
  incoming_.clear();
  outgoing_.clear();
}

void Exchange::forget() {
  head_ = {};
  has_head_ = false;
  framing_ = {};
}

void Exchange::answer(Response response) { print(std::move(response)); }

void Exchange::refuse(Refusal refusal) {
  auto response = handler_.refuse(refusal, head());
  outgoing_.clear();
  print(std::move(response));
}

bool Exchange::respond_now() {
  bool answered = true;
  guarded([&] {
    has_head_ = false;
    Request request{std::move(head_), std::move(incoming_)};
    auto response = handler_.respond_now(request);
    if (response && response->source) throw std::logic_error("an answer at once has a source");
    answered = response.has_value();
    if (response) return print(*std::move(response));
    head_ = std::move(request.head);
    incoming_ = std::move(request.body);
    has_head_ = true;
  });
  return answered;
}

void Exchange::respond() {
  guarded([&] {
    has_head_ = false;
    print(handler_.respond({std::move(head_), std::move(incoming_)}));
  });
}

void Exchange::open() {
  guarded([&] {
    has_head_ = false;
    auto opened = handler_.open(std::move(head_));
    if (auto* refused = std::get_if<Response>(&opened)) {
      refused->close = refused->close || framing_.body_follows;
      return print(std::move(*refused));
    }
    sink_ = std::move(std::get<std::unique_ptr<BodySink>>(opened));
    next_ = Next::TakeBody;
  });
}

void Exchange::take_piece() {
  guarded([&] {
    auto refused = sink_->write(as_bytes(incoming_));
    incoming_.clear();
    next_ = Next::TakeBody;
    if (!refused) return;
    sink_.reset();
    refused->close = true;
    print(*std::move(refused));
  });
}

void Exchange::take_last_piece() {
  if (!incoming_.empty()) take_piece();
  if (!sink_) return;
  guarded([&] {
    auto response = sink_->finish();
    sink_.reset();
    print(std::move(response));
  });
}

void Exchange::discard() {
  sink_.reset();
  source_.reset();
}

void Exchange::print(Response response) {
  keeps_alive_ = framing_.keep_alive && !response.close && !stopping_.load();
  // Without a length and without chunks, only the connection's end says where the body ends.
  chunked_ = is_chunked(response, framing_);
  if (response.source && !response.length && !chunked_) keeps_alive_ = false;
  append_head(outgoing_, response, framing_, keeps_alive_, date_.of(clock_.now()));
  next_ = Next::Finish;
  if (!has_body(response, framing_)) return;
  if (response.source) return start_source(response);
  outgoing_.append(response.body);
}

void Exchange::start_source(Response& response) {
  source_ = std::move(response.source);
  left_ = response.length;
  if (left_ == 0) return finish_source();
  next_piece();
}

void Exchange::next_piece() {
  std::string piece(kPiece, '\0');
  const std::span space{reinterpret_cast<std::uint8_t*>(piece.data()), piece.size()};
  try {
    const auto read = source_->read(space);
    if (!read) return cut(read.error().cause);
    if (*read == 0) return left_ ? cut("the body is shorter than was said") : finish_source();
    if (*read > space.size()) return cut("the body's source wrote past its space");
    append_piece(std::string_view(piece).substr(0, *read));
  } catch (const std::exception& bug) {
    cut(bug.what());
  }
}

void Exchange::append_piece(std::string_view piece) {
  if (left_ && piece.size() > *left_) return cut("the body is longer than was said");
  if (chunked_) {
    append_chunk(outgoing_, piece);
  } else {
    outgoing_.append(piece);
  }
  next_ = Next::SendMore;
  if (!left_) return;
  *left_ -= piece.size();
  if (*left_ == 0) finish_source();
}

void Exchange::finish_source() {
  source_.reset();
  next_ = Next::Finish;
  if (chunked_) append_last_chunk(outgoing_);
}

void Exchange::cut(std::string_view why) {
  log_.error("http.body_failed", {{"why", why}});
  source_.reset();
  next_ = Next::Cut;
}

}  // namespace everseal::http
