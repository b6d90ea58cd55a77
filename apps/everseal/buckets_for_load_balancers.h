#pragma once

#include "services/elbv2/log_objects.h"
#include "services/s3/service_writes.h"
#include "sql/database.h"

namespace everseal::app {

// S3, as load balancing wants it: where logs go.
class BucketsForLoadBalancers final : public elbv2::LogObjects {
 public:
  BucketsForLoadBalancers(s3::ServiceWrites writes, sql::Database& database)
      : writes_(writes), database_(database) {}

  Outcome put(const elbv2::LogPlace& place, std::string_view key, std::string_view content_type,
              ByteView octets) override;

 private:
  s3::ServiceWrites writes_;
  sql::Database& database_;
};

}  // namespace everseal::app
