#include "http/response_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "clock/time_text.h"

namespace everseal::http {
namespace {

// What the server alone decides.
constexpr std::array<std::string_view, 3> kFraming = {"Connection", "Content-Length",
                                                      "Transfer-Encoding"};

bool is_framing(std::string_view name) {
  return std::ranges::any_of(kFraming,
                             [&](std::string_view ours) { return same_name(name, ours); });
}

bool is_control(char letter) {
  const auto octet = static_cast<unsigned char>(letter);
  return (octet < 0x20 && letter != '\t') || octet == 0x7f;
}

// Nothing that comes from a request may begin a new line.
void append_clean(std::string& text, std::string_view value) {
  const auto begin = static_cast<std::ptrdiff_t>(text.size());
  text.append(value);
  std::replace_if(text.begin() + begin, text.end(), is_control, ' ');
}

void append_header(std::string& text, std::string_view name, std::string_view value) {
  append_clean(text, name);
  text.append(": ");
  append_clean(text, value);
  text.append("\r\n");
}

void append_number(std::string& text, std::uint64_t number, int base) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  text.append(digits.data(), end);
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_length(std::string& text, const Response& response, const Framing& framing) {
  if (!may_have_body(response.status)) return;
  if (is_chunked(response, framing)) {
    text.append("Transfer-Encoding: chunked\r\n");
    return;
  }
  if (response.source && !response.length) return;
  const bool tells_length = response.length && (response.source || framing.to_head);
  text.append("Content-Length: ");
  append_number(text, tells_length ? *response.length : response.body.size(), 10);
  text.append("\r\n");
}

}  // namespace

std::string_view DateText::of(TimePoint time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  if (text_.empty() || second != second_) text_ = to_http_date(second);
  second_ = second;
  return text_;
}

bool has_body(const Response& response, const Framing& framing) {
  return !framing.to_head && may_have_body(response.status);
}

void append_head(std::string& text, const Response& response, const Framing& framing,
                 bool keep_alive, std::string_view date) {
  text.append("HTTP/1.1 ");
  append_number(text, static_cast<std::uint64_t>(std::clamp(response.status, 100, 999)), 10);
  text.append(" ").append(reason_phrase(response.status)).append("\r\n");
  bool dated = false;
  for (const auto& [name, value] : response.headers) {
    if (is_framing(name)) continue;
    dated = dated || same_name(name, "Date");
    append_header(text, name, value);
  }
  if (!dated) text.append("Date: ").append(date).append("\r\n");
  append_length(text, response, framing);
  if (!keep_alive) text.append("Connection: close\r\n");
  if (keep_alive && framing.version_1_0) text.append("Connection: keep-alive\r\n");
  text.append("\r\n");
}

void append_chunk(std::string& text, std::string_view octets) {
  append_number(text, octets.size(), 16);
  text.append("\r\n").append(octets).append("\r\n");
}

void append_last_chunk(std::string& text) { text.append("0\r\n\r\n"); }

}  // namespace everseal::http
