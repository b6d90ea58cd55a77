#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "sql/database.h"

// The tables of a module are the texts in its folder migrations/, and nowhere else:
//
//   services/acmpca/migrations/0001_authorities.sqlite.sql     CREATE TABLE ... STRICT;
//   services/acmpca/migrations/0001_authorities.postgres.sql   CREATE TABLE ...;
//
// A text holds any number of statements. In the module's CMakeLists.txt, add_migrations() embeds
// them and generates "services/acmpca/migrations.h", which declares acmpca::migrations():
//
//   add_module(SOURCES ... LINKS sql)
//   add_migrations(services_acmpca)
//
// main(), or a test, brings the database up to date in one call:
//
//   sql::migrate(database, {jobs::migrations(), acmpca::migrations()});
namespace everseal::sql {

// One step forward. Never edited once released.
struct Migration {
  struct Text {
    std::string_view statements;
    std::string_view sha256;  // hexadecimal, of the file
  };
  std::string_view name;  // "0001_authorities"
  Text sqlite;
  Text postgres;
};

// All steps of one module, oldest first.
struct MigrationSet {
  std::string_view owner;  // "acmpca"
  std::vector<Migration> migrations;
};

// Applies what is not yet applied, in the order given, all or nothing; what was applied is a row of
// sql_migration. Give it every set the program has. Broken, and nothing changed: the database has a
// migration that this program does not know (a newer release wrote it), or a migration whose text
// differs from the one applied, or a text that the engine refuses.
Outcome migrate(Database& database, std::initializer_list<MigrationSet> sets);

// Whether that was ever done: else there are no tables at all.
Result<bool> is_migrated(Database& database);

}  // namespace everseal::sql
