#include "usage_metrics.h"

#include <gtest/gtest.h>

#include <utility>

#include "result/testing/need.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::app {
namespace {

using acmpca::testing::at;
using acmpca::testing::csr_for;
using cloudwatch::Dimension;
using cloudwatch::Points;
using namespace std::chrono_literals;

// From 2025-03-01T12:00:00Z on.
struct UsageWorld : acmpca::testing::TestCa {
  CertificateAuthorityUsage authorities_used{clock};
  CertificatesPerCaUsage certificates_used{clock};

  static std::vector<Dimension> of(std::string resource) {
    return {{"Service", "ACMPrivateCA"},
            {"Resource", std::move(resource)},
            {"Type", "Resource"},
            {"Class", "None"}};
  }
  Points points(const cloudwatch::ComputedMetric& metric, const std::vector<Dimension>& dimensions,
                TimePoint from, TimePoint until, const std::string& account = "111122223333") {
    return need(database->read([&](sql::Snapshot& view) {
      return metric.points(view, {account, "us-east-1", "AWS/Usage", std::string(metric.metric())},
                           dimensions, from, until);
    }));
  }
  // From there to now, and beyond.
  std::vector<double> values(const cloudwatch::ComputedMetric& metric, std::string resource,
                             TimePoint from) {
    std::vector<double> values;
    for (const auto& [time, point] : points(metric, of(std::move(resource)), from, from + 24h))
      values.push_back(point.sum);
    return values;
  }
  std::vector<std::string> listed(const cloudwatch::ComputedMetric& metric, std::size_t limit = 9) {
    std::vector<std::string> resources;
    std::string after;
    do {
      const auto page = need(database->read([&](sql::Snapshot& view) {
        return metric.list(view, "111122223333", "us-east-1", after, limit);
      }));
      for (const auto& series : page.series) resources.push_back(series.dimensions[1].value);
      after = page.next;
    } while (!after.empty());
    return resources;
  }
};

using Values = std::vector<double>;

TEST(CertificatesPerCaUsage, says_how_many_there_were_at_any_time_and_are_now) {
  UsageWorld world;
  const auto begin = world.clock.now();
  const auto root = world.active_root();
  const auto order = world.order(root, csr_for("app.internal"));
  world.clock.advance(7min);
  world.issue(order);
  world.issue(order);
  const auto used = [&] { return world.values(world.certificates_used, root.text(), begin - 1h); };
  EXPECT_EQ(used(), (Values{1, 3}));
  world.clock.advance(9min);
  world.issue(order);
  EXPECT_EQ(used(), (Values{1, 3, 3, 4}));
  EXPECT_EQ(world.values(world.certificates_used, root.text(), begin + 6min), (Values{3, 4}));
}

TEST(CertificatesPerCaUsage, is_of_one_ca_of_the_account) {
  UsageWorld world;
  const auto begin = world.clock.now();
  const auto root = world.active_root();
  const auto count = [&](std::vector<Dimension> dimensions, const std::string& account) {
    return world.points(world.certificates_used, dimensions, begin, begin + 1h, account).size();
  };
  EXPECT_EQ(count(UsageWorld::of(root.text()), "111122223333"), 1U);
  EXPECT_EQ(count(UsageWorld::of(root.text()), "999999999999"), 0U);
  EXPECT_EQ(count(UsageWorld::of(root.text() + "0"), "111122223333"), 0U);
  EXPECT_EQ(count({}, "111122223333"), 0U);
  auto fewer = UsageWorld::of(root.text());
  fewer.pop_back();
  EXPECT_EQ(count(fewer, "111122223333"), 0U);
}

TEST(CertificatesPerCaUsage, goes_back_by_the_hour_and_no_further_than_what_was_measured) {
  UsageWorld world;
  const auto begin = world.clock.now();
  const auto root = world.active_root();
  world.clock.advance(24h * 64);
  const auto dimensions = UsageWorld::of(root.text());
  const auto points = [&](TimePoint from, TimePoint until) {
    return world.points(world.certificates_used, dimensions, from, until).size();
  };
  EXPECT_EQ(points(begin, begin + 24h), 24U);
  EXPECT_EQ(points(begin + 24h, begin + 26h), 24U);
  world.clock.advance(24h * 391);
  EXPECT_EQ(points(begin - 24h, begin + 2h), 2U);
  world.clock.advance(2h);
  EXPECT_EQ(points(begin - 24h, begin + 2h), 0U);
}

TEST(CertificateAuthorityUsage, counts_a_ca_until_it_cannot_be_restored) {
  UsageWorld world;
  const auto begin = world.clock.now();
  world.create(acmpca::CaType::Root, "first");
  world.clock.advance(5min);
  const auto second = world.create(acmpca::CaType::Root, "second");
  const auto used = [&](TimePoint from) {
    return world.values(world.authorities_used, "CertificateAuthority", from);
  };
  EXPECT_EQ(used(begin), (Values{1, 2}));
  need(world.run<acmpca::DeleteCertificateAuthority>({second, 7}));
  const auto gone_at = world.clock.now() + 24h * 7;
  world.clock.set(gone_at - 1ms);
  EXPECT_EQ(used(gone_at - 10min), (Values{2, 2}));
  world.run_jobs_until(gone_at + 5min);
  EXPECT_EQ(used(gone_at - 10min), (Values{2, 2, 1, 1}));
  EXPECT_EQ(world.values(world.certificates_used, second.text(), gone_at - 10min), (Values{0, 0}));
}

TEST(UsageMetrics, are_listed_while_there_is_something_to_use) {
  UsageWorld world;
  EXPECT_TRUE(world.listed(world.authorities_used).empty());
  EXPECT_TRUE(world.listed(world.certificates_used).empty());
  std::vector<std::string> arns;
  for (const auto* name : {"a", "b", "c"})
    arns.push_back(world.create(acmpca::CaType::Root, name).text());
  EXPECT_EQ(world.listed(world.authorities_used),
            (std::vector<std::string>{"CertificateAuthority"}));
  EXPECT_EQ(world.listed(world.certificates_used, 1), arns);
  EXPECT_EQ(world.listed(world.certificates_used, 3), arns);
}

}  // namespace
}  // namespace everseal::app
