#pragma once

#include "crypto/algorithms.h"
#include "crypto/private_key.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::keys {

// A key that signs, wherever it lives. Thread-safe.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  virtual crypto::KeyAlgorithm algorithm() const = 0;
  // SubjectPublicKeyInfo, DER.
  virtual const Bytes& public_key_info() const = 0;
  // Malformed: an algorithm of the other family. Unavailable: the device that holds the key is.
  virtual Result<Bytes> sign(crypto::SignatureAlgorithm algorithm, ByteView message) const = 0;
  // Signs what was hashed elsewhere, with the digest of the algorithm. Malformed also: a digest of
  // another length.
  virtual Result<Bytes> sign_digest(crypto::SignatureAlgorithm algorithm,
                                    ByteView digest) const = 0;
};

// A key in this process's memory.
class MemoryKey final : public SigningKey {
 public:
  explicit MemoryKey(crypto::PrivateKey key) : key_(std::move(key)) {}
  crypto::KeyAlgorithm algorithm() const override { return key_.algorithm(); }
  const Bytes& public_key_info() const override { return key_.public_key_info(); }
  Result<Bytes> sign(crypto::SignatureAlgorithm algorithm, ByteView message) const override {
    return key_.sign(algorithm, message);
  }
  Result<Bytes> sign_digest(crypto::SignatureAlgorithm algorithm, ByteView digest) const override {
    return key_.sign_digest(algorithm, digest);
  }

 private:
  crypto::PrivateKey key_;
};

}  // namespace everseal::keys
