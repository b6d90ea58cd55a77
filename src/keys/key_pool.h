#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "crypto/private_key.h"
#include "log/log.h"
#include "result/result.h"

namespace everseal::keys {

// RSA keys made ahead of time, so that nobody waits for primes. One thread of its own makes them
// when the machine has nothing else to do (SCHED_IDLE) and sleeps when every shelf is full. Keys
// are kept in memory only, and handed out once. Thread-safe; ending it cancels the key in the
// making.
class KeyPool {
 public:
  // How many keys to keep ready; 0 makes none ahead. Curves need no shelf.
  struct Options {
    std::size_t rsa_2048 = 32;
    std::size_t rsa_3072 = 4;
    std::size_t rsa_4096 = 4;
    // After a key that could not be made, before the next is tried.
    std::chrono::milliseconds pause_after_failure = std::chrono::minutes{1};
  };
  using Generate = std::function<Result<crypto::PrivateKey>(crypto::KeyAlgorithm algorithm,
                                                            const std::stop_token& stop)>;

  KeyPool(Options options, Log& log);
  KeyPool(Options options, Log& log, Generate generate);  // which tests choose
  ~KeyPool();
  KeyPool(const KeyPool&) = delete;
  KeyPool& operator=(const KeyPool&) = delete;

  // A ready key, or one generated now on the caller's thread. Malformed: Rsa1024. Unavailable: the
  // program stops, see give_up().
  Result<crypto::PrivateKey> take(crypto::KeyAlgorithm algorithm);

  // The program stops: gives up the keys in the making, which takes milliseconds, and makes no
  // more.
  void give_up();

  // How many keys are ready.
  std::size_t ready(crypto::KeyAlgorithm algorithm) const;

  // Returns when every shelf is full. For tests and benchmarks.
  void wait_until_full();

 private:
  struct Shelf {
    std::size_t wanted = 0;
    std::deque<crypto::PrivateKey> keys;
  };

  void pause(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);
  static std::map<crypto::KeyAlgorithm, Shelf> empty_shelves(const Options& options);
  void fill(const std::stop_token& stop);
  // The smallest keys of which one is missing: they are asked for most, and made fastest.
  std::optional<crypto::KeyAlgorithm> most_wanted() const;

  Log& log_;
  const Generate generate_;
  const std::chrono::milliseconds pause_after_failure_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::stop_source given_up_;
  std::map<crypto::KeyAlgorithm, Shelf> shelves_;  // guarded by mutex_
  std::jthread filler_;                            // last: it uses all of the above
};

}  // namespace everseal::keys
