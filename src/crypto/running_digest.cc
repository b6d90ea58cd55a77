#include "crypto/running_digest.h"

#include "crypto/message_digests.h"
#include "crypto/openssl.h"

namespace everseal::crypto {
namespace {

using Md = std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>>;

Md fetch(const char* name) { return Md(required(EVP_MD_fetch(nullptr, name, nullptr), name)); }

const EVP_MD* digest_named(RunningDigest::Algorithm algorithm) {
  static const Md md5 = fetch("MD5");
  static const Md sha1 = fetch("SHA1");
  switch (algorithm) {
    case RunningDigest::Algorithm::Md5:
      return md5.get();
    case RunningDigest::Algorithm::Sha1:
      return sha1.get();
    case RunningDigest::Algorithm::Sha256:
      return message_digest(DigestAlgorithm::Sha256);
    case RunningDigest::Algorithm::Sha384:
      return message_digest(DigestAlgorithm::Sha384);
    case RunningDigest::Algorithm::Sha512:
      return message_digest(DigestAlgorithm::Sha512);
  }
  throw std::logic_error("a digest without a name");
}

RunningDigest::Algorithm running(DigestAlgorithm algorithm) {
  if (algorithm == DigestAlgorithm::Sha256) return RunningDigest::Algorithm::Sha256;
  return algorithm == DigestAlgorithm::Sha384 ? RunningDigest::Algorithm::Sha384
                                              : RunningDigest::Algorithm::Sha512;
}

}  // namespace

struct RunningDigest::State {
  Digester context{required(EVP_MD_CTX_new(), "digest")};
};

RunningDigest::RunningDigest(Algorithm algorithm) : state_(std::make_unique<State>()) {
  require(EVP_DigestInit_ex2(state_->context.get(), digest_named(algorithm), nullptr), "digest");
}
RunningDigest::RunningDigest(DigestAlgorithm algorithm) : RunningDigest(running(algorithm)) {}
RunningDigest::RunningDigest(RunningDigest&&) noexcept = default;
RunningDigest& RunningDigest::operator=(RunningDigest&&) noexcept = default;
RunningDigest::~RunningDigest() = default;

void RunningDigest::update(ByteView octets) {
  require(EVP_DigestUpdate(state_->context.get(), octets.data(), octets.size()), "digest");
}

Bytes RunningDigest::finish() {
  Bytes digest(EVP_MAX_MD_SIZE);
  unsigned length = 0;
  require(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length), "digest");
  digest.resize(length);
  return digest;
}

}  // namespace everseal::crypto
