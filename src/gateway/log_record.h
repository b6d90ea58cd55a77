#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What happened to connections and requests, as a gateway tells it. Texts that clients chose are as
// they came, octet by octet, but cut where they are too long; nothing where a text is empty.
namespace everseal::gateway {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

struct Endpoint {
  std::string address = {};  // IPv6 without brackets
  std::uint16_t port = 0;

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// What came of the handshake of a connection.
enum class Handshake {
  None,     // plain HTTP
  Success,  // all others: it failed, or the connection was refused for its certificate
  MaxChainDepthExceeded,
  MaxSizeExceeded,
  CrlHit,
  CrlProcessingError,
  Untrusted,
  NotYetValid,
  Expired,
  TypeUnsupported,
  Invalid,
  PurposeInvalid,
  Rejected,
  Incompatible,
  Unmapped,  // everything else: no certificate, an alert, closed
};
inline constexpr std::size_t handshake_kinds = static_cast<std::size_t>(Handshake::Unmapped) + 1;

// In the words of a load balancer: "Success", "ClientCertCrlHit"; "-" for None.
constexpr std::string_view name_of(Handshake handshake) {
  switch (handshake) {
    case Handshake::None:
      return "-";
    case Handshake::Success:
      return "Success";
    case Handshake::MaxChainDepthExceeded:
      return "ClientCertMaxChainDepthExceeded";
    case Handshake::MaxSizeExceeded:
      return "ClientCertMaxSizeExceeded";
    case Handshake::CrlHit:
      return "ClientCertCrlHit";
    case Handshake::CrlProcessingError:
      return "ClientCertCrlProcessingError";
    case Handshake::Untrusted:
      return "ClientCertUntrusted";
    case Handshake::NotYetValid:
      return "ClientCertNotYetValid";
    case Handshake::Expired:
      return "ClientCertExpired";
    case Handshake::TypeUnsupported:
      return "ClientCertTypeUnsupported";
    case Handshake::Invalid:
      return "ClientCertInvalid";
    case Handshake::PurposeInvalid:
      return "ClientCertPurposeInvalid";
    case Handshake::Rejected:
      return "ClientCertRejected";
    case Handshake::Incompatible:
      return "ClientCertIncompatible";
    case Handshake::Unmapped:
      return "UnmappedConnectionError";
  }
  return "UnmappedConnectionError";
}

// A connection that was made, or was not. One that is refused later, as its certificate was revoked
// in the meantime, has a second one with the same id.
struct ConnectionRecord {
  Instant at{};                    // when the handshake was over, or had failed
  std::string load_balancer = {};  // ids of the gateway's State
  std::string listener = {};
  std::string id = {};  // 32 hexadecimal digits
  Endpoint client = {};
  Endpoint here = {};  // where the client connected to
  std::string tls_version = {};
  std::string tls_cipher = {};
  std::optional<std::chrono::milliseconds> handshake_time = {};  // of one that did not fail
  Handshake handshake = Handshake::None;
  std::string subject = {};        // of the client's certificate, RFC 2253
  std::string serial_number = {};  // upper case hexadecimal
  std::string not_before = {};     // "2025-01-02T03:04:05Z"
  std::string not_after = {};

  friend bool operator==(const ConnectionRecord&, const ConnectionRecord&) = default;
};

enum class Decision { None, Forward, Redirect, FixedResponse };

// A request that ended, or that could not be read as one.
struct RequestRecord {
  Instant began_at{};
  Instant ended_at{};
  std::string load_balancer = {};  // ids of the gateway's State
  std::string listener = {};
  std::string connection = {};  // its id
  bool is_malformed = false;    // it has no method, host, and so on
  bool client_left = false;     // before there was an answer
  Endpoint client = {};
  Endpoint here = {};
  std::string tls_version = {};  // empty: plain HTTP
  std::string tls_cipher = {};
  std::string server_name = {};  // that the client asked for, if a certificate was chosen by it
  std::string certificate = {};  // id of the one that the client was shown
  std::string method = {};
  std::string host = {};     // as in the request, with its port
  std::string path = {};     // with its query
  std::string version = {};  // "HTTP/1.1"
  std::string user_agent = {};
  std::string trace = {};        // X-Amzn-Trace-Id as targets see it
  std::optional<int> rule = {};  // its priority; 0: none fitted; nothing: none was asked
  Decision decision = Decision::None;
  std::string location = {};      // of a redirection
  std::string target_group = {};  // its id
  std::optional<Endpoint> target = {};
  // Until it was sent on; until the target's answer began; until that had ended.
  std::optional<std::chrono::milliseconds> request_time = {};
  std::optional<std::chrono::milliseconds> target_time = {};
  std::optional<std::chrono::milliseconds> response_time = {};
  std::optional<int> status = {};
  std::optional<int> target_status = {};
  std::uint64_t received_octets = 0;
  std::uint64_t sent_octets = 0;

  friend bool operator==(const RequestRecord&, const RequestRecord&) = default;
};

// Who hears of them.
class LogSink {
 public:
  virtual ~LogSink() = default;
  // By one thread, which nothing may hold up: while it waits, what happens is lost.
  virtual void take(ConnectionRecord record) = 0;
  virtual void take(RequestRecord record) = 0;
};

}  // namespace everseal::gateway
