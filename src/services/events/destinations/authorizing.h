#pragma once

#include <cstdint>
#include <string_view>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/vault.h"
#include "log/log.h"
#include "result/result.h"
#include "services/events/destinations/connection.h"
#include "services/events/destinations/tokens.h"
#include "sql/database.h"

namespace everseal::events::destinations {

inline constexpr std::string_view kAuthorizeJob = "events.authorize";

// The state of a connection that has got new parameters. One with OAuth is authorized by a job,
// promised by promise_authorization.
ConnectionState first_state(AuthorizationType type);
Outcome promise_authorization(sql::Transaction& tx, std::int64_t connection, TimePoint now);

// Gets the first token of a connection with OAuth: then it is authorized. After three attempts, or
// once the credentials are refused, it is not, and says why.
class Authorizing {
 public:
  Authorizing(sql::Database& database, Log& log, Tokens& tokens, const keys::Vault& vault)
      : database_(database), log_(log), tokens_(tokens), vault_(vault) {}

  Result<jobs::Verdict> run(const jobs::Execution& job);

 private:
  Result<jobs::Verdict> give_up(const Connection& connection, const TryAgain& why) const;

  sql::Database& database_;
  Log& log_;
  Tokens& tokens_;
  const keys::Vault& vault_;
};

}  // namespace everseal::events::destinations
