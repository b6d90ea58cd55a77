#include "keys/key_cache.h"

#include <utility>

namespace everseal::keys {

Result<KeyCache::Key> KeyCache::get(std::string_view id, const std::function<Result<Key>()>& open) {
  if (Key kept = find(id)) return kept;
  auto opened = open();
  if (opened) put(id, *opened);
  return opened;
}

KeyCache::Key KeyCache::find(std::string_view id) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return entries_.front().key;
}

void KeyCache::put(std::string_view id, Key key) {
  Key dropped;  // ends after the lock: wiping a key takes its time
  const std::scoped_lock lock(mutex_);
  if (const auto found = by_id_.find(id); found != by_id_.end()) {
    dropped = std::exchange(found->second->key, std::move(key));
    return;
  }
  if (capacity_ == 0) return;
  if (entries_.size() == capacity_) {
    by_id_.erase(entries_.back().id);
    dropped = std::move(entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({std::string(id), std::move(key)});
  by_id_.emplace(entries_.front().id, entries_.begin());
}

void KeyCache::drop(std::string_view id) {
  Key dropped;  // ends after the lock, as above
  const std::scoped_lock lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  const auto entry = found->second;
  dropped = std::move(entry->key);
  by_id_.erase(found);
  entries_.erase(entry);
}

std::size_t KeyCache::size() const {
  const std::scoped_lock lock(mutex_);
  return entries_.size();
}

}  // namespace everseal::keys
