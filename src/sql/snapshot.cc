#include "sql/database.h"

namespace everseal::sql {

Result<std::optional<Row>> Snapshot::first(std::string_view query,
                                           std::initializer_list<Param> params) {
  std::optional<Row> found;
  const auto done = each(query, params, [&](const Row& row) {
    found.emplace(row);
    return false;
  });
  if (!done) return done.error();
  return found;
}

Result<std::vector<Row>> Snapshot::every(std::string_view query,
                                         std::initializer_list<Param> params) {
  std::vector<Row> rows;
  const auto done = each(query, params, [&](const Row& row) {
    rows.push_back(row);
    return true;
  });
  if (!done) return done.error();
  return rows;
}

}  // namespace everseal::sql
