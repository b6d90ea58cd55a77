#pragma once

#include <memory>
#include <stop_token>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::crypto {

// A key pair. A const one may sign from many threads at once.
class PrivateKey {
 public:
  // Takes about 0.1 ms for a curve, but 50 ms to seconds for RSA. Malformed: Rsa1024. Unavailable:
  // somebody asked to stop, which the search for primes heeds within milliseconds.
  static Result<PrivateKey> generate(KeyAlgorithm algorithm, std::stop_token stop = {});

  // PrivateKeyInfo (RFC 5208), DER, unencrypted. Malformed: anything else, or a key that
  // KeyAlgorithm has no name for.
  static Result<PrivateKey> from_pkcs8(ByteView der);

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey();

  SecretBytes to_pkcs8() const;
  KeyAlgorithm algorithm() const;

  // SubjectPublicKeyInfo, DER; curve points are uncompressed.
  const Bytes& public_key_info() const;

  // Hashes the message and signs the hash. Malformed: an algorithm of the other family.
  Result<Bytes> sign(SignatureAlgorithm algorithm, ByteView message) const;
  // Signs what was hashed elsewhere, with the digest of the algorithm (RunningDigest). Malformed
  // also: a digest of another length.
  Result<Bytes> sign_digest(SignatureAlgorithm algorithm, ByteView digest) const;

 private:
  struct State;
  explicit PrivateKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace everseal::crypto
