#pragma once

#include <cstdint>
#include <memory>
#include <string>

// For tests: what a disk can do to a database.
namespace everseal::sql::sqlite {

// The system's files, which fail when told to. A step is whatever can fail on a disk: a write, a
// sync, a truncation, an opening, a removal. The connections end before it does. Thread-safe.
class FaultyVfs {
 public:
  enum class Failure { DiskFull, Error };

  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  const std::string& name() const;  // for Options::vfs
  std::uint64_t steps() const;      // so far

  // The step with this number, counted from now (0: the next), fails; the others do not.
  void fail_once(std::uint64_t step, Failure failure);
  // It fails, and so do all after it.
  void fail_from(std::uint64_t step, Failure failure);
  void heal();
  bool failed() const;  // whether a step has failed since it was told to

  // From that step on the disk is dead, and what was not synced before is lost. When the database
  // is closed, restore_power() puts into the files what a machine would find that starts again.
  void lose_power_at(std::uint64_t step);
  void restore_power();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::sql::sqlite
