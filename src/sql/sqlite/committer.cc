#include "sql/sqlite/committer.h"

#include <pthread.h>
#include <sched.h>

#include <utility>

namespace everseal::sql::sqlite {
namespace {

// Measured with an issuance in each transaction (docs/decisions/0011): below, to wait leaves cores
// without work; above, an fsync takes more of them than what it could have carried.
constexpr std::size_t many = 16;
constexpr std::chrono::microseconds time_for_many{500};

}  // namespace

Committer::Committer(Connection connection, Topics& topics, Limits limits, Log& log)
    : connection_(std::move(connection)),
      topics_(topics),
      limits_(limits),
      log_(log),
      forming_(std::make_shared<Group>()) {
  sqlite3_wal_hook(
      connection_.handle(),
      [](void* self, sqlite3*, const char*, int frames) {
        static_cast<Committer*>(self)->frames_ = frames;
        return SQLITE_OK;
      },
      this);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  pthread_setname_np(thread_.native_handle(), "committer");
}

Committer::~Committer() {
  thread_.request_stop();
  thread_.join();
}

Outcome Committer::submit(const std::function<bool(Transaction&)>& work) {
  if (std::this_thread::get_id() == thread_.get_id()) {
    return Fault::broken("sqlite: a write inside a write would wait for itself");
  }
  Request request{work, {}, nullptr, {}};
  const auto group = join(request);
  if (!group) return Fault::unavailable("sqlite: too many writers are waiting");
  group->answered.wait();
  if (request.thrown) std::rethrow_exception(request.thrown);
  return std::move(request.outcome);
}

std::shared_ptr<Committer::Group> Committer::join(Request& request) {
  std::unique_lock lock(mutex_);
  const auto has_room = [&] { return forming_->requests.size() < limits_.most_waiting; };
  if (!room_.wait_for(lock, limits_.longest_wait, has_room)) return nullptr;
  forming_->requests.push_back(&request);
  auto joined = forming_;
  if (std::exchange(asleep_, false)) {
    lock.unlock();
    work_.notify_one();
  }
  return joined;
}

std::shared_ptr<Committer::Group> Committer::next_group(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto some = [&] { return !forming_->requests.empty(); };
  if (!some()) {
    asleep_ = true;
    if (!work_.wait(lock, stop, some)) return nullptr;
    asleep_ = false;
  }
  let_it_grow(lock);
  const bool was_full = forming_->requests.size() >= limits_.most_waiting;
  auto taken = std::exchange(forming_, std::make_shared<Group>());
  lock.unlock();
  if (was_full) room_.notify_all();
  return taken;
}

// Those that are about to write share its fsync if they may run first, until that has twice brought
// nobody. Many that have not come back by then keep the cores busy anyhow, and get a fixed time.
void Committer::let_it_grow(std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  const std::size_t size = size_after_others_ran();
  if (last_size_ >= many && size < last_size_) std::this_thread::sleep_for(time_for_many);
  lock.lock();
  last_size_ = forming_->requests.size();
}

std::size_t Committer::size_after_others_ran() {
  std::size_t size = 0;
  for (int in_vain = 0; in_vain < 2; ++in_vain) {
    sched_yield();
    const std::lock_guard lock(mutex_);
    if (forming_->requests.size() > size) in_vain = 0;
    size = forming_->requests.size();
  }
  return size;
}

void Committer::run(const std::stop_token& stop) {
  while (const auto group = next_group(stop)) {
    commit(*group);
    group->answered.open();
    checkpoint_if_due();
  }
}

void Committer::commit(Group& group) {
  auto committed = run_all(group);
  if (committed) committed = make_durable();
  note_health(committed);
  if (committed) {
    keep_promises(group);
  } else {
    abandon(group, committed.error());
  }
}

Outcome Committer::run_all(Group& group) {
  const auto begun = connection_.command("BEGIN IMMEDIATE");
  if (!begun) return begun.error();
  for (auto* request : group.requests) {
    const auto survived = run_one(*request);
    if (!survived) return survived.error();
  }
  return {};
}

// An error means that the transaction of the whole group is lost.
Outcome Committer::run_one(Request& request) {
  GroupMember member(connection_);
  bool wanted = false;
  try {
    wanted = request.work(member);
  } catch (...) {
    request.thrown = std::current_exception();
  }
  if (member.worst() && member.worst()->kind == Fault::Kind::Unavailable) return *member.worst();
  if (member.worst() && wanted) request.outcome = *member.worst();
  if (member.worst() || !wanted) return member.undo();
  request.promises = member.take_promises();
  const auto kept = member.keep();
  if (kept) return {};
  request.promises = {};
  request.outcome = kept.error();
  if (kept.error().kind == Fault::Kind::Conflict) return {};
  return kept.error();
}

// After a COMMIT whose fsync failed, its frames are in the log: a crash now would bring back what
// the callers are told is not kept. The next transaction writes over them; so there is one at once,
// which changes nothing. If it fails too, a later group does it.
Outcome Committer::make_durable() {
  auto committed = connection_.command("COMMIT");
  if (committed) return committed;
  roll_back();
  static_cast<void>(connection_.script("PRAGMA user_version = 0"));
  return committed;
}

void Committer::roll_back() {
  if (connection_.in_transaction()) static_cast<void>(connection_.command("ROLLBACK"));
}

void Committer::abandon(Group& group, const Fault& fault) {
  roll_back();
  for (auto* request : group.requests) {
    request->promises = {};
    request->outcome = fault;
  }
}

void Committer::keep_promises(Group& group) {
  for (auto* request : group.requests) {
    try {
      for (const auto& call : request->promises.calls) call();
      if (!topics_.anybody_listens()) continue;
      for (const auto& [topic, number] : request->promises.announcements) {
        topics_.tell(topic, number);
      }
    } catch (const std::exception& bug) {
      log_.error("database.after_commit_threw", {{"cause", bug.what()}});
    }
  }
}

void Committer::note_health(const Outcome& committed) {
  if (committed.has_value() == healthy_) return;
  healthy_ = committed.has_value();
  if (healthy_) {
    log_.info("database.writes_again");
  } else {
    log_.error("database.cannot_write", {{"cause", committed.error().cause}});
  }
}

void Committer::checkpoint_if_due() {
  if (frames_ < checkpointed_at_) checkpointed_at_ = 0;  // the log began anew
  if (frames_ - checkpointed_at_ < limits_.pages_between_checkpoints) return;
  checkpointed_at_ = frames_;
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr,
                                             SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code != SQLITE_OK && code != SQLITE_BUSY) {
    log_.warning("database.checkpoint_failed", {{"cause", fault_of(connection_.handle()).cause}});
  }
}

}  // namespace everseal::sql::sqlite
