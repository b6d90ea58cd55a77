#include "metrics_of_services.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

#include "aws/arn.h"
#include "services/acm/certificate_store.h"
#include "services/acmpca/announcing/announcements.h"

namespace everseal::app {
namespace {

using cloudwatch::Dimension;
using cloudwatch::Points;
using cloudwatch::Series;
using cloudwatch::Statistics;

constexpr std::chrono::hours kBetweenPoints{12};
constexpr std::string_view kOfCertificates = "CertificateArn";

// Since when what the certificate says now was so.
TimePoint begin_of(const acm::Certificate& certificate) {
  return certificate.issued_at.value_or(certificate.imported_at.value_or(certificate.created_at));
}

Points days_until(TimePoint end, TimePoint from, TimePoint until) {
  Points points;
  const auto since = from.time_since_epoch() % std::chrono::milliseconds(kBetweenPoints);
  auto at = since.count() == 0 ? from : from - since + kBetweenPoints;
  for (; at < until && at < end; at += kBetweenPoints) {
    const auto days = std::chrono::floor<std::chrono::days>(end - at).count();
    points.emplace(at, Statistics::of(static_cast<double>(days)));
  }
  return points;
}

// "1741000000000 ARN": where a list of certificates goes on.
std::optional<acm::ListPosition> position_in(const std::string& text) {
  std::int64_t millis = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), millis);
  if (error != std::errc{} || end == text.data() + text.size()) return std::nullopt;
  return acm::ListPosition{from_millis(millis), std::string(end + 1, text.data() + text.size())};
}

std::string text_of(const acm::Certificate& certificate) {
  return std::to_string(to_millis(certificate.created_at)) + " " + certificate.arn;
}

Series of_authority(std::string_view authority_arn, std::string_view account,
                    std::string_view region, std::string metric, bool names_operation) {
  Series series{std::string(account), std::string(region), "AWS/ACMPrivateCA", std::move(metric)};
  series.unit = series.metric == "Time" ? "Milliseconds" : "Count";
  if (names_operation) series.dimensions.push_back({"Operation", "IssueCertificate"});
  series.dimensions.push_back({"PrivateCAArn", std::string(authority_arn)});
  return series;
}

// What an announcement is counted as; nothing: it is not.
std::optional<Series> counted(const acmpca::Announcement& announcement) {
  const auto& [type, account, region, resources, failure, time] = announcement;
  if (resources.empty()) return std::nullopt;
  const auto of = [&](std::string metric, bool names_operation) {
    return of_authority(resources.front(), account, region, std::move(metric), names_operation);
  };
  if (type == "ACM Private CA Certificate Issuance" && failure.empty())
    return of("Success", /*names_operation=*/true);
  if (type != "ACM Private CA CRL Generation") return std::nullopt;
  if (failure.empty()) return of("CRLGenerated", /*names_operation=*/false);
  if (failure == acmpca::kNoPermissionToWrite)
    return of("MisconfiguredCRLBucket", /*names_operation=*/false);
  return std::nullopt;
}

// Of a rule of the default bus its name, of another one the bus's too.
std::vector<Dimension> dimensions_of_rule(const aws::Arn& rule) {
  auto name = std::string(rule.resource());
  name.erase(0, name.find('/') + 1);
  const auto slash = name.find('/');
  if (slash == std::string::npos) return {{"RuleName", name}};
  return {{"EventBusName", name.substr(0, slash)}, {"RuleName", name.substr(slash + 1)}};
}

}  // namespace

Result<Points> DaysToExpiry::points(sql::Snapshot& view, const cloudwatch::NamedMetric& metric,
                                    const std::vector<Dimension>& dimensions, TimePoint from,
                                    TimePoint until) const {
  if (dimensions.size() != 1 || dimensions[0].name != kOfCertificates) return Points{};
  const auto found = acm::find_certificate(view, dimensions[0].value);
  if (!found) return found.error();
  if (!*found || !(*found)->facts) return Points{};
  const auto& certificate = **found;
  if (certificate.account != metric.account || certificate.region != metric.region) return Points{};
  return days_until(certificate.facts->not_after, std::max(from, begin_of(certificate)),
                    std::min(until, clock_.now() + std::chrono::milliseconds{1}));
}

Result<cloudwatch::ComputedMetric::Listed> DaysToExpiry::list(sql::Snapshot& view,
                                                              std::string_view account,
                                                              std::string_view region,
                                                              const std::string& after,
                                                              std::size_t limit) const {
  Listed listed;
  std::string last;
  const auto read = acm::each_certificate(
      view, account, region, acm::ListOrder::OldestFirst, position_in(after),
      [&](const acm::Certificate& certificate, bool /*in_use*/) {
        if (listed.series.size() == limit) {
          listed.next = last;
          return false;
        }
        last = text_of(certificate);
        const bool counts_days = certificate.facts && clock_.now() < certificate.facts->not_after;
        if (counts_days)
          listed.series.push_back({std::string(account),
                                   std::string(region),
                                   std::string(name_space()),
                                   std::string(metric()),
                                   {{std::string(kOfCertificates), certificate.arn}}});
        return true;
      });
  if (!read) return read.error();
  return listed;
}

Outcome MetricsOfPrivateCa::announce(sql::Transaction& tx,
                                     const acmpca::Announcement& announcement) {
  if (const auto announced = next_.announce(tx, announcement); !announced) return announced;
  if (auto series = counted(announcement))
    tx.after_commit([this, of = *std::move(series)] { recorder_.record(of, 1); });
  return {};
}

Outcome MetricsOfPrivateCa::announce(sql::Transaction& tx, const acmpca::EndNotice& notice) {
  return next_.announce(tx, notice);
}

void MetricsOfPrivateCa::measured(const acmpca::Issuance& issuance) {
  next_.measured(issuance);
  const auto authority = aws::Arn::parse(issuance.authority_arn);
  if (!authority) return;
  const auto of = [&](std::string metric) {
    return of_authority(issuance.authority_arn, authority->account(), authority->region(),
                        std::move(metric), /*names_operation=*/true);
  };
  recorder_.record(of("Time"), static_cast<double>(issuance.took.count()) / 1000);
  if (!issuance.succeeded) recorder_.record(of("Failure"), 1);
}

events::DeliveryOutcome CountedTargets::deliver(const events::Delivery& delivery) {
  auto outcome = next_.deliver(delivery);
  const auto rule = aws::Arn::parse(delivery.rule_arn);
  if (!rule || std::holds_alternative<events::TryAgain>(outcome) ||
      std::holds_alternative<events::NotYet>(outcome)) {
    return outcome;
  }
  const auto* metric =
      std::holds_alternative<events::Delivered>(outcome) ? "Invocations" : "FailedInvocations";
  Series series{std::string(rule->account()), std::string(rule->region()), "AWS/Events", metric,
                dimensions_of_rule(*rule)};
  series.unit = "Count";
  recorder_.record(series, 1);
  return outcome;
}

}  // namespace everseal::app
