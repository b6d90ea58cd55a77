#include "gateway/haproxy/log_receiver.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <utility>
#include <vector>

#include "encoding/hex.h"
#include "gateway/haproxy/log_line.h"
#include "gateway/haproxy/log_records.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::size_t portion_octets = 64 * 1024;
constexpr std::size_t pipe_octets = 1024 * 1024;
constexpr std::size_t id_octets = 16;

// How far the clock is from the machine's, if it is another.
std::chrono::microseconds shift(Instant at, TimePoint now) {
  constexpr std::chrono::minutes tolerated{1};
  const auto apart = Instant(now) - at;
  return std::chrono::abs(apart) > tolerated ? apart : std::chrono::microseconds{0};
}

}  // namespace

LogReceiver::~LogReceiver() { end(); }

void LogReceiver::end() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  eventfd_write(wake_.number(), 1);
  thread_.join();
}

Outcome LogReceiver::read_from(const std::shared_ptr<const Descriptor>& pipe) {
  if (pipe == pipe_) return {};
  Descriptor wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake.is_open()) return Fault::unavailable("an event: no more files");
  end();
  pipe_ = pipe;
  wake_ = std::move(wake);
  begun_.clear();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  return {};
}

void LogReceiver::count_lost(std::map<pid_t, std::uint64_t> by_worker) {
  const std::lock_guard lock(mutex_);
  for (const auto& [worker, lines] : by_worker) {
    const auto before = lost_by_worker_.find(worker);
    const auto known = before == lost_by_worker_.end() ? 0 : before->second;
    if (lines > known) lost_ += lines - known;
  }
  lost_by_worker_ = std::move(by_worker);
}

void LogReceiver::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::array<pollfd, 2> asked{{{pipe_->number(), POLLIN, 0}, {wake_.number(), POLLIN, 0}}};
    poll(asked.data(), asked.size(), -1);
    read_all();
  }
  read_all();
}

// No more than the pipe holds, as whoever writes may go on; but each line to its end.
void LogReceiver::read_all() {
  std::vector<char> portion(portion_octets);
  for (std::size_t all = 0; all < pipe_octets || !begun_.empty();) {
    const auto count = read(pipe_->number(), portion.data(), portion.size());
    if (count <= 0) return;
    all += static_cast<std::size_t>(count);
    take_lines({portion.data(), static_cast<std::size_t>(count)});
  }
}

void LogReceiver::take_lines(std::string_view text) {
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    begun_.append(text.substr(0, end));
    take(begun_);
    begun_.clear();
    text.remove_prefix(end + 1);
  }
  begun_.append(text);
}

void LogReceiver::take(std::string_view text) {
  const auto line = parse_log_line(text);
  if (!line) return;  // that it begins, or that a target is down
  auto records = records_of(*line, names_);
  if (!records) {
    ++unusable_;
    return;
  }
  const auto now = clock_.now();
  if (auto& connection = records->connection) {
    if (connection->id.empty()) connection->id = encoding::to_hex(random_.bytes(id_octets));
    connection->at += shift(connection->at, now);
    ++records_;
    sink_.take(*std::move(connection));
  }
  if (auto& request = records->request) {
    const auto by = shift(request->ended_at, now);
    request->began_at += by;
    request->ended_at += by;
    ++records_;
    sink_.take(*std::move(request));
  }
}

}  // namespace everseal::gateway::haproxy
