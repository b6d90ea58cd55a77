#include "sql/migrations.h"

#include <map>
#include <string>
#include <utility>

namespace everseal::sql {
namespace {

constexpr std::string_view kSqliteTable =
    "CREATE TABLE IF NOT EXISTS sql_migration (owner TEXT NOT NULL, name TEXT NOT NULL, "
    "sha256 TEXT NOT NULL, PRIMARY KEY (owner, name)) STRICT, WITHOUT ROWID";
constexpr std::string_view kPostgresTable =
    "CREATE TABLE IF NOT EXISTS sql_migration (owner TEXT NOT NULL, name TEXT NOT NULL, "
    "sha256 TEXT NOT NULL, PRIMARY KEY (owner, name))";

using Applied = std::map<std::pair<std::string, std::string>, std::string>;  // -> checksum

Result<Applied> read_applied(Snapshot& view) {
  const auto rows = view.all("SELECT owner, name, sha256 FROM sql_migration");
  if (!rows) return rows.error();
  Applied applied;
  for (const auto& row : *rows) applied[{row.text(0), row.text(1)}] = row.text(2);
  return applied;
}

std::string full_name(std::string_view owner, std::string_view name) {
  return std::string(owner) + "/" + std::string(name);
}

Fault written_by_newer(std::string_view owner, std::string_view name) {
  return Fault::broken(
      "the database was written by a newer release: this program does not know the migration " +
      full_name(owner, name));
}

Fault text_differs(std::string_view owner, std::string_view name) {
  return Fault::broken("the migration " + full_name(owner, name) +
                       " is not the one that was applied to this database: its text was changed");
}

Fault out_of_order(std::string_view owner, std::string_view name) {
  return Fault::broken("the migration " + full_name(owner, name) +
                       " was never applied to this database, though a later one was");
}

Fault refused(std::string_view owner, std::string_view name, const Fault& reason) {
  return {reason.kind, "the migration " + full_name(owner, name) + " failed: " + reason.cause};
}

// Applies the rest of one set; what was applied before is taken out of `applied`.
Outcome bring_up(Transaction& tx, Engine engine, const MigrationSet& set, Applied& applied) {
  const Migration* missing = nullptr;
  for (const auto& migration : set.migrations) {
    const auto& text = engine == Engine::Sqlite ? migration.sqlite : migration.postgres;
    const auto known = applied.extract({std::string(set.owner), std::string(migration.name)});
    if (known) {
      if (missing != nullptr) return out_of_order(set.owner, missing->name);
      if (known.mapped() != text.sha256) return text_differs(set.owner, migration.name);
      continue;
    }
    if (missing == nullptr) missing = &migration;
    const auto done = tx.script(text.statements);
    if (!done) return refused(set.owner, migration.name, done.error());
    const auto noted = tx.run("INSERT INTO sql_migration (owner, name, sha256) VALUES ($1, $2, $3)",
                              set.owner, migration.name, text.sha256);
    if (!noted) return noted.error();
  }
  return {};
}

}  // namespace

Outcome migrate(Database& database, std::initializer_list<MigrationSet> sets) {
  const auto engine = database.engine();
  return database.write([&](Transaction& tx) -> Outcome {
    const auto made = tx.script(engine == Engine::Sqlite ? kSqliteTable : kPostgresTable);
    if (!made) return made.error();
    auto applied = read_applied(tx);
    if (!applied) return applied.error();
    for (const auto& set : sets) {
      const auto done = bring_up(tx, engine, set, *applied);
      if (!done) return done.error();
    }
    if (!applied->empty()) {
      const auto& [owner, name] = applied->begin()->first;
      return written_by_newer(owner, name);
    }
    return {};
  });
}

Result<bool> is_migrated(Database& database) {
  const std::string_view tables =
      database.engine() == Engine::Sqlite
          ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'sql_migration'"
          : "SELECT count(*) FROM information_schema.tables WHERE table_name = 'sql_migration'";
  return database.read([&](Snapshot& view) -> Result<bool> {
    const auto row = view.one(tables);
    if (!row) return row.error();
    return (*row)->integer(0) != 0;
  });
}

}  // namespace everseal::sql
