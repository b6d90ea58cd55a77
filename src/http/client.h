#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/address_rule.h"
#include "http/message.h"
#include "result/result.h"

namespace everseal::tls {
class ClientContext;
}

namespace everseal::http {

// Where a server is: "https://pki.example.internal:8443/base". What follows the host is kept.
struct Url {
  bool secure = false;
  std::string host;  // a name or an address, without brackets
  std::uint16_t port = 0;
  std::string path;  // "/base", or empty

  // Malformed: another scheme than http and https, no host, a port that is none, user information.
  static Result<Url> parse(std::string_view text);
  // What the Host header must be: without a port that is the scheme's own.
  std::string host_header() const;
};

struct ClientOptions {
  std::optional<std::filesystem::path> ca_file;  // PEM; nothing: what this system trusts
  std::chrono::milliseconds timeout{30'000};     // for a connection, and for a whole answer
  std::size_t most_bytes = 64 * 1024 * 1024;     // of an answer
  std::shared_ptr<tls::ClientContext> tls{};     // shared by many clients, in place of `ca_file`
  AddressRule may_reach{};                       // nothing: every address
  // False: an answer is one when its head is complete. Its body is what came with that, and unless
  // that is all, the connection ends.
  bool needs_body = true;
};

// A plain HTTP/1.1 client for one server: one connection, one request at a time, kept alive. For
// subcommands and tests. Not thread-safe.
class Client {
 public:
  // Malformed: the CA file. Connects with the first request.
  static Result<std::unique_ptr<Client>> create(Url url, const ClientOptions& options);
  virtual ~Client() = default;

  // Sends a request and waits for its answer. Host and Content-Length are added if they are not
  // there. Unavailable: no connection, or no answer in time. Malformed: the answer is no HTTP,
  // the server's certificate is not trusted, or the head has a line break in it, and nothing is
  // sent. A request is never sent twice.
  virtual Result<Response> send(const RequestHead& head, std::string_view body) = 0;
  // The same with a body of that length, which is pulled piece by piece; each piece, and then the
  // answer, has the whole time. A server that answers before it has taken all is heard. What `body`
  // fails with ends it.
  virtual Result<Response> send(const RequestHead& head, BodySource& body,
                                std::uint64_t length) = 0;

  virtual const Url& url() const = 0;
};

}  // namespace everseal::http
