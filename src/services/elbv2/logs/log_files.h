#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "gateway/log_record.h"
#include "services/elbv2/logs/gzip.h"
#include "services/elbv2/logs/wanted.h"

namespace everseal::elbv2::logs {

struct LogSettings {
  std::chrono::milliseconds interval = std::chrono::minutes{5};  // that one file is about
  std::size_t file_octets = 16UL * 1024 * 1024;                  // compressed; then another begins
  // Of all files that are not yet delivered: what is beyond is dropped, the oldest first.
  std::size_t most_octets = 64UL * 1024 * 1024;
  std::chrono::hours patience{24};  // with a bucket that does not take a file
};

struct LogFile {
  LogPlace place;
  TimePoint end{};      // of its interval
  std::string address;  // of the gateway, as the first of its clients knew it
  std::uint64_t entries = 0;
  Bytes octets;  // gzip
};

// Log entries by load balancer and interval, on their way into buckets. Thread-safe; nobody waits
// for more than a few microseconds.
class LogFiles {
 public:
  LogFiles(const Clock& clock, const LogSettings& settings) : clock_(clock), settings_(settings) {}

  // From now on these are written; what was gathered for others is delivered all the same.
  void want(WantedLogs logs);
  // The end of the interval, if this began its file.
  std::optional<TimePoint> take(const gateway::RequestRecord& request);
  std::optional<TimePoint> take(const gateway::ConnectionRecord& connection);

  // The oldest file whose interval is over, or that is full; it belongs to the caller then.
  std::optional<LogFile> next_due();
  // It could not be delivered: next_due() will have it again after all others.
  void give_back(LogFile file);
  // Ends all intervals now.
  void end_all();
  // When the next interval ends; nothing: nothing was gathered.
  std::optional<TimePoint> next_end() const;
  std::uint64_t dropped_entries() const;

 private:
  struct Open {
    std::string address;
    std::uint64_t entries = 0;
    Gzip text;
  };
  using Key = std::pair<TimePoint, LogPlace>;

  std::optional<TimePoint> add(const LogPlace& place, const std::string& address,
                               const std::string& entry);
  void close(const Key& key, Open& file, TimePoint end);
  void close_ended();
  void push(LogFile file);

  const Clock& clock_;
  const LogSettings settings_;
  mutable std::mutex mutex_;  // guards all below
  WantedLogs wanted_;
  std::map<Key, Open> open_;
  std::deque<LogFile> closed_;
  std::size_t closed_octets_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace everseal::elbv2::logs
