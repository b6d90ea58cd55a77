#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// TagUser: tags of a user, new or in the place of those with the same keys.
struct TagUser {
  static constexpr std::string_view name = "TagUser";
  struct Request {
    std::string user_name;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields = std::tuple{
        aws::required("UserName", &Request::user_name, shapes::existing_name, shapes::name_letters),
        aws::required("Tags", &Request::tags, shapes::tag_count)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no user of that name.
  // InvalidInput: a tag twice.
  // LimitExceeded: it would have more than 50.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
