#include "services/acmpca/certificates/issued_counts.h"

#include <gtest/gtest.h>

#include "result/testing/need.h"
#include "services/acmpca/testing/older_release.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::at;
using testing::csr_for;
using testing::TestCa;
using Totals = std::map<TimePoint, std::int64_t>;

Totals issued(sql::Database& database, std::int64_t ca, std::string_view from,
              std::string_view until) {
  return need(
      database.read([&](sql::Snapshot& view) { return issued_by(view, ca, at(from), at(until)); }));
}

TEST(IssuedCounts, tell_how_many_there_were_then) {
  TestCa world;
  const auto root = world.active_root();  // its own certificate is the first
  const auto order = world.order(root, csr_for("app.internal"));
  world.clock.set(at("2025-03-01T12:59:59Z"));
  world.issue(order);
  world.issue(order);
  world.clock.set(at("2025-03-01T13:00:00Z"));
  world.issue(order);
  const auto ca = world.stored(root).id;
  EXPECT_EQ(issued(*world.database, ca, "2025-03-01T11:00:00Z", "2025-03-01T12:00:00Z"),
            (Totals{{at("2025-03-01T11:00:00Z"), 0}}));
  EXPECT_EQ(issued(*world.database, ca, "2025-03-01T12:00:00Z", "2025-03-01T14:00:00Z"),
            (Totals{{at("2025-03-01T12:00:00Z"), 1},
                    {at("2025-03-01T12:55:00Z"), 3},
                    {at("2025-03-01T13:00:00Z"), 4}}));
  EXPECT_EQ(issued(*world.database, ca, "2025-03-02T00:00:00Z", "2025-03-03T00:00:00Z"),
            (Totals{{at("2025-03-02T00:00:00Z"), 4}}));
  EXPECT_EQ(issued(*world.database, ca + 1, "2025-03-02T00:00:00Z", "2025-03-03T00:00:00Z"),
            (Totals{{at("2025-03-02T00:00:00Z"), 0}}));
}

TEST(IssuedCounts, are_made_up_for_by_the_release_that_begins_to_count) {
  TestCa world;
  const auto root = world.active_root();
  world.clock.set(at("2025-03-01T12:59:59Z"));
  world.issue(world.order(root, csr_for("app.internal")));
  world.issue(world.order(root, csr_for("app.internal")));
  const auto all = [&] {
    return issued(*world.database, world.stored(root).id, "2025-03-01T00:00:00Z",
                  "2025-03-02T00:00:00Z");
  };
  const auto counted = all();
  ASSERT_EQ(counted.size(), 3U);
  testing::undo_migrations_from(*world.database, "0010_issued_counts");
  testing::migrate(*world.database);
  EXPECT_EQ(all(), counted);
}

}  // namespace
}  // namespace everseal::acmpca
