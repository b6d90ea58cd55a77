#include "log/log.h"

#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/base_sink.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <utility>

#include "clock/time_text.h"
#include "encoding/utf8.h"

namespace everseal {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};
constexpr std::size_t kMostPending = 8192;
constexpr std::size_t kMostGathered = 64 * 1024;  // octets written at once
constexpr std::size_t kLongestValue = 4096;       // a stranger must not fill the disk

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

// Lines that wait together are written together.
class GatheringSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  // `more_wait`: asked after each line.
  explicit GatheringSink(std::function<bool()> more_wait) : more_wait_(std::move(more_wait)) {}
  ~GatheringSink() override { write_out(); }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    lines_.append(message.payload.data(), message.payload.size()).push_back('\n');
    if (lines_.size() >= kMostGathered || !more_wait_()) write_out();
  }
  void flush_() override { write_out(); }
  void write_out() {
    std::fwrite(lines_.data(), 1, lines_.size(), stderr);
    lines_.clear();
  }

  std::function<bool()> more_wait_;
  std::string lines_;
};

// The sink runs on the pool's threads only, which end before the pool does.
std::shared_ptr<GatheringSink> gathering_for(spdlog::details::thread_pool& pool) {
  return std::make_shared<GatheringSink>([&pool] { return pool.queue_size() > 0; });
}

}  // namespace

LogField::LogField(std::string_view field_name, std::string_view value)
    : name(field_name), json(quoted(value)) {}

LogField::LogField(std::string_view field_name, double value)
    : name(field_name), json(number(value)) {}

class Log::Sink {
 public:
  Sink()
      : pool_(std::make_shared<spdlog::details::thread_pool>(kMostPending, 1)),
        logger_(std::make_shared<spdlog::async_logger>(
            "everseal", gathering_for(*pool_), pool_,
            // Whoever reads the log may stand still; the server must not.
            spdlog::async_overflow_policy::overrun_oldest)) {
    logger_->set_level(spdlog::level::trace);
  }
  explicit Sink(std::function<void(std::string_view)> function) : function_(std::move(function)) {}

  void write(std::string_view line) {
    if (function_) {
      const std::lock_guard lock(mutex_);
      function_(line);
    } else {
      logger_->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
    }
  }
  void flush() {
    if (logger_) logger_->flush();
  }
  std::uint64_t dropped() const { return pool_ ? pool_->overrun_counter() : 0; }

 private:
  std::mutex mutex_;  // over a call of the function
  std::function<void(std::string_view)> function_;
  std::shared_ptr<spdlog::details::thread_pool> pool_;
  std::shared_ptr<spdlog::async_logger> logger_;
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
