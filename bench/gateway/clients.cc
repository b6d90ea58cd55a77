#include "clients.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <atomic>
#include <charconv>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "clock/clock.h"
#include "encoding/ascii.h"
#include "need.h"

namespace everseal::bench {
namespace {

using gateway::TlsVersion;

X509* certificate_of(const Bytes& der) {
  const auto* at = der.data();
  return d2i_X509(nullptr, &at, static_cast<long>(der.size()));
}

Descriptor connected(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{10, 0};
  const int on = 1;
  setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return {};
  }
  return socket;
}

// Of an answer's head; 0: it does not say.
std::size_t content_length(std::string_view head) {
  constexpr std::string_view name = "\r\ncontent-length: ";
  const auto lower = encoding::lower_case(head);
  const auto at = lower.find(name);
  std::size_t length = 0;
  if (at == std::string::npos) return 0;
  std::from_chars(lower.data() + at + name.size(), lower.data() + lower.size(), length);
  return length;
}

// Whether one piece of work went well.
using Work = std::function<bool()>;

// In each thread the same again and again. `begin` makes what a thread does.
Load repeated(unsigned threads, std::chrono::milliseconds length,
              const std::function<Work()>& begin) {
  Load all;
  std::mutex mutex;
  const Stopwatch watch;
  {
    std::vector<std::jthread> running;
    for (unsigned count = 0; count < threads; ++count) {
      running.emplace_back([&] {
        const auto work = begin();
        Load own;
        while (watch.elapsed() < length) ++(work() ? own.answered : own.failed);
        const std::lock_guard lock(mutex);
        all.answered += own.answered;
        all.failed += own.failed;
      });
    }
  }
  all.seconds = static_cast<double>(watch.elapsed().count()) / 1e6;
  return all;
}

}  // namespace

ClientContext::ClientContext(const tls::ServerIdentity& identity, TlsVersion version)
    : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
  signal(SIGPIPE, SIG_IGN);  // a connection that was cut says so by itself
  auto* context = context_.get();
  const int number = version == TlsVersion::Tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
  SSL_CTX_set_min_proto_version(context, number);
  SSL_CTX_set_max_proto_version(context, number);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_AUTO_RETRY);
  for (std::size_t at = 0; at < identity.chain.size(); ++at) {
    auto* certificate = certificate_of(identity.chain[at]);
    if (at > 0) {
      SSL_CTX_add0_chain_cert(context, certificate);
    } else {
      SSL_CTX_use_certificate(context, certificate);
      X509_free(certificate);
    }
  }
  const auto pkcs8 = identity.private_key.reveal();
  const auto* at = pkcs8.data();
  auto* key = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(pkcs8.size()));
  SSL_CTX_use_PrivateKey(context, key);
  EVP_PKEY_free(key);
  if (SSL_CTX_check_private_key(context) != 1) give_up("a client's key does not fit");
}

Connection::Connection(std::uint16_t port, const ClientContext& context)
    : socket_(connected(port)), tls_(SSL_new(context.handle()), SSL_free) {
  if (!socket_.is_open()) return;
  SSL_set_fd(tls_.get(), socket_.number());
  open_ = SSL_connect(tls_.get()) == 1;
  ERR_clear_error();
}

bool Connection::say(std::string_view text) {
  open_ = open_ && SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())) > 0;
  ERR_clear_error();
  return open_;
}

bool Connection::read_more() {
  std::array<char, 4096> portion{};
  const int count =
      open_ ? SSL_read(tls_.get(), portion.data(), static_cast<int>(portion.size())) : 0;
  ERR_clear_error();
  open_ = count > 0;
  if (open_) heard_.append(portion.data(), static_cast<std::size_t>(count));
  return open_;
}

int Connection::hear() {
  constexpr std::string_view end = "\r\n\r\n";
  std::size_t head = 0;
  while ((head = heard_.find(end)) == std::string::npos) {
    if (!read_more()) return 0;
  }
  const auto whole = head + end.size() + content_length(std::string_view(heard_).substr(0, head));
  while (heard_.size() < whole) {
    if (!read_more()) return 0;
  }
  int status = 0;
  constexpr std::size_t before = 9;  // "HTTP/1.1 "
  std::from_chars(heard_.data() + before, heard_.data() + before + 3, status);
  heard_.erase(0, whole);
  return status;
}

bool Connection::has_ended() {
  const int flags = fcntl(socket_.number(), F_GETFL);
  fcntl(socket_.number(), F_SETFL, flags | O_NONBLOCK);
  char octet = 0;
  const int count = open_ ? SSL_read(tls_.get(), &octet, 1) : 0;
  if (count > 0) {
    heard_ += octet;
  } else {
    open_ = open_ && SSL_get_error(tls_.get(), count) == SSL_ERROR_WANT_READ;
  }
  ERR_clear_error();
  fcntl(socket_.number(), F_SETFL, flags);
  return !open_;
}

Bytes Connection::peer() const {
  const auto* certificate = SSL_get0_peer_certificate(tls_.get());
  if (certificate == nullptr) return {};
  Bytes der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
  auto* end = der.data();
  i2d_X509(certificate, &end);
  return der;
}

Load new_connections(std::uint16_t port, const ClientContext& context, unsigned threads,
                     std::chrono::milliseconds length) {
  return repeated(threads, length, [&]() -> Work {
    return [&] { return Connection(port, context).ask(last_request) == 200; };
  });
}

Load kept_connections(std::uint16_t port, const ClientContext& context, unsigned threads,
                      std::chrono::milliseconds length) {
  return repeated(threads, length, [&]() -> Work {
    const auto connection = std::make_shared<Connection>(port, context);
    return [connection] { return connection->ask(one_request) == 200; };
  });
}

}  // namespace everseal::bench
