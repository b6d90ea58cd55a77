#include "aws/sigv4/derived_keys.h"

#include <iterator>
#include <utility>

namespace everseal::aws::sigv4 {

crypto::Sha256Digest derive_key(const SecretBytes& secret, const Scope& scope) {
  constexpr std::string_view prefix = "AWS4";
  Bytes seed(prefix.begin(), prefix.end());
  seed.reserve(prefix.size() + secret.size());
  seed.insert(seed.end(), secret.reveal().begin(), secret.reveal().end());
  const SecretBytes wiped{std::move(seed)};
  auto key = crypto::hmac_sha256(wiped.reveal(), scope.date);
  for (const std::string_view step :
       {std::string_view(scope.region), std::string_view(scope.service),
        std::string_view("aws4_request")}) {
    auto next = crypto::hmac_sha256(key, step);
    std::swap(key, next);
    wipe(next);
  }
  return key;
}

DerivedKeys::Entry::Entry(std::string entry_name, std::uint64_t of_version,
                          const crypto::Sha256Digest& derived)
    : name(std::move(entry_name)), version(of_version), key(derived) {}

crypto::Sha256Digest DerivedKeys::find(std::string_view access_key_id, std::uint64_t version,
                                       const Scope& scope, const SecretBytes& secret) {
  // No part of it holds a slash: it was split there.
  std::string name{access_key_id};
  name.append("/").append(scope.date).append("/").append(scope.region);
  name.append("/").append(scope.service);
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_name_.find(name);
    if (found != by_name_.end() && found->second->version == version) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->key;
    }
  }
  const auto key = derive_key(secret, scope);
  keep(std::move(name), version, key);
  return key;
}

void DerivedKeys::keep(std::string name, std::uint64_t version, const crypto::Sha256Digest& key) {
  const std::lock_guard lock(mutex_);
  if (const auto old = by_name_.find(name); old != by_name_.end()) forget(old->second);
  while (!entries_.empty() && entries_.size() >= most_) forget(std::prev(entries_.end()));
  entries_.emplace_front(std::move(name), version, key);
  by_name_.emplace(entries_.front().name, entries_.begin());
}

void DerivedKeys::forget(Entries::iterator entry) {
  by_name_.erase(entry->name);
  entries_.erase(entry);
}

std::size_t DerivedKeys::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace everseal::aws::sigv4
