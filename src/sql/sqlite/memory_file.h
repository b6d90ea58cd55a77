#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

// What MemoryVfs keeps of a file. Results are SQLite's codes.
namespace everseal::sql::sqlite {

// The octets of a file. Thread-safe.
class MemoryOctets {
 public:
  // False if the file ends before; the rest of `out` is then zero.
  bool read(std::uint8_t* out, std::size_t count, std::size_t offset) const;
  void write(const std::uint8_t* from, std::size_t count, std::size_t offset);
  void truncate(std::size_t size);
  std::size_t size() const;

 private:
  using Chunk = std::array<std::uint8_t, 65536>;
  mutable std::shared_mutex mutex_;
  std::vector<std::unique_ptr<Chunk>> chunks_;  // guarded by mutex_
  std::size_t size_ = 0;                        // guarded by mutex_
};

// The five levels of lock on a file (https://www.sqlite.org/lockingv3.html). Thread-safe.
class FileLocks {
 public:
  int raise(const void* holder, int held, int wanted, int& now);
  void lower(const void* holder, int held, int wanted);
  bool reserved() const;

 private:
  mutable std::mutex mutex_;
  int shared_ = 0;                  // guarded by mutex_, like all
  const void* writer_ = nullptr;    // has Reserved or more
  bool newcomers_refused_ = false;  // the writer has Pending or Exclusive
};

// The index of a write-ahead log that all connections share, and its eight locks. Thread-safe.
class SharedIndex {
 public:
  static constexpr int kLocks = 8;
  // What one connection holds: a bit for each lock.
  struct Held {
    unsigned shared = 0;
    unsigned exclusive = 0;
  };
  // Null if the region is not there and `extend` is false.
  volatile void* region(std::size_t number, std::size_t size, bool extend);
  int lock_shared(int first, Held& held);
  int lock_exclusive(int first, int count, Held& held);
  void unlock(int first, int count, Held& held);
  void drop_regions();
  // Who calls it after another thread did sees what that one wrote into the regions before.
  void barrier() { const std::scoped_lock lock(mutex_); }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<std::uint8_t[]>> regions_;  // guarded by mutex_
  std::array<int, kLocks> locks_{};  // guarded by mutex_: readers, or -1 for one writer
};

}  // namespace everseal::sql::sqlite
