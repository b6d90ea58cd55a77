#include "services/iam/tag_store.h"

#include "services/iam/identifiers.h"
#include "sql/without_count.h"

namespace everseal::iam {

Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view owner_id) {
  const auto rows = view.all(
      "SELECT name, value FROM iam_tag WHERE owner_id = $1 ORDER BY folded_name", owner_id);
  if (!rows) return rows.error();
  aws::Tags tags;
  for (const sql::Row& row : *rows) tags.emplace_back(row.text(0), row.text(1));
  return tags;
}

Outcome put_tags(sql::Transaction& tx, std::string_view owner_id, const aws::Tags& tags) {
  for (const auto& [name, value] : tags) {
    const auto put = tx.run(
        "INSERT INTO iam_tag (owner_id, folded_name, name, value) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (owner_id, folded_name) "
        "DO UPDATE SET name = excluded.name, value = excluded.value",
        owner_id, folded(name), name, value);
    if (!put) return put.error();
  }
  return {};
}

Outcome remove_tag(sql::Transaction& tx, std::string_view owner_id, std::string_view key) {
  return sql::without_count(tx.run("DELETE FROM iam_tag WHERE owner_id = $1 AND folded_name = $2",
                                   owner_id, folded(key)));
}

Outcome remove_all_tags(sql::Transaction& tx, std::string_view owner_id) {
  const auto removed = tx.run("DELETE FROM iam_tag WHERE owner_id = $1", owner_id);
  if (!removed) return removed.error();
  return {};
}

}  // namespace everseal::iam
