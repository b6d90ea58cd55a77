#include "crypto/running_digest.h"

#include "crypto/openssl.h"

namespace everseal::crypto {
namespace {

using Md = std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>>;

Md fetch(const char* name) { return Md(required(EVP_MD_fetch(nullptr, name, nullptr), name)); }

const EVP_MD* digest_named(RunningDigest::Algorithm algorithm) {
  static const Md md5 = fetch("MD5");
  static const Md sha1 = fetch("SHA1");
  static const Md sha256 = fetch("SHA256");
  if (algorithm == RunningDigest::Algorithm::Md5) return md5.get();
  return algorithm == RunningDigest::Algorithm::Sha1 ? sha1.get() : sha256.get();
}

}  // namespace

struct RunningDigest::State {
  Digester context{required(EVP_MD_CTX_new(), "digest")};
};

RunningDigest::RunningDigest(Algorithm algorithm) : state_(std::make_unique<State>()) {
  require(EVP_DigestInit_ex2(state_->context.get(), digest_named(algorithm), nullptr), "digest");
}
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
