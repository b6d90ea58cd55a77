#include "sql/migrations.h"

#include <gtest/gtest.h>

#include "sql/sqlite/open.h"

namespace everseal::sql {
namespace {

constexpr Migration kFirst{"0001_first",
                           {"CREATE TABLE a_first (i INTEGER) STRICT;\n-- two statements\n"
                            "CREATE TABLE a_other (i INTEGER) STRICT;\n",
                            "aa"},
                           {"", "pp"}};
constexpr Migration kSecond{
    "0002_second", {"ALTER TABLE a_first ADD COLUMN j INTEGER", "bb"}, {"", "pp"}};
constexpr Migration kWrong{"0002_wrong", {"CREATE TABLE a_first (i INTEGER)", "cc"}, {"", "pp"}};
constexpr Migration kLoose{"0001_loose", {"CREATE TABLE a_loose (i INTEGER)", "dd"}, {"", "pp"}};

struct Fresh {
  ManualClock clock{from_millis(0)};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<Database> database = *sqlite::open_in_memory({}, log);

  std::vector<std::string> applied() {
    std::vector<std::string> names;
    const auto done = database->read([&](Snapshot& view) {
      return view.each("SELECT owner, name, sha256 FROM sql_migration ORDER BY owner, name", {},
                       [&](const Row& row) {
                         names.push_back(row.text(0) + "/" + row.text(1) + "=" + row.text(2));
                         return true;
                       });
    });
    EXPECT_TRUE(done);
    return names;
  }
};

TEST(Migrate, tells_a_database_without_tables) {
  Fresh fresh;
  EXPECT_FALSE(*is_migrated(*fresh.database));
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst}}}));
  EXPECT_TRUE(*is_migrated(*fresh.database));
}

TEST(Migrate, applies_each_migration_once) {
  Fresh fresh;
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst}}}));
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst, kSecond}}}));
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst, kSecond}}}));
  EXPECT_EQ(fresh.applied(), (std::vector<std::string>{"a/0001_first=aa", "a/0002_second=bb"}));
  EXPECT_TRUE(fresh.database->write(
      [](Transaction& tx) { return tx.run("INSERT INTO a_first (i, j) VALUES (1, 2)"); }));
}

TEST(Migrate, refuses_a_database_that_a_newer_release_wrote) {
  Fresh fresh;
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst, kSecond}}}));
  const auto outcome = migrate(*fresh.database, {{"a", {kFirst}}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, Fault::Kind::Broken);
  EXPECT_EQ(outcome.error().cause,
            "the database was written by a newer release: this program does not know the migration "
            "a/0002_second");
}

TEST(Migrate, refuses_a_module_that_it_does_not_know) {
  Fresh fresh;
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst}}}));
  EXPECT_FALSE(migrate(*fresh.database, {}));
}

TEST(Migrate, refuses_a_migration_whose_text_was_changed) {
  Fresh fresh;
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst}}}));
  auto edited = kFirst;
  edited.sqlite.sha256 = "a0";
  const auto outcome = migrate(*fresh.database, {{"a", {edited, kSecond}}});
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().cause.find("a/0001_first"), std::string::npos);
  EXPECT_EQ(fresh.applied().size(), 1U);
}

TEST(Migrate, refuses_a_migration_that_was_inserted_before_an_applied_one) {
  Fresh fresh;
  ASSERT_TRUE(migrate(*fresh.database, {{"a", {kFirst}}}));
  auto before = kSecond;
  before.name = "0000_before";
  const auto outcome = migrate(*fresh.database, {{"a", {before, kFirst}}});
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().cause.find("a/0000_before"), std::string::npos);
}

TEST(Migrate, changes_nothing_if_one_of_the_migrations_fails) {
  Fresh fresh;
  ASSERT_TRUE(migrate(*fresh.database, {}));
  const auto outcome = migrate(*fresh.database, {{"a", {kFirst, kWrong}}});
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().cause.find("a/0002_wrong failed"), std::string::npos);
  EXPECT_TRUE(fresh.applied().empty());
  EXPECT_TRUE(migrate(*fresh.database, {{"a", {kFirst, kSecond}}}));
}

TEST(Migrate, refuses_a_table_that_is_not_strict) {
  Fresh fresh;
  const auto outcome = migrate(*fresh.database, {{"a", {kLoose}}});
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().cause.find("a_loose is not STRICT"), std::string::npos);
}

}  // namespace
}  // namespace everseal::sql
