#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "clock/clock.h"

namespace everseal::lambda {

using Variables = std::map<std::string, std::string>;

// Of invocations that nobody waits for.
struct EventConfig {
  std::optional<std::int64_t> retries{};      // after an error of the function; 2
  std::optional<std::int64_t> age_seconds{};  // how old an event may become; 6 hours
  std::optional<TimePoint> configured_at{};   // nothing: never
  std::string on_success{};                   // who is told: an ARN, or nobody
  std::string on_failure{};
};

struct Function {
  std::string arn;
  std::string account;
  std::string region;
  std::string name;
  std::string role;
  std::string runtime;  // "python3.12"
  std::string handler;  // "main.handler"
  std::string description;
  std::int64_t timeout_seconds = 3;
  std::int64_t memory_megabytes = 128;
  std::int64_t temporary_megabytes = 512;
  Variables environment;
  std::string code_sha256;  // base64
  std::int64_t code_size = 0;
  std::string revision_id;
  TimePoint modified_at;
  std::optional<std::int64_t> reserved{};
  EventConfig events{};
  std::string dead_letters{};           // the ARN of a queue for events that were given up, or none
  std::optional<std::string> policy{};  // JSON
  std::string version = "$LATEST";      // or "3": what was published under that number
  std::string qualifier{};              // that it was asked for by: a version, an alias, or none

  // As its callers know it: "arn:aws:lambda:eu-west-1:111122223333:function:demo:PROD".
  std::string invoked_arn() const { return qualifier.empty() ? arn : arn + ":" + qualifier; }
};

}  // namespace everseal::lambda
