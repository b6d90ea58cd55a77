#include "services/events/destinations/service.h"

#include <chrono>
#include <string>
#include <utility>

#include "services/events/destinations/operations/create_api_destination.h"
#include "services/events/destinations/operations/create_connection.h"
#include "services/events/destinations/operations/deauthorize_connection.h"
#include "services/events/destinations/operations/delete_api_destination.h"
#include "services/events/destinations/operations/delete_connection.h"
#include "services/events/destinations/operations/describe_api_destination.h"
#include "services/events/destinations/operations/describe_connection.h"
#include "services/events/destinations/operations/list_api_destinations.h"
#include "services/events/destinations/operations/list_connections.h"
#include "services/events/destinations/operations/update_api_destination.h"
#include "services/events/destinations/operations/update_connection.h"

namespace everseal::events::destinations {
namespace {

constexpr unsigned kAuthorizedAtOnce = 2;

}  // namespace

Service::Service(const Surroundings& surroundings, const Settings& settings,
                 std::unique_ptr<Outbound> outbound)
    : around_(surroundings),
      settings_(settings),
      outbound_(std::move(outbound)),
      tokens_(around_.database, around_.clock, *outbound_),
      authorizing_(around_.database, around_.log, tokens_, around_.vault),
      targets_({.database = around_.database,
                .clock = around_.clock,
                .log = around_.log,
                .vault = around_.vault,
                .outbound = *outbound_,
                .tokens = tokens_}) {}

Result<std::unique_ptr<Service>> Service::create(const Surroundings& surroundings,
                                                 const Settings& settings) {
  auto outbound = Outbound::create(settings);
  if (!outbound) return outbound.error();
  return std::unique_ptr<Service>(new Service(surroundings, settings, *std::move(outbound)));
}

void Service::add_operations(aws::Service& events) {
  auto& database = around_.database;
  const auto& clock = around_.clock;
  auto& random = around_.random;
  const auto& vault = around_.vault;
  events.add(CreateApiDestination{database, clock, random, settings_});
  events.add(CreateConnection{database, clock, random, vault, settings_});
  events.add(DeauthorizeConnection{database, clock, tokens_});
  events.add(DeleteApiDestination{database});
  events.add(DeleteConnection{database, tokens_});
  events.add(DescribeApiDestination{database});
  events.add(DescribeConnection{database, vault});
  events.add(ListApiDestinations{database});
  events.add(ListConnections{database});
  events.add(UpdateApiDestination{database, clock, settings_});
  events.add(UpdateConnection{database, clock, vault, settings_});
}

void Service::handle_jobs(jobs::Runner& runner) {
  runner.handle(std::string(kAuthorizeJob),
                [this](const jobs::Execution& job) { return authorizing_.run(job); },
                {.most_at_once = kAuthorizedAtOnce, .longest_pause = std::chrono::seconds{30}});
}

}  // namespace everseal::events::destinations
