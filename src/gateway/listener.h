#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/rule.h"

namespace everseal::gateway {

enum class TlsVersion { Tls10, Tls11, Tls12, Tls13 };

// In the words of OpenSSL, names joined by ':'. Below TLS 1.2, OpenSSL's security level is 0.
struct TlsPolicy {
  TlsVersion least = TlsVersion::Tls12;
  TlsVersion most = TlsVersion::Tls13;
  std::string ciphers =  // of TLS 1.2 and before
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
      "ECDHE-RSA-AES256-GCM-SHA384";
  std::string cipher_suites =  // of TLS 1.3
      "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

  friend bool operator==(const TlsPolicy&, const TlsPolicy&) = default;
};

enum class MutualTlsMode {
  Off,          // clients are not asked for a certificate
  Passthrough,  // asked, but nothing is judged: the target gets the chain
  Verify,       // who has none that leads to the trust store does not get in
};

// What the target is told of a client's certificate, under which names. Whatever the mode, a client
// cannot send these itself: not under these names, nor under the original ones.
struct MutualTlsHeaders {
  std::string chain = "X-Amzn-Mtls-Clientcert";                        // Passthrough
  std::string serial_number = "X-Amzn-Mtls-Clientcert-Serial-Number";  // all others: Verify
  std::string issuer = "X-Amzn-Mtls-Clientcert-Issuer";
  std::string subject = "X-Amzn-Mtls-Clientcert-Subject";
  std::string validity = "X-Amzn-Mtls-Clientcert-Validity";
  std::string leaf = "X-Amzn-Mtls-Clientcert-Leaf";

  friend bool operator==(const MutualTlsHeaders&, const MutualTlsHeaders&) = default;
};

// Sessions are never resumed, so that each connection is judged anew. A chain has at most four
// certificates as it is sent.
struct MutualTls {
  MutualTlsMode mode = MutualTlsMode::Off;
  std::string trust_store = {};  // Verify: its id
  // Of the client's certificate and of the intermediates it sends; what has expired of the store
  // itself must not be in its bundle.
  bool ignore_expiry = false;
  // Clients are told the names of the store's CAs, to choose a certificate by.
  bool advertise_names = false;
  MutualTlsHeaders headers = {};

  friend bool operator==(const MutualTls&, const MutualTls&) = default;
};

// What the target is told of the connection where load balancers tell it. No client can send these.
struct TlsHeaders {
  std::string version = "X-Amzn-Tls-Version";
  std::string cipher_suite = "X-Amzn-Tls-Cipher-Suite";

  friend bool operator==(const TlsHeaders&, const TlsHeaders&) = default;
};

struct Tls {
  std::string certificate = {};        // id of the one for clients that name no known server
  std::vector<std::string> more = {};  // ids; chosen by the names that stand in them
  TlsPolicy policy = {};
  MutualTls mutual = {};
  TlsHeaders headers = {};

  friend bool operator==(const Tls&, const Tls&) = default;
};

struct ResponseHeader {
  std::string name;
  std::string value;  // 1 to 1024 octets, no control characters

  friend bool operator==(const ResponseHeader&, const ResponseHeader&) = default;
};

struct Listener {
  std::string id = {};                // at most 512 printable octets
  std::string address = "127.0.0.1";  // IPv4 or IPv6 without brackets, or "*"
  std::uint16_t port = 0;             // from 1
  std::optional<Tls> tls = {};        // nothing: plain HTTP
  std::vector<Rule> rules = {};       // in any order
  Action otherwise = FixedResponse{.status = 503};
  // Of each response, instead of what the target says under that name.
  std::vector<ResponseHeader> response_headers = {};
  bool server_header = true;  // the gateway's own, of responses that no target gave

  friend bool operator==(const Listener&, const Listener&) = default;
};

}  // namespace everseal::gateway
