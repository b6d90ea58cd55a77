#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "result/result.h"
#include "services/lambda/runtime/environment.h"

namespace everseal::lambda::runtime {

// Why an invocation did not begin.
struct NotRun {
  enum class Why {
    Throttled,          // as many run as may on this server
    ReservedThrottled,  // as many of this function run as were reserved for it
    NoSandbox,          // this machine cannot make one
  };
  Why why;
  std::string cause;  // for the operator
};

// The environments of all functions. One that has run an invocation waits a while for the next one
// of the same function. Runs invocations on the threads that ask. Thread-safe.
class Environments {
 public:
  struct Options {
    std::int64_t most_at_once = 10;  // invocations
    std::size_t most_idle = 10;
    std::chrono::milliseconds idle = std::chrono::minutes{5};
  };
  struct Function {
    std::string arn;
    std::string version;     // "$LATEST", "3": each has environments of its own
    std::string revision{};  // of code and configuration: what is left of another one is ended
    std::chrono::milliseconds timeout;
    std::optional<std::int64_t> reserved{};  // at once
  };
  using MakeSetup = std::function<Result<Setup>()>;

  Environments(Tools tools, Options options);
  // Stops. Nothing may run.
  ~Environments();

  // Runs it in an environment of this function that waits, or a new one.
  Result<Ran, NotRun> run(const Function& function, const Event& event, const MakeSetup& make_setup,
                          Journal& journal);
  // Ends all that wait, and soon all that run; from now on nothing runs.
  void stop();
  // Ends those of a function that wait.
  void forget(const std::string& function_arn);

 private:
  class Slot;
  struct Idle {
    std::string arn;
    std::string version;
    std::string revision;
    std::unique_ptr<Environment> environment;
    std::chrono::steady_clock::time_point since;
  };

  struct AtOnce {
    std::int64_t all;
    std::int64_t of_function;
  };
  Result<AtOnce, NotRun> admit(const Function& function);
  void release(const Function& function);
  std::unique_ptr<Environment> take_idle(const Function& function);
  void keep_idle(const Function& function, std::unique_ptr<Environment> environment);
  void end_idle_ones(const std::stop_token& stop);

  std::atomic<bool> stopping_{false};
  const Tools tools_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable_any stop_asked_;
  std::int64_t running_ = 0;                    // guarded by mutex_
  std::map<std::string, std::int64_t> of_one_;  // guarded by mutex_: running, by function
  std::list<Idle> idle_;                        // guarded by mutex_: the longest first
  std::jthread thread_;
};

}  // namespace everseal::lambda::runtime
