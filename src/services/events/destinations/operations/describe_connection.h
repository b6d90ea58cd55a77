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
#include "keys/vault.h"
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "services/events/destinations/shapes.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// DescribeConnection: all but what is secret.
struct DescribeConnection {
  static constexpr std::string_view name = "DescribeConnection";
  using Request = NameRequest;
  struct Response {
    std::string arn;
    std::string connection;
    std::optional<std::string> description;
    ConnectionState state = ConnectionState::Authorized;
    std::optional<std::string> state_reason;
    AuthorizationType type = AuthorizationType::Basic;
    std::optional<shapes::ShownAuthParameters> authorization;
    TimePoint created_at;
    TimePoint modified_at;
    std::optional<TimePoint> authorized_at;
    static constexpr auto fields =
        std::tuple{aws::always("ConnectionArn", &Response::arn),
                   aws::always("Name", &Response::connection),
                   aws::optional("Description", &Response::description),
                   aws::always("ConnectionState", &Response::state),
                   aws::optional("StateReason", &Response::state_reason),
                   aws::always("AuthorizationType", &Response::type),
                   aws::optional("AuthParameters", &Response::authorization),
                   aws::always("CreationTime", &Response::created_at),
                   aws::always("LastModifiedTime", &Response::modified_at),
                   aws::optional("LastAuthorizedTime", &Response::authorized_at)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const keys::Vault& vault;
};

}  // namespace everseal::events::destinations
