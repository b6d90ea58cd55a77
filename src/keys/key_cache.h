#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "keys/signing_key.h"
#include "result/result.h"

namespace everseal::keys {

// The opened keys used last, by an id of their owner's choice. Thread-safe; two threads that miss
// at once both open the key, and one of the two is kept.
class KeyCache {
 public:
  using Key = std::shared_ptr<const SigningKey>;

  explicit KeyCache(std::size_t capacity) : capacity_(capacity) {}

  // The kept key, or the one that `open` makes; a failure is not kept.
  Result<Key> get(std::string_view id, const std::function<Result<Key>()>& open);
  void put(std::string_view id, Key key);
  void drop(std::string_view id);
  std::size_t size() const;

 private:
  struct Entry {
    std::string id;
    Key key;
  };
  using Entries = std::list<Entry>;

  Key find(std::string_view id);

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  Entries entries_;  // guarded by mutex_; newest first
  std::unordered_map<std::string_view, Entries::iterator> by_id_;  // guarded by mutex_
};

}  // namespace everseal::keys
