#pragma once

#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/key_store.h"
#include "log/log.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

// The end of a deleted CA: when its restoration window ends, its key is erased.
namespace everseal::acmpca {

inline constexpr std::string_view purge_kind = "acmpca.purge";

Outcome promise_purge(sql::Transaction& tx, const Authority& deleted);
Outcome withdraw_purge(sql::Transaction& tx, const Authority& restored);

// Handles jobs of that kind; the key is the CA's ARN. Safe to run twice, and early.
Result<jobs::Verdict> run_purge(sql::Database& database, const Clock& clock, Log& log,
                                keys::KeyStore& key_store, const jobs::Execution& execution);

}  // namespace everseal::acmpca
