#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/bytes.h"
#include "result/result.h"
#include "secret/secret.h"
#include "tls/channel.h"

namespace everseal::tls {

// What a server proves itself with.
struct ServerIdentity {
  std::vector<Bytes>
      chain;  // DER: the server's certificate first, then up; the root may be left out
  SecretBytes private_key;  // PKCS#8 DER, not encrypted
};

// TLS 1.2 and 1.3 with forward-secret AEAD ciphers, ALPN "http/1.1". Sessions are not resumed:
// there is no ticket key to protect or to rotate, and a new identity counts from the next handshake
// on. Thread-safe.
class ServerContext {
 public:
  // Malformed: no certificate, bytes that are none, a key that does not fit the first certificate.
  static Result<std::shared_ptr<ServerContext>> create(const ServerIdentity& identity);
  ~ServerContext();

  // From now on connections are accepted with this identity; those that stand keep theirs. After an
  // error the old one stays.
  Outcome replace(const ServerIdentity& identity);

  // The server's end of a new connection.
  std::unique_ptr<Channel> accept() const;

 private:
  class Impl;
  explicit ServerContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// TLS 1.2 and 1.3 as a client that checks the server's chain and name. Thread-safe.
class ClientContext {
 public:
  // Trusts the certificates of that PEM file, or the system's if there is none.
  // Malformed: the file cannot be read or has no certificate.
  static Result<std::shared_ptr<ClientContext>> create(
      const std::optional<std::filesystem::path>& ca_file);
  // The same, but trusts the system's as well as those of the file.
  static Result<std::shared_ptr<ClientContext>> create_beside_system(
      const std::optional<std::filesystem::path>& ca_file);
  ~ClientContext();

  // The client's end of a new connection to that host: a name or an IP address.
  std::unique_ptr<Channel> connect(const std::string& host) const;

 private:
  class Impl;
  explicit ClientContext(std::unique_ptr<Impl> impl);
  static Result<std::shared_ptr<ClientContext>> trusting(
      bool system, const std::optional<std::filesystem::path>& ca_file);
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::tls
