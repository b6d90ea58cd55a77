#include "crypto/private_key.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <optional>
#include <string>

#include "crypto/curves.h"
#include "crypto/message_digests.h"
#include "crypto/openssl.h"

namespace everseal::crypto {
namespace {

using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeWith<PKCS8_PRIV_KEY_INFO_free>>;

constexpr std::array digests{DigestAlgorithm::Sha256, DigestAlgorithm::Sha384,
                             DigestAlgorithm::Sha512};

// Initialised once for each digest and then only copied: a copy takes 0.4 us, a new one 3 us.
using Signers = std::array<PkeyContext, digests.size()>;

PkeyContext signer(EVP_PKEY* key, KeyFamily family, DigestAlgorithm digest) {
  PkeyContext context(required(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), "sign"));
  require(EVP_PKEY_sign_init(context.get()), "sign");
  if (family == KeyFamily::Rsa) {
    require(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING), "sign");
    require(EVP_PKEY_CTX_set_signature_md(context.get(), message_digest(digest)), "sign");
  }
  return context;
}

std::string group_of(EVP_PKEY* key) {
  std::array<char, 64> name{};
  std::size_t length = 0;
  int is_explicit = 0;
  EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit);
  if (is_explicit != 0 || EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) != 1) {
    return {};
  }
  return {name.data(), length};
}

std::optional<KeyAlgorithm> curve_named(const std::string& group) {
  if (group == "prime256v1") return KeyAlgorithm::P256;
  if (group == "secp384r1") return KeyAlgorithm::P384;
  if (group == "secp521r1") return KeyAlgorithm::P521;
  return std::nullopt;
}

std::optional<KeyAlgorithm> rsa_of(int bits) {
  if (bits == 1024) return KeyAlgorithm::Rsa1024;
  if (bits == 2048) return KeyAlgorithm::Rsa2048;
  if (bits == 3072) return KeyAlgorithm::Rsa3072;
  if (bits == 4096) return KeyAlgorithm::Rsa4096;
  return std::nullopt;
}

std::optional<KeyAlgorithm> algorithm_of(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) return rsa_of(EVP_PKEY_get_bits(key));
  if (EVP_PKEY_is_a(key, "EC") == 1) return curve_named(group_of(key));
  return std::nullopt;
}

Bytes curve_spki(EVP_PKEY* key, KeyAlgorithm algorithm) {
  // The parameter "pub" would follow the form of point that the key was read in.
  const Curve& curve = curve_of(algorithm);
  require(EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                         OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED),
          "public key");
  Bytes point(1 + 2 * curve.coordinate_octets);
  std::size_t length = 0;
  require(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(),
                                          &length),
          "public key");
  return write_curve_spki(curve, point);
}

Bytes rsa_spki(EVP_PKEY* key) {
  const int length = i2d_PUBKEY(key, nullptr);
  if (length <= 0) throw std::runtime_error(explained("public key"));
  Bytes der(static_cast<std::size_t>(length));
  unsigned char* out = der.data();
  i2d_PUBKEY(key, &out);
  return der;
}

Bytes spki_of(EVP_PKEY* key, KeyAlgorithm algorithm) {
  return family_of(algorithm) == KeyFamily::Rsa ? rsa_spki(key) : curve_spki(key, algorithm);
}

int bits_of(KeyAlgorithm algorithm) {
  if (algorithm == KeyAlgorithm::Rsa2048) return 2048;
  return algorithm == KeyAlgorithm::Rsa3072 ? 3072 : 4096;
}

// OpenSSL calls it between candidates for a prime; 0 ends the search.
int go_on(EVP_PKEY_CTX* context) {
  const auto* stop = static_cast<const std::stop_token*>(EVP_PKEY_CTX_get_app_data(context));
  return stop->stop_requested() ? 0 : 1;
}

PkeyContext generator(KeyAlgorithm algorithm) {
  const bool rsa = family_of(algorithm) == KeyFamily::Rsa;
  const char* name = rsa ? "RSA" : "EC";
  PkeyContext context(required(EVP_PKEY_CTX_new_from_name(nullptr, name, nullptr), "key"));
  require(EVP_PKEY_keygen_init(context.get()), "key");
  if (rsa) {
    require(EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits_of(algorithm)), "key");
  } else {
    require(EVP_PKEY_CTX_set_group_name(context.get(), curve_of(algorithm).group), "key");
  }
  return context;
}

