#include "crypto/public_key.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <vector>

#include "crypto/curves.h"
#include "crypto/message_digests.h"
#include "crypto/openssl.h"
#include "crypto/p256/ifma.h"
#include "crypto/p256/joint_verifier.h"
#include "crypto/p256_claim.h"
#include "crypto/rsa_spki.h"

namespace everseal::crypto {
namespace {

// Threads meet here that do not know of one another: it changes when they are answered, never what.
p256::JointVerifier& verifier_of_all_threads() {
  static p256::JointVerifier verifier(p256::ifma_is_usable() ? p256::proven_by_ifma : nullptr);
  return verifier;
}

// A key whose point can be replaced, and a context that verifies with it. To make them takes 9 us,
// to give a P-256 key another point takes 2 us.
struct CurveVerifier {
  Pkey key;
  PkeyContext context;
  Bytes point;  // of the key; empty if it has none yet, or is of another kind
};

Pkey curve_parameters(const Curve& curve) {
  const PkeyContext context(required(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), "EC"));
  require(EVP_PKEY_paramgen_init(context.get()), "EC parameters");
  require(EVP_PKEY_CTX_set_group_name(context.get(), curve.group), "EC parameters");
  EVP_PKEY* parameters = nullptr;
  require(EVP_PKEY_paramgen(context.get(), &parameters), "EC parameters");
  return Pkey(parameters);
}

std::size_t index_of(const Curve& curve) {
  return static_cast<std::size_t>(curve.algorithm) - static_cast<std::size_t>(KeyAlgorithm::P256);
}

Pkey new_key(const Curve& curve) {
  static const std::array parameters{curve_parameters(curve_of(KeyAlgorithm::P256)),
                                     curve_parameters(curve_of(KeyAlgorithm::P384)),
                                     curve_parameters(curve_of(KeyAlgorithm::P521))};
  return Pkey(required(EVP_PKEY_dup(parameters[index_of(curve)].get()), "EC key"));
}

// Verifiers that their keys left behind, for the next key of this thread. No key may outlive
// main(): it would return its verifier to a thread that is gone.
std::vector<CurveVerifier>& idle_verifiers(const Curve& curve) {
  thread_local std::array<std::vector<CurveVerifier>, 3> idle;
  return idle[index_of(curve)];
}

constexpr std::size_t most_idle_verifiers = 4;

// The one that has the point already, if there is: whoever verified a CSR lints its key next.
CurveVerifier take_verifier(const Curve& curve, ByteView point) {
  auto& idle = idle_verifiers(curve);
  if (idle.empty()) return {new_key(curve), nullptr, {}};
  const auto has_point = [&](const CurveVerifier& one) {
    return std::ranges::equal(one.point, point);
  };
  auto chosen = std::ranges::find_if(idle, has_point);
  if (chosen == idle.end()) --chosen;
  CurveVerifier taken = std::move(*chosen);
  idle.erase(chosen);
  return taken;
}

void leave_verifier(const Curve& curve, CurveVerifier verifier) {
  auto& idle = idle_verifiers(curve);
  if (idle.size() < most_idle_verifiers) idle.push_back(std::move(verifier));
}

PkeyContext verifying_context(EVP_PKEY* key) {
  PkeyContext context(required(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), "verify"));
  require(EVP_PKEY_verify_init(context.get()), "verify");
  return context;
}

Result<CurveVerifier> verifier_of(const CurvePoint& named) {
  CurveVerifier verifier = take_verifier(*named.curve, named.point);
  if (std::ranges::equal(verifier.point, named.point)) return verifier;
  if (EVP_PKEY_set1_encoded_public_key(verifier.key.get(), named.point.data(),
                                       named.point.size()) != 1) {
    return Fault::malformed(explained("public key is not a point on its curve"));
  }
  verifier.point = to_bytes(named.point);
  if (!verifier.context) verifier.context = verifying_context(verifier.key.get());
  return verifier;
}

using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using BigNumber = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;

