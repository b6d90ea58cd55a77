#include "services/acmpca/testing/older_release.h"

#include <array>
#include <ranges>

#include "issuance/log/migrations.h"
#include "jobs/migrations.h"
#include "result/testing/need.h"
#include "services/acmpca/migrations.h"
#include "sql/migrations.h"

namespace everseal::acmpca::testing {
namespace {

struct Migration {
  std::string_view name;
  std::string_view undo;  // SQL
};
constexpr std::array later{
    Migration{"0008_merged_crls", ""},
    Migration{"0009_end_notices", "DROP TABLE acmpca_end_notice;"},
    Migration{"0010_issued_counts", "DROP TABLE acmpca_issued_count;"},
    Migration{"0011_revocation_numbers",
              "DROP INDEX acmpca_revocation_number;"
              "ALTER TABLE acmpca_revocation DROP COLUMN number;"},
};

}  // namespace

void undo_migrations_from(sql::Database& database, std::string_view first) {
  need(database.write([&](sql::Transaction& tx) -> Outcome {
    for (const auto& [name, script] : later | std::views::reverse) {
      if (name < first) break;
      if (const auto done = tx.script(script); !done) return done;
      if (const auto done =
              tx.run("DELETE FROM sql_migration WHERE owner = 'acmpca' AND name = $1", name);
          !done)
        return done.error();
    }
    return {};
  }));
}

void migrate(sql::Database& database) {
  need(sql::migrate(database,
                    {jobs::migrations(), issuance::log::migrations(), acmpca::migrations()}));
}

}  // namespace everseal::acmpca::testing
