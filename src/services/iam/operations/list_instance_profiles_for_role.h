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

// ListInstanceProfilesForRole: none, since there are no instances here. Terraform asks before it
// deletes a role.
struct ListInstanceProfilesForRole {
  static constexpr std::string_view name = "ListInstanceProfilesForRole";
  struct Request {
    std::string role_name;
    std::optional<std::string> marker;
    std::optional<std::int64_t> max_items;
    static constexpr auto fields = std::tuple{
        aws::required("RoleName", &Request::role_name, shapes::new_name, shapes::name_letters),
        aws::optional("Marker", &Request::marker, shapes::marker_length),
        aws::optional("MaxItems", &Request::max_items, shapes::max_items_range)};
  };
  struct Response {
    std::vector<std::string> instance_profiles;
    bool is_truncated = false;
    static constexpr auto fields =
        std::tuple{aws::always("InstanceProfiles", &Response::instance_profiles),
                   aws::required("IsTruncated", &Response::is_truncated)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no role of that name.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
