#pragma once

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

// UpdateAccessKey: switches a key on or off. An inactive key is refused like an unknown one.
struct UpdateAccessKey {
  static constexpr std::string_view name = "UpdateAccessKey";
  struct Request {
    std::optional<std::string> user_name;
    std::string access_key_id;
    shapes::KeyStatus status = shapes::KeyStatus::Active;
    static constexpr auto fields = std::tuple{
        aws::optional("UserName", &Request::user_name, shapes::existing_name, shapes::name_letters),
        aws::required("AccessKeyId", &Request::access_key_id, shapes::key_id_length,
                      shapes::key_id_letters),
        aws::required("Status", &Request::status)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such user, or it does not hold the key.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
