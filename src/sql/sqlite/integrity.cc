#include "sql/sqlite/integrity.h"

#include <string>

namespace everseal::sql::sqlite {
namespace {

// A line for each finding, or "ok".
Outcome check_pages(Snapshot& view) {
  const auto found = view.one("PRAGMA integrity_check(1)");
  if (!found) return found.error();
  if (!*found) return Fault::broken("the database could not be checked");
  const auto& finding = (*found)->text(0);
  if (finding == "ok") return {};
  // "*** in database main ***", then a line that says what: "Tree 5 page 7: ..."
  return Fault::broken("the database file is damaged: " + finding.substr(finding.find('\n') + 1));
}

Outcome check_references(Snapshot& view) {
  const auto found = view.one("PRAGMA foreign_key_check");
  if (!found) return found.error();
  if (!*found) return {};
  return Fault::broken("the database is damaged: a row of " + (*found)->text(0) +
                       " speaks of a row of " + (*found)->text(2) + " that is not there");
}

}  // namespace

Outcome check_integrity(Snapshot& view) {
  const auto pages = check_pages(view);
  return pages ? check_references(view) : pages;
}

}  // namespace everseal::sql::sqlite
