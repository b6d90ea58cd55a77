#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "result/result.h"
#include "services/lambda/sandbox/child.h"
#include "services/lambda/sandbox/control.h"
#include "services/lambda/sandbox/orders.h"
#include "services/lambda/sandbox/refusal.h"
#include "services/lambda/sandbox/watch.h"

namespace everseal::lambda::sandbox {

// How sandboxes are made on this machine.
struct Settings {
  std::string bubblewrap = "/usr/bin/bwrap";
  // The program whose main() hands first_process_argument on to run_first_process.
  std::filesystem::path first_process = "/proc/self/exe";
  // Folders of this machine that must not be seen, wherever they lie: the data directory.
  std::vector<std::filesystem::path> hidden{};
  bool network = false;  // this machine's own, loopback included, instead of none
  std::chrono::milliseconds begins_within = std::chrono::seconds{10};
};

// A folder or file of this machine, read-only within.
struct Shown {
  std::filesystem::path from;
  std::string at;  // "/var/task"
};

// Makes sandboxes: processes that see /usr of this machine, what is shown to them and a /tmp of
// their own, all but that read-only; no other process, no network but the ports of their orders
// (unless the settings say otherwise), no environment but theirs; with no capability, and limits.
// Linux's namespaces do it, by bubblewrap. Where this program runs as root they belong to a user
// that nobody is. Thread-safe.
class Sandbox {
 public:
  explicit Sandbox(Settings settings);

  // Whether it works here. Tried until it did once. Unavailable: with the reason, a sentence for
  // the operator.
  Outcome check();

  // Malformed: the program of the orders cannot be run, "run /var/task/bootstrap: No such file or
  // directory". Unavailable: bubblewrap or the first process refused; the cause is what it said.
  // If somebody is to be told what it is refused: until all of its processes have ended.
  Result<std::unique_ptr<Child>> start(Orders orders, const std::vector<Shown>& shown,
                                       TellRefusal tell = {});

 private:
  Outcome begin(const Control& control, const Orders& orders, Child& child, TellRefusal tell);

  const Settings settings_;
  std::vector<std::filesystem::path> hidden_;
  Watch watch_;
  std::mutex mutex_;
  bool works_ = false;
};

}  // namespace everseal::lambda::sandbox
