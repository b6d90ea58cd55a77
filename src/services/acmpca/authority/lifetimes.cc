#include "services/acmpca/authority/lifetimes.h"

namespace everseal::acmpca {
namespace {

Lifetime lifetime_in(const sql::Row& row) {
  return {row.integer(0), row.time(1), row.maybe_time(2)};
}

}  // namespace

Result<std::vector<Lifetime>> lifetimes_of(sql::Snapshot& view, const Owner& owner) {
  std::vector<Lifetime> lifetimes;
  const auto read = view.each(
      "SELECT id, created_at, restorable_until FROM acmpca_certificate_authority "
      "WHERE account = $1 AND region = $2 ORDER BY id",
      {owner.account, owner.region}, [&](const sql::Row& row) {
        lifetimes.push_back(lifetime_in(row));
        return true;
      });
  if (!read) return read.error();
  return lifetimes;
}

Result<std::optional<Lifetime>> lifetime_of(sql::Snapshot& view, std::string_view arn) {
  const auto row = view.one(
      "SELECT id, created_at, restorable_until FROM acmpca_certificate_authority WHERE arn = $1",
      arn);
  if (!row) return row.error();
  if (!*row) return std::optional<Lifetime>{};
  return std::optional(lifetime_in(**row));
}

}  // namespace everseal::acmpca
