#include "log/log.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <optional>
#include <utility>

#include "clock/time_text.h"
#include "encoding/utf8.h"
#include "log/line_writer.h"

namespace everseal {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};
constexpr std::size_t kLongestValue = 4096;  // a stranger must not fill the disk

bool stands_for_itself(char letter) {
  const auto octet = static_cast<unsigned char>(letter);
  return octet >= 0x20 && octet != 0x7f && letter != '"' && letter != '\\';
}

void append_escaped(std::string& json, std::string_view text) {
  // What is not UTF-8 must not spoil the line: its octets are shown one by one.
  const bool readable = encoding::utf8_length(text).has_value();
  if (readable && std::ranges::all_of(text, stands_for_itself)) {
    json.append(text);
    return;
  }
  for (const char letter : text) {
    const auto octet = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      json.push_back('\\');
      json.push_back(letter);
    } else if (octet < 0x20 || octet == 0x7f || (octet >= 0x80 && !readable)) {
      std::array<char, 8> escaped{};
      std::snprintf(escaped.data(), escaped.size(), "\\u%04x", octet);
      json.append(escaped.data());
    } else {
      json.push_back(letter);
    }
  }
}

void append_quoted(std::string& json, std::string_view text) {
  json.push_back('"');
  append_escaped(json, text.substr(0, kLongestValue));
  json.push_back('"');
}

std::string quoted(std::string_view text) {
  std::string json;
  json.reserve(text.size() + 2);
  append_quoted(json, text);
  return json;
}

std::string number(double value) {
  if (!std::isfinite(value)) return "null";
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

}  // namespace

LogField::LogField(std::string_view field_name, std::string_view value)
    : name(field_name), json(quoted(value)) {}

LogField::LogField(std::string_view field_name, double value)
    : name(field_name), json(number(value)) {}

class Log::Sink {
 public:
  Sink() : writer_(std::in_place) {}
  explicit Sink(std::function<void(std::string_view)> function) : function_(std::move(function)) {}

  void write(std::string_view line) {
    if (writer_) {
      writer_->add(line);
    } else {
      const std::lock_guard lock(mutex_);
      function_(line);
    }
  }
  void flush() {
    if (writer_) writer_->flush();
  }
  std::uint64_t dropped() const { return writer_ ? writer_->dropped() : 0; }

 private:
  std::mutex mutex_;  // over a call of the function
  std::function<void(std::string_view)> function_;
  std::optional<LineWriter> writer_;
};

Log::Log(const Clock& clock, LogLevel least)
    : clock_(clock), least_(least), sink_(std::make_unique<Sink>()) {}

Log::Log(const Clock& clock, LogLevel least, std::function<void(std::string_view)> sink)
    : clock_(clock), least_(least), sink_(std::make_unique<Sink>(std::move(sink))) {}

Log::~Log() { flush(); }

void Log::debug(std::string_view event, std::initializer_list<LogField> fields) {
  write(LogLevel::Debug, event, fields);
}
void Log::info(std::string_view event, std::initializer_list<LogField> fields) {
  write(LogLevel::Info, event, fields);
}
void Log::warning(std::string_view event, std::initializer_list<LogField> fields) {
  write(LogLevel::Warning, event, fields);
}
void Log::error(std::string_view event, std::initializer_list<LogField> fields) {
  write(LogLevel::Error, event, fields);
}
void Log::flush() { sink_->flush(); }
std::uint64_t Log::dropped() const { return sink_->dropped(); }

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < least_) return;
  std::string line;
  line.reserve(768);
  line.append(R"({"time":")").append(to_iso8601_millis(clock_.now()));
  line.append(R"(","level":")").append(kLevelNames[static_cast<std::size_t>(level)]);
  line.append(R"(","event":)");
  append_quoted(line, event);
  for (const auto& field : fields) {
    line.push_back(',');
    append_quoted(line, field.name);
    line.append(":").append(field.json);
  }
  line.append("}");
  sink_->write(line);
}

}  // namespace everseal
