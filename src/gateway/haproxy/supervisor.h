#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "descriptor/descriptor.h"
#include "gateway/haproxy/output.h"
#include "gateway/haproxy/process.h"
#include "log/log.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// Keeps a HAProxy running: a master process with its workers. A worker that dies takes its master
// along; when the master is gone it is started again, after a pause that doubles. Thread-safe.
class Supervisor {
 public:
  struct Orders {
    Process::Order master;
    std::filesystem::path notify_socket;  // where HAProxy tells that it is ready; is made
    std::chrono::milliseconds start_patience;
    std::chrono::milliseconds least_pause;
    std::chrono::milliseconds most_pause;
    // Before each start, from the supervisor's thread: what it reads is to be there.
    std::function<Outcome()> prepare;
    // After each death that nobody asked for, from the supervisor's thread: how it ended.
    std::function<void(const std::string& ending)> on_death;
  };

  // One that serves already is taken over: until start() it goes on as it is, and is not started
  // again when it dies.
  Supervisor(Orders orders, std::optional<Process> serving, Log& log);
  // Ends all of its processes, unless they were left.
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  // It runs with the files that are there now: it is started, or else a new worker takes over from
  // the one that is there. Whether that could, or the old one goes on, only the master knows.
  // Unavailable: neither in time, with what it said; it goes on trying.
  Outcome start();
  // It runs on as it is, and is started again when it dies. Unavailable: it does not run.
  Outcome go_on();
  // Ends it; may be started again.
  void stop();
  // What start() asked for is not wanted any more. One that was taken over goes on as it did.
  void give_up();
  // It goes on without this, which looks after it no more. Whether there is one.
  bool leave();

  bool is_ready() const;
  std::uint64_t starts() const;
  std::uint64_t reloads() const;  // that failed among them
  // The last that it said since it was started or reloaded, at most 4 KiB.
  std::string said() const { return output_.last(); }

 private:
  enum class Wanted {
    Stopped,
    Left,     // whatever there is goes on, unwatched
    Watched,  // whatever there is goes on, and is not started again
    Running,
  };
  void run(const std::stop_token& stop);
  void keep_running(const std::stop_token& stop);
  bool may_begin(const std::stop_token& stop);
  Outcome begin();
  void watch();
  void hear_notifications();
  void end();
  void note_end(Wanted wanted, const std::string& ending);
  void pause();
  Wanted wanted() const;
  bool is_wanted() const;
  void want(Wanted what);
  Outcome reload(std::unique_lock<std::mutex>& lock);
  Outcome wait_until_ready(std::unique_lock<std::mutex>& lock, std::uint64_t beyond);

  const Orders orders_;
  Log& log_;
  const Output output_;
  Descriptor notifications_;
  Descriptor wake_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Wanted wanted_ = Wanted::Stopped;  // guarded by mutex_, as are all below
  bool running_ = false;             // there is a process
  bool ready_ = false;               // and it has said that it is ready
  bool is_taken_over_ = false;       // and it was there before this
  bool is_left_ = false;             // there was one, and it goes on
  std::uint64_t readies_ = 0;        // how often anything said so
  std::uint64_t starts_ = 0;
  std::uint64_t deaths_ = 0;
  std::uint64_t reloads_ = 0;
  std::string fault_;  // how the last one ended, and what it said
  // Changed by the thread alone, which thus may read it without the mutex.
  std::optional<Process> process_;

  // Of the thread alone.
  std::chrono::milliseconds pause_;
  std::chrono::steady_clock::time_point began_;
  std::jthread thread_;  // last: it uses all of the others
};

}  // namespace everseal::gateway::haproxy
