#include "http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <limits>
#include <utility>

#include "http/head_scanner.h"

namespace everseal::http {
namespace {

namespace beast = boost::beast;
using boost::system::error_code;

constexpr std::size_t kMostEmptyLines = 4;  // RFC 9112, 2.2: before a request they are ignored
constexpr std::size_t kShortestChunk = 5;   // "0\r\n\r\n"

std::string text_of(beast::string_view view) { return {view.data(), view.size()}; }

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Beast cuts the octets into words; what they mean together is decided here.
class Words final : public beast::http::basic_parser<true> {
 public:
  explicit Words(const Limits& limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(
        std::min<std::size_t>(limits.head_bytes + 1, std::numeric_limits<std::uint32_t>::max())));
    body_limit(boost::none);
  }

  ParsedHead head;
  std::optional<Refusal> refusal;

  void limit_body(std::uint64_t most) { body_left_ = most; }
  void append_to(std::string& body, std::size_t enough) {
    body_ = &body;
    enough_ = enough;
  }
  bool is_full() const { return body_->size() >= enough_; }
  // A chunk's size line is given to Beast with as many octets as a body surely still has: it
  // asserts that there are five when it reads the last one for the second time.
  bool can_take(std::size_t octets) {
    return !chunked() || chunk_left_ > 0 || octets >= kShortestChunk;
  }

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code&) override {
    head.request.method = text_of(method);
    head.request.target = text_of(target);
    head.version_1_0 = version == 10;
  }

  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                     error_code& error) override {
    if (is_header_done()) return;  // a trailer: nobody needs it
    if (head.request.headers.size() >= limits_.headers) return refuse(Refusal::HeadTooLarge, error);
    head.request.headers.add(text_of(name), text_of(value));
    const std::string_view text{value.data(), value.size()};
    if (field == beast::http::field::content_length && (has_length_ || !is_number(text))) {
      return refuse(Refusal::Malformed, error);
    }
    if (field == beast::http::field::transfer_encoding && !same_name(text, "chunked")) {
      return refuse(Refusal::NotImplemented, error);
    }
    if (field == beast::http::field::transfer_encoding && head.version_1_0) {
      return refuse(Refusal::Malformed, error);
    }
    has_length_ = has_length_ || field == beast::http::field::content_length;
  }

  void on_header_impl(error_code& error) override {
    const auto hosts = head.request.headers.count("Host");
    if (hosts > 1 || (hosts == 0 && !head.version_1_0)) return refuse(Refusal::Malformed, error);
    head.keep_alive = keep_alive();
    head.content_length = to_std(content_length());
    head.has_body = chunked() || head.content_length.value_or(0) > 0;
    const auto expect = head.request.headers.find("Expect");
    head.expects_continue = expect && same_name(*expect, "100-continue") && !head.version_1_0;
  }

  std::size_t on_body_impl(beast::string_view octets, error_code&) override { return take(octets); }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view octets, error_code&) override {
    const auto taken = take(octets);
    chunk_left_ -= taken;
    return taken;
  }
  void on_chunk_header_impl(std::uint64_t size, beast::string_view, error_code& error) override {
    if (size > body_left_) return refuse(Refusal::BodyTooLarge, error);
    body_left_ -= size;
    chunk_left_ = size;
  }

  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  static std::optional<std::uint64_t> to_std(const boost::optional<std::uint64_t>& maybe) {
    return maybe ? std::optional<std::uint64_t>(*maybe) : std::nullopt;
  }

  std::size_t take(beast::string_view octets) {
    const auto count = std::min(octets.size(), enough_ - std::min(enough_, body_->size()));
    body_->append(octets.data(), count);
    return count;
  }

  void refuse(Refusal why, error_code& error) {
    refusal = why;
    error = beast::http::error::bad_value;
  }

  const Limits& limits_;
  bool has_length_ = false;
  std::uint64_t body_left_ = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t chunk_left_ = 0;
  std::string* body_ = nullptr;
  std::size_t enough_ = 0;
};

Refusal refusal_of(const Words& words, const error_code& error) {
  if (words.refusal) return *words.refusal;
  if (error == beast::http::error::bad_version) return Refusal::Version;
  if (error == beast::http::error::header_limit) return Refusal::HeadTooLarge;
  return Refusal::Malformed;
}

// Empty lines before the request line.
std::size_t leading_empty_lines(std::string_view octets) {
  std::size_t lines = 0;
  while (octets.substr(lines * 2).starts_with("\r\n") && lines < kMostEmptyLines) ++lines;
  return lines * 2;
}

}  // namespace

class RequestParser::Impl {
 public:
  explicit Impl(const Limits& limits) : words(limits) {}
  HeadScanner scanner;
  Words words;
};

RequestParser::RequestParser(const Limits& limits) : limits_(limits) { begin(); }
RequestParser::~RequestParser() = default;

void RequestParser::begin() { impl_ = std::make_unique<Impl>(limits_); }

bool RequestParser::is_done() const { return impl_->words.is_done(); }

Result<std::optional<ParsedHead>, Refusal> RequestParser::read_head(std::string_view octets,
                                                                    std::size_t& taken) {
  taken = 0;
  const auto empty = leading_empty_lines(octets);
  octets.remove_prefix(empty);
  if (octets == "\r") return std::optional<ParsedHead>{};
  const auto state = impl_->scanner.scan(octets.substr(0, limits_.head_bytes));
  if (state == HeadScanner::State::Malformed) return Refusal::Malformed;
  if (state == HeadScanner::State::More) {
    if (octets.size() >= limits_.head_bytes) return Refusal::HeadTooLarge;
    return std::optional<ParsedHead>{};
  }
  error_code error;
  const auto head = octets.substr(0, impl_->scanner.size());
  impl_->words.put(boost::asio::const_buffer(head.data(), head.size()), error);
  if (error) return refusal_of(impl_->words, error);
  taken = empty + head.size();
  return std::optional<ParsedHead>{std::move(impl_->words.head)};
}

Result<void, Refusal> RequestParser::limit_body(std::uint64_t most) {
  const auto length = impl_->words.content_length();
  if (length && *length > most) return Refusal::BodyTooLarge;
  impl_->words.limit_body(most);
  return {};
}

Result<std::size_t, Refusal> RequestParser::read_body(std::string_view octets, std::string& body,
                                                      std::size_t enough) {
  auto& words = impl_->words;
  words.append_to(body, enough);
  std::size_t taken = 0;
  while (taken < octets.size() && !words.is_done() && !words.is_full()) {
    error_code error;
    const auto rest = octets.substr(taken);
    if (!words.can_take(rest.size())) break;
    taken += words.put(boost::asio::const_buffer(rest.data(), rest.size()), error);
    if (error == beast::http::error::need_more) break;
    if (error) return refusal_of(words, error);
  }
  // The size line of a chunk, or the trailers, do not end.
  if (!words.is_done() && !words.is_full() && octets.size() - taken > limits_.head_bytes) {
    return Refusal::HeadTooLarge;
  }
  return taken;
}

}  // namespace everseal::http
