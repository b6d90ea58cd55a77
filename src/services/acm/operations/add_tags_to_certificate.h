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
#include "services/acm/settings.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// AddTagsToCertificate: a key that is there already gets the new value.
struct AddTagsToCertificate {
  static constexpr std::string_view name = "AddTagsToCertificate";
  struct Request {
    std::string certificate_arn;
    std::vector<Tag> tags;
    static constexpr auto fields =
        std::tuple{certificate_arn_field(&Request::certificate_arn),
                   aws::required("Tags", &Request::tags, aws::length(1, 50))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidTagException: a key of aws:, or one twice. TooManyTagsException: more than 50 with those
  // that are there. ResourceNotFoundException, InvalidArnException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Settings& settings;
};

}  // namespace everseal::acm
