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
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// CreateAccessKey: for a user, or for whoever calls. This answer is the only one that ever shows
// the secret; it is kept sealed.
struct CreateAccessKey {
  static constexpr std::string_view name = "CreateAccessKey";
  struct Request {
    std::optional<std::string> user_name;
    static constexpr auto fields = std::tuple{aws::optional(
        "UserName", &Request::user_name, shapes::existing_name, shapes::name_letters)};
  };
  struct NewKey {
    std::optional<std::string> user_name;  // root has none
    std::string access_key_id;
    shapes::KeyStatus status = shapes::KeyStatus::Active;
    std::string secret_access_key;
    TimePoint create_date;
    static constexpr auto fields =
        std::tuple{aws::optional("UserName", &NewKey::user_name),
                   aws::required("AccessKeyId", &NewKey::access_key_id),
                   aws::required("Status", &NewKey::status),
                   aws::required("SecretAccessKey", &NewKey::secret_access_key, aws::sensitive()),
                   aws::required("CreateDate", &NewKey::create_date)};
  };
  struct Response {
    NewKey access_key;
    static constexpr auto fields = std::tuple{aws::required("AccessKey", &Response::access_key)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no user of that name.
  // LimitExceeded: the user has two keys.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const keys::Vault& vault;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::iam
