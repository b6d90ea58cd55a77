#include "jobs/runner.h"

#include <pthread.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "jobs/bell.h"
#include "jobs/hand.h"
#include "jobs/queue.h"

namespace everseal::jobs {
namespace {

constexpr std::chrono::milliseconds kLongestSleep = std::chrono::minutes{1};  // clocks may be set
constexpr std::chrono::milliseconds kPauseWhenDatabaseFails = std::chrono::seconds{1};
constexpr int kMostRunsAtOneMoment = 100;

}  // namespace

class Runner::Impl {
 public:
  Impl(sql::Database& database, const Clock& clock, Log& log, const Options& options);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  using SetClock = Runner::SetClock;

  Kind& add_kind(const std::string& name, Handler handler);
  Outcome start();
  void begin_to_stop();
  Outcome stop(std::chrono::steady_clock::time_point until);
  Outcome run_until(TimePoint target, const SetClock& set_clock);

  Shop shop;

 private:
  Outcome prepare();  // by the holder of turn_of_the_clock_

  // One thread.
  void work(const std::stop_token& stop);
  Outcome turn(Hand& hand, const std::stop_token& stop);
  Outcome guarded_turn(Hand& hand, const std::stop_token& stop);
  void sleep(Bell::Seen seen, const std::optional<Ready>& next);
  void pause(const std::stop_token& stop);
  bool must_rest();
  bool is_stopping();
  void rest(Hand& hand, const std::stop_token& stop);

  // run_until().
  Outcome advance(TimePoint target, const SetClock& set_clock);
  void make_threads_rest();
  void let_threads_work();
  struct Rest {
    explicit Rest(Impl& runner) : runner_(runner) { runner_.make_threads_rest(); }
    ~Rest() { runner_.let_threads_work(); }
    Rest(const Rest&) = delete;
    Rest& operator=(const Rest&) = delete;
    Impl& runner_;
  };

  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  sql::Subscription subscription_;

  std::mutex
      turn_of_the_clock_;  // held by start(), and by the one run_until() that moves the clock
  bool prepared_ = false;  // guarded by turn_of_the_clock_

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool rest_wanted_ = false;  // guarded by mutex_, like all
  bool stopping_ = false;
  unsigned at_work_ = 0;               // threads that do not rest
  unsigned alive_ = 0;                 // threads that have not ended
  std::vector<std::jthread> threads_;  // last: they use all of the above
};

Runner::Impl::Impl(sql::Database& database, const Clock& clock, Log& log, const Options& options)
    : shop{database, clock, log, options, {}, {}, {}},
      subscription_(
          database.listen(kTopic, [bell = bell_](std::int64_t due) { bell->ring(due); })) {}

Runner::Impl::~Impl() { begin_to_stop(); }

Kind& Runner::Impl::add_kind(const std::string& name, Handler handler) {
  if (!shop.kinds.contains(name)) shop.names.push_back(name);
  auto& kind = shop.kinds[name];
  kind.handler = std::move(handler);
  kind.interval.reset();
  return kind;
}

// Once. With SQLite no other process has the database, so a lease that is there was left behind.
Outcome Runner::Impl::prepare() {
  if (prepared_) return {};
  const auto now = shop.clock.now();
  const auto done = shop.database.write([&](sql::Transaction& tx) -> Outcome {
    if (shop.database.engine() == sql::Engine::Sqlite) {
      const auto released = release_all(tx);
      if (!released) return released;
    }
    for (const auto& [name, kind] : shop.kinds) {
      if (!kind.interval) continue;
      const auto planted = plant(tx, name, now, now + *kind.interval);
      if (!planted) return planted;
    }
    return {};
  });
  prepared_ = done.has_value();
  return done;
}

Outcome Runner::Impl::start() {
  const std::scoped_lock alone(turn_of_the_clock_);
  const auto prepared = prepare();
  if (!prepared) return prepared.error();
  const std::scoped_lock lock(mutex_);
  alive_ = at_work_ = shop.options.threads;
  for (unsigned i = 0; i < shop.options.threads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    pthread_setname_np(threads_.back().native_handle(), ("jobs-" + std::to_string(i)).c_str());
  }
  return {};
}

void Runner::Impl::begin_to_stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  for (auto& thread : threads_) thread.request_stop();
  bell_->ring_for_all();
}

Outcome Runner::Impl::stop(std::chrono::steady_clock::time_point until) {
  begin_to_stop();
  std::unique_lock lock(mutex_);
  const bool all_ended = changed_.wait_until(lock, until, [&] { return alive_ == 0; });
  if (!all_ended) return Fault::unavailable("jobs: a handler still runs");
  return {};
}

void Runner::Impl::work(const std::stop_token& stop) {
  Hand hand(shop);
  bool healthy = true;
  while (!stop.stop_requested()) {
    const auto turned = guarded_turn(hand, stop);
    if (!turned) {
      if (healthy) shop.log.error("jobs.cannot_work", {{"cause", turned.error().cause}});
      pause(stop);
    }
    healthy = turned.has_value();
  }
  if (const auto settled = hand.exchange(std::nullopt); !settled) {
    shop.log.warning("jobs.end_not_written", {{"cause", settled.error().cause}});
  }
  const std::scoped_lock lock(mutex_);
  --at_work_;
  --alive_;
  changed_.notify_all();
}

Outcome Runner::Impl::guarded_turn(Hand& hand, const std::stop_token& stop) {
  try {
    return turn(hand, stop);
  } catch (const std::exception& bug) {
    return Fault::broken(bug.what());
  }
}

