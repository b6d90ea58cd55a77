#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "clock/clock.h"

namespace everseal {

// One fact of a log line.
struct LogField {
  LogField(std::string_view field_name, std::string_view value);
  LogField(std::string_view field_name, const char* value)
      : LogField(field_name, std::string_view(value)) {}
  LogField(std::string_view field_name, const std::string& value)
      : LogField(field_name, std::string_view(value)) {}
  LogField(std::string_view field_name, std::integral auto value)
      : name(field_name), json(std::to_string(value)) {}
  LogField(std::string_view field_name, double value);
  LogField(std::string_view field_name, bool value)
      : name(field_name), json(value ? "true" : "false") {}

  std::string_view name;
  std::string json;  // already escaped
};

enum class LogLevel { Debug, Info, Warning, Error };

// JSON lines: {"time": ..., "level": ..., "event": "certificate.revoked", "ca": ...}. An event is a
// literal, facts are fields. Error: a person must act; warning: may have to; info: it happened.
// Never bodies, Authorization headers or keys. Thread-safe; a line is written by a thread of the
// log's own within some milliseconds, and nobody waits for it: when 4 MiB are not yet written, it
// is dropped.
class Log {
 public:
  // To standard error.
  Log(const Clock& clock, LogLevel least);
  // To a function, at once, in order and never twice at a time: for tests.
  Log(const Clock& clock, LogLevel least, std::function<void(std::string_view line)> sink);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void debug(std::string_view event, std::initializer_list<LogField> fields = {});
  void info(std::string_view event, std::initializer_list<LogField> fields = {});
  void warning(std::string_view event, std::initializer_list<LogField> fields = {});
  void error(std::string_view event, std::initializer_list<LogField> fields = {});
  void flush();
  // How many lines were dropped, because standard error took them too slowly.
  std::uint64_t dropped() const;

 private:
  class Sink;
  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields);

  const Clock& clock_;
  const LogLevel least_;
  std::unique_ptr<Sink> sink_;
};

}  // namespace everseal