BigNumber big_number(ByteView octets) {
  return BigNumber(
      required(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr), "RSA key"));
}

Result<Pkey> rsa_key(const RsaNumbers& numbers) {
  const BigNumber modulus = big_number(numbers.modulus);
  const BigNumber exponent = big_number(numbers.exponent);
  const ParamBuilder builder(required(OSSL_PARAM_BLD_new(), "RSA key"));
  require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()), "RSA key");
  require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()), "RSA key");
  const Params params(required(OSSL_PARAM_BLD_to_param(builder.get()), "RSA key"));
  const PkeyContext context(required(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), "RSA"));
  require(EVP_PKEY_fromdata_init(context.get()), "RSA key");
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return Fault::malformed(explained("RSA key"));
  }
  return Pkey(key);
}

}  // namespace

struct PublicKey::State {
  KeyAlgorithm algorithm;
  CurveVerifier verifier;  // an RSA key has one too, which nobody uses after it

  State(KeyAlgorithm which, CurveVerifier made) : algorithm(which), verifier(std::move(made)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (family_of(algorithm) == KeyFamily::Ec) {
      leave_verifier(curve_of(algorithm), std::move(verifier));
    }
  }

  bool verify_alone(const EVP_MD* md, ByteView digest, ByteView signature) const;
};

PublicKey::PublicKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
PublicKey::PublicKey(PublicKey&&) noexcept = default;
PublicKey& PublicKey::operator=(PublicKey&&) noexcept = default;
PublicKey::~PublicKey() = default;

Result<PublicKey> PublicKey::from_spki(ByteView der) {
  const QuietErrors quiet;
  if (const auto named = read_curve_spki(der)) {
    auto verifier = verifier_of(*named);
    if (!verifier) return std::move(verifier).error();
    return PublicKey(std::make_unique<State>(named->curve->algorithm, *std::move(verifier)));
  }
  const auto numbers = read_rsa_spki(der);
  if (!numbers) return numbers.error();
  auto key = rsa_key(*numbers);
  if (!key) return std::move(key).error();
  PkeyContext context = verifying_context(key->get());
  return PublicKey(std::make_unique<State>(numbers->algorithm,
                                           CurveVerifier{*std::move(key), std::move(context), {}}));
}

KeyAlgorithm PublicKey::algorithm() const { return state_->algorithm; }

bool PublicKey::State::verify_alone(const EVP_MD* md, ByteView digest, ByteView signature) const {
  const QuietErrors quiet;
  const PkeyContext context(required(EVP_PKEY_CTX_dup(verifier.context.get()), "verify"));
  if (family_of(algorithm) == KeyFamily::Rsa) {
    require(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING), "verify");
    require(EVP_PKEY_CTX_set_signature_md(context.get(), md), "verify");
  }
  return EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(),
                         digest.size()) == 1;
}

bool PublicKey::verify(SignatureAlgorithm algorithm, ByteView message, ByteView signature) const {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> hash;
  unsigned int length = 0;
  const EVP_MD* md = message_digest(digest_of(algorithm));
  require(EVP_Digest(message.data(), message.size(), hash.data(), &length, md, nullptr), "digest");
  return verify_digest(algorithm, ByteView(hash).first(length), signature);
}

bool PublicKey::verify_digest(SignatureAlgorithm algorithm, ByteView digest,
                              ByteView signature) const {
  if (family_of(algorithm) != family_of(state_->algorithm)) return false;
  const EVP_MD* md = message_digest(digest_of(algorithm));
  if (digest.size() != static_cast<std::size_t>(EVP_MD_get_size(md))) return false;
  const auto alone = [&] { return state_->verify_alone(md, digest, signature); };
  if (state_->algorithm != KeyAlgorithm::P256) return alone();
  const auto claim = p256_claim(state_->verifier.point, digest, signature);
  return claim ? verifier_of_all_threads().verify(*claim, alone) : alone();
}

}  // namespace everseal::crypto
