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
#include "gateway/haproxy/process.h"
#include "log/log.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// Keeps a HAProxy running: a master process with its workers. A worker that dies takes its master
// along; when the master is gone it is started again, after a pause that doubles. Thread-safe.
class Supervisor {
 public:
  struct Orders {
    std::vector<std::string> command;
    std::filesystem::path notify_socket;  // where HAProxy tells that it is ready; is made
    std::chrono::milliseconds start_patience;
    std::chrono::milliseconds least_pause;
    std::chrono::milliseconds most_pause;
    // Before each start, from the supervisor's thread: what it reads is to be there.
    std::function<Outcome()> prepare;
    // After each death that nobody asked for, from the supervisor's thread: how it ended.
    std::function<void(const std::string& ending)> on_death;
  };

  Supervisor(Orders orders, Log& log);
  // Ends all of its processes.
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  // It runs with the files that are there now: it is started, or else a new worker takes over from
  // the one that is there. Whether that could, or the old one goes on, only the master knows.
  // Unavailable: neither in time, with what it said; it goes on trying.
  Outcome start();
  // Ends it; may be started again.
  void stop();

  bool is_ready() const;
  std::uint64_t starts() const;
  std::uint64_t reloads() const;  // that failed among them
  // The last that it said, at most 4 KiB.
  std::string said() const;

 private:
  enum class Wanted { Stopped, Running };
  void run(const std::stop_token& stop);
  void keep_running(const std::stop_token& stop);
  Outcome begin();
  void watch();
  void hear_notifications();
  void hear_output();
  void end();
  void pause();
  bool should_run() const;
  void wake() const;
  Outcome reload(std::unique_lock<std::mutex>& lock);
  Outcome wait_until_ready(std::unique_lock<std::mutex>& lock, std::uint64_t beyond);

  const Orders orders_;
  Log& log_;
  Descriptor notifications_;
  Descriptor wake_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Wanted wanted_ = Wanted::Stopped;  // guarded by mutex_, as are all below
  bool running_ = false;             // there is a process
  bool ready_ = false;               // and it has said that it is ready
  std::uint64_t readies_ = 0;        // how often anything said so
  std::uint64_t starts_ = 0;
  std::uint64_t deaths_ = 0;
  std::uint64_t reloads_ = 0;
  pid_t master_ = 0;
  std::string said_;
  std::string fault_;  // why the last start failed

  // Of the thread alone.
  std::optional<Process> process_;
  std::chrono::milliseconds pause_;
  std::chrono::steady_clock::time_point began_;
  std::jthread thread_;  // last: it uses all of the others
};

}  // namespace everseal::gateway::haproxy
