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
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// ListGroupPolicies: the names of a group's inline policies.
struct ListGroupPolicies {
  static constexpr std::string_view name = "ListGroupPolicies";
  struct Request {
    std::string group_name;
    std::optional<std::string> marker;
    std::optional<std::int64_t> max_items;
    static constexpr auto fields =
        std::tuple{aws::required("GroupName", &Request::group_name, shapes::existing_name,
                                 shapes::name_letters),
                   aws::optional("Marker", &Request::marker, shapes::marker_length),
                   aws::optional("MaxItems", &Request::max_items, shapes::max_items_range)};
  };
  using Response = shapes::InlinePolicyNames;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no group of that name.
  // ValidationError: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
