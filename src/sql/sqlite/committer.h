#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "latch/latch.h"
#include "log/log.h"
#include "result/result.h"
#include "sql/sqlite/connection.h"
#include "sql/sqlite/transaction.h"
#include "sql/topics.h"

namespace everseal::sql::sqlite {

// The one thread that writes. All closures that come while it commits form the next group: they run
// one by one, each undone alone if it fails, and one COMMIT makes the others durable together. If
// that fails, nothing of the group is kept and all are told so.
class Committer {
 public:
  struct Limits {
    std::size_t most_waiting;
    std::chrono::milliseconds longest_wait;  // for room
    int pages_between_checkpoints;
  };
  // The connection is in WAL mode and does not checkpoint by itself.
  Committer(Connection connection, Topics& topics, Limits limits, Log& log);
  ~Committer();  // after the last submit() has returned
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Returns when what `work` changed is durable, or undone because it returned false. Throws what
  // `work` throws.
  Outcome submit(const std::function<bool(Transaction&)>& work);

 private:
  struct Request {
    const std::function<bool(Transaction&)>& work;
    Outcome outcome;
    std::exception_ptr thrown;
    GroupMember::Promises promises;
  };
  struct Group {
    std::vector<Request*> requests;
    Latch answered;
  };

  std::shared_ptr<Group> join(Request& request);
  std::shared_ptr<Group> next_group(const std::stop_token& stop);
  void let_it_grow(std::unique_lock<std::mutex>& lock);
  std::size_t size_after_others_ran();
  void run(const std::stop_token& stop);
  void commit(Group& group);
  Outcome run_all(Group& group);
  Outcome run_one(Request& request);
  Outcome make_durable();
  void roll_back();
  void abandon(Group& group, const Fault& fault);
  void keep_promises(Group& group);
  void checkpoint_if_due();
  void note_health(const Outcome& committed);

  Connection connection_;
  Topics& topics_;
  const Limits limits_;
  Log& log_;
  bool healthy_ = true;        // of the committing thread: whether the last commit succeeded
  int checkpointed_at_ = 0;    // of the committing thread: frames in the log at the last attempt
  int frames_ = 0;             // of the committing thread: frames in the log
  std::size_t last_size_ = 0;  // of the committing thread: of the group before

  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable_any work_;
  std::shared_ptr<Group> forming_;  // guarded by mutex_
  bool asleep_ = false;             // guarded by mutex_
  std::jthread thread_;             // last: it uses all of the above
};

}  // namespace everseal::sql::sqlite
