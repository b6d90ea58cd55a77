#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/cloudwatch/computed_metrics.h"
#include "services/cloudwatch/recorder.h"
#include "services/events/target.h"
#include "sql/database.h"

// CloudWatch's metrics of the other services.
namespace everseal::app {

// AWS/CertificateManager DaysToExpiry, twice a day until its end: it follows from the certificate,
// as it is now. Of the time before its latest renewal nothing is known.
class DaysToExpiry final : public cloudwatch::ComputedMetric {
 public:
  explicit DaysToExpiry(const Clock& clock) : clock_(clock) {}

  std::string_view name_space() const override { return "AWS/CertificateManager"; }
  std::string_view metric() const override { return "DaysToExpiry"; }
  Result<cloudwatch::Points> points(sql::Snapshot& view, const cloudwatch::NamedMetric& metric,
                                    const std::vector<cloudwatch::Dimension>& dimensions,
                                    TimePoint from, TimePoint until) const override;
  Result<Listed> list(sql::Snapshot& view, std::string_view account, std::string_view region,
                      const std::string& after, std::size_t limit) const override;

 private:
  const Clock& clock_;
};

// AWS/ACMPrivateCA: hands on what a CA announces, and counts it when it is durable.
class MetricsOfPrivateCa final : public acmpca::Announcer {
 public:
  MetricsOfPrivateCa(cloudwatch::Recorder& recorder, acmpca::Announcer& next)
      : recorder_(recorder), next_(next) {}

  Outcome announce(sql::Transaction& tx, const acmpca::Announcement& announcement) override;
  Outcome announce(sql::Transaction& tx, const acmpca::EndNotice& notice) override;
  void measured(const acmpca::Issuance& issuance) override;

 private:
  cloudwatch::Recorder& recorder_;
  acmpca::Announcer& next_;
};

// AWS/Events: hands on what is delivered to targets of one kind, and counts how it went.
class CountedTargets final : public events::TargetKind {
 public:
  CountedTargets(cloudwatch::Recorder& recorder, events::TargetKind& next)
      : recorder_(recorder), next_(next) {}

  bool takes(std::string_view target_arn) const override { return next_.takes(target_arn); }
  bool takes_input() const override { return next_.takes_input(); }
  events::DeliveryOutcome deliver(const events::Delivery& delivery) override;

 private:
  cloudwatch::Recorder& recorder_;
  events::TargetKind& next_;
};

}  // namespace everseal::app
