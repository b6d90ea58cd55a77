#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "aws/call.h"
#include "clock/clock.h"
#include "clock/time_text.h"
#include "jobs/migrations.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/logs/migrations.h"
#include "services/logs/operations/create_log_group.h"
#include "services/logs/operations/create_log_stream.h"
#include "services/logs/operations/filter_log_events.h"
#include "services/logs/operations/get_log_events.h"
#include "services/logs/operations/put_log_events.h"
#include "services/logs/service.h"
#include "sql/sqlite/open.h"

// For the tests of this folder: CloudWatch Logs over an empty database in memory, at
// 2025-03-01T12:00:00Z, and its only user.
namespace everseal::logs {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

struct TestLogs {
  TestLogs() {
    if (!sql::migrate(*database, {jobs::migrations(), migrations()}))
      throw std::runtime_error("migrate");
    call.caller.account = "111122223333";
    call.region = "eu-west-1";
    service.handle_jobs(runner);
  }

  template <class Operation>
  auto run(const typename Operation::Request& request) {
    if constexpr (requires { Operation{*database, clock}; }) {
      return Operation{*database, clock}(request, call);
    } else {
      return Operation{*database}(request, call);
    }
  }
  // "done", or how it was refused.
  template <class Operation>
  std::string outcome(const typename Operation::Request& request) {
    const auto answer = run<Operation>(request);
    return answer ? "done" : std::string(answer.error().code) + ": " + answer.error().message;
  }
  void add_group(const std::string& name) {
    ASSERT_EQ(outcome<CreateLogGroup>({name, {}, {}, {}, {}}), "done");
  }
  void add_stream(const std::string& group, const std::string& name) {
    ASSERT_EQ(outcome<CreateLogStream>({group, name}), "done");
  }

  // Events of the stream "s" of the group "g", each that long after now.
  struct At {
    std::chrono::milliseconds after;
    std::string message;
  };
  PutLogEvents::Request events(const std::vector<At>& all, const std::string& stream = "s") {
    PutLogEvents::Request request{
        .log_group_name = "g", .log_stream_name = stream, .log_events = {}, .sequence_token = {}};
    for (const auto& [after, message] : all) {
      request.log_events.push_back({to_millis(clock.now() + after), message});
    }
    return request;
  }
  void put(const std::vector<At>& all, const std::string& stream = "s") {
    ASSERT_EQ(outcome<PutLogEvents>(events(all, stream)), "done");
  }

  GetLogEvents::Response get(GetLogEvents::Request request) {
    request.log_group_name = "g";
    if (request.log_stream_name.empty()) request.log_stream_name = "s";
    const auto got = run<GetLogEvents>(request);
    if (!got) throw std::runtime_error(got.error().message);
    return *got;
  }
  // All pages of a search.
  Texts filter(FilterLogEvents::Request request) {
    request.log_group_name = "g";
    Texts found;
    do {
      const auto page = run<FilterLogEvents>(request);
      if (!page) return {std::string(page.error().code) + ": " + page.error().message};
      for (const auto& event : page->events) found.push_back(event.message);
      request.next_token = page->next_token;
    } while (request.next_token);
    return found;
  }
  void run_jobs_for(std::chrono::milliseconds time) {
    const auto done = runner.run_until(clock.now() + time, [this](TimePoint now) -> Outcome {
      clock.set(now);
      return {};
    });
    if (!done) throw std::runtime_error(done.error().cause);
  }
  std::int64_t count(std::string_view query) {
    return (*database->read([&](sql::Snapshot& view) { return view.one(query); }))->integer(0);
  }

  ManualClock clock{*parse_iso8601("2025-03-01T12:00:00Z")};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  Service service{*database, clock};
  jobs::Runner runner{*database, clock, log};
  aws::Call call;
};

template <class Response>
Texts texts(const Response& response) {
  Texts all;
  for (const auto& event : response.events) all.push_back(event.message);
  return all;
}

}  // namespace everseal::logs
