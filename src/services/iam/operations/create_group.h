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
#include "random/random.h"
#include "result/result.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// CreateGroup: users may be put into it, who may then what its policies say.
struct CreateGroup {
  static constexpr std::string_view name = "CreateGroup";
  struct Request {
    std::optional<std::string> path;
    std::string group_name;
    static constexpr auto fields =
        std::tuple{aws::optional("Path", &Request::path, shapes::path_length, shapes::path_letters),
                   aws::required("GroupName", &Request::group_name, shapes::existing_name,
                                 shapes::name_letters)};
  };
  struct Response {
    shapes::Group group;
    static constexpr auto fields = std::tuple{aws::required("Group", &Response::group)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // EntityAlreadyExists: the account has a group of that name, in whatever case.
  // LimitExceeded: it has 300 groups.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::iam
