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
#include "result/result.h"
#include "services/events/destinations/answers.h"
#include "services/events/destinations/shapes.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// ListApiDestinations: those of the account in the region, by name; of one connection, if it is
// said.
struct ListApiDestinations {
  static constexpr std::string_view name = "ListApiDestinations";
  struct Request {
    std::optional<std::string> name_prefix;
    std::optional<std::string> connection_arn;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> limit;
    static constexpr auto fields = std::tuple{shapes::name_prefix(&Request::name_prefix),
                                              shapes::connection_arn(&Request::connection_arn),
                                              events::shapes::next_token(&Request::next_token),
                                              events::shapes::limit(&Request::limit)};
  };
  using Item = ListedDestination;
  struct Response {
    std::vector<Item> destinations;
    std::optional<std::string> next_token;
    static constexpr auto fields =
        std::tuple{aws::always("ApiDestinations", &Response::destinations),
                   aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: the token is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events::destinations
