#include "services/cloudwatch/service.h"

#include <string>

#include "services/cloudwatch/operations/get_metric_data.h"
#include "services/cloudwatch/operations/get_metric_statistics.h"
#include "services/cloudwatch/operations/list_metrics.h"
#include "services/cloudwatch/operations/put_metric_data.h"

namespace everseal::cloudwatch {
namespace {

constexpr std::string_view kInternalFailure = "InternalServiceFault";

constexpr std::array<aws::protocol::QueryError, 4> kErrors{{
    {kInternalFailure, "InternalServiceError", 500},
    {"InvalidParameterCombinationException", "InvalidParameterCombination", 400},
    {"InvalidParameterValueException", "InvalidParameterValue", 400},
    {"MissingRequiredParameterException", "MissingParameter", 400},
}};

}  // namespace

Service::Service(const Parts& parts)
    : parts_(parts),
      recorder_(parts.database, parts.clock, parts.log),
      reader_({parts.database, recorder_, parts.computed}),
      keeper_(parts.database, parts.clock, recorder_) {}

Service::~Service() {
  const auto written = recorder_.write();
  if (!written) parts_.log.warning("metrics.not_written", {{"cause", written.error().cause}});
}

aws::Service Service::speaking(aws::Protocol protocol) const {
  aws::Service service({.name = "cloudwatch",
                        .signing_name = "monitoring",
                        .protocol = protocol,
                        .target_prefix = "GraniteServiceVersion20100801.",
                        .api_version = "2010-08-01",
                        .xml_namespace = "http://monitoring.amazonaws.com/doc/2010-08-01/",
                        .internal_failure = kInternalFailure,
                        .query_errors = kErrors});
  service.add(GetMetricData{reader_})
      .add(GetMetricStatistics{reader_})
      .add(ListMetrics{reader_, parts_.clock})
      .add(PutMetricData{parts_.database, parts_.clock});
  return service;
}

std::array<aws::Service, 2> Service::api() const {
  return {speaking(aws::Protocol::AwsJson10), speaking(aws::Protocol::Query)};
}

void Service::handle_jobs(jobs::Runner& runner) {
  runner.every(std::string(Keeper::write_job), parts_.write_interval,
               [this](const jobs::Execution& job) { return keeper_.write(job); });
  runner.every(std::string(Keeper::age_job), Keeper::age_interval,
               [this](const jobs::Execution& job) { return keeper_.age(job); });
}

}  // namespace everseal::cloudwatch
