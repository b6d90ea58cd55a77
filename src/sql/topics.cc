#include "sql/topics.h"

#include <algorithm>

namespace everseal::sql {

Subscription Topics::listen(std::string_view topic, std::function<void(std::int64_t)> hear) {
  auto listener = std::make_shared<const Listener>(Listener{std::string(topic), std::move(hear)});
  const std::scoped_lock lock(mutex_);
  std::erase_if(listeners_, [](const auto& old) { return old.expired(); });
  listeners_.push_back(listener);
  count_ = listeners_.size();
  return listener;
}

void Topics::tell(std::string_view topic, std::int64_t number) {
  for (const auto& listener : listeners_of(topic)) listener->hear(number);
}

std::vector<std::shared_ptr<const Topics::Listener>> Topics::listeners_of(std::string_view topic) {
  std::vector<std::shared_ptr<const Listener>> found;
  const std::scoped_lock lock(mutex_);
  for (const auto& weak : listeners_) {
    auto listener = weak.lock();
    if (listener && listener->topic == topic) found.push_back(std::move(listener));
  }
  return found;
}

}  // namespace everseal::sql
