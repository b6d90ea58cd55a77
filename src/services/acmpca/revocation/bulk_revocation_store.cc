#include "services/acmpca/revocation/bulk_revocation_store.h"

namespace everseal::acmpca {

Result<std::optional<BulkRevocation>> find_bulk_revocation(sql::Snapshot& view, std::int64_t ca) {
  const auto row = view.one(
      "SELECT ca, reason, requested_by, started_at, ended_at, certificates, newest, last_serial, "
      "revoked, revoked_before, skipped FROM acmpca_bulk_revocation WHERE ca = $1",
      ca);
  if (!row) return row.error();
  if (!*row) return std::optional<BulkRevocation>{};
  const auto& found = **row;
  const auto reason = aws::named<RevocationReason>(found.text(1));
  if (!reason) return Fault::broken("acmpca_bulk_revocation: cannot read the reason");
  return std::optional(BulkRevocation{.ca = found.integer(0),
                                      .reason = *reason,
                                      .requested_by = found.text(2),
                                      .started_at = found.time(3),
                                      .ended_at = found.maybe_time(4),
                                      .certificates = found.integer(5),
                                      .newest = found.integer(6),
                                      .last_serial = found.blob(7),
                                      .revoked = found.integer(8),
                                      .revoked_before = found.integer(9),
                                      .skipped = found.integer(10)});
}

Outcome store(sql::Transaction& tx, const BulkRevocation& bulk) {
  const auto written = tx.run(
      "INSERT INTO acmpca_bulk_revocation (ca, reason, requested_by, started_at, ended_at, "
      "certificates, newest, last_serial, revoked, revoked_before, skipped) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (ca) DO UPDATE SET "
      "reason = $2, requested_by = $3, started_at = $4, ended_at = $5, certificates = $6, "
      "newest = $7, last_serial = $8, revoked = $9, revoked_before = $10, skipped = $11",
      bulk.ca, aws::name_of(bulk.reason), bulk.requested_by, bulk.started_at, bulk.ended_at,
      bulk.certificates, bulk.newest, bulk.last_serial, bulk.revoked, bulk.revoked_before,
      bulk.skipped);
  if (!written) return written.error();
  return {};
}

// The sign before the id keeps SQLite from going by the ids of all CAs.
Result<std::vector<Candidate>> next_candidates(sql::Snapshot& view, const BulkRevocation& bulk,
                                               std::size_t most) {
  const auto rows = view.all(
      "SELECT c.serial, CASE WHEN r.serial IS NULL THEN 0 ELSE 1 END FROM acmpca_certificate c "
      "LEFT JOIN acmpca_revocation r ON r.ca = c.ca AND r.serial = c.serial "
      "WHERE c.ca = $1 AND c.serial > $2 AND +c.id <= $3 ORDER BY c.serial LIMIT $4",
      bulk.ca, bulk.last_serial, bulk.newest, most);
  if (!rows) return rows.error();
  std::vector<Candidate> candidates;
  for (const auto& row : *rows) candidates.push_back({row.blob(0), row.boolean(1)});
  return candidates;
}

}  // namespace everseal::acmpca
