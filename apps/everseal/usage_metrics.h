#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "services/cloudwatch/computed_metrics.h"
#include "sql/database.h"

// CloudWatch's AWS/Usage: how much of a quota is used, every five minutes of the last 63 days and
// every hour of the year before. A point says how much it was when its five minutes, or its hour,
// ended; that of now, how much it is. All have the dimensions Service, Type, Resource and Class.
namespace everseal::app {

// CertificateAuthority: the CAs of an account and region, whatever their state, until they cannot
// be restored any more.
class CertificateAuthorityUsage final : public cloudwatch::ComputedMetric {
 public:
  explicit CertificateAuthorityUsage(const Clock& clock) : clock_(clock) {}

  std::string_view name_space() const override { return "AWS/Usage"; }
  std::string_view metric() const override { return "CertificateAuthority"; }
  Result<cloudwatch::Points> points(sql::Snapshot& view, const cloudwatch::NamedMetric& metric,
                                    const std::vector<cloudwatch::Dimension>& dimensions,
                                    TimePoint from, TimePoint until) const override;
  Result<Listed> list(sql::Snapshot& view, std::string_view account, std::string_view region,
                      const std::string& after, std::size_t limit) const override;

 private:
  const Clock& clock_;
};

// CertificatesPerCA: what a CA has issued since it was created. Resource is its ARN.
class CertificatesPerCaUsage final : public cloudwatch::ComputedMetric {
 public:
  explicit CertificatesPerCaUsage(const Clock& clock) : clock_(clock) {}

  std::string_view name_space() const override { return "AWS/Usage"; }
  std::string_view metric() const override { return "CertificatesPerCA"; }
  Result<cloudwatch::Points> points(sql::Snapshot& view, const cloudwatch::NamedMetric& metric,
                                    const std::vector<cloudwatch::Dimension>& dimensions,
                                    TimePoint from, TimePoint until) const override;
  Result<Listed> list(sql::Snapshot& view, std::string_view account, std::string_view region,
                      const std::string& after, std::size_t limit) const override;

 private:
  const Clock& clock_;
};

}  // namespace everseal::app
