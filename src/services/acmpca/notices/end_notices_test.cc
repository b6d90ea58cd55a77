#include "services/acmpca/notices/end_notices.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "clock/time_text.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr std::string_view below = "SubordinateCACertificate_PathLen0";

// CAs whose notices are told as time goes by.
struct World : testing::TestCa {
  EndNotices notices{*database, clock, log, announcements, settings};

  explicit World(Settings chosen = {}) : TestCa(std::move(chosen)) {}

  AuthorityArn root_of(std::int64_t years) {
    const auto ca = create(CaType::Root);
    install_root(ca, testing::years(years));
    return ca;
  }
  TimePoint end_of(const AuthorityArn& ca) { return stored(ca).installed->not_after; }
  void set_status(const AuthorityArn& ca, CaStatus status) {
    ASSERT_TRUE(run<UpdateCertificateAuthority>({ca, std::nullopt, status}));
  }
  // As a server does that runs until then; what fails is tried again.
  void live_until(TimePoint time) {
    jobs::Runner runner(*database, clock, log);
    runner.every(std::string(EndNotices::job_kind), EndNotices::interval,
                 [this](const jobs::Execution&) { return notices.tell(); });
    ASSERT_TRUE(runner.run_until(time, [this](TimePoint now) {
      clock.set(now);
      return Outcome();
    }));
  }
  std::vector<int> told() const {
    std::vector<int> left;
    for (const auto& notice : announcements.ends) left.push_back(notice.days_left);
    return left;
  }
  using Days = std::vector<int>;
};

TEST(EndNotices, are_told_once_each_at_their_moments_and_when_the_certificate_has_ended) {
  World world;
  const auto ca = world.root_of(3);
  const auto end = world.end_of(ca);
  world.live_until(end + days{30});
  EXPECT_EQ(world.told(), (World::Days{425, 365, 180, 90, 60, 45, 30, 15, 7, 3, 1, 0}));
  for (const auto& notice : world.announcements.ends) {
    EXPECT_EQ(notice.has_ended, notice.days_left == 0);
    EXPECT_EQ(notice.time, notice.has_ended ? end + 1ms : end - days{notice.days_left});
    EXPECT_EQ(notice.authority_arn, ca.text());
    EXPECT_EQ(notice.account, "111122223333");
    EXPECT_EQ(notice.region, "us-east-1");
    EXPECT_EQ(notice.not_after, end);
    EXPECT_EQ(notice.subject, "CN=Example CA");
    EXPECT_EQ(notice.serial,
              x509::Certificate::parse(world.stored(ca).installed->der)->serial().hex());
  }
  EXPECT_NE(world.announcements.ends.front().remedy.find("RootCACertificate/V1"),
            std::string::npos);
}

TEST(EndNotices, say_what_helps_a_subordinate_ca) {
  World world;
  const auto ca = world.active_subordinate(world.active_root(), below, 60);
  world.live_until(world.end_of(ca) + 1s);
  EXPECT_EQ(world.told(), (World::Days{30, 15, 7, 3, 1, 0})) << "those of its second half";
  EXPECT_NE(world.announcements.ends.front().remedy.find("parent CA"), std::string::npos);
  EXPECT_NE(world.announcements.ends.back().remedy.find("ACTIVE again"), std::string::npos);
}

TEST(EndNotices, end_with_the_certificate_that_is_replaced) {
  World world;
  const auto parent = world.active_root();
  const auto ca = world.active_subordinate(parent, below, 60);
  world.live_until(world.end_of(ca) - days{10});
  EXPECT_EQ(world.told(), (World::Days{30, 15}));
  world.install_below(ca, parent, below, testing::days(60));
  world.live_until(world.end_of(ca) - days{14});
  EXPECT_EQ(world.told(), (World::Days{30, 15, 30, 15})) << "of its new end";
}

TEST(EndNotices, let_a_root_renew_itself_as_they_say) {
  World world;
  const auto ca = world.root_of(3);
  world.live_until(world.end_of(ca) - days{400});
  world.install_root(ca, testing::years(10));
  world.live_until(world.clock.now() + days{800});
  EXPECT_EQ(world.told(), World::Days{425});
}

TEST(EndNotices, tell_the_day_it_is_after_a_sleep) {
  World world;
  const auto ca = world.root_of(3);
  world.clock.set(world.end_of(ca) - days{5});
  ASSERT_TRUE(world.notices.tell());
  ASSERT_TRUE(world.notices.tell());
  EXPECT_EQ(world.told(), World::Days{5});
  world.live_until(world.end_of(ca) - 1h);
  EXPECT_EQ(world.told(), (World::Days{5, 3, 1}));
}

TEST(EndNotices, are_not_lost_and_not_doubled_when_they_cannot_be_stored) {
  World world;
  const auto ca = world.root_of(3);
  world.clock.set(world.end_of(ca) - days{30});
  world.announcements.cannot_store = true;
  EXPECT_FALSE(world.notices.tell());
  world.announcements.cannot_store = false;
  EXPECT_TRUE(world.notices.tell());
  EXPECT_TRUE(world.notices.tell());
  EXPECT_EQ(world.told(), World::Days{30});
}

TEST(EndNotices, are_not_about_a_disabled_ca_until_it_is_active_again) {
  World world;
  const auto ca = world.root_of(3);
  world.live_until(world.end_of(ca) - days{100});
  world.set_status(ca, CaStatus::Disabled);
  world.live_until(world.end_of(ca) - days{50});
  EXPECT_EQ(world.told(), (World::Days{425, 365, 180}));
  EXPECT_EQ(world.notices.first_end(), std::nullopt);
  world.set_status(ca, CaStatus::Active);
  world.live_until(world.clock.now() + days{1});
  EXPECT_EQ(world.told().size(), 4U);
  EXPECT_LE(world.told().back(), 50);
  EXPECT_EQ(world.notices.first_end(), world.end_of(ca));
}

TEST(EndNotices, of_the_days_that_an_operator_chose) {
  Settings settings;
  settings.end_notice_days = {20, 700};
  World world(settings);
  const auto ca = world.root_of(4);
  world.live_until(world.end_of(ca));
  EXPECT_EQ(world.told(), (World::Days{700, 20}));
}

TEST(EndNotices, come_at_once_for_a_certificate_that_is_imported_late) {
  World world;
  world.live_until(world.clock.now());
  const auto ca = world.root_of(3);
  world.clock.set(world.end_of(ca) - days{40});
  world.live_until(world.clock.now());
  EXPECT_EQ(world.told(), World::Days{40});
}

TEST(EndNotices, know_which_ca_ends_first) {
  World world;
  EXPECT_EQ(world.notices.first_end(), std::nullopt);
  world.root_of(5);
  const auto first = world.root_of(3);
  EXPECT_EQ(world.notices.first_end(), world.end_of(first));
}

TEST(EndNotices, are_a_line_of_the_log) {
  World world;
  const auto ca = world.root_of(3);
  world.clock.set(world.end_of(ca) - days{30});
  ASSERT_TRUE(world.notices.tell());
  EXPECT_TRUE(std::ranges::any_of(world.log_lines, [](const std::string& line) {
    return line.find("authority.ends_soon") != std::string::npos &&
           line.find("\"level\":\"warning\"") != std::string::npos &&
           line.find("\"days\":30") != std::string::npos;
  }));
}

}  // namespace
}  // namespace everseal::acmpca
