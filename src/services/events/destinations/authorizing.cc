#include "services/events/destinations/authorizing.h"

#include <string>

#include "services/events/destinations/authorization.h"
#include "services/events/destinations/connection_store.h"

namespace everseal::events::destinations {
namespace {

constexpr int kMostAttempts = 3;
constexpr std::size_t kLongestReason = 512;

}  // namespace

ConnectionState first_state(AuthorizationType type) {
  return type == AuthorizationType::OAuthClientCredentials ? ConnectionState::Authorizing
                                                           : ConnectionState::Authorized;
}

Outcome promise_authorization(sql::Transaction& tx, std::int64_t connection, TimePoint now) {
  return jobs::add(tx, {.kind = std::string(kAuthorizeJob),
                        .key = std::to_string(connection),
                        .due = now,
                        .payload = {}});
}

Result<jobs::Verdict> Authorizing::run(const jobs::Execution& job) {
  const auto found = database_.read(
      [&](sql::Snapshot& view) { return find_connection_by_id(view, jobs::id_in(job.key)); });
  if (!found) return found.error();
  const auto& connection = *found;
  if (!connection || connection->state != ConnectionState::Authorizing || !connection->sealed)
    return jobs::Verdict::done();
  const auto authorization = open(vault_, connection->arn, *connection->sealed);
  if (!authorization) return authorization.error();
  const auto token = tokens_.get(*connection, *authorization);
  if (token) return jobs::Verdict::done();
  const auto& why = token.error();
  if (why.error_code != kNoPermissions && job.attempt < kMostAttempts)
    return Fault::unavailable(why.message);
  return give_up(*connection, why);
}

Result<jobs::Verdict> Authorizing::give_up(const Connection& connection,
                                           const TryAgain& why) const {
  const auto reason = why.message.substr(0, kLongestReason);
  const auto noted = database_.write(
      [&](sql::Transaction& tx) { return note_not_authorized(tx, connection, reason); });
  if (!noted) return noted.error();
  log_.warning("events.connection.not_authorized",
               {{"connection", connection.arn}, {"cause", reason}});
  return jobs::Verdict::done();
}

}  // namespace everseal::events::destinations
