#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/acm/account_configuration.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// PutAccountConfiguration: from when on an account hears of certificates that end. A second call
// with the token of the last one, within an hour of it, is the same call and changes nothing.
struct PutAccountConfiguration {
  static constexpr std::string_view name = "PutAccountConfiguration";
  struct Request {
    std::optional<ExpiryEvents> expiry_events;
    std::string idempotency_token;
    static constexpr auto fields =
        std::tuple{aws::optional("ExpiryEvents", &Request::expiry_events),
                   aws::required("IdempotencyToken", &Request::idempotency_token,
                                 aws::length(1, 32), aws::pattern("\\w+"))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  const Settings& settings;
};

}  // namespace everseal::acm
