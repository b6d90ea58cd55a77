#include "services/acmpca/notices/end_notice_store.h"

#include "aws/fields.h"
#include "sql/without_count.h"

namespace everseal::acmpca {
namespace {

// What was told counts for the certificate that it was told of.
#define ENDINGS                                                              \
  "SELECT a.id, a.arn, a.type, a.serial, a.not_before, a.not_after, n.days " \
  "FROM acmpca_certificate_authority a "                                     \
  "LEFT JOIN acmpca_end_notice n ON n.ca = a.id AND n.serial = a.serial "    \
  "WHERE a.status = 'ACTIVE' AND a.not_after IS NOT NULL "

Ending ending_in(const sql::Row& row) {
  const auto told = row.maybe_integer(6);
  return {.ca = row.integer(0),
          .arn = row.text(1),
          .type = aws::named<CaType>(row.text(2)).value_or(CaType::Root),
          .serial = row.blob(3),
          .not_before = row.time(4),
          .not_after = row.time(5),
          .told = told ? std::optional(static_cast<int>(*told)) : std::nullopt};
}

}  // namespace

Result<std::vector<Ending>> endings(sql::Snapshot& view) {
  std::vector<Ending> all;
  const auto read = view.each(ENDINGS "ORDER BY a.id", {}, [&](const sql::Row& row) {
    all.push_back(ending_in(row));
    return true;
  });
  if (!read) return read.error();
  return all;
}

Result<std::optional<Ending>> find_ending(sql::Snapshot& view, std::int64_t ca) {
  const auto row = view.one(ENDINGS "AND a.id = $1", ca);
  if (!row) return row.error();
  return *row ? std::optional(ending_in(**row)) : std::nullopt;
}

Result<Bytes> certificate_of(sql::Snapshot& view, std::int64_t ca) {
  const auto row =
      view.one("SELECT certificate FROM acmpca_certificate_authority WHERE id = $1", ca);
  if (!row) return row.error();
  if (!*row || (*row)->is_null(0)) return Fault::broken("the CA has no certificate");
  return (*row)->blob(0);
}

Result<std::optional<TimePoint>> first_end(sql::Snapshot& view) {
  const auto row =
      view.one("SELECT min(not_after) FROM acmpca_certificate_authority WHERE status = 'ACTIVE'");
  if (!row) return row.error();
  return *row ? (*row)->maybe_time(0) : std::nullopt;
}

Outcome note_told(sql::Transaction& tx, const Ending& ending, int days) {
  return sql::without_count(
      tx.run("INSERT INTO acmpca_end_notice (ca, serial, days) VALUES ($1, $2, $3) "
             "ON CONFLICT (ca) DO UPDATE SET serial = excluded.serial, days = excluded.days",
             ending.ca, ending.serial, days));
}

}  // namespace everseal::acmpca
