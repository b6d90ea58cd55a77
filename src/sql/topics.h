#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sql/database.h"

namespace everseal::sql {

// Who listens to what within one process: for the engines. Thread-safe.
class Topics {
 public:
  Subscription listen(std::string_view topic, std::function<void(std::int64_t)> hear);
  bool anybody_listens() const { return count_.load(std::memory_order_relaxed) > 0; }
  void tell(std::string_view topic, std::int64_t number);

 private:
  struct Listener {
    std::string topic;
    std::function<void(std::int64_t)> hear;
  };
  std::vector<std::shared_ptr<const Listener>> listeners_of(std::string_view topic);

  std::mutex mutex_;
  std::vector<std::weak_ptr<const Listener>> listeners_;  // guarded by mutex_
  std::atomic<std::size_t> count_{0};                     // of listeners_, ended ones included
};

}  // namespace everseal::sql
