#include "crypto/digest.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include "crypto/message_digests.h"
#include "crypto/openssl.h"

namespace everseal::crypto {
namespace {

using Md = std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>>;
using Mac = std::unique_ptr<EVP_MAC, FreeWith<EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeWith<EVP_MAC_CTX_free>>;

Md fetch(const char* name) { return Md(required(EVP_MD_fetch(nullptr, name, nullptr), name)); }

const EVP_MD* sha1_digest() {
  static const Md md = fetch("SHA1");
  return md.get();
}

// With a context that the thread keeps: making one takes longer than hashing a short text.
template <class Digest>
Digest digest_of(const EVP_MD* md, ByteView octets) {
  thread_local const Digester context{required(EVP_MD_CTX_new(), "digest")};
  Digest digest;
  require(EVP_DigestInit_ex2(context.get(), md, nullptr), "digest");
  require(EVP_DigestUpdate(context.get(), octets.data(), octets.size()), "digest");
  require(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr), "digest");
  return digest;
}

// An HMAC that knows its digest and waits for a key.
MacContext keyless_hmac(const char* digest_name) {
  const Mac mac(required(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "HMAC"));
  MacContext context(required(EVP_MAC_CTX_new(mac.get()), "HMAC"));
  std::string name(digest_name);
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), name.size()),
      OSSL_PARAM_construct_end()};
  require(EVP_MAC_CTX_set_params(context.get(), params), "HMAC");
  return context;
}

template <class Digest>
Digest hmac(const EVP_MAC_CTX* keyless, ByteView key, ByteView octets) {
  const MacContext context(required(EVP_MAC_CTX_dup(keyless), "HMAC"));
  // OpenSSL takes a null key for "the key set before".
  static constexpr std::uint8_t nothing = 0;
  const std::uint8_t* start = key.empty() ? &nothing : key.data();
  Digest digest;
  std::size_t length = 0;
  require(EVP_MAC_init(context.get(), start, key.size(), nullptr), "HMAC");
  require(EVP_MAC_update(context.get(), octets.data(), octets.size()), "HMAC");
  require(EVP_MAC_final(context.get(), digest.data(), &length, digest.size()), "HMAC");
  return digest;
}

}  // namespace

const EVP_MD* message_digest(DigestAlgorithm algorithm) {
  static const Md sha256_md = fetch("SHA256");
  static const Md sha384_md = fetch("SHA384");
  static const Md sha512_md = fetch("SHA512");
  if (algorithm == DigestAlgorithm::Sha256) return sha256_md.get();
  return algorithm == DigestAlgorithm::Sha384 ? sha384_md.get() : sha512_md.get();
}

Sha1Digest sha1(ByteView octets) { return digest_of<Sha1Digest>(sha1_digest(), octets); }

Sha256Digest sha256(ByteView octets) {
  return digest_of<Sha256Digest>(message_digest(DigestAlgorithm::Sha256), octets);
}

Sha384Digest sha384(ByteView octets) {
  return digest_of<Sha384Digest>(message_digest(DigestAlgorithm::Sha384), octets);
}

Sha512Digest sha512(ByteView octets) {
  return digest_of<Sha512Digest>(message_digest(DigestAlgorithm::Sha512), octets);
}

struct Sha256::State {
  Digester context{required(EVP_MD_CTX_new(), "SHA-256")};
  void begin() {
    require(EVP_DigestInit_ex2(context.get(), message_digest(DigestAlgorithm::Sha256), nullptr),
            "SHA-256");
  }
};

Sha256::Sha256() : state_(std::make_unique<State>()) { state_->begin(); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

Sha256& Sha256::update(ByteView octets) {
  require(EVP_DigestUpdate(state_->context.get(), octets.data(), octets.size()), "SHA-256");
  return *this;
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  require(EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr), "SHA-256");
  state_->begin();
  return digest;
}

Sha256Digest hmac_sha256(ByteView key, ByteView octets) {
  static const MacContext keyless = keyless_hmac("SHA256");
  return hmac<Sha256Digest>(keyless.get(), key, octets);
}

Sha1Digest hmac_sha1(ByteView key, ByteView octets) {
  static const MacContext keyless = keyless_hmac("SHA1");
  return hmac<Sha1Digest>(keyless.get(), key, octets);
}

}  // namespace everseal::crypto
