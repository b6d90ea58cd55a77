#include "keys/key_pool.h"

#include <sched.h>

#include <utility>

namespace everseal::keys {
namespace {

// Run only when nobody else wants the processor. Refused by no kernel we know; if one does, the
// thread competes with the others, and that is all.
void yield_to_everybody() {
  const sched_param parameters{};
  sched_setscheduler(0, SCHED_IDLE, &parameters);
}

}  // namespace

KeyPool::KeyPool(Options options, Log& log)
    : KeyPool(options, log, [](crypto::KeyAlgorithm algorithm, const std::stop_token& stop) {
        return crypto::PrivateKey::generate(algorithm, stop);
      }) {}

KeyPool::KeyPool(Options options, Log& log, Generate generate)
    : log_(log),
      generate_(std::move(generate)),
      pause_after_failure_(options.pause_after_failure),
      shelves_(empty_shelves(options)),
      filler_([this](const std::stop_token& stop) {
        yield_to_everybody();
        fill(stop);
      }) {}

std::map<crypto::KeyAlgorithm, KeyPool::Shelf> KeyPool::empty_shelves(const Options& options) {
  std::map<crypto::KeyAlgorithm, Shelf> shelves;
  shelves[crypto::KeyAlgorithm::Rsa2048].wanted = options.rsa_2048;
  shelves[crypto::KeyAlgorithm::Rsa3072].wanted = options.rsa_3072;
  shelves[crypto::KeyAlgorithm::Rsa4096].wanted = options.rsa_4096;
  return shelves;
}

KeyPool::~KeyPool() = default;

Result<crypto::PrivateKey> KeyPool::take(crypto::KeyAlgorithm algorithm) {
  {
    const std::scoped_lock lock(mutex_);
    const auto shelf = shelves_.find(algorithm);
    if (shelf != shelves_.end() && !shelf->second.keys.empty()) {
      crypto::PrivateKey key = std::move(shelf->second.keys.front());
      shelf->second.keys.pop_front();
      changed_.notify_all();
      return key;
    }
  }
  return crypto::PrivateKey::generate(algorithm, given_up_.get_token());
}

void KeyPool::give_up() {
  given_up_.request_stop();
  filler_.request_stop();
}

std::size_t KeyPool::ready(crypto::KeyAlgorithm algorithm) const {
  const std::scoped_lock lock(mutex_);
  const auto shelf = shelves_.find(algorithm);
  return shelf == shelves_.end() ? 0 : shelf->second.keys.size();
}

void KeyPool::wait_until_full() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !most_wanted(); });
}

void KeyPool::fill(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return most_wanted().has_value(); })) {
    const crypto::KeyAlgorithm algorithm = *most_wanted();
    lock.unlock();
    auto key = generate_(algorithm, stop);
    if (!key && !stop.stop_requested()) log_.error("keys.not_made", {{"cause", key.error().cause}});
    lock.lock();
    if (!key) pause(lock, stop);
    if (stop.stop_requested()) return;
    if (!key) continue;
    shelves_.at(algorithm).keys.push_back(*std::move(key));
    changed_.notify_all();
  }
}

// What failed once would fail at once again. Who wants a key meanwhile makes it and hears why not.
void KeyPool::pause(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
  changed_.wait_for(lock, stop, pause_after_failure_, [] { return false; });
}

std::optional<crypto::KeyAlgorithm> KeyPool::most_wanted() const {
  for (const auto& [algorithm, shelf] : shelves_) {
    if (shelf.keys.size() < shelf.wanted) return algorithm;
  }
  return std::nullopt;
}

}  // namespace everseal::keys
