#include "installation/installation.h"

#include <gtest/gtest.h>

#include "installation/migrations.h"
#include "sql/sqlite/open.h"

namespace everseal::installation {
namespace {

struct InstallationTest : testing::Test {
  ManualClock clock{from_millis(1'735'787'045'000)};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);

  void SetUp() override { ASSERT_TRUE(sql::migrate(*database, {migrations()})); }

  Outcome bind(ClockKind kind) {
    return database->write([&](sql::Transaction& tx) { return bind_clock(tx, kind); });
  }
};

TEST_F(InstallationTest, is_not_bound_to_a_clock_by_a_look) {
  const auto check = [&](ClockKind kind) {
    return database->read([&](sql::Snapshot& view) { return check_clock(view, kind); });
  };
  EXPECT_TRUE(check(ClockKind::Virtual));
  EXPECT_TRUE(check(ClockKind::Wall));
  ASSERT_TRUE(bind(ClockKind::Wall));
  EXPECT_TRUE(check(ClockKind::Wall));
  EXPECT_EQ(check(ClockKind::Virtual).error().kind, Fault::Kind::Conflict);
}

TEST_F(InstallationTest, is_read_back_as_it_was_made) {
  const Installation made{"111122223333", "eu-west-1", Bytes{1, 2, 3}};
  ASSERT_TRUE(database->write([&](sql::Transaction& tx) { return create(tx, made); }));
  const auto found = database->read([](sql::Snapshot& view) { return load(view); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->account_id, made.account_id);
  EXPECT_EQ((*found)->region, made.region);
  EXPECT_EQ((*found)->vault_check, made.vault_check);
}

TEST_F(InstallationTest, is_made_once_only) {
  const Installation made{"111122223333", "eu-west-1", Bytes{1}};
  ASSERT_TRUE(database->write([&](sql::Transaction& tx) { return create(tx, made); }));
  EXPECT_FALSE(database->write([&](sql::Transaction& tx) { return create(tx, made); }));
}

TEST_F(InstallationTest, is_absent_before_it_is_made) {
  const auto found = database->read([](sql::Snapshot& view) { return load(view); });
  ASSERT_TRUE(found);
  EXPECT_FALSE(*found);
}

TEST_F(InstallationTest, keeps_the_clock_that_it_first_lived_by) {
  ASSERT_TRUE(bind(ClockKind::Wall));
  EXPECT_TRUE(bind(ClockKind::Wall));
  EXPECT_FALSE(bind(ClockKind::Virtual));
}

TEST_F(InstallationTest, never_lets_virtual_data_meet_real_time) {
  ASSERT_TRUE(bind(ClockKind::Virtual));
  EXPECT_FALSE(bind(ClockKind::Wall));
}

}  // namespace
}  // namespace everseal::installation
