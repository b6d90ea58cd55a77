#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "descriptor/descriptor.h"
#include "gateway/listener.h"
#include "tls/context.h"

namespace everseal::bench {

// What a client proves itself with, and the one version it speaks. Sessions are not kept, and the
// server's certificate is not judged. Thread-safe.
class ClientContext {
 public:
  ClientContext(const tls::ServerIdentity& identity, gateway::TlsVersion version);
  SSL_CTX* handle() const { return context_.get(); }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
};

// One connection to 127.0.0.1 that waits for each answer, at most ten seconds.
class Connection {
 public:
  // With TLS 1.3 a client whose handshake is over may still be refused: only an answer tells.
  Connection(std::uint16_t port, const ClientContext& context);

  bool is_open() const { return open_; }
  bool say(std::string_view text);
  // The status of the next answer, with its body read; 0: there was none.
  int hear();
  int ask(std::string_view request) { return say(request) ? hear() : 0; }
  // Whether the other end has ended it; does not wait for that.
  bool has_ended();
  // The certificate of the other end, DER.
  Bytes peer() const;

 private:
  bool read_more();
  Descriptor socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
  bool open_ = false;
  std::string heard_;
};

inline constexpr std::string_view one_request = "GET / HTTP/1.1\r\nHost: edge\r\n\r\n";
inline constexpr std::string_view last_request =
    "GET / HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n\r\n";

struct Load {
  std::uint64_t answered = 0;
  std::uint64_t failed = 0;
  double seconds = 0;
};
// That many threads, each with one connection after the other, and one request on each.
Load new_connections(std::uint16_t port, const ClientContext& context, unsigned threads,
                     std::chrono::milliseconds length);
// That many threads with one connection each, and one request after the other on it.
Load kept_connections(std::uint16_t port, const ClientContext& context, unsigned threads,
                      std::chrono::milliseconds length);

}  // namespace everseal::bench
