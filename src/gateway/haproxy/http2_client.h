#pragma once

#include "gateway/haproxy/test_clients.h"

// For the tests of this folder.
namespace everseal::gateway::haproxy {

// HTTP/2 by hand (RFC 9113): what a client says on a connection of `openssl s_client`.
class Http2 {
 public:
  Http2(std::uint16_t port, std::vector<std::string> words)
      : connection_(port, with_alpn(std::move(words))) {
    connection_.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(settings, 0, 0, ""));
  }

  void get(std::uint8_t stream, std::string_view path) {
    connection_.say(frame(headers, end_stream | end_headers, stream, fields('\x82', path)));
  }
  // The first half of one.
  void begin_post(std::uint8_t stream, std::string_view path) {
    connection_.say(frame(headers, end_headers, stream, fields('\x83', path)) +
                    frame(data, 0, stream, "ab"));
  }
  void end_post(std::uint8_t stream) { connection_.say(frame(data, end_stream, stream, "cd")); }

  bool hears(std::string_view text) {
    return connection_.hear_until(text).find(text) != std::string::npos;
  }
  // Of a request for `path` of a TestTarget: "200", "alert 48", or "closed": the connection, or the
  // stream alone.
  std::string outcome(std::uint8_t stream, std::string_view path) {
    const auto answer = "target: GET " + std::string(path);
    const auto heard = connection_.hear_until(answer, head_of_reset(stream));
    return heard.ends_with(answer) ? "200" : outcome_in(heard);
  }
  // Or that the connection ends.
  void hear_reset(std::uint8_t stream) { connection_.hear_until(head_of_reset(stream)); }

 private:
  static constexpr std::uint8_t data = 0, headers = 1, reset = 3, settings = 4;
  static constexpr std::uint8_t end_stream = 1, end_headers = 4;
  static constexpr std::size_t frame_head = 9;

  static std::vector<std::string> with_alpn(std::vector<std::string> words) {
    words.insert(words.end(), {"-alpn", "h2"});
    return words;
  }
  static std::string head_of_reset(std::uint8_t stream) {
    return frame(reset, 0, stream, "1234").substr(0, frame_head);
  }
  // All are shorter than 256 octets.
  static std::string frame(std::uint8_t type, std::uint8_t flags, std::uint8_t stream,
                           std::string_view payload) {
    std::string text(frame_head, '\0');
    text[2] = static_cast<char>(payload.size());
    text[3] = static_cast<char>(type);
    text[4] = static_cast<char>(flags);
    text[8] = static_cast<char>(stream);
    return text.append(payload);
  }
  // HPACK without a table of its own (RFC 7541, 6.1 and 6.2.2): method, https, path, authority.
  static std::string fields(char method, std::string_view path) {
    std::string text{method, '\x87', '\x04', static_cast<char>(path.size())};
    return text.append(path).append(
        "\x01\x04"
        "edge");
  }

  Connection connection_;
};

}  // namespace everseal::gateway::haproxy
