#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/acm/operations/delete_certificate.h"
#include "services/acm/operations/put_account_configuration.h"
#include "services/acm/operations/revoke_certificate.h"
#include "services/acm/testing/world.h"

namespace everseal::acm {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::World;
using Kind = RenewalNews::Kind;

// One certificate, and what was told of it.
struct Told {
  World world;
  std::string arn = world.issued();
  TimePoint end = *world.describe(arn).not_after;

  explicit Told(Settings settings = {}) : world(std::move(settings)) {}

  std::vector<Event> of_type(std::string_view detail_type) {
    std::vector<Event> found;
    std::ranges::copy_if(world.events.events, std::back_inserter(found),
                         [&](const auto& event) { return event.detail_type == detail_type; });
    return found;
  }
  // The days before the end on which AWS Health had that news.
  std::vector<long> days_of(Kind kind) {
    std::vector<long> days_before;
    for (const auto& news : world.events.news) {
      if (news.kind == kind)
        days_before.push_back(std::chrono::ceil<days>(end - news.time).count());
    }
    return days_before;
  }
  bool revoke() {
    return RevokeCertificate{*world.database, world.clock, world.issuer, world.events}(
               {arn, RevocationReason::KeyCompromise}, world.call)
        .has_value();
  }
};

bool has(const Event& event, std::string_view text) {
  return event.detail.find(text) != std::string::npos;
}

TEST(Events, tell_that_a_certificate_is_available_when_it_is_issued) {
  Told told;
  const auto available = told.of_type("ACM Certificate Available");
  ASSERT_EQ(available.size(), 1U);
  EXPECT_EQ(available[0].certificate_arn, told.arn);
  EXPECT_EQ(available[0].account, "111122223333");
  EXPECT_EQ(available[0].region, "us-east-1");
  EXPECT_EQ(available[0].detail,
            R"({"Action":"ISSUANCE","CertificateType":"PRIVATE","CommonName":"app.corp.internal",)"
            R"("ValidityInDays":396,"CertificateKeyPairOrigin":"AWS_MANAGED",)"
            R"("CertificateCreatedDate":"2025-01-02T03:04:05Z",)"
            R"("CertificateExpirationDate":"2026-02-02T03:04:05Z","DaysToExpiry":396,)"
            R"("InUse":false,"Exported":false})");
}

TEST(Events, tell_of_a_renewal_to_programs_and_to_people) {
  Told told;
  ASSERT_TRUE(told.world.export_certificate(told.arn));
  told.world.run_until(told.end - days{60});
  const auto available = told.of_type("ACM Certificate Available");
  ASSERT_EQ(available.size(), 2U);
  EXPECT_TRUE(has(available[1], R"("Action":"RENEWAL")"));
  EXPECT_TRUE(has(available[1], R"("Exported":true)"));
  ASSERT_EQ(told.world.events.news.size(), 1U);
  const auto& news = told.world.events.news[0];
  EXPECT_EQ(news.kind, Kind::Completed);
  EXPECT_EQ(news.domain_name, "app.corp.internal");
  EXPECT_EQ(news.domains, 1U);
  EXPECT_EQ(news.not_after, *told.world.describe(told.arn).not_after);
  EXPECT_GT(news.not_after, told.end);
}

TEST(Events, count_the_days_of_a_certificate_that_nobody_renews) {
  Told told;
  told.world.run_until(told.end + days{400});
  const auto daily = told.of_type("ACM Certificate Approaching Expiration");
  ASSERT_EQ(daily.size(), 45U);
  for (std::size_t i = 0; i < daily.size(); ++i) {
    const auto left = 45 - static_cast<int>(i);
    EXPECT_EQ(daily[i].time, told.end - days{left});
    EXPECT_TRUE(has(daily[i], R"({"DaysToExpiry":)" + std::to_string(left) + ','));
  }
  EXPECT_EQ(told.of_type("ACM Certificate Expired").size(), 1U);
  EXPECT_EQ(told.days_of(Kind::EndsSoon), (std::vector<long>{45, 30, 15, 7, 3, 1}));
  EXPECT_EQ(told.days_of(Kind::Ended), (std::vector<long>{0}));
}

TEST(Events, are_not_told_of_a_certificate_that_was_renewed) {
  Told told;
  ASSERT_TRUE(told.world.export_certificate(told.arn));
  told.world.run_until(told.end + days{1});
  EXPECT_TRUE(told.of_type("ACM Certificate Approaching Expiration").empty());
  EXPECT_TRUE(told.of_type("ACM Certificate Expired").empty());
  EXPECT_TRUE(told.days_of(Kind::EndsSoon).empty());
}

TEST(Events, ask_for_action_when_renewal_fails_and_say_why) {
  Told told;
  ASSERT_TRUE(told.world.export_certificate(told.arn));
  told.world.issuer.permitted = false;
  told.world.run_until(told.end);
  EXPECT_EQ(told.days_of(Kind::NeedsAction), (std::vector<long>{60})) << "one news a reason";
  const auto asked = told.of_type("ACM Certificate Renewal Action Required");
  EXPECT_EQ(asked.size(), 5U * 24U) << "one event for each failed attempt on five days";
  EXPECT_TRUE(has(asked.front(), R"("RenewalStatusReason":"PCA_ACCESS_DENIED","DaysToExpiry":45)"));
  EXPECT_TRUE(has(asked.back(), R"("DaysToExpiry":1)"));
  const auto& last = told.world.events.news.back();
  EXPECT_EQ(last.kind, Kind::Ended);
  EXPECT_EQ(last.reason, FailureReason::PcaAccessDenied);
}

TEST(Events, of_an_account_come_from_the_day_it_chose) {
  Told told;
  ASSERT_TRUE(
      PutAccountConfiguration({*told.world.database, told.world.clock, told.world.settings})(
          {ExpiryEvents{.days_before_expiry = 10}, "token"}, told.world.call));
  told.world.run_until(told.end);
  EXPECT_EQ(told.of_type("ACM Certificate Approaching Expiration").size(), 10U);
  EXPECT_EQ(told.days_of(Kind::EndsSoon), (std::vector<long>{45, 30, 15, 7, 3, 1}));
}

TEST(Events, of_an_account_that_wants_to_hear_earlier_come_earlier) {
  Told told;
  ASSERT_TRUE(
      PutAccountConfiguration({*told.world.database, told.world.clock, told.world.settings})(
          {ExpiryEvents{.days_before_expiry = 90}, "token"}, told.world.call));
  told.world.run_until(told.end);
  EXPECT_EQ(told.of_type("ACM Certificate Approaching Expiration").size(), 90U);
}

TEST(Events, tell_of_the_day_it_is_after_a_long_sleep) {
  Told told;
  told.world.clock.set(told.end - days{20} - 1h);
  ASSERT_TRUE(
      told.world.runner.run_until(told.end - days{20} - 1h, [](TimePoint) { return Outcome{}; }));
  const auto daily = told.of_type("ACM Certificate Approaching Expiration");
  ASSERT_EQ(daily.size(), 1U);
  EXPECT_TRUE(has(daily[0], R"({"DaysToExpiry":21,)"));
  EXPECT_EQ(told.days_of(Kind::EndsSoon), (std::vector<long>{21}))
      << "of those that were missed, one";
}

TEST(Events, tell_of_a_revocation_and_then_no_more) {
  Told told;
  ASSERT_TRUE(told.world.export_certificate(told.arn));
  ASSERT_TRUE(told.revoke());
  const auto revoked = told.of_type("ACM Certificate Revoked");
  ASSERT_EQ(revoked.size(), 1U);
  EXPECT_TRUE(has(revoked[0], R"("Exportable":true)"));
  told.world.run_until(told.end + days{1});
  EXPECT_TRUE(told.of_type("ACM Certificate Approaching Expiration").empty());
  EXPECT_EQ(told.world.promised("acm.expiry"), 0U);
}

TEST(Events, of_a_deleted_certificate_end) {
  Told told;
  ASSERT_TRUE(DeleteCertificate{*told.world.database}({told.arn}, told.world.call));
  EXPECT_EQ(told.world.promised("acm.expiry"), 0U);
}

TEST(Events, are_stored_with_the_change_or_the_change_is_not) {
  World world;
  const auto answer = world.request(world.order("app.corp.internal"));
  ASSERT_TRUE(answer);
  world.events.cannot_store = true;
  world.run_jobs();
  EXPECT_EQ(world.describe(answer->certificate_arn).status, CertificateStatus::PendingValidation);
  world.events.cannot_store = false;
  world.run_until(world.clock.now() + days{1});
  EXPECT_EQ(world.describe(answer->certificate_arn).status, CertificateStatus::Issued);
}

}  // namespace
}  // namespace everseal::acm