Result<std::size_t> sign_hash(EVP_PKEY_CTX* context, ByteView hash, Bytes& signature) {
  std::size_t length = signature.size();
  if (EVP_PKEY_sign(context, signature.data(), &length, hash.data(), hash.size()) != 1) {
    return Fault::broken(explained("sign"));
  }
  return length;
}

}  // namespace

struct PrivateKey::State {
  State(Pkey made, KeyAlgorithm which)
      : key(std::move(made)), algorithm(which), public_key_info(spki_of(key.get(), which)) {
    for (const DigestAlgorithm digest : digests) {
      signers[static_cast<std::size_t>(digest)] = signer(key.get(), family_of(which), digest);
    }
    longest_signature = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
  }

  Pkey key;
  KeyAlgorithm algorithm;
  Bytes public_key_info;
  Signers signers;
  std::size_t longest_signature;
};

PrivateKey::PrivateKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

Result<PrivateKey> PrivateKey::generate(KeyAlgorithm algorithm, std::stop_token stop) {
  const QuietErrors quiet;
  if (algorithm == KeyAlgorithm::Rsa1024) {
    return Fault::malformed("RSA keys of 1024 bits are too weak to be made");
  }
  const PkeyContext context = generator(algorithm);
  EVP_PKEY_CTX_set_app_data(context.get(), &stop);
  EVP_PKEY_CTX_set_cb(context.get(), go_on);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_generate(context.get(), &key) != 1) {
    if (stop.stop_requested()) return Fault::unavailable("stopped while making a key");
    return Fault::broken(explained("making a key"));
  }
  return PrivateKey(std::make_unique<State>(Pkey(key), algorithm));
}

Result<PrivateKey> PrivateKey::from_pkcs8(ByteView der) {
  const QuietErrors quiet;
  const unsigned char* at = der.data();
  const Pkcs8 info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  if (!info || at != der.data() + der.size()) {
    return Fault::malformed(explained("private key is not PKCS #8"));
  }
  Pkey key(EVP_PKCS82PKEY(info.get()));
  if (!key) return Fault::malformed(explained("private key"));
  const auto algorithm = algorithm_of(key.get());
  if (!algorithm) return Fault::malformed("private key of an unsupported kind or size");
  return PrivateKey(std::make_unique<State>(std::move(key), *algorithm));
}

SecretBytes PrivateKey::to_pkcs8() const {
  const QuietErrors quiet;
  const Pkcs8 info(required(EVP_PKEY2PKCS8(state_->key.get()), "PKCS #8"));
  const int length = i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr);
  if (length <= 0) throw std::runtime_error(explained("PKCS #8"));
  Bytes der(static_cast<std::size_t>(length));
  unsigned char* out = der.data();
  i2d_PKCS8_PRIV_KEY_INFO(info.get(), &out);
  return SecretBytes(std::move(der));
}

KeyAlgorithm PrivateKey::algorithm() const { return state_->algorithm; }
const Bytes& PrivateKey::public_key_info() const { return state_->public_key_info; }

Result<Bytes> PrivateKey::sign(SignatureAlgorithm algorithm, ByteView message) const {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> hash;
  unsigned int hash_octets = 0;
  require(EVP_Digest(message.data(), message.size(), hash.data(), &hash_octets,
                     message_digest(digest_of(algorithm)), nullptr),
          "digest");
  return sign_digest(algorithm, ByteView(hash).first(hash_octets));
}

Result<Bytes> PrivateKey::sign_digest(SignatureAlgorithm algorithm, ByteView digest) const {
  if (family_of(algorithm) != family_of(state_->algorithm)) {
    return Fault::malformed("the signature algorithm does not suit the key");
  }
  const DigestAlgorithm kind = digest_of(algorithm);
  if (digest.size() != static_cast<std::size_t>(EVP_MD_get_size(message_digest(kind)))) {
    return Fault::malformed("the digest is not of the signature algorithm");
  }
  const QuietErrors quiet;
  const PkeyContext context(
      required(EVP_PKEY_CTX_dup(state_->signers[static_cast<std::size_t>(kind)].get()), "sign"));
  Bytes signature(state_->longest_signature);
  const auto length = sign_hash(context.get(), digest, signature);
  if (!length) return length.error();
  signature.resize(*length);
  return signature;
}

}  // namespace everseal::crypto
