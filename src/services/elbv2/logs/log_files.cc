#include "services/elbv2/logs/log_files.h"

#include <algorithm>

#include "services/elbv2/logs/entries.h"

namespace everseal::elbv2::logs {

void LogFiles::want(WantedLogs logs) {
  const std::lock_guard lock(mutex_);
  wanted_ = std::move(logs);
}

std::optional<TimePoint> LogFiles::take(const gateway::RequestRecord& request) {
  const std::lock_guard lock(mutex_);
  const auto wanted = wanted_.find(request.load_balancer);
  if (wanted == wanted_.end() || !wanted->second.access) return std::nullopt;
  return add(*wanted->second.access, request.here.address,
             access_log_entry(request, wanted->second.dns_name));
}

std::optional<TimePoint> LogFiles::take(const gateway::ConnectionRecord& connection) {
  const std::lock_guard lock(mutex_);
  const auto wanted = wanted_.find(connection.load_balancer);
  if (wanted == wanted_.end() || !wanted->second.connection) return std::nullopt;
  return add(*wanted->second.connection, connection.here.address, connection_log_entry(connection));
}

std::optional<TimePoint> LogFiles::add(const LogPlace& place, const std::string& address,
                                       const std::string& entry) {
  const auto since = clock_.now().time_since_epoch();
  const TimePoint end(since - since % settings_.interval + settings_.interval);
  const Key key{end, place};
  // Not all of them may wait for a job: they would not be bounded while none can run.
  if (!open_.contains(key)) close_ended();
  const auto [file, is_new] = open_.try_emplace(key);
  if (is_new) file->second.address = address;
  file->second.text.append(entry + "\n");
  ++file->second.entries;
  if (file->second.text.size() >= settings_.file_octets) {
    close(key, file->second, end);
    open_.erase(file);
  }
  return is_new ? std::optional(end) : std::nullopt;
}

void LogFiles::close(const Key& key, Open& file, TimePoint end) {
  push({.place = key.second,
        .end = end,
        .address = std::move(file.address),
        .entries = file.entries,
        .octets = file.text.finish()});
}

void LogFiles::push(LogFile file) {
  closed_octets_ += file.octets.size();
  closed_.push_back(std::move(file));
  while (closed_octets_ > settings_.most_octets && closed_.size() > 1) {
    closed_octets_ -= closed_.front().octets.size();
    dropped_ += closed_.front().entries;
    closed_.pop_front();
  }
}

void LogFiles::close_ended() {
  const auto now = clock_.now();
  while (!open_.empty() && open_.begin()->first.first <= now) {
    const auto oldest = open_.begin();
    close(oldest->first, oldest->second, oldest->first.first);
    open_.erase(oldest);
  }
}

std::optional<LogFile> LogFiles::next_due() {
  const std::lock_guard lock(mutex_);
  close_ended();
  if (closed_.empty()) return std::nullopt;
  LogFile file = std::move(closed_.front());
  closed_.pop_front();
  closed_octets_ -= file.octets.size();
  return file;
}

void LogFiles::give_back(LogFile file) {
  const std::lock_guard lock(mutex_);
  if (clock_.now() - file.end > settings_.patience) {
    dropped_ += file.entries;
    return;
  }
  push(std::move(file));
}

void LogFiles::end_all() {
  const std::lock_guard lock(mutex_);
  for (auto& [key, file] : open_) close(key, file, std::min(key.first, clock_.now()));
  open_.clear();
}

std::optional<TimePoint> LogFiles::next_end() const {
  const std::lock_guard lock(mutex_);
  if (open_.empty()) return std::nullopt;
  return open_.begin()->first.first;
}

std::uint64_t LogFiles::dropped_entries() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

}  // namespace everseal::elbv2::logs
