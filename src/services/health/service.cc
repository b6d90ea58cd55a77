#include "services/health/service.h"

#include <string>

#include "services/health/operations/describe_affected_entities.h"
#include "services/health/operations/describe_entity_aggregates.h"
#include "services/health/operations/describe_event_aggregates.h"
#include "services/health/operations/describe_event_details.h"
#include "services/health/operations/describe_event_types.h"
#include "services/health/operations/describe_events.h"

namespace everseal::health {

aws::Service Service::api() const {
  aws::Service service({.name = "health",
                        .signing_name = "health",
                        .protocol = aws::Protocol::AwsJson11,
                        .target_prefix = "AWSHealth_20160804.",
                        .api_version = "2016-08-04",
                        .xml_namespace = {}});
  service.add(DescribeAffectedEntities{database_});
  service.add(DescribeEntityAggregates{database_});
  service.add(DescribeEventAggregates{database_});
  service.add(DescribeEventDetails{database_});
  service.add(DescribeEventTypes{});
  service.add(DescribeEvents{database_});
  return service;
}

void Service::handle_jobs(jobs::Runner& runner) const {
  runner.handle(std::string(kSweepJob), Sweep(database_, clock_));
}

}  // namespace everseal::health
