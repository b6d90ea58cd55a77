#pragma once

#include <filesystem>
#include <memory>

#include "configuration.h"
#include "data_directory.h"
#include "installation/installation.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/iam/bootstrap.h"
#include "services/s3/storage.h"
#include "sql/database.h"

namespace everseal::app {

// What stands before any service: the state and what unseals it.
struct Foundation {
  std::unique_ptr<sql::Database> database;
  std::unique_ptr<keys::MasterKey> master_key;
  std::unique_ptr<keys::Vault> vault;
  installation::Installation installation;
  // In memory, until somebody who serves opens the folder of the data.
  std::unique_ptr<s3::Storage> objects;
  std::filesystem::path folder{};  // of the data; empty: it is in memory
};

// Opens initialised data. The causes of faults are sentences for the operator: there is no data,
// the master key is missing or the wrong one, the database is damaged. Changes nothing.
Result<Foundation> open_foundation(const DataDirectory& data, Random& random, Log& log);

// Creates the tables, or brings them up to date.
Outcome migrate_all(sql::Database& database);

// Who the first account is, and how clients first speak to it.
struct FirstAccount {
  std::string account_id;  // twelve digits
  std::string region;      // "eu-west-1"
  iam::RootKey root_key;
};

// Lays a foundation in an empty database: tables, account, root's access key. Until it is finished
// the data cannot be opened.
Result<Foundation> lay_foundation(std::unique_ptr<sql::Database> database,
                                  keys::MasterKey master_key, const FirstAccount& first,
                                  const Clock& clock, Random& random);
// Everything that belongs to new data is there.
Outcome finish_foundation(const Foundation& foundation);

}  // namespace everseal::app
