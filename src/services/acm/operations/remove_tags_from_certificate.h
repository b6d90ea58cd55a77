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
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// RemoveTagsFromCertificate: a tag given with a value goes only if it has this value, one without
// whatever it has. What is not there is gone already.
struct RemoveTagsFromCertificate {
  static constexpr std::string_view name = "RemoveTagsFromCertificate";
  struct Request {
    std::string certificate_arn;
    std::vector<Tag> tags;
    static constexpr auto fields =
        std::tuple{certificate_arn_field(&Request::certificate_arn),
                   aws::required("Tags", &Request::tags, aws::length(1, 50))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException, InvalidArnException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::acm
