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

// UntagUser: those of the tags that the user has are gone.
struct UntagUser {
  static constexpr std::string_view name = "UntagUser";
  struct Request {
    std::string user_name;
    std::vector<std::string> tag_keys;
    static constexpr auto fields = std::tuple{
        aws::required("UserName", &Request::user_name, shapes::existing_name, shapes::name_letters),
        aws::required("TagKeys", &Request::tag_keys, shapes::tag_count,
                      aws::each(aws::length(1, 128)))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no user of that name.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
