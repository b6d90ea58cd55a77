#include "log/log.h"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "clock/time_text.h"
#include "encoding/utf8.h"

namespace everseal {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};
constexpr std::size_t kMostPending = 8192;
constexpr std::size_t kLongestValue = 4096;  // a stranger must not fill the disk

void append_escaped(std::string& json, std::string_view text) {
  // What is not UTF-8 must not spoil the line: its octets are shown one by one.
  const bool readable = encoding::utf8_length(text).has_value();
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

std::string quoted(std::string_view text) {
  std::string json = "\"";
  append_escaped(json, text.substr(0, kLongestValue));
  json.push_back('"');
  return json;
}

}  // namespace

LogField::LogField(std::string_view field_name, std::string_view value)
    : name(field_name), json(quoted(value)) {}

LogField::LogField(std::string_view field_name, double value)
    : name(field_name), json(std::isfinite(value) ? std::to_string(value) : "null") {}

class Log::Sink {
 public:
  Sink()
      : pool_(std::make_shared<spdlog::details::thread_pool>(kMostPending, 1)),
        logger_(std::make_shared<spdlog::async_logger>(
            "everseal", std::make_shared<spdlog::sinks::stderr_sink_mt>(), pool_,
            spdlog::async_overflow_policy::block)) {
    logger_->set_pattern("%v");
    logger_->set_level(spdlog::level::trace);
  }
  explicit Sink(std::function<void(std::string_view)> function) : function_(std::move(function)) {}

  void write(std::string_view line) {
    if (function_) {
      function_(line);
    } else {
      logger_->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
    }
  }
  void flush() {
    if (logger_) logger_->flush();
  }

 private:
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

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < least_) return;
  std::string line;
  line.reserve(256);
  line.append(R"({"time":")").append(to_iso8601_millis(clock_.now()));
  line.append(R"(","level":")").append(kLevelNames[static_cast<std::size_t>(level)]);
  line.append(R"(","event":)").append(quoted(event));
  for (const auto& field : fields) {
    line.append(",").append(quoted(field.name)).append(":").append(field.json);
  }
  line.append("}");
  sink_->write(line);
}

}  // namespace everseal
