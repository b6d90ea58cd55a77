#pragma once

#include <memory>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::crypto {

// What verifies signatures. A const one may be used by many threads at once.
class PublicKey {
 public:
  // SubjectPublicKeyInfo, DER (RFC 5280, 4.1.2.7): rsaEncryption (RFC 3279, 2.3.1) or a named curve
  // (RFC 5480), the point uncompressed or compressed. Malformed: any other form or key, a point
  // that is not on the curve, an RSA exponent that is even or has more than 64 bits.
  static Result<PublicKey> from_spki(ByteView der);

  PublicKey(PublicKey&&) noexcept;
  PublicKey& operator=(PublicKey&&) noexcept;
  ~PublicKey();

  KeyAlgorithm algorithm() const;

  // Whether the owner of this key signed the message. An algorithm of the other family never did.
  bool verify(SignatureAlgorithm algorithm, ByteView message, ByteView signature) const;
  // The same of a message that was hashed elsewhere, with the digest of the algorithm.
  bool verify_digest(SignatureAlgorithm algorithm, ByteView digest, ByteView signature) const;

 private:
  struct State;
  explicit PublicKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace everseal::crypto
