#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/handler.h"
#include "http/limits.h"
#include "http/message.h"
#include "result/result.h"

namespace everseal::http {

// A head, and what it says about the connection and the body.
struct ParsedHead {
  RequestHead request{};  // without peer and secure
  bool version_1_0 = false;
  bool keep_alive = false;
  bool expects_continue = false;
  bool has_body = false;
  std::optional<std::uint64_t> content_length{};
};

// Reads one request after the other from the octets of a connection. What makes the end of a body
// doubtful is refused: Content-Length twice or beside Transfer-Encoding, a coding other than
// chunked, a folded line, sizes that are no numbers.
class RequestParser {
 public:
  explicit RequestParser(const Limits& limits);
  ~RequestParser();

  // Makes ready for the next request.
  void begin();

  // Reads the head from the front of `octets`; nothing if it is not complete yet: then call again
  // with the same octets and more. Sets how many octets it was.
  Result<std::optional<ParsedHead>, Refusal> read_head(std::string_view octets, std::size_t& taken);

  // Once the head is read: no body may be longer.
  Result<void, Refusal> limit_body(std::uint64_t most);

  // Reads from the front of `octets` what belongs to the body and appends it to `body`, until that
  // has `enough` octets, or more are needed, or the body has ended. Says how many octets it took.
  Result<std::size_t, Refusal> read_body(std::string_view octets, std::string& body,
                                         std::size_t enough);

  // The head and the whole body were read.
  bool is_done() const;

 private:
  class Impl;
  const Limits& limits_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::http
