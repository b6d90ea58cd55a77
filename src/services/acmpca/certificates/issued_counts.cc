#include "services/acmpca/certificates/issued_counts.h"

namespace everseal::acmpca {
namespace {

TimePoint begin_of_period(TimePoint time) {
  return time - time.time_since_epoch() % std::chrono::milliseconds(issued_count_period);
}

}  // namespace

Outcome count_issued(sql::Transaction& tx, std::int64_t ca, TimePoint issued_at) {
  const auto counted = tx.run(
      "INSERT INTO acmpca_issued_count (ca, begins_at, certificates) VALUES ($1, $2, 1) "
      "ON CONFLICT (ca, begins_at) DO UPDATE SET "
      "certificates = acmpca_issued_count.certificates + 1",
      ca, begin_of_period(issued_at));
  if (!counted) return counted.error();
  return {};
}

Result<std::map<TimePoint, std::int64_t>> issued_by(sql::Snapshot& view, std::int64_t ca,
                                                    TimePoint from, TimePoint until) {
  const auto before = view.one(
      "SELECT COALESCE(SUM(certificates), 0) FROM acmpca_issued_count "
      "WHERE ca = $1 AND begins_at < $2",
      ca, from);
  if (!before) return before.error();
  auto total = (*before)->integer(0);
  std::map<TimePoint, std::int64_t> totals{{from, total}};
  const auto read = view.each(
      "SELECT begins_at, certificates FROM acmpca_issued_count "
      "WHERE ca = $1 AND begins_at >= $2 AND begins_at < $3 ORDER BY begins_at",
      {ca, from, until}, [&](const sql::Row& row) {
        total += row.integer(1);
        totals.insert_or_assign(row.time(0), total);
        return true;
      });
  if (!read) return read.error();
  return totals;
}

}  // namespace everseal::acmpca
