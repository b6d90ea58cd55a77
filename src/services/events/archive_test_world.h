#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clock/time_text.h"
#include "services/events/json/json.h"
#include "services/events/operations/cancel_replay.h"
#include "services/events/operations/create_archive.h"
#include "services/events/operations/delete_archive.h"
#include "services/events/operations/describe_archive.h"
#include "services/events/operations/describe_replay.h"
#include "services/events/operations/list_archives.h"
#include "services/events/operations/list_replays.h"
#include "services/events/operations/start_replay.h"
#include "services/events/operations/update_archive.h"
#include "services/events/test_world.h"

// For tests: EventBridge with archives.
namespace everseal::events {

struct ArchiveWorld : TestWorld {
  static std::string archive(const std::string& name) {
    return "arn:aws:events:us-east-1:111122223333:archive/" + name;
  }
  static std::string rule(const std::string& name) {
    return "arn:aws:events:us-east-1:111122223333:rule/" + name;
  }
  static CreateArchive::Request archive_request(const std::string& name) {
    CreateArchive::Request request;
    request.archive_name = name;
    request.event_source_arn = bus("default");
    return request;
  }
  Result<CreateArchive::Response, ApiError> try_create(const CreateArchive::Request& request) {
    return CreateArchive{*database, clock}(request, call);
  }
  void create_archive(const std::string& name, std::optional<std::string> pattern = {},
                      std::optional<std::int32_t> days = {}) {
    auto request = archive_request(name);
    request.event_pattern = std::move(pattern);
    request.retention_days = days;
    need(try_create(request));
  }
  UpdateArchive::Response update_archive(const UpdateArchive::Request& request) {
    return need(UpdateArchive{*database, clock}(request, call));
  }
  void delete_archive(const std::string& name) {
    need(DeleteArchive{*database, clock}({name}, call));
  }
  DescribeArchive::Response describe_archive(const std::string& name) {
    return need(DescribeArchive{*database}({name}, call));
  }
  std::int64_t kept_by(const std::string& name) { return describe_archive(name).event_count; }
  std::int64_t kept_rows() { return rows("SELECT count(*) FROM events_archived_event"); }

  // Of what happened today up to a minute from now.
  StartReplay::Request replay_request(const std::string& name,
                                      const std::string& of = "all") const {
    StartReplay::Request request;
    request.replay_name = name;
    request.event_source_arn = archive(of);
    request.event_start_time = clock.now() - std::chrono::hours{24};
    request.event_end_time = clock.now() + std::chrono::minutes{1};
    request.destination.arn = bus("default");
    return request;
  }
  Result<StartReplay::Response, ApiError> try_start(const StartReplay::Request& request) {
    return StartReplay{*database, clock}(request, call);
  }
  void start_replay(const std::string& name) { need(try_start(replay_request(name))); }
  DescribeReplay::Response describe_replay(const std::string& name) {
    return need(DescribeReplay{*database}({name}, call));
  }
  std::string state_of(const std::string& replay) {
    return std::string(aws::name_of(describe_replay(replay).state));
  }
  Result<CancelReplay::Response, ApiError> cancel(const std::string& name) {
    return CancelReplay{*database, clock}({name}, call);
  }
  // What functions were given since the last look, as "id replay-name", in order.
  std::vector<std::string> replayed() {
    std::vector<std::string> all;
    for (const auto& delivery : functions.taken) {
      const auto event = *json::parse(delivery.event);
      const auto* replay = event.find("replay-name");
      all.push_back(event.find("id")->text + " " + (replay == nullptr ? "none" : replay->text));
    }
    functions.taken.clear();
    return all;
  }
};

}  // namespace everseal::events
