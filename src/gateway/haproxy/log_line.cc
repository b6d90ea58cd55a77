#include "gateway/haproxy/log_line.h"

#include <algorithm>
#include <string>

#include "encoding/hex.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr auto count = static_cast<std::size_t>(Word::Count);

constexpr std::array<std::string_view, count> names = {
    "at",        "accepted",     "front",         "id",       "client", "here",   "version",
    "cipher",    "handshake_ms", "refused",       "status",   "state",  "fc_err", "hs_err",
    "c_err",     "ca_err",       "target_status", "received", "sent",   "times",  "back",
    "target",    "rule",         "own",           "new",      "sni",    "method", "http",
    "trace",     "host",         "agent",         "location", "uri",    "serial", "not_before",
    "not_after", "subject"};

// Where `name` stands among the names; first looked for from `at` on, where it usually is.
std::size_t place_of(std::string_view name, std::size_t at) {
  for (std::size_t tried = 0; tried < count; ++tried) {
    const auto place = (at + tried) % count;
    if (names[place] == name) return place;
  }
  return count;
}

}  // namespace

Result<LogLine> parse_log_line(std::string_view line) {
  constexpr std::string_view request = "request ";
  constexpr std::string_view connection = "connection ";
  LogLine read{.is_request = line.starts_with(request)};
  if (!read.is_request && !line.starts_with(connection)) {
    return Fault::malformed("not a line about a request or a connection");
  }
  line.remove_prefix(read.is_request ? request.size() : connection.size());
  if (line.ends_with('\n')) line.remove_suffix(1);
  std::size_t next = 0;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    const auto word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) continue;
    const auto place = place_of(word.substr(0, equals), next);
    if (place == count || !read.words[place].empty()) continue;
    read.words[place] = word.substr(equals + 1);
    next = place + 1;
  }
  return read;
}

std::string decoded(std::string_view word, char mark) {
  std::string text;
  text.reserve(word.size());
  for (std::size_t at = 0; at < word.size(); ++at) {
    const bool is_marked = word[at] == mark && word.size() - at > 2;
    const int high = is_marked ? encoding::hex_value(word[at + 1]) : -1;
    const int low = is_marked ? encoding::hex_value(word[at + 2]) : -1;
    if (high < 0 || low < 0) {
      text.push_back(word[at]);
      continue;
    }
    text.push_back(static_cast<char>(high * 16 + low));
    at += 2;
  }
  return text;
}

}  // namespace everseal::gateway::haproxy
