#pragma once

#include <memory>
#include <string_view>

#include "keys/key_cache.h"
#include "keys/key_pool.h"
#include "keys/signing_key.h"
#include "keys/vault.h"

namespace everseal::keys {

// A new key: `handle` is what the owner's row keeps, and what open() needs. It reveals nothing:
// octets sealed by the vault, or the name of an object in a token.
struct StoredKey {
  Bytes handle;
  std::shared_ptr<const SigningKey> key;
};

// Where the keys of CAs live. `owner` says whose key it is (an ARN): a handle opens for its owner
// only, so that rows cannot be swapped. Thread-safe.
class KeyStore {
 public:
  virtual ~KeyStore() = default;
  virtual Result<StoredKey> generate(crypto::KeyAlgorithm algorithm, std::string_view owner) = 0;
  // Broken: the handle is damaged, belongs to another owner or was sealed under another master key.
  virtual Result<std::shared_ptr<const SigningKey>> open(ByteView handle,
                                                         std::string_view owner) = 0;
  // The owner has erased the handle: no opened key is kept any longer. Who holds one still may use
  // it.
  virtual void forget(ByteView handle, std::string_view owner) = 0;
};

// Keys in the database, sealed by the vault; new RSA keys come from the pool. open() keeps the
// `cache_size` keys used last, by owner and handle, ready for use.
class SealedKeyStore final : public KeyStore {
 public:
  static constexpr std::size_t default_cache_size = 1024;

  SealedKeyStore(const Vault& vault, KeyPool& pool, std::size_t cache_size = default_cache_size);
  Result<StoredKey> generate(crypto::KeyAlgorithm algorithm, std::string_view owner) override;
  Result<std::shared_ptr<const SigningKey>> open(ByteView handle, std::string_view owner) override;
  void forget(ByteView handle, std::string_view owner) override;

 private:
  const Vault& vault_;
  KeyPool& pool_;
  KeyCache cache_;
};

}  // namespace everseal::keys
