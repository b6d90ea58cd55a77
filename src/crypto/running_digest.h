#pragma once

#include <memory>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"

namespace everseal::crypto {

// A digest of what comes piece by piece, for protocols that name one. MD5 and SHA-1 find damage;
// they protect nothing.
class RunningDigest {
 public:
  enum class Algorithm { Md5, Sha1, Sha256, Sha384, Sha512 };
  explicit RunningDigest(Algorithm algorithm);
  // The digest of a signature: see PrivateKey::sign_digest.
  explicit RunningDigest(DigestAlgorithm algorithm);
  RunningDigest(RunningDigest&&) noexcept;
  RunningDigest& operator=(RunningDigest&&) noexcept;
  ~RunningDigest();

  void update(ByteView octets);
  // Of all so far; afterwards there is no more.
  Bytes finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace everseal::crypto
