#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <utility>

#include "tls/context.h"
#include "tls/handles.h"

namespace everseal::tls {
namespace {

// A name is checked as such and told to the server (SNI); an address only checked.
void expect_host(SSL* ssl, const std::string& host) {
  auto* expected = SSL_get0_param(ssl);
  if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1) return;
  ERR_clear_error();
  X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  crypto::require(SSL_set1_host(ssl, host.c_str()), "host name");
  // SSL_set_tlsext_host_name is a macro with a cast that we do not allow ourselves.
  std::string name = host;
  crypto::require(static_cast<int>(SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME,
                                            TLSEXT_NAMETYPE_host_name, name.data())),
                  "server name");
}

}  // namespace

class ClientContext::Impl {
 public:
  explicit Impl(SslContext context) : context_(std::move(context)) {}
  SSL_CTX* get() const { return context_.get(); }

 private:
  SslContext context_;
};

ClientContext::ClientContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ClientContext::~ClientContext() = default;

Result<std::shared_ptr<ClientContext>> ClientContext::create(
    const std::optional<std::filesystem::path>& ca_file) {
  return trusting(/*system=*/!ca_file, ca_file);
}

Result<std::shared_ptr<ClientContext>> ClientContext::create_beside_system(
    const std::optional<std::filesystem::path>& ca_file) {
  return trusting(/*system=*/true, ca_file);
}

Result<std::shared_ptr<ClientContext>> ClientContext::trusting(
    bool system, const std::optional<std::filesystem::path>& ca_file) {
  const crypto::QuietErrors quiet;
  auto context = make_context(TLS_client_method());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (system && SSL_CTX_set_default_verify_paths(context.get()) != 1) {
    return Fault::malformed(crypto::explained("trusted certificates: of this system"));
  }
  if (ca_file && SSL_CTX_load_verify_file(context.get(), ca_file->c_str()) != 1) {
    return Fault::malformed(crypto::explained("trusted certificates: " + ca_file->string()));
  }
  auto impl = std::make_unique<Impl>(std::move(context));
  return std::shared_ptr<ClientContext>(new ClientContext(std::move(impl)));
}

std::unique_ptr<Channel> ClientContext::connect(const std::string& host) const {
  Ssl ssl{crypto::required(SSL_new(impl_->get()), "SSL_new")};
  SSL_set_connect_state(ssl.get());
  expect_host(ssl.get(), host);
  return make_channel(std::move(ssl));
}

}  // namespace everseal::tls
