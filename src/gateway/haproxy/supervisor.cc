#include "gateway/haproxy/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace everseal::gateway::haproxy {
namespace {

// Between two looks at how much it has said.
constexpr int look_at_output_ms = 60'000;

Descriptor notification_socket(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.string();
  Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (text.size() >= sizeof address.sun_path) return {};
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  unlink(text.c_str());
  fchmod(socket.number(), 0600);
  if (bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return {};
  }
  return socket;
}

}  // namespace

Supervisor::Supervisor(Orders orders, std::optional<Process> serving, Log& log)
    : orders_(std::move(orders)),
      log_(log),
      output_(orders_.master.output_file),
      notifications_(notification_socket(orders_.notify_socket)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      process_(std::move(serving)),
      pause_(orders_.least_pause) {
  if (process_) {
    wanted_ = Wanted::Watched;
    is_taken_over_ = running_ = ready_ = true;
    hear_notifications();  // what it told of before counts for no reload to come
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Supervisor::~Supervisor() {
  thread_.request_stop();
  if (wanted() != Wanted::Left) stop();
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

Supervisor::Wanted Supervisor::wanted() const {
  const std::lock_guard lock(mutex_);
  return wanted_;
}

bool Supervisor::is_wanted() const {
  const auto what = wanted();
  return what == Wanted::Watched || what == Wanted::Running;
}

// With mutex_ held.
void Supervisor::want(Wanted what) {
  wanted_ = what;
  changed_.notify_all();
  eventfd_write(wake_.number(), 1);
}

Outcome Supervisor::start() {
  if (!notifications_.is_open() || !wake_.is_open()) {
    return Fault::unavailable("no socket at " + orders_.notify_socket.string());
  }
  std::unique_lock lock(mutex_);
  // What began before may have read what was there before.
  const bool had_begun = running_;
  want(Wanted::Running);
  if (!ready_) {
    if (const auto ready = wait_until_ready(lock, readies_); !ready) return ready;
  }
  return had_begun ? reload(lock) : Outcome();
}

Outcome Supervisor::reload(std::unique_lock<std::mutex>& lock) {
  if (!ready_ || !process_) return Fault::unavailable("HAProxy does not run: " + fault_);
  const auto before = readies_;
  const auto deaths = deaths_;
  output_.clear();
  process_->signal(SIGUSR2);
  auto ready = wait_until_ready(lock, before);
  // Who died instead is started with what is there now, too.
  if (!ready && deaths_ != deaths) ready = wait_until_ready(lock, before);
  if (ready) ++reloads_;
  return ready;
}

Outcome Supervisor::wait_until_ready(std::unique_lock<std::mutex>& lock, std::uint64_t beyond) {
  const auto deaths = deaths_;
  const bool in_time = changed_.wait_for(lock, orders_.start_patience, [&] {
    return readies_ > beyond || deaths_ != deaths || wanted_ != Wanted::Running;
  });
  if (readies_ > beyond) return {};
  return Fault::unavailable(in_time ? "HAProxy ended: " + fault_
                                    : "HAProxy does not become ready: " + said());
}

Outcome Supervisor::go_on() {
  const std::lock_guard lock(mutex_);
  if (!ready_) return Fault::unavailable("HAProxy does not run: " + fault_);
  want(Wanted::Running);
  return {};
}

void Supervisor::stop() {
  std::unique_lock lock(mutex_);
  want(Wanted::Stopped);
  changed_.wait(lock, [&] { return !running_; });
}

void Supervisor::give_up() {
  {
    const std::lock_guard lock(mutex_);
    if (is_taken_over_) return want(Wanted::Watched);
  }
  stop();
}

bool Supervisor::leave() {
  std::unique_lock lock(mutex_);
  want(Wanted::Left);
  changed_.wait(lock, [&] { return !running_; });
  return is_left_;
}

bool Supervisor::is_ready() const {
  const std::lock_guard lock(mutex_);
  return ready_;
}

std::uint64_t Supervisor::starts() const {
  const std::lock_guard lock(mutex_);
  return starts_;
}

std::uint64_t Supervisor::reloads() const {
  const std::lock_guard lock(mutex_);
  return reloads_;
}

void Supervisor::run(const std::stop_token& stop) {
  while (true) {
    keep_running(stop);
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return wanted_ == Wanted::Running || stop.stop_requested(); });
    if (stop.stop_requested()) return;
  }
}

// Nobody who waits for the end of one must miss that one begins.
bool Supervisor::may_begin(const std::stop_token& stop) {
  const std::lock_guard lock(mutex_);
  if (wanted_ == Wanted::Running && !stop.stop_requested()) running_ = true;
  return running_;
}

void Supervisor::keep_running(const std::stop_token& stop) {
  while (process_ || may_begin(stop)) {
    const auto begun = process_ ? Outcome() : begin();
    if (begun) {
      watch();
      end();
    } else {
      note_end(Wanted::Running, begun.error().cause);
    }
    if (is_wanted()) pause();
  }
}

Outcome Supervisor::begin() {
  if (const auto prepared = orders_.prepare(); !prepared) return prepared;
  auto process = Process::begin(orders_.master);
  if (!process) return process.error();
  began_ = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  process_.emplace(*std::move(process));
  ++starts_;
  return {};
}

// Until it ends, or is wanted no more.
void Supervisor::watch() {
  std::array<pollfd, 3> asked{{{process_->watch().number(), POLLIN, 0},
                               {notifications_.number(), POLLIN, 0},
                               {wake_.number(), POLLIN, 0}}};
  while (is_wanted()) {
    if (poll(asked.data(), asked.size(), look_at_output_ms) < 0) continue;
    if (asked[2].revents != 0) {
      eventfd_t count = 0;
      eventfd_read(wake_.number(), &count);
    }
    output_.make_room();
    hear_notifications();
    if (asked[0].revents != 0) return;
  }
}

void Supervisor::hear_notifications() {
  std::array<char, 512> packet{};
  for (;;) {
    const auto count = recv(notifications_.number(), packet.data(), packet.size(), 0);
    if (count <= 0) return;
    const std::string_view text(packet.data(), static_cast<std::size_t>(count));
    if (text.find("READY=1") == std::string_view::npos) continue;
    const std::lock_guard lock(mutex_);
    ready_ = true;
    ++readies_;
    changed_.notify_all();
  }
}

void Supervisor::end() {
  const auto what = wanted();
  std::string ending;
  if (what == Wanted::Left) {
    process_->leave();
  } else {
    if (what == Wanted::Stopped) {
      process_->signal(SIGTERM);
      if (!process_->ends_within(orders_.start_patience)) process_->signal(SIGKILL);
    }
    ending = process_->ending();
  }
  note_end(what, ending + " " + said());
  if (what != Wanted::Watched && what != Wanted::Running) return;
  log_.error("gateway.haproxy_died", {{"ending", ending}, {"said", said()}});
  orders_.on_death(ending);
}

void Supervisor::note_end(Wanted wanted, const std::string& ending) {
  const std::lock_guard lock(mutex_);
  is_left_ = wanted == Wanted::Left && process_.has_value();
  is_taken_over_ = running_ = ready_ = false;
  process_.reset();
  if (wanted == Wanted::Watched || wanted == Wanted::Running) {
    ++deaths_;
    fault_ = ending;
  }
  if (wanted_ == Wanted::Watched) wanted_ = Wanted::Stopped;
  changed_.notify_all();
}

// Who lived longer than the longest pause did not die of its start.
void Supervisor::pause() {
  if (std::chrono::steady_clock::now() - began_ > orders_.most_pause) pause_ = orders_.least_pause;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, pause_, [&] { return wanted_ != Wanted::Running; });
  pause_ = std::min(pause_ * 2, orders_.most_pause);
}

}  // namespace everseal::gateway::haproxy
