#include "metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <chrono>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace everseal::app {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<std::pair<std::string, std::string>>;

ClientMetric labelled(const Labels& labels) {
  ClientMetric metric;
  for (const auto& [name, value] : labels) metric.label.push_back({name, value});
  return metric;
}

MetricFamily family(std::string name, std::string help, MetricType type) {
  MetricFamily made;
  made.name = std::move(name);
  made.help = std::move(help);
  made.type = type;
  return made;
}

void add_counter(MetricFamily& to, const Labels& labels, std::uint64_t value) {
  auto metric = labelled(labels);
  metric.counter.value = static_cast<double>(value);
  to.metric.push_back(std::move(metric));
}

void add_gauge(MetricFamily& to, const Labels& labels, double value) {
  auto metric = labelled(labels);
  metric.gauge.value = value;
  to.metric.push_back(std::move(metric));
}

void add_histogram(MetricFamily& to, const aws::endpoint::OperationSample& sample) {
  auto metric = labelled(
      {{"service", std::string(sample.service)}, {"operation", std::string(sample.operation)}});
  std::uint64_t below = 0;
  for (std::size_t at = 0; at < sample.durations.size(); ++at) {
    below += sample.durations[at];
    const double bound = at < aws::endpoint::duration_bounds.size()
                             ? aws::endpoint::duration_bounds[at]
                             : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({below, bound});
  }
  metric.histogram.sample_count = below;
  metric.histogram.sample_sum = sample.seconds;
  to.metric.push_back(std::move(metric));
}

void add_requests(std::vector<MetricFamily>& all, const aws::endpoint::RequestMetrics& requests) {
  auto answers = family("everseal_requests_total", "Requests answered, by operation and status",
                        MetricType::Counter);
  auto durations = family("everseal_request_duration_seconds", "From parsed octets to the answer",
                          MetricType::Histogram);
  for (const auto& sample : requests.samples()) {
    for (const auto& [status, count] : sample.answers) {
      add_counter(answers,
                  {{"service", std::string(sample.service)},
                   {"operation", std::string(sample.operation)},
                   {"status", std::to_string(status)}},
                  count);
    }
    add_histogram(durations, sample);
  }
  all.push_back(std::move(answers));
  all.push_back(std::move(durations));
}

void add_connections(std::vector<MetricFamily>& all, const http::Stats& stats) {
  auto accepted = family("everseal_connections_total", "Connections accepted", MetricType::Counter);
  auto refused =
      family("everseal_http_refused_total",
             "Requests the server refused before an operation saw them", MetricType::Counter);
  auto open = family("everseal_connections", "Connections open", MetricType::Gauge);
  auto queued =
      family("everseal_requests_queued", "Requests waiting for a worker", MetricType::Gauge);
  add_counter(accepted, {}, stats.connections_accepted);
  add_counter(refused, {}, stats.refused);
  add_gauge(open, {}, static_cast<double>(stats.connections_open));
  add_gauge(queued, {}, static_cast<double>(stats.queued));
  for (auto* one : {&accepted, &refused, &open, &queued}) all.push_back(std::move(*one));
}

void add_jobs(std::vector<MetricFamily>& all, const jobs::Runner& runner) {
  auto runs =
      family("everseal_job_runs_total", "Jobs that ended, well or not", MetricType::Counter);
  auto failures = family("everseal_job_failures_total", "Jobs that failed", MetricType::Counter);
  auto waiting =
      family("everseal_jobs_waiting", "Jobs that are due and do not run yet", MetricType::Gauge);
  for (const auto& [kind, counts] : runner.counts()) {
    add_counter(runs, {{"kind", kind}}, counts.runs);
    add_counter(failures, {{"kind", kind}}, counts.failures);
  }
  if (const auto due = runner.waiting()) {
    for (const auto& [kind, count] : *due) {
      add_gauge(waiting, {{"kind", kind}}, static_cast<double>(count));
    }
  }
  for (auto* one : {&runs, &failures, &waiting}) all.push_back(std::move(*one));
}

void add_keys(std::vector<MetricFamily>& all, const keys::KeyPool& pool) {
  auto ready = family("everseal_keys_ready", "RSA keys made ahead of time", MetricType::Gauge);
  for (const auto& [name, algorithm] : {std::pair{"RSA_2048", crypto::KeyAlgorithm::Rsa2048},
                                        std::pair{"RSA_3072", crypto::KeyAlgorithm::Rsa3072},
                                        std::pair{"RSA_4096", crypto::KeyAlgorithm::Rsa4096}}) {
    add_gauge(ready, {{"algorithm", name}}, static_cast<double>(pool.ready(algorithm)));
  }
  all.push_back(std::move(ready));
}

void add_log_lines(std::vector<MetricFamily>& all, const Log& log) {
  auto dropped =
      family("everseal_log_lines_dropped_total",
             "Log lines lost because standard error was read too slowly", MetricType::Counter);
  add_counter(dropped, {}, log.dropped());
  all.push_back(std::move(dropped));
}

void add_second_opinions(std::vector<MetricFamily>& all,
                         const acmpca::SecondOpinions::Counts& counts) {
  auto asked = family("everseal_second_opinions_total",
                      "Issued certificates that OpenSSL was asked about", MetricType::Counter);
  auto disagreed = family("everseal_second_opinion_disagreements_total",
                          "Issued certificates that OpenSSL does not accept", MetricType::Counter);
  add_counter(asked, {}, counts.asked);
  add_counter(disagreed, {}, counts.disagreed);
  for (auto* one : {&asked, &disagreed}) all.push_back(std::move(*one));
}