// The bell is looked at first: what happens after that ends a sleep.
Outcome Runner::Impl::turn(Hand& hand, const std::stop_token& stop) {
  const auto seen = bell_->look();
  if (stop.stop_requested()) return {};
  if (must_rest()) {
    rest(hand, stop);
    return {};
  }
  const auto found = hand.find();
  if (!found) return found.error();
  const bool due = *found && (*found)->at <= shop.clock.now();
  if (!due && !hand.must_settle()) {
    sleep(seen, *found);
    return {};
  }
  const auto exchanged = hand.exchange(due ? *found : std::nullopt);
  if (!exchanged) return exchanged.error();
  if (!hand.has_job()) return {};
  bell_->ring_for_one();  // another thread looks whether there is more
  hand.run();
  return {};
}

void Runner::Impl::sleep(Bell::Seen seen, const std::optional<Ready>& next) {
  const auto due = next ? next->at : TimePoint::max();
  const auto left = next ? due - shop.clock.now() : kLongestSleep;
  bell_->wait(seen, to_millis(due), std::clamp(left, std::chrono::milliseconds{1}, kLongestSleep));
}

void Runner::Impl::pause(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, kPauseWhenDatabaseFails, [] { return false; });
}

bool Runner::Impl::must_rest() {
  const std::scoped_lock lock(mutex_);
  return rest_wanted_;
}

bool Runner::Impl::is_stopping() {
  const std::scoped_lock lock(mutex_);
  return stopping_;
}

// How its last job ended is written first: it may have to run again before the target.
void Runner::Impl::rest(Hand& hand, const std::stop_token& stop) {
  if (hand.must_settle() && !hand.exchange(std::nullopt)) pause(stop);
  std::unique_lock lock(mutex_);
  --at_work_;
  changed_.notify_all();
  changed_.wait(lock, stop, [&] { return !rest_wanted_; });
  ++at_work_;
}

void Runner::Impl::make_threads_rest() {
  std::unique_lock lock(mutex_);
  rest_wanted_ = true;
  bell_->ring_for_all();
  changed_.wait(lock, [&] { return at_work_ == 0; });
}

void Runner::Impl::let_threads_work() {
  const std::scoped_lock lock(mutex_);
  rest_wanted_ = false;
  changed_.notify_all();
}

Outcome Runner::Impl::run_until(TimePoint target, const SetClock& set_clock) {
  const std::scoped_lock alone(turn_of_the_clock_);
  const auto prepared = prepare();
  if (!prepared) return prepared.error();
  if (target < shop.clock.now()) return Fault::malformed("jobs: the clock does not go back");
  const Rest rest(*this);
  return advance(target, set_clock);
}

Outcome Runner::Impl::advance(TimePoint target, const SetClock& set_clock) {
  Hand hand(shop);
  std::map<std::pair<std::string, std::string>, int> runs_now;
  while (true) {
    if (is_stopping()) return Fault::unavailable("jobs: the runner stops");
    const auto found = hand.find();
    if (!found) return found.error();
    if (!*found || (*found)->at > target) break;
    if ((*found)->at > shop.clock.now()) {
      if (auto set = set_clock((*found)->at); !set) return set;
      runs_now.clear();
    }
    if (++runs_now[{(*found)->kind, (*found)->key}] > kMostRunsAtOneMoment) {
      return Fault::broken("jobs: " + (*found)->kind + " " + (*found)->key +
                           " promises itself for the same moment without end");
    }
    const auto leased = hand.exchange(*found);
    if (!leased) return leased.error();
    if (!hand.has_job()) continue;
    hand.run();
    if (hand.is_unfinished()) runs_now.erase({(*found)->kind, (*found)->key});
    const auto settled = hand.exchange(std::nullopt);
    if (!settled) return settled.error();
  }
  if (target > shop.clock.now()) return set_clock(target);
  return {};
}

Runner::Runner(sql::Database& database, const Clock& clock, Log& log, Options options)
    : impl_(std::make_unique<Impl>(database, clock, log, options)) {}

Runner::~Runner() = default;

void Runner::handle(const std::string& kind, Handler handler, const KindOptions& options) {
  auto& added = impl_->add_kind(kind, std::move(handler));
  added.options = options;
}

void Runner::every(const std::string& kind, std::chrono::milliseconds interval, Handler handler) {
  impl_->add_kind(kind, std::move(handler)).interval = interval;
}

Outcome Runner::start() { return impl_->start(); }
void Runner::begin_to_stop() { impl_->begin_to_stop(); }
Outcome Runner::stop(std::chrono::steady_clock::time_point until) { return impl_->stop(until); }

Outcome Runner::run_until(TimePoint target, const SetClock& set_clock) {
  return impl_->run_until(target, set_clock);
}

std::map<std::string, Counts> Runner::counts() const {
  std::map<std::string, Counts> counts;
  for (const auto& [name, kind] : impl_->shop.kinds) counts[name] = {kind.runs, kind.failures};
  return counts;
}

Result<std::map<std::string, std::int64_t>> Runner::pending() const {
  std::map<std::string, std::int64_t> counts;
  const auto done = impl_->shop.database.read([&](sql::Snapshot& view) {
    return view.each("SELECT kind, count(*) FROM jobs_job GROUP BY kind", {},
                     [&](const sql::Row& row) {
                       counts[row.text(0)] = row.integer(1);
                       return true;
                     });
  });
  if (!done) return done.error();
  return counts;
}

Result<std::map<std::string, std::int64_t>> Runner::waiting() const {
  const auto now = impl_->shop.clock.now();
  return impl_->shop.database.read(
      [&](sql::Snapshot& view) { return count_waiting(view, impl_->shop.names, now); });
}

}  // namespace everseal::jobs
