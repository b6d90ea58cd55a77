#include "keys/key_store.h"

#include <string>
#include <utility>

namespace everseal::keys {
namespace {

std::string context_of(std::string_view owner) { return "signing key of " + std::string(owner); }

// The handle is part of it, so that a replaced key is never answered by the one before.
std::string cache_id(ByteView handle, std::string_view owner) {
  std::string id(owner);
  id.push_back('\0');
  id.append(as_text(handle));
  return id;
}

}  // namespace

SealedKeyStore::SealedKeyStore(const Vault& vault, KeyPool& pool, std::size_t cache_size)
    : vault_(vault), pool_(pool), cache_(cache_size) {}

Result<StoredKey> SealedKeyStore::generate(crypto::KeyAlgorithm algorithm, std::string_view owner) {
  auto made = pool_.take(algorithm);
  if (!made) return std::move(made).error();
  auto handle = vault_.seal(made->to_pkcs8(), context_of(owner));
  if (!handle) return std::move(handle).error();
  auto key = std::make_shared<const MemoryKey>(*std::move(made));
  cache_.put(cache_id(*handle, owner), key);
  return StoredKey{*std::move(handle), std::move(key)};
}

Result<std::shared_ptr<const SigningKey>> SealedKeyStore::open(ByteView handle,
                                                               std::string_view owner) {
  using Key = std::shared_ptr<const SigningKey>;
  return cache_.get(cache_id(handle, owner), [&]() -> Result<Key> {
    const auto pkcs8 = vault_.open(handle, context_of(owner));
    if (!pkcs8) return pkcs8.error();
    auto key = crypto::PrivateKey::from_pkcs8(pkcs8->reveal());
    if (!key) return Fault::broken("sealed key is none: " + key.error().cause);
    return Key(std::make_shared<const MemoryKey>(*std::move(key)));
  });
}

void SealedKeyStore::forget(ByteView handle, std::string_view owner) {
  cache_.drop(cache_id(handle, owner));
}

}  // namespace everseal::keys
