#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "result/result.h"

// A line of HAProxy's about a request or a connection, as log_format.h has it written.
namespace everseal::gateway::haproxy {

// Each stands in the line as "name=value", in this order; "-" or nothing: there is no value.
enum class Word {
  At,           // microseconds since 1970: when the line was written
  Accepted,     // milliseconds since 1970: the connection, or the request if it is not the first
  Front,        // names of listener ...
  Id,           // of the connection
  Client,       // "192.0.2.1:4711"
  Here,         // where it connected to
  Version,      // of TLS
  Cipher,       //
  HandshakeMs,  //
  Refused,      // what the gateway itself refused it for: "revoked", "depth"
  Status,       // of HTTP, as the client got it; -1 or 0: none
  State,        // HAProxy's two letters for how it ended
  FcErr,        // of connections: HAProxy's and OpenSSL's errors
  HsErr,
  CErr,
  CaErr,
  TargetStatus,  // of requests, to `Target`
  Received,      // octets
  Sent,
  Times,   // "TR/Tw/Tc/Tr/Td/Ta" in milliseconds, -1 for what did not come to pass
  Back,    // name of the target group; that of the listener: none
  Target,  // "192.0.2.1:80"
  Rule,    // the priority of the one that fitted
  Own,     // digest of our certificate: see LogNames
  New,     // "1": this is the connection's first line, or the one that refuses it
  Sni,     // from here on percent-encoded, as clients chose it
  Method,  // but for this and
  Http,    // this
  Trace,
  Host,
  Agent,
  Location,
  Uri,        // with #XX
  Serial,     // hexadecimal
  NotBefore,  // "250102030405Z"
  NotAfter,
  Subject,
  Count
};

struct LogLine {
  bool is_request = false;
  std::array<std::string_view, static_cast<std::size_t>(Word::Count)> words{};  // of the line

  // Nothing where the line has none.
  std::string_view operator[](Word word) const {
    const auto value = words[static_cast<std::size_t>(word)];
    return value == "-" ? std::string_view() : value;
  }
};

// Malformed: HAProxy says something else, such as that it begins or ends.
Result<LogLine> parse_log_line(std::string_view line);

// What stands in `word` in place of octets that it may not have: %XX, or #XX in an address. What
// cannot be is left as it is.
std::string decoded(std::string_view word, char mark = '%');

}  // namespace everseal::gateway::haproxy
