#include "last_call.h"

#include <poll.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

#include "log/log.h"

namespace everseal::app {
namespace {

// The log's own thread may be what stands still.
void say(std::string_view line) {
  pollfd standard_error{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
  if (poll(&standard_error, 1, 0) != 1) return;
  const auto text = std::string(line) + "\n";
  static_cast<void>(::write(STDERR_FILENO, text.data(), text.size()) != 0);
}

void wait_and_end(const std::stop_token& ended, const Clock& clock,
                  std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, ended, time, [] { return false; });
  if (ended.stop_requested()) return;
  Log(clock, LogLevel::Warning, say).warning("server.cut_off", {{"after_ms", time.count()}});
  _exit(EXIT_SUCCESS);
}

}  // namespace

LastCall::LastCall(const Clock& clock, std::chrono::milliseconds time)
    : thread_([&clock, time](const std::stop_token& ended) { wait_and_end(ended, clock, time); }) {}

}  // namespace everseal::app
