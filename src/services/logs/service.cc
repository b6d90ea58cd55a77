#include "services/logs/service.h"

#include <string>

#include "services/logs/operations/create_log_group.h"
#include "services/logs/operations/create_log_stream.h"
#include "services/logs/operations/delete_log_group.h"
#include "services/logs/operations/delete_log_stream.h"
#include "services/logs/operations/delete_retention_policy.h"
#include "services/logs/operations/describe_log_groups.h"
#include "services/logs/operations/describe_log_streams.h"
#include "services/logs/operations/filter_log_events.h"
#include "services/logs/operations/get_log_events.h"
#include "services/logs/operations/list_tags_for_resource.h"
#include "services/logs/operations/put_log_events.h"
#include "services/logs/operations/put_retention_policy.h"
#include "services/logs/operations/tag_resource.h"
#include "services/logs/operations/untag_resource.h"

namespace everseal::logs {

aws::Service Service::api() const {
  aws::Service service({.name = "logs",
                        .signing_name = "logs",
                        .protocol = aws::Protocol::AwsJson11,
                        .target_prefix = "Logs_20140328.",
                        .api_version = "2014-03-28",
                        .xml_namespace = {},
                        .body_limit = 1 << 20,
                        .validation_error = "InvalidParameterException"});
  service.add(CreateLogGroup{database_, clock_});
  service.add(CreateLogStream{database_, clock_});
  service.add(DeleteLogGroup{database_, clock_});
  service.add(DeleteLogStream{database_, clock_});
  service.add(DeleteRetentionPolicy{database_});
  service.add(DescribeLogGroups{database_});
  service.add(DescribeLogStreams{database_});
  service.add(FilterLogEvents{database_, clock_});
  service.add(GetLogEvents{database_, clock_});
  service.add(ListTagsForResource{database_});
  service.add(PutLogEvents{database_, clock_});
  service.add(PutRetentionPolicy{database_});
  service.add(TagResource{database_});
  service.add(UntagResource{database_});
  return service;
}

void Service::handle_jobs(jobs::Runner& runner) {
  runner.every(std::string(Eraser::expired_job), Eraser::interval,
               [this](const jobs::Execution& job) { return eraser_.erase_expired(job); });
  runner.handle(std::string(Eraser::gone_job),
                [this](const jobs::Execution& job) { return eraser_.erase_gone(job); });
}

}  // namespace everseal::logs
