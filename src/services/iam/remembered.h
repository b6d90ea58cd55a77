#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace everseal::iam {

// What was read from the database and has not changed since. Thread-safe; a look-up takes a shared
// lock. Holds a bounded number of values: when it is full, it begins anew.
template <class T>
class Remembered {
 public:
  explicit Remembered(std::size_t most) : most_(most) {}

  // Null: read it, and then tell `remember` what `age` said before.
  std::shared_ptr<const T> find(std::string_view key) const {
    const std::shared_lock lock(mutex_);
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : found->second;
  }

  // Grows with every `forget` and `forget_all`.
  std::uint64_t age() const {
    const std::shared_lock lock(mutex_);
    return age_;
  }

  // Not kept if something was forgotten meanwhile: the value may be what was there before.
  void remember(std::string_view key, std::shared_ptr<const T> value, std::uint64_t age_before) {
    const std::unique_lock lock(mutex_);
    if (age_ != age_before) return;
    if (values_.size() >= most_) values_.clear();
    values_.insert_or_assign(std::string(key), std::move(value));
  }

  void forget(std::string_view key) {
    const std::unique_lock lock(mutex_);
    ++age_;
    const auto found = values_.find(key);
    if (found != values_.end()) values_.erase(found);
  }

  void forget_all() {
    const std::unique_lock lock(mutex_);
    ++age_;
    values_.clear();
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  const std::size_t most_;
  mutable std::shared_mutex mutex_;
  // Both guarded by mutex_.
  std::unordered_map<std::string, std::shared_ptr<const T>, Hash, std::equal_to<>> values_;
  std::uint64_t age_ = 0;
};

}  // namespace everseal::iam
