#include "services/events/service.h"

#include <chrono>
#include <string>

#include "services/events/operations/cancel_replay.h"
#include "services/events/operations/create_archive.h"
#include "services/events/operations/create_event_bus.h"
#include "services/events/operations/delete_archive.h"
#include "services/events/operations/delete_event_bus.h"
#include "services/events/operations/delete_rule.h"
#include "services/events/operations/describe_archive.h"
#include "services/events/operations/describe_event_bus.h"
#include "services/events/operations/describe_replay.h"
#include "services/events/operations/describe_rule.h"
#include "services/events/operations/disable_rule.h"
#include "services/events/operations/enable_rule.h"
#include "services/events/operations/list_archives.h"
#include "services/events/operations/list_event_buses.h"
#include "services/events/operations/list_replays.h"
#include "services/events/operations/list_rule_names_by_target.h"
#include "services/events/operations/list_rules.h"
#include "services/events/operations/list_tags_for_resource.h"
#include "services/events/operations/list_targets_by_rule.h"
#include "services/events/operations/put_events.h"
#include "services/events/operations/put_permission.h"
#include "services/events/operations/put_rule.h"
#include "services/events/operations/put_targets.h"
#include "services/events/operations/remove_permission.h"
#include "services/events/operations/remove_targets.h"
#include "services/events/operations/start_replay.h"
#include "services/events/operations/tag_resource.h"
#include "services/events/operations/test_event_pattern.h"
#include "services/events/operations/untag_resource.h"
#include "services/events/operations/update_archive.h"
#include "services/events/operations/update_event_bus.h"
#include "services/events/plan.h"
#include "services/events/promises.h"

namespace everseal::events {
namespace {

// A target that does not answer must not keep all threads waiting.
constexpr unsigned kDeliveriesAtOnce = 4;

}  // namespace

Service::Service(const Surroundings& surroundings)
    : around_(surroundings),
      bus_target_(around_.database, around_.clock),
      matcher_(around_.database, around_.clock, around_.log),
      deliverer_({.database = around_.database,
                  .clock = around_.clock,
                  .random = around_.random,
                  .log = around_.log,
                  .targets = targets_,
                  .dead_letters = around_.dead_letters}),
      scheduler_(around_.database, around_.clock, around_.random, around_.log),
      replayer_({.database = around_.database,
                 .clock = around_.clock,
                 .log = around_.log,
                 .matcher = matcher_}),
      housekeeper_(around_.database, around_.clock) {
  targets_.add(bus_target_);
}

aws::Service Service::api() const {
  auto& database = around_.database;
  const auto& clock = around_.clock;
  auto& random = around_.random;
  aws::Service service({.name = "events",
                        .signing_name = "events",
                        .protocol = aws::Protocol::AwsJson11,
                        .target_prefix = "AWSEvents.",
                        .api_version = "2015-10-07",
                        .internal_failure = "InternalException"});
  service.add(CancelReplay{database, clock});
  service.add(CreateArchive{database, clock});
  service.add(CreateEventBus{database, clock});
  service.add(DeleteArchive{database, clock});
  service.add(DeleteEventBus{database});
  service.add(DeleteRule{database, clock, random});
  service.add(DescribeArchive{database});
  service.add(DescribeEventBus{database});
  service.add(DescribeReplay{database});
  service.add(DescribeRule{database});
  service.add(DisableRule{database, clock, random});
  service.add(EnableRule{database, clock, random});
  service.add(ListArchives{database});
  service.add(ListEventBuses{database});
  service.add(ListReplays{database});
  service.add(ListRuleNamesByTarget{database});
  service.add(ListRules{database});
  service.add(ListTagsForResource{database});
  service.add(ListTargetsByRule{database});
  service.add(PutEvents{database, clock, random});
  service.add(PutPermission{database, clock});
  service.add(PutRule{database, clock, random});
  service.add(PutTargets{database, clock, random, targets_, around_.dead_letters});
  service.add(RemovePermission{database, clock});
  service.add(RemoveTargets{database, clock, random});
  service.add(StartReplay{database, clock});
  service.add(TagResource{database});
  service.add(TestEventPattern{});
  service.add(UntagResource{database});
  service.add(UpdateArchive{database, clock});
  service.add(UpdateEventBus{database, clock});
  return service;
}

void Service::handle_jobs(jobs::Runner& runner) {
  runner.handle(std::string(kMatchJob),
                [this](const jobs::Execution& job) { return matcher_.run(job); });
  runner.handle(std::string(kDeliverJob),
                [this](const jobs::Execution& job) { return deliverer_.run(job); },
                {.most_at_once = kDeliveriesAtOnce, .longest_pause = std::chrono::minutes{1}});
  runner.handle(std::string(kFireJob),
                [this](const jobs::Execution& job) { return scheduler_.run(job); },
                {.longest_pause = std::chrono::minutes{1}});
  // Two threads at most are busy with what happened long ago.
  runner.handle(std::string(kReplayJob),
                [this](const jobs::Execution& job) { return replayer_.run(job); },
                {.most_at_once = 1});
  runner.handle(std::string(archives::kHousekeepingJob),
                [this](const jobs::Execution& job) { return housekeeper_.run(job); },
                {.most_at_once = 1});
}

}  // namespace everseal::events