void add_crls(std::vector<MetricFamily>& all, const acmpca::CrlPublisher::Counts& counts) {
  auto published = family("everseal_crls_published_total", "CRLs signed and put into their bucket",
                          MetricType::Counter);
  auto failed =
      family("everseal_crls_failed_total",
             "Attempts to publish a CRL that failed, mostly by the bucket", MetricType::Counter);
  add_counter(published, {}, counts.published);
  add_counter(failed, {}, counts.failed);
  for (auto* one : {&published, &failed}) all.push_back(std::move(*one));
}

// Moments are seconds since 1970, as Prometheus' time() is; absent until there is one.
void add_moment(std::vector<MetricFamily>& all, std::string name, std::string help,
                const std::optional<TimePoint>& time) {
  if (!time) return;
  auto moment = family(std::move(name), std::move(help), MetricType::Gauge);
  add_gauge(moment, {}, static_cast<double>(to_millis(*time)) / 1000);
  all.push_back(std::move(moment));
}

void add_watchdog(std::vector<MetricFamily>& all, const acmpca::Watchdog::State& state) {
  auto alarms = family("everseal_revocation_alarms",
                       "What is wrong with published CRLs and OCSP answers", MetricType::Gauge);
  for (const auto& [alarm, count] : state.alarms)
    add_gauge(alarms, {{"alarm", std::string(acmpca::event_of(alarm))}},
              static_cast<double>(count));
  auto largest = family("everseal_crl_largest_bytes", "The largest published CRL, in octets",
                        MetricType::Gauge);
  add_gauge(largest, {}, static_cast<double>(state.largest_crl));
  for (auto* one : {&alarms, &largest}) all.push_back(std::move(*one));
  add_moment(all, "everseal_watchdog_looked_at_seconds",
             "When published CRLs and OCSP answers were looked at last", state.looked_at);
  add_moment(all, "everseal_crl_next_update_seconds", "When the first of all published CRLs ends",
             state.first_crl_end);
  add_moment(all, "everseal_ocsp_responder_ends_seconds",
             "When the first of all OCSP responders' certificates ends", state.first_responder_end);
}

// Days are told, too: on a virtual clock Prometheus' time() is another.
void add_ca_end(std::vector<MetricFamily>& all, const std::optional<TimePoint>& end,
                TimePoint now) {
  if (!end) return;
  auto left = family("everseal_ca_certificate_days_to_expiry",
                     "Days until the first certificate of a CA ends; negative once it has",
                     MetricType::Gauge);
  using Days = std::chrono::duration<double, std::chrono::days::period>;
  add_gauge(left, {}, Days(*end - now).count());
  all.push_back(std::move(left));
  add_moment(all, "everseal_ca_certificate_ends_seconds", "When the first certificate of a CA ends",
             end);
}

// Those of plain HTTP have no handshake.
void add_gateway(std::vector<MetricFamily>& all, const elbv2::logs::DeskCounts& counts) {
  auto handshakes =
      family("everseal_gateway_handshakes_total",
             "TLS handshakes with load balancers, by what came of them", MetricType::Counter);
  for (std::size_t at = 0; at < counts.handshakes.size(); ++at) {
    const auto handshake = static_cast<gateway::Handshake>(at);
    if (handshake == gateway::Handshake::None) continue;
    add_counter(handshakes, {{"outcome", std::string(name_of(handshake))}}, counts.handshakes[at]);
  }
  auto requests = family("everseal_gateway_requests_total",
                         "Requests to load balancers, by the class of the answer's status",
                         MetricType::Counter);
  for (std::size_t at = 0; at < counts.requests.size(); ++at) {
    const auto status = at == 0 ? std::string("none") : std::to_string(at) + "xx";
    add_counter(requests, {{"status", status}}, counts.requests[at]);
  }
  for (auto* one : {&handshakes, &requests}) all.push_back(std::move(*one));
}

void add_gateway_logs(std::vector<MetricFamily>& all, const elbv2::logs::DeliveryCounts& counts,
                      const gateway::haproxy::LogCounts& lines) {
  auto lost = family("everseal_gateway_log_lines_lost_total",
                     "Lines of HAProxy that came too fast to be read, or made no sense",
                     MetricType::Counter);
  add_counter(lost, {{"reason", "too_fast"}}, lines.lost);
  add_counter(lost, {{"reason", "unusable"}}, lines.unusable);
  auto files =
      family("everseal_gateway_log_files_total",
             "Files of access and connection logs put into their buckets", MetricType::Counter);
  auto failures =
      family("everseal_gateway_log_failures_total",
             "Attempts to do so that failed, mostly by the bucket", MetricType::Counter);
  auto dropped = family("everseal_gateway_log_entries_dropped_total",
                        "Log entries lost as their bucket did not take them", MetricType::Counter);
  add_counter(files, {}, counts.files);
  add_counter(failures, {}, counts.failures);
  add_counter(dropped, {}, counts.dropped_entries);
  for (auto* one : {&lost, &files, &failures, &dropped}) all.push_back(std::move(*one));
}

}  // namespace

std::string metrics_text(const MeasuredParts& parts, const http::Stats& connections) {
  std::vector<MetricFamily> all;
  add_requests(all, parts.requests);
  add_connections(all, connections);
  add_jobs(all, parts.jobs);
  add_keys(all, parts.keys);
  add_log_lines(all, parts.log);
  add_second_opinions(all, parts.opinions);
  add_crls(all, parts.crls);
  add_watchdog(all, parts.watchdog);
  add_ca_end(all, parts.first_ca_end, parts.now);
  add_gateway(all, parts.gateway);
  add_gateway_logs(all, parts.gateway_logs, parts.gateway_lines);
  return prometheus::TextSerializer().Serialize(all);
}

}  // namespace everseal::app
