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

constexpr std::size_t most_said = 4096;

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

Supervisor::Supervisor(Orders orders, Log& log)
    : orders_(std::move(orders)),
      log_(log),
      notifications_(notification_socket(orders_.notify_socket)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      pause_(orders_.least_pause),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Supervisor::~Supervisor() {
  thread_.request_stop();
  stop();
  changed_.notify_all();
}

void Supervisor::wake() const { eventfd_write(wake_.number(), 1); }

Outcome Supervisor::start() {
  if (!notifications_.is_open() || !wake_.is_open()) {
    return Fault::unavailable("no socket at " + orders_.notify_socket.string());
  }
  std::unique_lock lock(mutex_);
  // What began before may have read what was there before.
  const bool had_begun = running_;
  wanted_ = Wanted::Running;
  changed_.notify_all();
  wake();
  if (!ready_) {
    if (const auto ready = wait_until_ready(lock, readies_); !ready) return ready;
  }
  return had_begun ? reload(lock) : Outcome();
}

Outcome Supervisor::reload(std::unique_lock<std::mutex>& lock) {
  if (!ready_) return Fault::unavailable("HAProxy does not run: " + fault_);
  const auto before = readies_;
  ::kill(master_, SIGUSR2);
  if (const auto ready = wait_until_ready(lock, before); !ready) return ready;
  ++reloads_;
  return {};
}

Outcome Supervisor::wait_until_ready(std::unique_lock<std::mutex>& lock, std::uint64_t beyond) {
  const auto deaths = deaths_;
  const bool in_time = changed_.wait_for(lock, orders_.start_patience, [&] {
    return readies_ > beyond || deaths_ != deaths || wanted_ == Wanted::Stopped;
  });
  if (readies_ > beyond) return {};
  return Fault::unavailable(in_time ? "HAProxy ended: " + fault_ + " " + said_
                                    : "HAProxy does not become ready: " + said_);
}

void Supervisor::stop() {
  std::unique_lock lock(mutex_);
  wanted_ = Wanted::Stopped;
  changed_.notify_all();
  wake();
  changed_.wait(lock, [&] { return !running_; });
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

std::string Supervisor::said() const {
  const std::lock_guard lock(mutex_);
  return said_;
}

bool Supervisor::should_run() const {
  const std::lock_guard lock(mutex_);
  return wanted_ == Wanted::Running;
}

void Supervisor::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return wanted_ == Wanted::Running || stop.stop_requested(); });
    }
    keep_running(stop);
  }
}

void Supervisor::keep_running(const std::stop_token& stop) {
  while (should_run() && !stop.stop_requested()) {
    if (const auto begun = begin(); begun) {
      watch();
      end();
    } else {
      const std::lock_guard lock(mutex_);
      running_ = false;
      fault_ = begun.error().cause;
      ++deaths_;
      changed_.notify_all();
    }
    if (should_run()) pause();
  }
}

Outcome Supervisor::begin() {
  {
    const std::lock_guard lock(mutex_);
    running_ = true;
  }
  if (const auto prepared = orders_.prepare(); !prepared) return prepared;
  auto process = Process::begin(
      orders_.command, {"NOTIFY_SOCKET=" + orders_.notify_socket.string(), "LANG=C.UTF-8"});
  if (!process) return process.error();
  process_ = *std::move(process);
  began_ = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  master_ = process_->id();
  ++starts_;
  said_.clear();
  return {};
}

// Until it ends, or is wanted no more.
void Supervisor::watch() {
  std::array<pollfd, 4> asked{{{process_->watch().number(), POLLIN, 0},
                               {notifications_.number(), POLLIN, 0},
                               {wake_.number(), POLLIN, 0},
                               {process_->output().number(), POLLIN, 0}}};
  while (should_run()) {
    if (poll(asked.data(), asked.size(), -1) < 0) continue;
    if (asked[2].revents != 0) {
      eventfd_t count = 0;
      eventfd_read(wake_.number(), &count);
    }
    hear_output();
    hear_notifications();
    if (asked[0].revents != 0) return;
    // All that could write there is gone or has closed it.
    if ((asked[3].revents & POLLIN) == 0 && asked[3].revents != 0) asked[3].fd = -1;
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

void Supervisor::hear_output() {
  const auto said = process_->read(most_said);
  if (said.empty()) return;
  const std::lock_guard lock(mutex_);
  said_ += said;
  if (said_.size() > most_said) said_.erase(0, said_.size() - most_said);
}

void Supervisor::end() {
  const bool asked = !should_run();
  if (asked) {
    process_->signal(SIGTERM);
    pollfd ended{process_->watch().number(), POLLIN, 0};
    if (poll(&ended, 1, static_cast<int>(orders_.start_patience.count())) <= 0) {
      process_->signal(SIGKILL);
    }
  }
  const auto ending = process_->ending();
  hear_output();
  process_.reset();
  {
    const std::lock_guard lock(mutex_);
    running_ = ready_ = false;
    master_ = 0;
    if (!asked) {
      ++deaths_;
      fault_ = ending;
    }
    changed_.notify_all();
  }
  if (asked) return;
  log_.error("gateway.haproxy_died", {{"ending", ending}, {"said", said()}});
  orders_.on_death(ending);
}

// Who lived longer than the longest pause did not die of its start.
void Supervisor::pause() {
  if (std::chrono::steady_clock::now() - began_ > orders_.most_pause) pause_ = orders_.least_pause;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, pause_, [&] { return wanted_ == Wanted::Stopped; });
  pause_ = std::min(pause_ * 2, orders_.most_pause);
}

}  // namespace everseal::gateway::haproxy
