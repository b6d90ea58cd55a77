#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/destinations/shapes.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// ListConnections: those of the account in the region, by name.
struct ListConnections {
  static constexpr std::string_view name = "ListConnections";
  struct Request {
    std::optional<std::string> name_prefix;
    std::optional<ConnectionState> state;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> limit;
    static constexpr auto fields = std::tuple{shapes::name_prefix(&Request::name_prefix),
                                              aws::optional("ConnectionState", &Request::state),
                                              events::shapes::next_token(&Request::next_token),
                                              events::shapes::limit(&Request::limit)};
  };
  struct Item {
    std::string arn;
    std::string connection;
    ConnectionState state = ConnectionState::Authorized;
    std::optional<std::string> state_reason;
    AuthorizationType type = AuthorizationType::Basic;
    TimePoint created_at;
    TimePoint modified_at;
    std::optional<TimePoint> authorized_at;
    static constexpr auto fields =
        std::tuple{aws::always("ConnectionArn", &Item::arn),
                   aws::always("Name", &Item::connection),
                   aws::always("ConnectionState", &Item::state),
                   aws::optional("StateReason", &Item::state_reason),
                   aws::always("AuthorizationType", &Item::type),
                   aws::always("CreationTime", &Item::created_at),
                   aws::always("LastModifiedTime", &Item::modified_at),
                   aws::optional("LastAuthorizedTime", &Item::authorized_at)};
  };
  struct Response {
    std::vector<Item> connections;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("Connections", &Response::connections),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: the token is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events::destinations
