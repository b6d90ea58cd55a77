#include "services/lambda/sandbox/watch.h"

#include <linux/seccomp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace everseal::lambda::sandbox {
namespace {

constexpr std::uint64_t the_end = 0;  // an id that nobody has

bool listen_to(const Descriptor& epoll, const Descriptor& to, std::uint64_t id) {
  epoll_event wanted{.events = EPOLLIN, .data = {.u64 = id}};
  return epoll_ctl(epoll.number(), EPOLL_CTL_ADD, to.number(), &wanted) == 0;
}

}  // namespace

Watch::Watch()
    : ready_(epoll_create1(EPOLL_CLOEXEC)), ends_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (listen_to(ready_, ends_, the_end)) thread_ = std::jthread([this] { run(); });
}

Watch::~Watch() {
  if (ends_.is_open()) eventfd_write(ends_.number(), 1);
}

Result<std::shared_ptr<void>> Watch::add(Descriptor asks, Bounds bounds, TellRefusal tell) {
  const std::lock_guard lock(mutex_);
  const auto id = ++last_id_;
  if (!thread_.joinable() || !listen_to(ready_, asks, id)) {
    return Fault::unavailable(std::string("functions cannot be watched: ") + std::strerror(errno));
  }
  watched_.emplace(id, std::make_shared<const Watched>(
                           Watched{std::move(asks), std::move(bounds), std::move(tell)}));
  return std::shared_ptr<void>(this, [id](Watch* watch) { watch->remove(id); });
}

void Watch::remove(std::uint64_t id) {
  std::shared_ptr<const Watched> last;  // closed without the lock
  const std::lock_guard lock(mutex_);
  const auto found = watched_.find(id);
  epoll_ctl(ready_.number(), EPOLL_CTL_DEL, found->second->asks.number(), nullptr);
  last = std::move(found->second);
  watched_.erase(found);
}

std::shared_ptr<const Watch::Watched> Watch::watched(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  const auto found = watched_.find(id);
  return found == watched_.end() ? nullptr : found->second;
}

void Watch::run() {
  while (true) {
    std::array<epoll_event, 16> events{};
    const auto count = epoll_wait(ready_.number(), events.data(), std::ssize(events), -1);
    for (int at = 0; at < count; ++at) {
      const auto& [what, data] = events[static_cast<std::size_t>(at)];
      if (data.u64 == the_end) return;
      const auto one = watched(data.u64);
      if (!one) continue;
      if ((what & EPOLLIN) != 0) answer(*one);
      // The last process has ended.
      if (what == EPOLLHUP) epoll_ctl(ready_.number(), EPOLL_CTL_DEL, one->asks.number(), nullptr);
    }
  }
}

// Told before it is answered: who was refused something may be sure that it is known.
void Watch::answer(const Watched& watched) {
  seccomp_notif asked{};
  if (ioctl(watched.asks.number(), SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0) return;
  const auto verdict = judge(asked, watched.bounds);
  // What was read of a process that ended meanwhile may be another's.
  if (ioctl(watched.asks.number(), SECCOMP_IOCTL_NOTIF_ID_VALID, &asked.id) != 0) return;
  if (verdict.refusal) watched.tell(*verdict.refusal);
  seccomp_notif_resp answer{.id = asked.id, .val = 0, .error = -verdict.error, .flags = 0};
  if (verdict.error == 0) answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  ioctl(watched.asks.number(), SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

}  // namespace everseal::lambda::sandbox
