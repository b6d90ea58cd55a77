#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <array>
#include <atomic>
#include <string_view>
#include <utility>

#include "tls/context.h"
#include "tls/handles.h"

namespace everseal::tls {
namespace {

using crypto::explained;
using Certificate = std::unique_ptr<X509, crypto::FreeWith<X509_free>>;
using KeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, crypto::FreeWith<PKCS8_PRIV_KEY_INFO_free>>;

// Forward secret and authenticated only; TLS 1.3 has no others.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* kGroups = "X25519:P-256:P-384";
constexpr std::string_view kProtocol = "\x08http/1.1";

// The application protocol: clients that name some must name ours.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void*) {
  unsigned char* found = nullptr;
  const auto ours = as_bytes(kProtocol);
  const int outcome = SSL_select_next_proto(
      &found, length, ours.data(), static_cast<unsigned int>(ours.size()), offered, offered_length);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Result<Certificate> read_certificate(ByteView der) {
  const auto* at = der.data();
  Certificate certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
  if (!certificate || at != der.data() + der.size()) {
    return Fault::malformed(explained("a certificate of the server's chain"));
  }
  return certificate;
}

Result<crypto::Pkey> read_key(const SecretBytes& pkcs8) {
  const auto* at = pkcs8.reveal().data();
  const KeyInfo info{d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(pkcs8.size()))};
  crypto::Pkey key{info ? EVP_PKCS82PKEY(info.get()) : nullptr};
  if (!key) return Fault::malformed(explained("the server's private key"));
  return key;
}

SslContext make_server_context() {
  auto context = make_context(TLS_server_method());
  auto* raw = context.get();
  crypto::require(SSL_CTX_set_cipher_list(raw, kCiphers), "cipher list");
  crypto::require(static_cast<int>(SSL_CTX_set1_groups_list(raw, kGroups)), "groups");
  SSL_CTX_set_options(raw, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(raw, 0);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  return context;
}

Result<SslContext> build(const ServerIdentity& identity) {
  const crypto::QuietErrors quiet;
  if (identity.chain.empty()) return Fault::malformed("the server has no certificate");
  auto context = make_server_context();
  const auto leaf = read_certificate(identity.chain.front());
  if (!leaf) return leaf.error();
  if (SSL_CTX_use_certificate(context.get(), leaf->get()) != 1) {
    return Fault::malformed(explained("the server's certificate"));
  }
  for (const auto& der : std::span(identity.chain).subspan(1)) {
    const auto issuer = read_certificate(der);
    if (!issuer) return issuer.error();
    crypto::require(static_cast<int>(SSL_CTX_add1_chain_cert(context.get(), issuer->get())),
                    "chain");
  }
  const auto key = read_key(identity.private_key);
  if (!key) return key.error();
  if (SSL_CTX_use_PrivateKey(context.get(), key->get()) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return Fault::malformed(explained("the server's private key does not fit its certificate"));
  }
  return context;
}

}  // namespace

SslContext make_context(const SSL_METHOD* method) {
  SslContext context{crypto::required(SSL_CTX_new(method), "SSL_CTX_new")};
  crypto::require(static_cast<int>(SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION)),
                  "TLS 1.2");
  SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);  // idle connections cost little
  return context;
}

class ServerContext::Impl {
 public:
  explicit Impl(SslContext context) { publish(std::move(context)); }

  void publish(SslContext context) { current_.store(std::shared_ptr<SSL_CTX>(std::move(context))); }
  std::shared_ptr<SSL_CTX> current() const { return current_.load(); }

 private:
  std::atomic<std::shared_ptr<SSL_CTX>> current_;
};

ServerContext::ServerContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ServerContext::~ServerContext() = default;

Result<std::shared_ptr<ServerContext>> ServerContext::create(const ServerIdentity& identity) {
  auto context = build(identity);
  if (!context) return context.error();
  auto impl = std::make_unique<Impl>(*std::move(context));
  return std::shared_ptr<ServerContext>(new ServerContext(std::move(impl)));
}

Outcome ServerContext::replace(const ServerIdentity& identity) {
  auto context = build(identity);
  if (!context) return context.error();
  impl_->publish(*std::move(context));
  return {};
}

std::unique_ptr<Channel> ServerContext::accept() const {
  Ssl ssl{crypto::required(SSL_new(impl_->current().get()), "SSL_new")};
  SSL_set_accept_state(ssl.get());
  return make_channel(std::move(ssl));
}

}  // namespace everseal::tls
