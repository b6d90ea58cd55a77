#pragma once

#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/acm/account_configuration.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// GetAccountConfiguration: how many days before its end an account begins to hear of a certificate.
struct GetAccountConfiguration {
  static constexpr std::string_view name = "GetAccountConfiguration";
  using Request = aws::Empty;
  struct Response {
    ExpiryEvents expiry_events;
    static constexpr auto fields =
        std::tuple{aws::always("ExpiryEvents", &Response::expiry_events)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Settings& settings;
};

}  // namespace everseal::acm
