#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// UpdateRole: its description, and how long its sessions may last. What is not given stays.
struct UpdateRole {
  static constexpr std::string_view name = "UpdateRole";
  struct Request {
    std::string role_name;
    std::optional<std::string> description;
    std::optional<std::int64_t> max_session_duration;
    static constexpr auto fields = std::tuple{
        aws::required("RoleName", &Request::role_name, shapes::new_name, shapes::name_letters),
        aws::optional("Description", &Request::description, shapes::description_length,
                      shapes::description_letters),
        aws::optional("MaxSessionDuration", &Request::max_session_duration,
                      shapes::session_seconds)};
  };
  struct Response {
    static constexpr auto fields = std::tuple{};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no role of that name.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
