#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/lambda/runtime/doors.h"
#include "services/lambda/runtime/event.h"
#include "services/lambda/runtime/journal.h"
#include "services/lambda/runtime/refusals.h"
#include "services/lambda/runtime/runtime_api.h"
#include "services/lambda/sandbox/sandbox.h"

namespace everseal::lambda::runtime {

// Serves the requests that come to a listening socket, which is not its own, until what it returns
// ends: how functions reach this server.
using ServeEndpoint = std::function<std::shared_ptr<void>(int listening)>;

// What an environment is made of.
struct Setup {
  sandbox::Orders orders{};  // without ports
  std::vector<sandbox::Shown> shown{};
  std::string function_arn{};
  std::string version = "$LATEST";
  TimePoint expires = TimePoint::max();  // its credentials, by Tools::clock
  std::string log_stream{};
  std::shared_ptr<const Doors> doors{};  // of who has this machine's network; else null
  std::shared_ptr<const void> keeps{};   // what must be there as long as the environment: its code
};

struct Tools {
  sandbox::Sandbox& sandbox;
  const Clock& wall;
  const Clock& clock;                           // by which credentials end
  ServeEndpoint serve_endpoint;                 // may be empty
  const std::atomic<bool>* stopping = nullptr;  // once it is true, whatever runs is ended
  TellIncident tell{};                          // may be empty
};

// One runtime in one sandbox: runs one invocation after the other. For one thread at a time.
class Environment {
 public:
  // Malformed: the program cannot be run; it is the function's. Unavailable: no sandbox.
  static Result<std::unique_ptr<Environment>> start(const Tools& tools, Setup setup);

  // Whatever was left behind in it is ended, and told.
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // Runs it to its end, or for so long; then every process is gone. The beginning of the runtime
  // has ten seconds besides. Writes the lines START, END and REPORT.
  Ran run(const Event& event, std::chrono::milliseconds timeout, Journal& journal);

  // It may run another one, that takes so long at most.
  bool is_usable(std::chrono::milliseconds timeout);

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Finish;

  Environment(const Tools& tools, Setup setup, std::unique_ptr<sandbox::Child> child,
              std::shared_ptr<Refusals> refusals);
  Finish wait_for_end(const Event& event, std::chrono::milliseconds timeout, Journal& journal);
  void wait(SteadyTime until);
  void read_output(Journal& journal);
  void measure();
  void kill();

  const Tools tools_;
  const Setup setup_;
  const std::shared_ptr<Refusals> refusals_;
  std::unique_ptr<sandbox::Child> child_;
  RuntimeApi api_;
  std::shared_ptr<void> endpoint_;
  SteadyTime started_ = std::chrono::steady_clock::now();
  bool is_new_ = true;
  bool is_broken_ = false;
  std::int64_t most_memory_ = 0;
};

}  // namespace everseal::lambda::runtime
