#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/destinations/connection.h"
#include "services/events/destinations/outbound.h"
#include "services/events/destinations/shapes.h"
#include "services/events/target.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// Credentials were refused; the error code of a dead letter.
inline constexpr std::string_view kNoPermissions = "NO_PERMISSIONS";

// Access tokens of OAuth (RFC 6749, 4.4), kept in memory until shortly before they end. A
// connection for which one is fetched is authorized; with a connection its tokens go. Thread-safe.
class Tokens {
 public:
  Tokens(sql::Database& database, const Clock& clock, const Outbound& outbound)
      : database_(database), clock_(clock), outbound_(outbound) {}

  // NO_PERMISSIONS: the authorization endpoint refused the credentials.
  Result<std::string, TryAgain> get(const Connection& connection,
                                    const Authorization& authorization);
  // It was not taken: the next one is fetched.
  void forget(const Connection& connection, const std::string& token);
  // After the connection was deleted or its secrets were taken away.
  void forget_all_of(const std::string& connection_arn);
  std::size_t count() const;

 private:
  struct Token {
    std::int64_t revision = 0;  // of the connection it was fetched for
    std::string text;
    std::optional<TimePoint> ends;
  };
  void keep(const Connection& connection, const Token& token);
  bool has_ended(const Token& token) const;
  std::optional<std::string> kept(const Connection& connection);
  Result<Token, TryAgain> fetch(const Connection& connection, const shapes::OAuth& oauth) const;

  sql::Database& database_;
  const Clock& clock_;
  const Outbound& outbound_;
  mutable std::mutex mutex_;
  std::map<std::string, Token> tokens_;  // by the connection's ARN; guarded by mutex_
};

// The request for a token: grant_type=client_credentials with the client's id and secret, in the
// query for GET, else in the body.
struct OutgoingRequest;
Result<OutgoingRequest> token_request(const shapes::OAuth& oauth);

}  // namespace everseal::events::destinations
