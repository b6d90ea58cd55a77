#include "services/elbv2/trust_stores/revocation.h"

#include <algorithm>
#include <span>

#include "services/elbv2/trust_stores/serials.h"
#include "sql/without_count.h"

namespace everseal::elbv2::trust_stores {
namespace {

Revocation revocation_in(const sql::Row& row) {
  return {.number = row.integer(0),
          .id = row.integer(1),
          .issuer = row.blob(2),
          .this_update = row.time(3),
          .next_update = row.maybe_time(4),
          .entries = row.integer(5)};
}

Outcome add_content(sql::Transaction& tx, std::int64_t revocation, ByteView der) {
  for (std::int64_t position = 0; !der.empty(); ++position) {
    const ByteView piece = der.first(std::min(der.size(), piece_octets));
    const auto added = tx.run(
        "INSERT INTO elbv2_revocation_content (revocation, position, octets) "
        "VALUES ($1, $2, $3)",
        revocation, position, piece);
    if (!added) return added.error();
    der = der.subspan(piece.size());
  }
  return {};
}

Outcome add_serials(sql::Transaction& tx, std::int64_t revocation,
                    const std::vector<Bytes>& pieces) {
  std::int64_t position = 0;
  for (const Bytes& piece : pieces) {
    const auto added = tx.run(
        "INSERT INTO elbv2_revoked_serials (revocation, position, serials) "
        "VALUES ($1, $2, $3)",
        revocation, position++, piece);
    if (!added) return added.error();
  }
  return {};
}

}  // namespace

Outcome add_revocation(sql::Transaction& tx, const TrustStore& store, std::int64_t id,
                       const RevocationList& list, TimePoint now) {
  const auto row = tx.one(
      "INSERT INTO elbv2_revocation (trust_store, revocation_id, issuer, this_update, next_update, "
      "entries, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      store.number, id, list.issuer, list.this_update, list.next_update, list.entries, now);
  if (!row) return row.error();
  const auto number = (*row)->integer(0);
  if (const auto added = add_content(tx, number, list.der); !added) return added;
  return add_serials(tx, number, list.serials);
}

Outcome remove_revocation(sql::Transaction& tx, const Revocation& revocation) {
  return sql::without_count(
      tx.run("DELETE FROM elbv2_revocation WHERE id = $1", revocation.number));
}

Result<std::optional<Revocation>> find_revocation(sql::Snapshot& view, std::int64_t store,
                                                  std::int64_t id) {
  const auto row = view.one(
      "SELECT id, revocation_id, issuer, this_update, next_update, entries "
      "FROM elbv2_revocation WHERE trust_store = $1 AND revocation_id = $2",
      store, id);
  if (!row) return row.error();
  if (!*row) return std::optional<Revocation>();
  return std::optional(revocation_in(**row));
}

Result<std::vector<Revocation>> list_revocations(sql::Snapshot& view, std::int64_t store,
                                                 std::int64_t after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, revocation_id, issuer, this_update, next_update, entries "
      "FROM elbv2_revocation WHERE trust_store = $1 AND revocation_id > $2 "
      "ORDER BY revocation_id LIMIT $3",
      store, after, limit);
  if (!rows) return rows.error();
  std::vector<Revocation> revocations;
  for (const sql::Row& row : *rows) revocations.push_back(revocation_in(row));
  return revocations;
}

Result<std::optional<Bytes>> content_of(sql::Snapshot& view, std::int64_t store, std::int64_t id) {
  const auto found = find_revocation(view, store, id);
  if (!found) return found.error();
  if (!*found) return std::optional<Bytes>();
  Bytes der;
  const auto read = view.each(
      "SELECT octets FROM elbv2_revocation_content WHERE revocation = $1 ORDER BY position",
      {(*found)->number}, [&](const sql::Row& row) {
        const Bytes& piece = row.blob(0);
        der.insert(der.end(), piece.begin(), piece.end());
        return true;
      });
  if (!read) return read.error();
  return std::optional(std::move(der));
}

Result<std::optional<Bytes>> serials_of(sql::Snapshot& view, std::int64_t revocation_number,
                                        std::int64_t position) {
  const auto row =
      view.one("SELECT serials FROM elbv2_revoked_serials WHERE revocation = $1 AND position = $2",
               revocation_number, position);
  if (!row) return row.error();
  if (!*row) return std::optional<Bytes>();
  return std::optional((*row)->blob(0));
}

}  // namespace everseal::elbv2::trust_stores
