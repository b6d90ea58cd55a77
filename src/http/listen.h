#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::http {

// Whether a listener takes requests without TLS.
enum class PlainHttp {
  OnLoopback,  // only if its address is one of this machine's loopback; else 400 says to use https
  Anywhere,    // for CRLs and OCSP answers, which are served in the clear on purpose
};

// Where to listen. The first octet of a connection tells TLS from plain HTTP.
struct Listen {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, without brackets
  std::uint16_t port = 0;             // 0: the system chooses; see Server::listening
  PlainHttp plain = PlainHttp::OnLoopback;

  // "127.0.0.1:4566", "[::1]:4566", "localhost:0" (which is 127.0.0.1). Malformed: anything else.
  static Result<Listen> parse(std::string_view text);
  std::string text() const;  // as above
  bool is_loopback() const;
  bool takes_plain_http() const { return plain == PlainHttp::Anywhere || is_loopback(); }
};

}  // namespace everseal::http
