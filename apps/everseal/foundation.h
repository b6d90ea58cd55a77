#pragma once

#include <memory>

#include "configuration.h"
#include "data_directory.h"
#include "installation/installation.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::app {

// What stands before any service: the state and what unseals it.
struct Foundation {
  std::unique_ptr<sql::Database> database;
  std::unique_ptr<keys::MasterKey> master_key;
  std::unique_ptr<keys::Vault> vault;
  installation::Installation installation;
};

// Opens initialised data. The causes of faults are sentences for the operator: there is no data, the
// master key is missing or the wrong one, the database is damaged or newer than this program.
// Nothing is changed before the master key has proved to be the right one.
Result<Foundation> open_foundation(const DataDirectory& data, Random& random, Log& log);

// Creates the tables, or brings them up to date.
Outcome migrate_all(sql::Database& database);

}  // namespace everseal::app
