#pragma once

#include <array>
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

// ListPolicies: managed policies, the account's own and those of AWS, by name, in pages. Without
// descriptions and tags.
struct ListPolicies {
  static constexpr std::string_view name = "ListPolicies";
  enum class Scope { All, Aws, Local };
  enum class Usage { PermissionsPolicy, PermissionsBoundary };
  struct Request {
    std::optional<Scope> scope;
    std::optional<bool> only_attached;
    std::optional<std::string> path_prefix;
    std::optional<Usage> policy_usage_filter;
    std::optional<std::string> marker;
    std::optional<std::int64_t> max_items;
    static constexpr auto fields =
        std::tuple{aws::optional("Scope", &Request::scope),
                   aws::optional("OnlyAttached", &Request::only_attached),
                   aws::optional("PathPrefix", &Request::path_prefix, shapes::path_length,
                                 shapes::path_letters),
                   aws::optional("PolicyUsageFilter", &Request::policy_usage_filter),
                   aws::optional("Marker", &Request::marker, shapes::marker_length),
                   aws::optional("MaxItems", &Request::max_items, shapes::max_items_range)};
  };
  struct Response {
    std::vector<shapes::Policy> policies;
    bool is_truncated = false;
    std::optional<std::string> marker;
    static constexpr auto fields = std::tuple{aws::always("Policies", &Response::policies),
                                              aws::required("IsTruncated", &Response::is_truncated),
                                              aws::optional("Marker", &Response::marker)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationError: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam

template <>
inline constexpr auto everseal::aws::names_of<everseal::iam::ListPolicies::Scope> =
    std::to_array<everseal::aws::EnumName<everseal::iam::ListPolicies::Scope>>(
        {{everseal::iam::ListPolicies::Scope::All, "All"},
         {everseal::iam::ListPolicies::Scope::Aws, "AWS"},
         {everseal::iam::ListPolicies::Scope::Local, "Local"}});
template <>
inline constexpr auto everseal::aws::names_of<everseal::iam::ListPolicies::Usage> =
    std::to_array<everseal::aws::EnumName<everseal::iam::ListPolicies::Usage>>(
        {{everseal::iam::ListPolicies::Usage::PermissionsPolicy, "PermissionsPolicy"},
         {everseal::iam::ListPolicies::Usage::PermissionsBoundary, "PermissionsBoundary"}});
