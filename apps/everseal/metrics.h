#pragma once

#include <optional>
#include <string>

#include "aws/endpoint/request_metrics.h"
#include "clock/clock.h"
#include "gateway/haproxy/log_receiver.h"
#include "http/server.h"
#include "jobs/runner.h"
#include "keys/key_pool.h"
#include "log/log.h"
#include "services/acmpca/certificates/second_opinions.h"
#include "services/acmpca/publication/crl_publisher.h"
#include "services/acmpca/watchdog/watchdog.h"
#include "services/elbv2/logs/delivery.h"
#include "services/elbv2/logs/desk.h"

namespace everseal::app {

// Where the figures of /metrics come from; each counts for itself.
struct MeasuredParts {
  const aws::endpoint::RequestMetrics& requests;
  const jobs::Runner& jobs;
  const keys::KeyPool& keys;
  const Log& log;
  acmpca::SecondOpinions::Counts opinions;
  acmpca::CrlPublisher::Counts crls;
  acmpca::Watchdog::State watchdog;
  std::optional<TimePoint> first_ca_end;  // of the certificates of all CAs
  elbv2::logs::DeskCounts gateway;
  gateway::haproxy::LogCounts gateway_lines;
  elbv2::logs::DeliveryCounts gateway_logs;
  TimePoint now;
};

// All figures in Prometheus' text format.
std::string metrics_text(const MeasuredParts& parts, const http::Stats& connections);

}  // namespace everseal::app
