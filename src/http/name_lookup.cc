#include "http/name_lookup.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace everseal::http {
namespace {

// The C library cannot be told to give up. What hangs is bounded for the whole process, and must be
// counted even after whoever asked has gone.
constexpr int most_at_once = 16;
constinit std::atomic<int> at_once{0};

class Place {
 public:
  static std::optional<Place> take() {
    if (at_once.fetch_add(1) < most_at_once) return Place();
    at_once.fetch_sub(1);
    return std::nullopt;
  }
  Place(Place&& other) noexcept : is_taken_(std::exchange(other.is_taken_, false)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (is_taken_) at_once.fetch_sub(1);
  }

 private:
  Place() = default;
  bool is_taken_ = true;
};

// What a thread has found out, for whoever still waits for it.
class Promise {
 public:
  void keep(Result<Addresses> found) {
    const std::scoped_lock lock(mutex_);
    found_.emplace(std::move(found));
    changed_.notify_all();
  }
  std::optional<Result<Addresses>> wait(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, deadline, [&] { return found_.has_value(); });
    return std::exchange(found_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Result<Addresses>> found_;  // guarded by mutex_
};

Result<Addresses> addresses_of(const std::string& host, std::uint16_t port, int flags) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = flags;
  addrinfo* list = nullptr;
  const int outcome = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &list);
  if (outcome != 0) return Fault::unavailable(host + ": " + gai_strerror(outcome));
  return Addresses{list};
}

}  // namespace

Result<Addresses> look_up(const std::string& host, std::uint16_t port) {
  return addresses_of(host, port, 0);
}

Result<Addresses> look_up(const std::string& host, std::uint16_t port,
                          std::chrono::steady_clock::time_point deadline,
                          const NameLookup& lookup) {
  if (auto address = addresses_of(host, port, AI_NUMERICHOST | AI_NUMERICSERV)) return address;
  auto place = Place::take();
  if (!place) return Fault::unavailable(host + ": too many names are being looked up");
  const auto promise = std::make_shared<Promise>();
  std::thread([promise, host, port, lookup, taken = *std::move(place)] {
    promise->keep(lookup(host, port));
  }).detach();
  auto found = promise->wait(deadline);
  if (!found) return Fault::unavailable(host + ": its name was not found in time");
  return *std::move(found);
}

}  // namespace everseal::http
