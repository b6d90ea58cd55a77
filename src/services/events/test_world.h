#pragma once

#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/call.h"
#include "clock/clock.h"
#include "clock/time_text.h"
#include "jobs/migrations.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "random/random.h"
#include "result/testing/need.h"
#include "services/events/archives/migrations.h"
#include "services/events/bus.h"
#include "services/events/migrations.h"
#include "services/events/operations/create_event_bus.h"
#include "services/events/operations/put_events.h"
#include "services/events/operations/put_rule.h"
#include "services/events/operations/put_targets.h"
#include "services/events/service.h"
#include "sql/migrations.h"
#include "sql/sqlite/open.h"

// For tests: EventBridge in memory, at a time that only the test moves.
namespace everseal::events {

// "ValidationException: ..."; "none" if there was no error.
template <class T>
std::string error_of(const Result<T, ApiError>& answer) {
  return answer ? "none" : std::string(answer.error().code) + ": " + answer.error().message;
}

// Functions of Lambda, as far as deliveries go: takes what it is told to, and remembers it.
class TestFunctions final : public TargetKind {
 public:
  std::vector<Delivery> taken;
  std::function<DeliveryOutcome(const Delivery&)> answer = [](const Delivery&) {
    return DeliveryOutcome(Delivered{});
  };

  bool takes(std::string_view arn) const override { return arn.starts_with("arn:aws:lambda:"); }
  DeliveryOutcome deliver(const Delivery& delivery) override {
    taken.push_back(delivery);
    return answer(delivery);
  }
};

class TestQueues final : public DeadLetterQueues {
 public:
  std::vector<DeadLetter> letters;

  bool takes(std::string_view arn) const override { return arn.starts_with("arn:aws:sqs:"); }
  Result<bool> put(sql::Transaction&, std::string_view arn, const DeadLetter& letter) override {
    if (arn.ends_with("gone")) return false;
    letters.push_back(letter);
    return true;
  }
};

struct TestWorld {
  TestWorld() {
    need(sql::migrate(*database, {jobs::migrations(), archives::migrations(), migrations()}));
    call.caller.account = "111122223333";
    call.caller.arn = call.caller.principal_arn = "arn:aws:iam::111122223333:root";
    call.region = "us-east-1";
    service.add_targets(functions);
    service.handle_jobs(runner);
    kinds.add(bus_target);
    kinds.add(functions);
  }

  static std::string function(const std::string& name) {
    return "arn:aws:lambda:us-east-1:111122223333:function:" + name;
  }
  static std::string queue(const std::string& name) {
    return "arn:aws:sqs:us-east-1:111122223333:" + name;
  }
  static std::string certificate(const std::string& id) {
    return "arn:aws:acm:us-east-1:111122223333:certificate/" + id;
  }
  static std::string bus(const std::string& name) {
    return "arn:aws:events:us-east-1:111122223333:event-bus/" + name;
  }

  void create_bus(const std::string& name) {
    CreateEventBus::Request request;
    request.bus_name = name;
    need(CreateEventBus{*database, clock}(request, call));
  }
  void put_rule(const std::string& name, const std::string& pattern = R"({"source":["plant"]})",
                const std::string& bus_name = "default") {
    PutRule::Request request;
    request.rule_name = name;
    request.event_pattern = pattern;
    request.event_bus_name = bus_name;
    need(PutRule{*database, clock, random}(request, call));
  }
  Result<PutTargets::Response, ApiError> try_target(const std::string& rule,
                                                    const shapes::Target& target,
                                                    const std::string& bus_name = "default") {
    return PutTargets{*database, clock, random, kinds, &queues}({rule, bus_name, {target}}, call);
  }
  void put_target(const std::string& rule, const shapes::Target& target,
                  const std::string& bus_name = "default") {
    need(try_target(rule, target, bus_name));
  }
  static shapes::Target target(const std::string& id, const std::string& arn) {
    shapes::Target made;
    made.id = id;
    made.arn = arn;
    return made;
  }

  static PutEvents::Entry entry(const std::string& detail = "{}",
                                std::vector<std::string> resources = {}) {
    PutEvents::Entry made;
    made.source = "plant";
    made.detail_type = "Press";
    made.detail = detail;
    made.resources = std::move(resources);
    return made;
  }
  PutEvents::Response put_all(const std::vector<PutEvents::Entry>& entries) {
    return need(PutEvents{*database, clock, random}({entries, {}}, call));
  }
  // The id of the event.
  std::string put(const std::string& detail = "{}", std::vector<std::string> resources = {}) {
    return put_all({entry(detail, std::move(resources))}).entries.front().event_id.value_or("");
  }
  // An event of somebody in this program, that has come by so many.
  void put_after(int hops) {
    need(database->write([&](sql::Transaction& tx) {
      return events::put(tx,
                         Event{.id = random_uuid(random),
                               .bus = {"111122223333", "us-east-1", "default"},
                               .source = "plant",
                               .detail_type = "Press",
                               .time = clock.now(),
                               .resources = {},
                               .detail = "{}",
                               .hops = hops},
                         clock.now());
    }));
  }

  // Runs what is due until then, each job at its time.
  void run_until(TimePoint time) {
    need(runner.run_until(time, [this](TimePoint now) -> Outcome {
      clock.set(now);
      return {};
    }));
  }
  void run_for(std::chrono::milliseconds time) { run_until(clock.now() + time); }
  void run() { run_until(clock.now()); }

  // Details of what the functions were given, in order: the events' `detail` as text.
  std::vector<std::string> details() const {
    std::vector<std::string> all;
    for (const auto& delivery : functions.taken)
      all.push_back(json::print(*json::parse(delivery.event)->find("detail")));
    return all;
  }
  std::int64_t rows(std::string_view query) {
    return need(database->read([&](sql::Snapshot& view) { return view.one(query); }))->integer(0);
  }
  // Events and deliveries that wait.
  std::int64_t waiting() {
    return rows(
        "SELECT (SELECT count(*) FROM events_event) + (SELECT count(*) FROM events_delivery)");
  }
  bool was_logged(std::string_view text) const {
    for (const auto& line : lines) {
      if (line.find(text) != std::string::npos) return true;
    }
    return false;
  }

  ManualClock clock{*parse_iso8601("2026-04-06T06:00:53Z")};
  CountingRandom random;
  std::vector<std::string> lines;
  Log log{clock, LogLevel::Debug, [this](std::string_view line) { lines.emplace_back(line); }};
  std::unique_ptr<sql::Database> database = need(sql::sqlite::open_in_memory({}, log));
  TestFunctions functions;
  TestQueues queues;
  BusTarget bus_target{*database, clock};
  Targets kinds;
  Service service{{*database, clock, random, log, &queues}};
  jobs::Runner runner{*database, clock, log};
  aws::Call call;
};

}  // namespace everseal::events
