#include "tls/channel.h"

#include <openssl/bio.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <utility>

#include "tls/handles.h"

namespace everseal::tls {
namespace {

using crypto::QuietErrors;

constexpr std::size_t kRecord = 16 * 1024;

class MemoryChannel final : public Channel {
 public:
  explicit MemoryChannel(Ssl ssl) : ssl_(std::move(ssl)) {
    BIO* in = crypto::required(BIO_new(BIO_s_mem()), "BIO_new");
    BIO* out = crypto::required(BIO_new(BIO_s_mem()), "BIO_new");
    BIO_set_mem_eof_return(in, -1);
    SSL_set_bio(ssl_.get(), in, out);  // takes both over
  }

  Outcome start() override { return shake_hands(); }

  Outcome receive(ByteView from_network, std::string& plain) override {
    const QuietErrors quiet;
    while (!from_network.empty()) {
      const auto piece = from_network.first(std::min(from_network.size(), kRecord));
      const int taken =
          BIO_write(SSL_get_rbio(ssl_.get()), piece.data(), static_cast<int>(piece.size()));
      if (taken <= 0) return Fault::broken(crypto::explained("BIO_write"));
      from_network = from_network.subspan(static_cast<std::size_t>(taken));
      if (const auto done = advance(plain); !done) return done;
    }
    return {};
  }

  Outcome send(ByteView plain) override {
    if (!is_established()) {
      waiting_.insert(waiting_.end(), plain.begin(), plain.end());
      return {};
    }
    return encrypt(plain);
  }

  void close() override {
    const QuietErrors quiet;
    if (is_established()) SSL_shutdown(ssl_.get());
  }

  bool take_outgoing(std::string& to_network) override {
    BIO* out = SSL_get_wbio(ssl_.get());
    const auto pending = BIO_ctrl_pending(out);
    if (pending == 0) return false;
    const auto before = to_network.size();
    to_network.resize(before + pending);
    const int taken = BIO_read(out, to_network.data() + before, static_cast<int>(pending));
    to_network.resize(before + static_cast<std::size_t>(std::max(taken, 0)));
    return taken > 0;
  }

  bool is_established() const override { return SSL_is_init_finished(ssl_.get()) == 1; }
  bool is_closed_by_peer() const override {
    return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }

  Bytes peer_certificate() const override {
    const X509* certificate = SSL_get0_peer_certificate(ssl_.get());
    if (certificate == nullptr) return {};
    Bytes der(static_cast<std::size_t>(std::max(i2d_X509(certificate, nullptr), 0)));
    auto* end = der.data();
    i2d_X509(certificate, &end);
    return der;
  }

  std::string protocol() const override { return SSL_get_version(ssl_.get()); }

 private:
  // As far as the octets reach: the handshake first, then what was said.
  Outcome advance(std::string& plain) {
    if (!is_established()) {
      if (const auto done = shake_hands(); !done || !is_established()) return done;
    }
    return decrypt(plain);
  }

  Outcome shake_hands() {
    const QuietErrors quiet;
    const int outcome = SSL_do_handshake(ssl_.get());
    if (outcome == 1) {
      const auto held = std::exchange(waiting_, {});
      return encrypt(held);
    }
    if (SSL_get_error(ssl_.get(), outcome) == SSL_ERROR_WANT_READ) return {};
    return handshake_fault();
  }

  Fault handshake_fault() const {
    const auto verdict = SSL_get_verify_result(ssl_.get());
    if (verdict == X509_V_OK) return Fault::malformed(crypto::explained("TLS handshake"));
    return Fault::malformed(std::string("TLS handshake: the certificate of the peer: ") +
                            X509_verify_cert_error_string(verdict));
  }

  Outcome decrypt(std::string& plain) {
    const QuietErrors quiet;
    std::array<char, kRecord>
        piece;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
    for (;;) {
      const int read = SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size()));
      if (read <= 0) return after_reading(read);
      plain.append(piece.data(), static_cast<std::size_t>(read));
    }
  }

  Outcome after_reading(int read) const {
    const int error = SSL_get_error(ssl_.get(), read);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_ZERO_RETURN) return {};
    return Fault::malformed(crypto::explained("TLS"));
  }

  Outcome encrypt(ByteView plain) {
    const QuietErrors quiet;
    while (!plain.empty()) {
      std::size_t written = 0;
      if (SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written) != 1) {
        return Fault::malformed(crypto::explained("TLS"));
      }
      plain = plain.subspan(written);
    }
    return {};
  }

  Ssl ssl_;
  Bytes waiting_;  // to be sent once the handshake is done
};

}  // namespace

std::unique_ptr<Channel> make_channel(Ssl ssl) {
  return std::make_unique<MemoryChannel>(std::move(ssl));
}

}  // namespace everseal::tls
