#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "descriptor/descriptor.h"
#include "result/result.h"
#include "services/lambda/sandbox/attempts.h"
#include "services/lambda/sandbox/refusal.h"

namespace everseal::lambda::sandbox {

// Looks at what the processes of all sandboxes are about to do, in one thread, and tells what they
// are kept from. Each waits for it meanwhile. Thread-safe.
class Watch {
 public:
  Watch();
  // Nobody may be watched any more.
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Watches who asks on that descriptor until what this returns ends; by then all of its processes
  // must have. Unavailable: too many files are open.
  Result<std::shared_ptr<void>> add(Descriptor asks, Bounds bounds, TellRefusal tell);

 private:
  struct Watched {
    Descriptor asks;
    Bounds bounds;
    TellRefusal tell;
  };
  void run();
  std::shared_ptr<const Watched> watched(std::uint64_t id);
  void remove(std::uint64_t id);
  static void answer(const Watched& watched);

  Descriptor ready_;  // epoll's
  Descriptor ends_;   // readable once it ends
  std::mutex mutex_;
  std::uint64_t last_id_ = 0;                                        // guarded by mutex_
  std::map<std::uint64_t, std::shared_ptr<const Watched>> watched_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace everseal::lambda::sandbox
