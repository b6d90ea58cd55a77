#include "foundation.h"

#include <utility>

#include "installation/migrations.h"
#include "issuance/log/migrations.h"
#include "jobs/migrations.h"
#include "services/acm/migrations.h"
#include "services/acmpca/migrations.h"
#include "services/cloudwatch/migrations.h"
#include "services/elbv2/migrations.h"
#include "services/elbv2/trust_stores/migrations.h"
#include "services/events/archives/migrations.h"
#include "services/events/destinations/migrations.h"
#include "services/events/migrations.h"
#include "services/health/migrations.h"
#include "services/iam/migrations.h"
#include "services/lambda/migrations.h"
#include "services/logs/migrations.h"
#include "services/s3/memory_storage.h"
#include "services/s3/migrations.h"
#include "services/sqs/migrations.h"
#include "sql/sqlite/open.h"

namespace everseal::app {
namespace {

Fault not_finished(const DataDirectory& data) {
  return Fault::broken("the initialisation of " + data.root.string() +
                       " was not finished; remove it and run 'everseal init' again");
}

// Which files make a directory one of Everseal's.
Outcome require_data(const DataDirectory& data) {
  std::error_code ignored;
  if (!std::filesystem::exists(data.root, ignored)) {
    return Fault::unavailable("the data directory " + data.root.string() +
                              " does not exist; 'everseal init' makes one");
  }
  if (!std::filesystem::exists(data.database(), ignored)) {
    if (std::filesystem::exists(data.master_key(), ignored)) return not_finished(data);
    return Fault::unavailable(data.root.string() +
                              " is not a data directory of Everseal; 'everseal init' makes one");
  }
  return {};
}

Foundation founded(std::unique_ptr<sql::Database> database, keys::MasterKey master_key,
                   Random& random) {
  Foundation foundation;
  foundation.database = std::move(database);
  foundation.master_key = std::make_unique<keys::MasterKey>(std::move(master_key));
  foundation.vault = std::make_unique<keys::Vault>(*foundation.master_key, random);
  foundation.objects = std::make_unique<s3::MemoryStorage>();
  return foundation;
}

}  // namespace

Outcome migrate_all(sql::Database& database) {
  return sql::migrate(
      database, {installation::migrations(), jobs::migrations(), issuance::log::migrations(),
                 iam::migrations(), acmpca::migrations(), acm::migrations(), health::migrations(),
                 s3::migrations(), logs::migrations(), cloudwatch::migrations(),
                 events::archives::migrations(), events::migrations(),
                 events::destinations::migrations(), sqs::migrations(), lambda::migrations(),
                 elbv2::migrations(), elbv2::trust_stores::migrations()});
}

Result<Foundation> lay_foundation(std::unique_ptr<sql::Database> database,
                                  keys::MasterKey master_key, const FirstAccount& first,
                                  const Clock& clock, Random& random) {
  Foundation foundation = founded(std::move(database), std::move(master_key), random);
  foundation.installation = {.account_id = first.account_id,
                             .region = first.region,
                             .vault_check = foundation.vault->check_value()};
  const auto migrated = migrate_all(*foundation.database);
  if (!migrated) return migrated.error();
  const auto created = foundation.database->write([&](sql::Transaction& tx) -> Outcome {
    return iam::create_account(tx, *foundation.vault, first.account_id, first.root_key,
                               clock.now());
  });
  if (!created) return created.error();
  return foundation;
}

Outcome finish_foundation(const Foundation& foundation) {
  return foundation.database->write(
      [&](sql::Transaction& tx) { return installation::create(tx, foundation.installation); });
}

Result<Foundation> open_foundation(const DataDirectory& data, Random& random, Log& log) {
  const auto there = require_data(data);
  if (!there) return there.error();
  auto master_key = keys::MasterKey::load(data.master_key());
  if (!master_key) return master_key.error();
  auto database = sql::sqlite::open(data.database(), {}, log);
  if (!database) return database.error();

  Foundation foundation = founded(*std::move(database), *std::move(master_key), random);
  const auto has_tables = sql::is_migrated(*foundation.database);
  if (!has_tables) return has_tables.error();
  if (!*has_tables) return not_finished(data);
  auto installed =
      foundation.database->read([](sql::Snapshot& view) { return installation::load(view); });
  if (!installed) return installed.error();
  if (!*installed) return not_finished(data);
  foundation.installation = **std::move(installed);
  const auto right_key = foundation.vault->check(foundation.installation.vault_check);
  if (!right_key) return right_key.error();
  return foundation;
}

}  // namespace everseal::app
