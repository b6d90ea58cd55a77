#pragma once

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

// ListRoles: the account's roles below a path, by name, in pages. With their trust policies,
// without their tags.
struct ListRoles {
  static constexpr std::string_view name = "ListRoles";
  using Request = shapes::PageBelowPath;
  struct Response {
    std::vector<shapes::Role> roles;
    bool is_truncated = false;
    std::optional<std::string> marker;
    static constexpr auto fields = std::tuple{aws::always("Roles", &Response::roles),
                                              aws::required("IsTruncated", &Response::is_truncated),
                                              aws::optional("Marker", &Response::marker)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationError: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
