#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "http/message.h"

// Answers as octets.
namespace everseal::http {

// What the request at hand says about how its answer is framed.
struct Framing {
  bool to_head = false;  // HEAD: no body
  bool version_1_0 = false;
  bool keep_alive = false;
  bool body_follows = false;  // the request has one
};

// Whether an answer without Content-Length is cut into chunks; else the connection's end is its
// end.
inline bool is_chunked(const Response& response, const Framing& framing) {
  return response.source && !response.length && !framing.version_1_0;
}
// Whether the answer has a body on the wire.
bool has_body(const Response& response, const Framing& framing);

// What the Date header says, spelt anew only when it is another.
class DateText {
 public:
  std::string_view of(TimePoint time);

 private:
  std::chrono::sys_seconds second_{};
  std::string text_;  // empty: there was none yet
};

// Status line and headers, to the empty line. `keep_alive` is what the server decided.
void append_head(std::string& text, const Response& response, const Framing& framing,
                 bool keep_alive, std::string_view date);

void append_chunk(std::string& text, std::string_view octets);
void append_last_chunk(std::string& text);

inline constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace everseal::http
